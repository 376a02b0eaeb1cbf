"""Writes about employers."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from entremise.accounts.models import Agency
from entremise.employers import actions_space_checks, clients, queries, rules
from entremise.employers.enums import LogChannel, LogPurpose, Verb
from entremise.employers.enums_events import EventKind, EventSource
from entremise.employers.models import Contact, ContactLog, Establishment
from entremise.employers.models_events import EstablishmentEvent
from entremise.employers.queries import EstablishmentRefused
from entremise.kernel import clock, notices
from entremise.kernel.actions import Done, action
from entremise.kernel.actors import Actor
from entremise.kernel.outside import OutsideUnavailable
from entremise.lib.identifiers import IdentifierRefused, parse_phone
from entremise.territories.models import Commune, NafCode

CHECKED = "the establishment was checked by the policy"


class ContactRefused(Exception):
    """A contact or a conversation cannot be kept as it was typed; `reason` is a sentence for the user."""

    def __init__(self, reason: str, field: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.field = field


@action(Verb.ESTABLISHMENT_ADDED, may="employers.add")
def add_from_siret(siret: str, *, actor: Actor, directory: clients.Directory | None = None) -> Done:
    """Return the establishment of a typed SIRET, fetched from the outside directory when ours does not know it."""
    known = queries.establishment_by_siret(siret)
    if known is not None:
        return Done(known, data={"known": True})
    establishment = _keep(_fetched(queries.checked_siret(siret), directory or clients.directory()))
    return Done(establishment, data={"siret": establishment.siret})


@action(Verb.CONTACT_SAVED, may="employers.contact_save")
def save_contact(
    establishment: Establishment,
    *,
    actor: Actor,
    name: str,
    role: str = "",
    email: str = "",
    phone: str = "",
    is_privileged: bool = False,
    contact: Contact | None = None,
) -> Done:
    """Add a contact to an establishment, or correct one; a new privileged contact replaces the former."""
    kept = contact or Contact(establishment=establishment)
    kept.name, kept.role = " ".join(name.split()), " ".join(role.split())
    kept.email, kept.phone = _address(email), _number(phone)
    if not kept.name:
        raise ContactRefused(_("Indiquez le nom du contact."), "name")
    if not kept.email and not kept.phone:
        raise ContactRefused(_("Indiquez une adresse électronique ou un numéro de téléphone."), "email")
    Establishment.objects.select_for_update(no_key=True).get(pk=establishment.pk)  # one colleague at a time
    _refuse_known_address(kept, establishment.pk)
    former = _former_privileged(establishment) if is_privileged else None
    if is_privileged:
        others = Contact.objects.unscoped(CHECKED).exclude(pk=kept.pk)
        others.filter(establishment=establishment).update(is_privileged=False)
        kept.is_from_space = False  # an adviser answers for it now
    kept.is_privileged = is_privileged
    if kept.opposed_at is None and queries.is_opposed(kept.email):
        kept.opposed_at = clock.now()
    kept.save()
    if former is not None and (former.phone, former.email) != (kept.phone, kept.email):
        actions_space_checks.note_contact_change(
            kept, actor=actor, former_phone=former.phone, former_email=former.email
        )
    return Done(kept, data={"establishment": str(establishment.pk), "is_new": contact is None})


@action(Verb.CONTACT_OPPOSED, may="employers.oppose")
def oppose(contact: Contact, *, actor: Actor) -> Done:
    """Note that a person does not want to be solicited any more, wherever the same address is known."""
    everywhere = Contact.objects.unscoped("an opposition holds for every territory").filter(opposed_at=None)
    same = everywhere.filter(email__iexact=contact.email) if contact.email else everywhere.filter(pk=contact.pk)
    count = same.update(opposed_at=clock.now())
    contact.refresh_from_db()
    return Done(contact, data={"count": count})


@action(Verb.CONTACT_LOGGED, may="employers.contact_log")
def log_contact(
    establishment: Establishment,
    *,
    actor: Actor,
    channel: LogChannel | str,
    purpose: LogPurpose | str,
    outcome: str = "",
    contact: Contact | None = None,
    agency: Agency | None = None,
    next_action: str = "",
    next_on: dt.date | None = None,
    at: dt.datetime | None = None,
) -> Done:
    """Keep what was said with an establishment, and what comes next."""
    now = clock.now()
    if contact is not None and contact.establishment_id != establishment.pk:
        raise ContactRefused(_("Ce contact travaille dans un autre établissement."), "contact")
    if at is not None and at > now:
        raise ContactRefused(_("Un échange se note une fois qu'il a eu lieu : la date est dans le futur."), "at")
    _check_next(next_action, next_on, clock.local(now).date())
    entry = ContactLog.objects.unscoped("a new row").create(
        establishment=establishment,
        contact=contact,
        channel=LogChannel(channel),
        purpose=LogPurpose(purpose),
        outcome=outcome.strip(),
        next_action=next_action.strip(),
        next_on=next_on,
        author_id=actor.user_id,
        agency=agency,
        at=at or now,
    )
    codes = {"establishment": str(establishment.pk), "channel": entry.channel, "purpose": entry.purpose}
    return Done(entry, data=codes)


@action(Verb.ESTABLISHMENT_CLOSED, may="employers.close")
def close(establishment: Establishment, *, actor: Actor, closed_on: dt.date) -> Done:
    """Note that an establishment closed; what is under way there stops, and the upper domains are told."""
    today = clock.today()
    if closed_on > today:
        raise EstablishmentRefused(_("Une fermeture se note le jour où elle a lieu : cette date est dans le futur."))
    changed = Establishment.objects.filter(pk=establishment.pk, closed_on=None).update(
        closed_on=closed_on, checked_at=clock.now()
    )
    establishment.refresh_from_db(fields=["closed_on", "checked_at"])
    if changed:
        EstablishmentEvent.objects.unscoped("a new row").create(
            establishment=establishment,
            kind=EventKind.CLOSED,
            source=EventSource.SIRENE if actor.is_system else EventSource.ADVISER,
            at=clock.now(),
            happened_on=closed_on,
        )
        notices.establishment_closed.fire(establishment.pk)
    return Done(establishment, data={"changed": bool(changed)})


def _former_privileged(establishment: Establishment) -> Contact | None:
    """Return the privileged contact as it is written until now: for 72 hours, theirs is the number to call."""
    rows: Any = Contact.objects.unscoped(CHECKED)
    found: Contact | None = rows.filter(establishment=establishment, is_privileged=True).order_by("pk").first()
    return found


def _fetched(siret: str, directory: clients.Directory) -> clients.Found:
    try:
        found = directory.find(siret)
    except OutsideUnavailable as outage:
        raise EstablishmentRefused(
            _("L'annuaire des entreprises ne répond pas. Réessayez dans un moment, ou écrivez le nom de l'entreprise.")
        ) from outage
    if found is None:
        raise EstablishmentRefused(
            _("Aucun établissement ne porte ce numéro SIRET dans l'annuaire. Vérifiez-le sur un bulletin de paie.")
        )
    return found


def _keep(found: clients.Found) -> Establishment:
    commune = Commune.objects.filter(pk=found.commune_code).first()
    if commune is None:
        raise EstablishmentRefused(
            _("Cet établissement est dans une commune que nous ne connaissons pas (code %(code)s).")
            % {"code": found.commune_code}
        )
    establishment, _is_new = Establishment.objects.get_or_create(
        siret=found.siret,
        defaults={
            "name": found.name,
            "legal_name": found.legal_name,
            "commune": commune,
            "address": found.address,
            "search_name": rules.searchable(found.name, found.legal_name, commune.name)[:420],
            "naf": NafCode.objects.filter(pk=found.naf_code).first(),
            "size_band": found.size_band,
            "closed_on": found.closed_on,
            "checked_at": clock.now(),
        },
    )
    return establishment


def _address(text: str) -> str:
    email = text.strip().lower()
    if email:
        try:
            validate_email(email)
        except ValidationError as error:
            reason = _("Cette adresse électronique est incomplète : écrivez-la comme nom@entreprise.fr.")
            raise ContactRefused(reason, "email") from error
    return email


def _number(text: str) -> str:
    if not text.strip():
        return ""
    try:
        return parse_phone(text).e164
    except IdentifierRefused as refusal:
        raise ContactRefused(_(refusal.message) % refusal.params, "phone") from refusal


def _refuse_known_address(contact: Contact, establishment_id: UUID) -> None:
    """Say it before the database's own constraint does, with the same sentence."""
    same: Any = Contact.objects.unscoped("the establishment was checked by the policy").filter(
        establishment_id=establishment_id, email=contact.email
    )
    if contact.email and same.exclude(pk=contact.pk).exists():
        raise ContactRefused(_("Ce contact est déjà enregistré pour cet établissement."), "email")


def _check_next(next_action: str, next_on: dt.date | None, today: dt.date) -> None:
    if bool(next_action.strip()) != (next_on is not None):
        raise ContactRefused(_("Pour prévoir une suite, dites quoi faire et à quelle date."), "next_on")
    if next_on is not None and not rules.is_next_date_possible(next_on, today):
        raise ContactRefused(_("La suite se prévoit à partir d'aujourd'hui, et dans l'année."), "next_on")
