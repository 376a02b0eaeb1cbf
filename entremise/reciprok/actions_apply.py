"""Writes of the applications: sent, with what they show, and acknowledged at once."""

import hashlib
from collections.abc import Collection
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from entremise.accounts.queries import calendar_for_agency
from entremise.credentials.models_certificates import CertifiedCv
from entremise.employers.models import Establishment
from entremise.kernel import clock, reminders
from entremise.kernel.actions import Done, action
from entremise.kernel.actors import Actor, job_actor
from entremise.lib.text import normalise
from entremise.offers import actions_followup as followup
from entremise.offers.models import Offer
from entremise.people import queries as people_queries
from entremise.people.enums import Handling
from entremise.people.models import Identity, Person
from entremise.reciprok import actions_messages as messages
from entremise.reciprok import queries, queries_own, rules, rules_label
from entremise.reciprok.actions_inbox import open_box
from entremise.reciprok.enums import (
    ApplicationOrigin,
    AsideReason,
    Part,
    Verb,
)
from entremise.reciprok.mails import Why
from entremise.reciprok.models import Application, Inbox
from entremise.reciprok.rules import ApplicationRefused
from entremise.reciprok.workflow import FLOW

PLATFORM = job_actor("reciprok.platform")
NEEDS_CONSENT = frozenset({ApplicationOrigin.ADVISER, ApplicationOrigin.RECOMMENDED})


@action(Verb.APPLIED, may="reciprok.apply")
def apply(
    person: Person,
    *,
    actor: Actor,
    establishment: Establishment,
    offer: Offer | None = None,
    parts: Collection[str] = (),
    words: str = "",
    cv: CertifiedCv | None = None,
    origin: str = ApplicationOrigin.SELF,
) -> Done:
    """Send a person's application to an offer, or to an establishment when there is none; acknowledged at once."""
    people_queries.hold(person.pk)  # two windows, two applications: the second one waits and is refused
    now = clock.now()
    kept = rules.parts_kept(parts, Part.values)
    identity = people_queries.identity_handled(person.pk, Handling.TO_HERSELF)
    queries_own.require_open(offer, establishment)
    _check_person(person, identity, actor, origin=origin, is_named=Part.IDENTITY in kept)
    digest = _digest(words)
    _check_limits(person, digest, origin)
    chosen_cv = _checked_cv(person, cv, origin, is_named=Part.IDENTITY in kept) if Part.CV in kept else None
    _free_the_place(person, offer, establishment, origin)
    inbox = open_box(offer, establishment)
    is_own = queries.works_there(person, establishment, identity.email)
    rows: Any = Application.objects.unscoped("a new row, of the person that the policy decided on")
    try:
        with transaction.atomic():
            made: Application = rows.create(
                inbox=inbox, establishment=establishment, person=person, origin=ApplicationOrigin(origin),
                adviser_id=actor.user_id if origin == ApplicationOrigin.ADVISER else None, parts=kept, cv=chosen_cv,
                words=words.strip()[: rules.LONGEST_WORDS], words_digest=digest, sent_at=now, changed_at=now,
                expires_at=rules.expires_at(now), **(rules_label.aside(AsideReason.OWN, now) if is_own else {}),
            )  # fmt: skip
    except IntegrityError as twice:
        raise _already_sent(origin) from twice
    acknowledge(made, actor=PLATFORM, identity=identity)
    if offer is not None:
        followup.note_application(offer, actor=PLATFORM, person=person)
    _wake(inbox)
    return Done(made, data={"inbox": str(inbox.pk), "establishment": str(establishment.pk), "origin": made.origin})


@FLOW.action("acknowledge")
def acknowledge(application: Application, *, actor: Actor, identity: Identity) -> None:
    """Tell the person at once that her application arrived."""
    application.acknowledged_at = application.changed_at = clock.now()
    messages.acknowledge(application, identity)


