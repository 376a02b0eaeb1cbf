"""Writes of the offers: enter one, correct it, open it, close it, open it again."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from entremise.accounts.models import Agency
from entremise.employers.models import Establishment
from entremise.kernel import clock, notices
from entremise.kernel.actions import Done, action
from entremise.kernel.actors import Actor, Role
from entremise.offers import queries_checks, rules, rules_channels
from entremise.offers.actions_signatures import sign_offers
from entremise.offers.enums import Benefit, CloseReason, Need, OfferState, PayPeriod, Verb
from entremise.offers.models import Offer, OfferSkill
from entremise.offers.queries_signatures import ALIVE
from entremise.offers.workflow import FLOW
from entremise.people.enums import ContractKind, Language, Licence, Schedule, WorkingTime
from entremise.skills.models import JobTitle, Occupation, Skill
from entremise.territories.models import Commune

LISTS = {"schedule": "schedules", "licence": "licences", "language": "languages"}
LISTS_OF: dict[str, Any] = {
    "schedule": Schedule, "licence": Licence, "language": Language, "working_time": WorkingTime,
}  # fmt: skip


class OfferRefused(Exception):
    """An offer cannot be written so; `reason` is a sentence for the user, `field` what it is about."""

    def __init__(self, reason: str, field: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.field = field


@dataclass(frozen=True, slots=True)
class Terms:
    """What an offer gives and what it takes, beyond the post itself; money in cents, gross."""

    company: str = ""
    position_count: int = 1
    duration_months: int | None = None
    weekly_hours: Decimal | None = None
    pay_min_cents: int | None = None
    pay_max_cents: int | None = None
    pay_period: str = ""
    benefits: Collection[str] = ()
    evolution: str = ""
    experience_months: int | None = None
    training_level: int | None = None
    starts_on: dt.date | None = None
    is_disability_reserved: bool = False
    apply_url: str = ""
    promised_on: dt.date | None = None
    expires_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """What an offer says."""

    establishment: Establishment
    title: str
    occupation: Occupation
    commune: Commune
    contract: ContractKind | str
    job_title: JobTitle | None = None
    radius_km: int | None = None
    working_time: WorkingTime | str = WorkingTime.ANY
    schedules: Collection[str] = ()
    licences: Collection[str] = ()
    languages: Collection[str] = ()
    description: str = ""
    reference: str = ""
    terms: Terms | None = None  # None: as they are


@action(Verb.CREATED, may="offers.create")
def create(agency: Agency, *, actor: Actor, sheet: Sheet, needs: Mapping[UUID, int]) -> Done:
    """Enter an offer in the name of an agency, as a draft."""
    offer = Offer(agency=agency, adviser_id=actor.user_id, created_at=clock.now())
    write(offer, sheet, needs)
    return Done(offer, data=_codes(offer, needs))


@action(Verb.EDITED, may="offers.edit")
def edit(offer: Offer, *, actor: Actor, sheet: Sheet, needs: Mapping[UUID, int]) -> Done:
    """Correct an offer that is not closed; a recruiter amends their own, which is read again."""
    if actor.has(Role.RECRUITER):
        raise OfferRefused(_("Votre offre se modifie depuis votre espace recruteur."))
    locked = _held(offer, actor)
    locked.version += 1
    write(locked, sheet, needs)
    return Done(locked, data=_codes(locked, needs))


@action(Verb.RELAXED, may="offers.edit")
def relax(offer: Offer, *, actor: Actor, requirement: str) -> Done:
    """Ask for one thing less: « licence:b », « working_time:full », « radius:25 »."""
    locked = _held(offer, actor)
    kind, value = _asked_there(requirement)
    if kind in LISTS and value in getattr(locked, LISTS[kind]):
        setattr(locked, LISTS[kind], [one for one in getattr(locked, LISTS[kind]) if one != value])
    elif kind == "working_time" and value == locked.working_time != WorkingTime.ANY:
        locked.working_time = WorkingTime.ANY
    elif kind == "radius" and value == str(locked.radius_km):
        locked.radius_km = None
    else:
        raise OfferRefused(_("L'offre ne demande plus cela : rechargez la page."))
    locked.save()
    return Done(locked, data={"requirement": requirement})


@action(Verb.RESTORED, may="offers.edit")
def restore(offer: Offer, *, actor: Actor, requirement: str) -> Done:
    """Ask again for what was just relaxed."""
    locked = _held(offer, actor)
    kind, value = _asked_there(requirement)
    if kind in LISTS:
        kept = {*getattr(locked, LISTS[kind]), value}
        setattr(locked, LISTS[kind], [one for one in LISTS_OF[kind].values if one in kept])
    elif kind == "working_time":
        locked.working_time = WorkingTime(value)
    else:
        locked.radius_km = int(value)
    locked.save()
    return Done(locked, data={"requirement": requirement})


@FLOW.action("open")
def open_offer(offer: Offer, *, actor: Actor, version: int | None = None) -> None:
    """Start looking for somebody; the version is the one that was just read, its alerts answered (`validate`)."""
    if version is None and offer.state == OfferState.WAITING:
        raise OfferRefused(_("Cette offre attend d'être validée : lisez-la et répondez à ses alertes d'abord."))
    if version is None and queries_checks.unanswered(offer):
        raise OfferRefused(
            _("Cette offre contient des mots à corriger ou à justifier : regardez-les d'abord."), "words"
        )
    start_public_life(offer, version)


@FLOW.action("close")
def close(offer: Offer, *, actor: Actor, reason: CloseReason | str) -> Done:
    """Stop looking for somebody, and say why."""
    if reason not in CloseReason.values:
        raise OfferRefused(_("Dites pourquoi l'offre est close."), "reason")
    if reason == CloseReason.FILLED and offer.state == OfferState.DRAFT:
        raise OfferRefused(
            _("Un brouillon n'a encore été proposé à personne : choisissez une autre raison."), "reason"
        )
    offer.close_reason = CloseReason(reason)
    offer.closed_at = clock.now()
    notices.offers_over.fire([offer.pk])
    return Done(None, data={"reason": str(offer.close_reason)})


@FLOW.action("reopen")
def reopen(offer: Offer, *, actor: Actor) -> Done:
    """Look for somebody again; why it was closed stays in the journal.

    The first opening is kept: how long an employer waited is counted from the day he first asked.
    """
    reason, closed_at = offer.close_reason, offer.closed_at
    offer.opened_at = offer.opened_at or clock.now()
    offer.close_reason, offer.closed_at = "", None
    return Done(None, data={"reason": reason, "closed_at": closed_at.isoformat() if closed_at else ""})


def start_public_life(offer: Offer, version: int | None = None) -> None:
    """Note that an offer opens now; what was read must be what is opened. Called by the two ways of opening."""
    if version is not None:
        require_version(offer, version)
    offer.opened_at = offer.opened_at or clock.now()
    offer.returned_words = ""
    extend(offer)
    sign_offers([offer])


def extend(offer: Offer) -> None:
    """Give an offer the usual time to be seen, unless it has some left."""
    today = clock.today()
    if offer.expires_on is None or offer.expires_on < today:
        offer.expires_on = today + dt.timedelta(days=rules_channels.RULES[offer.channel].shown_days)


def require_version(offer: Offer, version: int) -> None:
    """Refuse to decide on something else than what was read."""
    if offer.version != version:
        raise OfferRefused(_("Cette offre a été modifiée pendant que vous la lisiez : relisez-la."))


def _held(offer: Offer, actor: Actor) -> Offer:
    """Lock an offer that may still change."""
    rows: Any = Offer.objects.visible_to(actor).select_for_update(of=("self",), no_key=True)
    locked: Offer = rows.get(pk=offer.pk)
    if locked.is_closed:
        raise OfferRefused(_("Cette offre est close : elle ne se modifie plus."))
    return locked


def _asked_there(requirement: str) -> tuple[str, str]:
    """Cut the name of a requirement, or refuse one that no offer may have."""
    kind, _colon, value = requirement.partition(":")
    known = LISTS_OF[kind].values if kind in LISTS_OF else []
    is_distance = kind == "radius" and value.isascii() and value.isdigit() and len(value) < 4
    if value not in known and not (is_distance and 1 <= int(value) <= rules.FURTHEST_KM):
        raise OfferRefused(_("Une offre ne peut pas demander cela."))
    return kind, value


def write(offer: Offer, sheet: Sheet, needs: Mapping[UUID, int]) -> None:
    """Write what an offer says, once it is checked (inside the action that decided who may)."""
    check(offer, sheet, needs)
    offer.establishment, offer.commune = sheet.establishment, sheet.commune
    offer.title, offer.occupation, offer.job_title = " ".join(sheet.title.split()), sheet.occupation, sheet.job_title
    offer.radius_km, offer.contract = sheet.radius_km, ContractKind(sheet.contract)
    offer.working_time = WorkingTime(sheet.working_time)
    offer.schedules = [kind for kind in Schedule.values if kind in sheet.schedules]
    offer.licences = [kind for kind in Licence.values if kind in sheet.licences]
    offer.languages = [code for code in Language.values if code in sheet.languages]
    offer.description = sheet.description.strip()
    offer.reference = " ".join(sheet.reference.split())
    if sheet.terms is not None:
        _write_terms(offer, sheet.terms)
    offer.save()
    if offer.state in ALIVE:
        sign_offers([offer])
    _write_needs(offer, needs)


def _write_terms(offer: Offer, terms: Terms) -> None:
    for term in fields(Terms):
        setattr(offer, term.name, getattr(terms, term.name))
    offer.company, offer.evolution = terms.company.strip(), " ".join(terms.evolution.split())
    offer.benefits = [code for code in Benefit.values if code in terms.benefits]


def _write_needs(offer: Offer, needs: Mapping[UUID, int]) -> None:
    rows = OfferSkill.objects.unscoped("the offer was checked by the policy").filter(offer=offer)
    before = dict(rows.values_list("skill_id", "need"))
    gone, changed = rules.changed_needs(before, needs)
    if gone:
        rows.filter(skill_id__in=gone).delete()
    OfferSkill.objects.unscoped("the offer was checked by the policy").bulk_create(
        [OfferSkill(offer=offer, skill_id=skill_id, need=Need(need)) for skill_id, need in changed.items()],
        update_conflicts=True, unique_fields=["offer", "skill"], update_fields=["need"],
    )  # fmt: skip


def check(offer: Offer, sheet: Sheet, needs: Mapping[UUID, int]) -> None:
    """Raise OfferRefused unless an offer may be written so; nothing is written."""
    _check_words(sheet)
    if sheet.radius_km is not None and not 1 <= sheet.radius_km <= rules.FURTHEST_KM:
        raise OfferRefused(_("La distance maximale se dit entre 1 et 200 km."), "radius_km")
    if not sheet.establishment.is_open and offer.establishment_id != sheet.establishment.pk:
        raise OfferRefused(_("Cet établissement est fermé : il ne peut plus recruter."), "establishment")
    if sheet.job_title is not None and sheet.job_title.occupation_id != sheet.occupation.pk:
        raise OfferRefused(_("Cette appellation est celle d'un autre métier."), "job_title")
    if reference := " ".join(sheet.reference.split()):
        same = Offer.objects.unscoped("references are those of one agency").filter(reference=reference)
        if same.filter(agency_id=offer.agency_id).exclude(pk=offer.pk).exists():
            raise OfferRefused(_("Une autre offre de votre agence porte déjà cette référence."), "reference")
    if sheet.terms is not None:
        _check_terms(sheet.terms)
    _check_needs(needs)


def _check_terms(terms: Terms) -> None:
    if len(terms.company) > rules.LONGEST_COMPANY:
        raise OfferRefused(_("La présentation de l'entreprise compte au plus 2 000 caractères."), "company")
    low, high = terms.pay_min_cents, terms.pay_max_cents
    if (low is not None or high is not None) and terms.pay_period not in PayPeriod.values:
        raise OfferRefused(_("Dites si le salaire est par heure, par mois ou par an."), "pay_period")
    if low is not None and high is not None and high < low:
        raise OfferRefused(_("Le salaire le plus haut ne peut pas être sous le plus bas."), "pay_max")


def _check_words(sheet: Sheet) -> None:
    if not sheet.title.strip():
        raise OfferRefused(_("Donnez un intitulé à l'offre."), "title")
    if len(sheet.title) > rules.LONGEST_TITLE:
        raise OfferRefused(_("L'intitulé compte au plus 250 caractères."), "title")
    if len(sheet.reference) > rules.LONGEST_REFERENCE:
        raise OfferRefused(_("La référence compte au plus 60 caractères."), "reference")
    if len(sheet.description) > rules.LONGEST_DESCRIPTION:
        raise OfferRefused(_("La description compte au plus 5 000 caractères."), "description")


def _check_needs(needs: Mapping[UUID, int]) -> None:
    if len(needs) > rules.MOST_SKILLS:
        raise OfferRefused(_("Une offre demande au plus 30 compétences : gardez les plus utiles."), "skills")
    if any(need not in Need.values for need in needs.values()):
        raise OfferRefused(_("Une compétence est utile, demandée ou indispensable."), "skills")
    if Skill.objects.filter(pk__in=needs).count() < len(needs):
        raise OfferRefused(_("Une des compétences demandées n'est pas dans le référentiel."), "skills")


def _codes(offer: Offer, needs: Mapping[UUID, int]) -> dict[str, object]:
    return {
        "establishment": str(offer.establishment_id),
        "occupation": offer.occupation.rome_code,
        "skill_count": len(needs),
    }
