"""Writes about people: the profile, the identity, the wishes, the consents, the looks at a file."""

import datetime as dt
import secrets
from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from entremise.accounts.models import Agency, User
from entremise.kernel import clock, journal, mail, notices, vault
from entremise.kernel.actions import Done, action
from entremise.kernel.actors import Actor
from entremise.lib.identifiers import IdentifierRefused, parse_phone
from entremise.people import access, queries, rules
from entremise.people.actions_receipts import send_receipt
from entremise.people.enums import ASKED, ActKind, ConsentKind, Verb, Visibility
from entremise.people.mails import AccessQuestioned
from entremise.people.models import Consent, ConsentText, Identity, IntermediationAct, Person, Wish
from entremise.people.models_access import AccessQuestion
from entremise.skills.models import Occupation
from entremise.territories.models import Department

WISHED = ("commune", "mobility_km", "available_on", "contracts", "working_time", "schedules", "languages", "licences")
PLACED = ("agency", "referent")  # by the service, never by the person


class ProfileRefused(Exception):
    """The profile cannot be changed so; `reason` is a sentence for the user, `field` the one to correct."""

    def __init__(self, reason: str, field: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.field = field


class ConsentRefused(ProfileRefused):
    """The consent cannot be given or withdrawn."""


@action(Verb.PROFILE_CREATED, may="people.open")
def open_profile(
    user: User,
    *,
    actor: Actor,
    first_name: str = "",
    last_name: str = "",
    department: Department | None = None,
    agency: Agency | None = None,
    referent: User | None = None,
) -> Person:
    """Open the profile of an account, with the contact the account was opened with."""
    User.objects.select_for_update().get(pk=user.pk)
    if Person.objects.unscoped("one profile an account, whoever opens it").filter(user=user).exists():
        raise ProfileRefused(_("Ce compte a déjà un profil."))
    person = Person.objects.create(
        user=user,
        reference=_free_reference(),
        department=department,
        agency=agency,
        referent=referent,
        created_at=clock.now(),
    )
    Identity.objects.create(
        person=person,
        first_name=first_name.strip(),
        last_name=last_name.strip(),
        email=user.email or "",
        phone=user.phone or "",
    )
    return person


@action(Verb.IDENTITY_CHANGED, may="people.edit")
def set_identity(
    person: Person, *, actor: Actor, first_name: str, last_name: str, email: str = "", phone: str = ""
) -> Done:
    """Say the name and how to be reached."""
    with vault.opened([person.pk], actor=actor, purpose=queries.OWN_FILE):
        identity = Identity.objects.visible_to(actor).get(pk=person.pk)
        identity.first_name, identity.last_name = first_name.strip(), last_name.strip()
        identity.email = email.strip().lower()
        identity.phone = _phone(phone)
        _check(identity, exclude=["person"])
        identity.save()
    notices.profile_changed.fire(person.pk)
    return Done(identity, subject=person)


@action(Verb.PROFILE_CHANGED, may="people.edit")
def change_profile(person: Person, *, actor: Actor, **fields: Any) -> Done:
    """Change wishes of place, time and contract; what the person saves herself is confirmed by it."""
    allowed = WISHED + PLACED if actor.is_system else WISHED
    if unknown := set(fields) - set(allowed):
        raise TypeError(f"not to be changed here: {sorted(unknown)}")
    locked = _locked(person)
    for name, value in fields.items():
        setattr(locked, name, value)
    if "commune" in fields:
        _place(locked, keeps_agency="agency" in fields)
    if not actor.is_system:
        locked.confirmed_at = clock.now()
    _check(locked, exclude=["user", "reference"])
    locked.save()
    notices.profile_changed.fire(locked.pk)
    return Done(locked, data={"fields": sorted(fields)})


@action(Verb.WISHES_CHANGED, may="people.edit")
def set_wishes(person: Person, *, actor: Actor, occupation_ids: Sequence[UUID]) -> Done:
    """Replace the occupations a person looks for, in her order."""
    wanted = list(dict.fromkeys(occupation_ids))
    if len(wanted) > rules.MAX_WISHES:
        raise ProfileRefused(
            ngettext("Choisissez %(count)d métier au plus.", "Choisissez %(count)d métiers au plus.", rules.MAX_WISHES)
            % {"count": rules.MAX_WISHES},
            "occupations",
        )
    known = Occupation.objects.filter(pk__in=wanted, retired_on=None).in_bulk()
    if len(known) < len(wanted):
        raise ProfileRefused(
            _("Ce métier n'est pas dans notre liste : choisissez-en un parmi les propositions."), "occupations"
        )
    locked = _locked(person)
    locked.wishes.all().delete()
    Wish.objects.bulk_create(
        [Wish(person=locked, occupation_id=pk, rank=rank) for rank, pk in enumerate(wanted, start=1)]
    )
    notices.profile_changed.fire(locked.pk)
    return Done(locked, data={"romes": [known[pk].rome_code for pk in wanted]})


@action(Verb.PROFILE_CONFIRMED, may="people.edit")
def confirm_profile(person: Person, *, actor: Actor) -> Person:
    """Say that the profile is still true today."""
    locked = _locked(person)
    locked.confirmed_at = clock.now()
    locked.save(update_fields=["confirmed_at"])
    notices.profile_changed.fire(locked.pk)
    return locked


@action(Verb.CONSENT_GIVEN, may="people.consent")
def give_consent(
    person: Person, *, actor: Actor, visibility: str, language: str = "fr", same_text: int | None = None
) -> Done:
    """Give a consent to its latest text; another visibility ends the previous consent and starts a new one.

    `same_text` is the version of a text that she accepted before: a change without reading accepts nothing newer.
    """
    kind = ConsentKind.PROMOTION
    if visibility not in Visibility.values:
        raise ConsentRefused(_("Choisissez ce que les employeurs peuvent voir."), "visibility")
    locked = _locked(person)
    accepted = queries.accepted_text(locked, same_text) if same_text else None
    text = accepted or queries.current_text(kind, language)
    current = queries.current_consent(locked, kind)
    now = clock.now()
    if current and current.visibility == visibility and current.text.version == text.version:
        raise ConsentRefused(_("Vous avez déjà donné cet accord : il est en vigueur, rien n'a changé."))
    if current:
        current.withdrawn_at = now
        current.save(update_fields=["withdrawn_at"])
    consent = Consent.objects.create(person=locked, kind=kind, text=text, visibility=visibility, given_at=now)
    notices.profile_changed.fire(locked.pk)
    send_receipt(consent)
    return Done(consent, data={"kind": str(kind), "version": text.version, "visibility": str(visibility)})


@action(Verb.CONSENT_WITHDRAWN, may="people.consent")
def withdraw_consent(person: Person, *, actor: Actor, kind: str = ConsentKind.PROMOTION) -> Done:
    """Withdraw a consent; searches, open promotions and exports stop in the same transaction."""
    locked = _locked(person)
    current = queries.current_consent(locked, kind)
    if current is None:
        raise ConsentRefused(_("Votre profil est déjà fermé : aucun accord n'est en cours."))
    current.withdrawn_at = clock.now()
    current.save(update_fields=["withdrawn_at"])
    notices.consent_withdrawn.fire(locked.pk)
    notices.profile_changed.fire(locked.pk)
    send_receipt(current)
    return Done(current, data={"kind": str(kind), "version": current.text.version})


@action(Verb.IDENTITY_READ, may="people.reveal")
def reveal(person: Person, *, actor: Actor, purpose: str) -> Done:
    """Show the identity for a purpose; the look is in the person's journal and counts as an act of intermediation."""
    if purpose not in ASKED:
        raise access.RevealRefused(_("Dites pourquoi vous avez besoin de connaître cette personne."), "people.reveal")
    link = access.follows(actor, referent_id=person.referent_id, agency_id=person.agency_id)
    access.require_reveal(
        actor,
        person,
        is_consenting=queries.has_consent(person.pk),
        is_followed=rules.is_in_portfolio(**link),
        purpose=purpose,
    )
    with vault.opened([person.pk], actor=actor, purpose=purpose):
        vault.disclose(person.pk)
        identity = Identity.objects.visible_to(actor).get(pk=person.pk)
    _act(person, actor, ActKind.REVEAL, purpose=purpose)
    return Done(identity, purpose=purpose)


@action(Verb.CARD_READ, may="people.card")
def read_card(person: Person, *, actor: Actor) -> Person:
    """Leave the trace of a look at a profile, without the name."""
    return person


@action(Verb.ACT_RECORDED, may="people.record_act")
def record_act(
    person: Person,
    *,
    actor: Actor,
    kind: str,
    agency: Agency | None = None,
    establishment_id: UUID | None = None,
    purpose: str = "",
    at: dt.datetime | None = None,
) -> Done:
    """Record an act of intermediation as a fact, with whether the profile was validated then."""
    act = _act(person, actor, kind, agency=agency, establishment_id=establishment_id, purpose=purpose, at=at)
    return Done(act, data={"kind": str(kind), "validated": act.validated_skill_count})


@action(Verb.VALIDATED_SKILLS_NOTED, may="people.note_validated_skills")
def note_validated_skills(person: Person, *, actor: Actor, count: int) -> Done:
    """Keep the number of validated skills on the profile; the passport calls it when it moves."""
    locked = _locked(person)
    locked.validated_skill_count = count
    locked.save(update_fields=["validated_skill_count"])
    return Done(locked, data={"count": count})


@action(Verb.ACCESS_QUESTIONED, may="people.question_access")
def question_access(person: Person, *, actor: Actor, entry_id: int) -> Done:
    """Ask why someone looked at the file: the question is recorded and sent to those who answer for that person."""
    with override(settings.LANGUAGE_CODE):  # its words go into a mail to the agency
        look = queries.look(person, entry_id)
    if look is None:
        raise ProfileRefused(_("Cette consultation n'est pas dans votre dossier."))
    if look.is_questioned:
        raise ProfileRefused(_("Vous avez déjà signalé cette consultation. Votre question est enregistrée."))
    entry = journal.who_read(person.pk).get(pk=entry_id)
    told = queries.answerable_for(entry)
    AccessQuestion.objects.create(
        person=person, entry_id=entry_id, agency=queries.agency_of_look(entry), asked_at=clock.now()
    )
    with override(settings.LANGUAGE_CODE):
        question = AccessQuestioned(reference=person.reference, who=look.signature, why=look.why, when=look.when)
    for address in {*told, settings.DPO_MAIL} - {""}:
        mail.send(question, to=address, about=person)
    return Done(len(told), data={"entry": entry_id, "told": len(told)}, subject=person)


@action(Verb.CONSENT_TEXT_PUBLISHED, may="people.publish_consent_text")
def publish_consent_text(text: ConsentText, *, actor: Actor) -> ConsentText:
    """Publish a numbered text; a version that people may have accepted is never rewritten."""
    if ConsentText.objects.filter(kind=text.kind, version=text.version, language=text.language).exists():
        raise ConsentRefused(_("Cette version du texte est déjà publiée : donnez-lui un nouveau numéro."), "version")
    text.save(force_insert=True)
    return text


def load_builtin(*, progress: Callable[[int, int], None] | None = None) -> int:
    """Save the texts that come with the product and are not there yet; return how many were new."""
    known = set(ConsentText.objects.values_list("kind", "version", "language"))
    new = [t for t in queries.builtin_texts() if (t.kind, t.version, t.language) not in known]
    ConsentText.objects.bulk_create(new)
    if progress:
        progress(len(new), len(new))
    return len(new)


def _act(
    person: Person,
    actor: Actor,
    kind: str,
    *,
    agency: Agency | None = None,
    establishment_id: UUID | None = None,
    purpose: str = "",
    at: dt.datetime | None = None,
) -> IntermediationAct:
    counts = Person.objects.unscoped("the policy decided on this person").filter(pk=person.pk)
    return IntermediationAct.objects.create(
        person=person,
        kind=kind,
        at=at or clock.now(),
        actor_id=actor.user_id,
        agency_id=agency.pk if agency else next(iter(sorted(actor.agency_ids)), None),
        establishment_id=establishment_id,
        purpose=purpose,
        validated_skill_count=counts.values_list("validated_skill_count", flat=True).get(),
    )


def _free_reference() -> str:
    people = Person.objects.unscoped("a reference is unique over the whole country")
    while True:
        reference = rules.reference_of(secrets.randbelow(rules.REFERENCE_SPACE))
        if not people.filter(reference=reference).exists():
            return reference


def _locked(person: Person) -> Person:
    people = Person.objects.unscoped("the policy decided on this row; it is read again to lock it")
    return people.select_for_update(of=("self",), no_key=True).get(pk=person.pk)


def _place(person: Person, *, keeps_agency: bool) -> None:
    """Follow the commune: its department, and the nearest agency when the department changes or none was known."""
    commune = person.commune
    if commune is None:
        return
    has_moved = person.department_id != commune.department_id
    person.department_id = commune.department_id
    if not keeps_agency and (has_moved or person.agency_id is None):
        person.agency = queries.agency_near(commune)


def _phone(typed: str) -> str:
    if not typed.strip():
        return ""
    try:
        return parse_phone(typed).e164
    except IdentifierRefused as fault:
        raise ProfileRefused(_(fault.message) % fault.params, "phone") from fault


def _check(row: Person | Identity, *, exclude: Sequence[str]) -> None:
    """Ask the table's own constraints and fields, and refuse with their first sentence."""
    try:
        row.validate_constraints(exclude=exclude)
        row.clean_fields(exclude=exclude)
    except ValidationError as error:
        field, sentences = next(iter(error.message_dict.items()))
        raise ProfileRefused(sentences[0], "" if field == "__all__" else field) from error