def _check_person(person: Person, identity: Identity, actor: Actor, *, origin: str, is_named: bool) -> None:
    if is_named and not identity.full_name:
        reason = _told(
            origin,
            _("Indiquez d'abord votre prénom et votre nom, ou postulez sans montrer votre nom."),
            _("Le prénom et le nom de cette personne manquent : complétez-les, ou ne montrez pas son nom."),
        )
        raise ApplicationRefused(reason, "parts")
    if not (identity.email or identity.phone):
        reason = _told(
            origin,
            _("Indiquez d'abord un téléphone ou une adresse : c'est là que la réponse arrivera."),
            _("Cette personne n'a ni téléphone ni adresse électronique : sans l'un des deux, la réponse se perdrait."),
        )
        raise ApplicationRefused(reason, "parts")
    if origin in NEEDS_CONSENT and not people_queries.has_consent(person.pk):
        raise ApplicationRefused(
            _("Cette personne n'a pas donné son accord pour être présentée à des employeurs, ou vient de le retirer.")
        )


def _check_limits(person: Person, digest: str, origin: str) -> None:
    now = clock.now()
    if origin == ApplicationOrigin.SELF:
        queries_own.require_left(queries.allowance(person, now))
    if digest and queries.alike_count(person, digest, now) >= rules.MOST_ALIKE:
        reason = _told(
            origin,
            ngettext(
                "Vous avez déjà écrit ces mêmes mots à %(n)d employeur. Écrivez à celui-ci un mot qui lui parle.",
                "Vous avez déjà écrit ces mêmes mots à %(n)d employeurs. Écrivez à celui-ci un mot qui lui parle.",
                rules.MOST_ALIKE,
            ),
            ngettext(
                "Ces mêmes mots sont déjà partis vers %(n)d employeur. Écrivez à celui-ci un mot qui lui parle.",
                "Ces mêmes mots sont déjà partis vers %(n)d employeurs. Écrivez à celui-ci un mot qui lui parle.",
                rules.MOST_ALIKE,
            ),
        )
        raise ApplicationRefused(reason % {"n": rules.MOST_ALIKE}, "words")


def _checked_cv(person: Person, cv: CertifiedCv | None, origin: str, *, is_named: bool) -> CertifiedCv:
    if cv is None or all(cv.pk != one.pk for one in queries.usable_cvs(person)):
        reason = _told(
            origin,
            _("Choisissez un de vos CV, ou n'en joignez pas."),
            _("Choisissez un des CV de cette personne, ou n'en joignez pas."),
        )
        raise ApplicationRefused(reason, "cv")
    if not is_named:  # no employer could ever open it
        reason = _told(
            origin,
            _("Votre CV porte votre nom : montrez votre nom, ou ne joignez pas de CV."),
            _("Ce CV porte le nom de la personne : montrez son nom, ou ne joignez pas de CV."),
        )
        raise ApplicationRefused(reason, "cv")
    return cv


def _free_the_place(person: Person, offer: Offer | None, establishment: Establishment, origin: str) -> None:
    """Refuse a second application; let a spontaneous one be sent again after half a year."""
    last = queries.last_of(person, offer, establishment)
    if last is None:
        return
    if not rules.may_apply_again(last.sent_at, is_spontaneous=offer is None, now=clock.now()):
        raise _already_sent(origin)
    rows: Any = Application.objects.unscoped("the person's own former application")
    rows.filter(pk=last.pk).update(is_current=False)


def _already_sent(origin: str) -> ApplicationRefused:
    hers = _("Vous avez déjà postulé : votre candidature est bien partie.")
    beside = _("Cette personne a déjà postulé : sa candidature est bien partie.")
    return ApplicationRefused(_told(origin, hers, beside))


def _told(origin: str, hers: str, beside: str) -> str:
    """Choose the words: for the person herself, or for the adviser who applies with her."""
    return beside if origin == ApplicationOrigin.ADVISER else hers


def _wake(inbox: Inbox) -> None:
    """Tell the readers at once, at most once a day; begin to count towards the first reminder."""
    now = clock.now()
    rows: Any = Inbox.objects.unscoped("the inbox of an application just made").filter(pk=inbox.pk)
    if inbox.next_reminder_at is None:
        policy = reminders.policy("applications", inbox.agency.department_id)
        at = policy.next_reminder_at(now, 0, now, calendar_for_agency(inbox.agency))
        rows.filter(next_reminder_at=None).update(next_reminder_at=at, reminder_count=0)
    if inbox.told_at is None or now - inbox.told_at >= rules.NEWS_GAP:
        told = rows.filter(told_at=inbox.told_at).update(told_at=now)  # of two at once, one tells
        if told:
            messages.tell_inbox(inbox, Why.NEW)


def _digest(words: str) -> str:
    plain = normalise(words)
    return hashlib.sha256(plain.encode()).hexdigest() if plain else ""
