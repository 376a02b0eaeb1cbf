"""Writes about events: those who are there take a badge by a QR code or a short code, one each."""

import datetime as dt
import secrets

from django.db.models import F
from django.utils.translation import gettext as _

from entremise.credentials import actions, queries, queries_issuing, rules_issuing
from entremise.credentials.enums import AwardSource, Verb
from entremise.credentials.models import BadgeClass
from entremise.credentials.models_files import Event
from entremise.credentials.rules import CredentialRefused
from entremise.kernel import clock
from entremise.kernel.actions import Done, action
from entremise.kernel.actors import Actor
from entremise.kernel.links import CODE_ALPHABET
from entremise.lib.openbadges.limits import clean_text
from entremise.people.models import Person


@action(Verb.EVENT_OPENED, may="credentials.award")
def open_event(
    badge_class: BadgeClass,
    *,
    actor: Actor,
    label: str,
    opens_at: dt.datetime,
    closes_at: dt.datetime,
    max_count: int,
) -> Event:
    """Prepare an event: its code works between its hours, for so many people."""
    queries.require_published(badge_class)
    for fault in rules_issuing.event_faults(opens_at, closes_at, max_count, clock.now()):
        raise CredentialRefused(_(fault.message), fault.field)
    told = " ".join(clean_text(label).split())
    if not told:
        raise CredentialRefused(_("Donnez un nom à l'événement."), "label")
    return Event.objects.create(
        badge_class=badge_class,
        label=told[:160],
        code=_free_code(),
        opens_at=opens_at,
        closes_at=closes_at,
        max_count=max_count,
        created_by_id=actor.user_id,
        created_at=clock.now(),
    )


@action(Verb.EVENT_CLOSED, may="credentials.award")
def stop(event: Event, *, actor: Actor) -> Event:
    """End an event before its hour; the badges already taken hold."""
    rows = Event.objects.unscoped("the policy decided on this row")
    rows.filter(pk=event.pk, stopped_at=None).update(stopped_at=clock.now())
    stopped: Event = rows.get(pk=event.pk)
    return stopped


@action(Verb.CLAIMED, may="credentials.claim")
def take(event: Event, *, actor: Actor, person: Person) -> Done:
    """Take the badge of an event, once; two people who want the last place get one badge."""
    if person.user_id != actor.user_id:
        raise CredentialRefused(_("Ce compte n'est pas le vôtre."))
    rows = Event.objects.unscoped("whoever knows its code may take its badge").select_for_update(of=("self",))
    locked = rows.select_related("badge_class__issuer").get(pk=event.pk)
    if queries_issuing.taken_at(locked, person):
        raise CredentialRefused(_("Vous avez déjà pris ce badge : il est dans votre espace."))
    if reason := not_to_take(locked):
        raise CredentialRefused(reason)
    given = actions.award(
        locked.badge_class,
        actor=actions.PLATFORM,
        person=person,
        awarded_on=clock.today(),
        source=AwardSource.EVENT,
        source_id=locked.pk,
        narrative=locked.label,
    )
    Event.objects.unscoped("locked above").filter(pk=locked.pk).update(taken_count=F("taken_count") + 1)
    return Done(given, data={"event": str(locked.pk)}, subject=given)


def not_to_take(event: Event) -> str:
    """Return why nobody takes the badge of this event now, or an empty text."""
    left = event.max_count - event.taken_count
    reason = rules_issuing.event_refusal(event.opens_at, event.closes_at, event.stopped_at, left, clock.now())
    if reason:
        return _(reason)
    try:
        queries.require_published(event.badge_class)
    except CredentialRefused as refusal:
        return refusal.reason
    return ""


def _free_code() -> str:
    while True:
        code = "".join(secrets.choice(CODE_ALPHABET) for _letter in range(rules_issuing.EVENT_CODE_LENGTH))
        if not Event.objects.unscoped("a code is nobody's").filter(code=code).exists():
            return code
