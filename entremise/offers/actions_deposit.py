"""Writes of the online deposit: a recruiter writes an offer, hands it in, changes it, copies it, keeps it longer.

What is handed in is read at once. It is shown at once when the space is certified and nothing in it stops it; else it
waits, for the certification or for an adviser. A published offer that its recruiter changes is read again.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from entremise.employers import actions_vigilance
from entremise.employers.actions_spaces import SpaceRefused, require_usable
from entremise.employers.enums_spaces import VigilanceKind
from entremise.employers.models_spaces import RecruiterSpace
from entremise.kernel import clock
from entremise.kernel.actions import Done, action
from entremise.kernel.actors import Actor
from entremise.offers import actions_checks, actions_publication, queries, queries_checks, rules_channels
from entremise.offers.actions import OfferRefused, Sheet, open_offer, require_version, write
from entremise.offers.enums import AlertKind, Channel, OfferState, Verb
from entremise.offers.models import Offer, OfferSkill
from entremise.offers.workflow import may_be_public

WHY: Final = "the policy decided on this offer"
OFFERS_A_DAY: Final = 50  # of one space: more comes by a file, with an agreement
UNUSUAL_A_DAY: Final = 20
COPIED: Final = (
    "title", "job_title", "occupation", "commune", "radius_km", "contract", "working_time", "schedules", "licences",
    "languages", "description", "company", "position_count", "duration_months", "weekly_hours", "pay_min_cents",
    "pay_max_cents", "pay_period", "benefits", "evolution", "experience_months", "training_level",
    "is_disability_reserved",
)  # fmt: skip
FIELDS: Final = {"pay": "pay_min_cents", "experience": "experience_months"}
NAMES: Final = {
    "title": gettext_lazy("le poste"),
    "description": gettext_lazy("ce que la personne fera"),
    "weekly_hours": gettext_lazy("les heures par semaine"),
    "pay": gettext_lazy("le salaire"),
    "experience": gettext_lazy("l'expérience (ou « débutant accepté »)"),
}


@action(Verb.DEPOSITED, may="offers.deposit")
def deposit(space: RecruiterSpace, *, actor: Actor, sheet: Sheet, needs: Mapping[UUID, int]) -> Done:
    """Write a new offer of a space, as a draft that its recruiter alone sees."""
    locked = _usable(space)
    _check_sheet(locked, sheet)
    made = _made_today(locked)
    if made >= OFFERS_A_DAY:
        raise OfferRefused(_("Vous avez déjà écrit 50 offres aujourd'hui. Continuez demain, ou parlez d'un fichier."))
    offer = Offer(agency=locked.agency, space=locked, channel=Channel.RECRUITER, created_at=clock.now())
    write(offer, sheet, needs)
    if made + 1 >= UNUSUAL_A_DAY:
        day = clock.today().isoformat()
        told = _("%(count)d offres écrites en un jour") % {"count": made + 1}
        actions_vigilance.report(locked, VigilanceKind.MANY_OFFERS, told, key=day)
    return Done(offer, data={"space": str(locked.pk), "occupation": offer.occupation.rome_code})


@action(Verb.AMENDED, may="offers.edit")
def amend(offer: Offer, *, actor: Actor, sheet: Sheet, needs: Mapping[UUID, int]) -> Done:
    """Change an offer of one's own; when it was handed in, it is read again, and out of sight while it is."""
    locked = _held(offer)
    if locked.space is None:
        raise OfferRefused(_("Cette offre n'a pas été déposée dans un espace recruteur."))
    _usable(locked.space)
    if locked.state == OfferState.SUSPENDED:
        raise OfferRefused(_("Cette offre est suspendue : elle se modifie une fois reprise."))
    if locked.state in {OfferState.EXPIRED, OfferState.CLOSED}:
        raise OfferRefused(_("Cette offre n'est plus en cours : copiez-la pour en faire une nouvelle."))
    _check_sheet(locked.space, sheet)
    locked.version += 1
    write(locked, sheet, needs)
    if locked.state in {OfferState.WAITING, OfferState.OPEN}:
        _check_complete(locked)
        settle(locked)
    return Done(locked, data={"version": locked.version})


@action(Verb.HANDED_IN, may="offers.edit")
def hand_in(offer: Offer, *, actor: Actor) -> Done:
    """Hand a complete offer in: it is read, and shown or kept waiting."""
    locked = _held(offer)
    if locked.space is None:
        raise OfferRefused(_("Cette offre n'a pas été déposée dans un espace recruteur."))
    _usable(locked.space)
    _check_complete(locked)
    settle(actions_publication.submit(locked, actor=actor))
    return Done(locked, data={"version": locked.version})


@action(Verb.DUPLICATED, may="offers.edit")
def duplicate(offer: Offer, *, actor: Actor) -> Done:
    """Copy an offer as a new draft; its reference, its dates and its life are not copied."""
    source = _held(offer)
    if source.space is None:
        raise OfferRefused(_("Cette offre n'a pas été déposée dans un espace recruteur."))
    space = _usable(source.space)
    if _made_today(space) >= OFFERS_A_DAY:
        raise OfferRefused(_("Vous avez déjà écrit 50 offres aujourd'hui. Continuez demain, ou parlez d'un fichier."))
    copy = Offer(
        agency=space.agency, space=space, channel=Channel.RECRUITER, created_at=clock.now(),
        establishment=source.establishment, **{name: getattr(source, name) for name in COPIED},
    )  # fmt: skip
    copy.save(force_insert=True)
    asked = queries.skills_asked(source)
    OfferSkill.objects.unscoped(WHY).bulk_create(
        [OfferSkill(offer=copy, skill_id=row.skill_id, need=row.need) for row in asked]
    )
    return Done(copy, data={"source": str(source.pk)}, subject=copy)


@action(Verb.KEPT_LONGER, may="offers.edit")
def keep_longer(offer: Offer, *, actor: Actor) -> Done:
    """Show an open offer for the usual time from today."""
    locked = _held(offer)
    if locked.state != OfferState.OPEN:
        raise OfferRefused(_("Seule une offre visible se prolonge."))
    until = clock.today() + dt.timedelta(days=rules_channels.RULES[locked.channel].shown_days)
    if locked.expires_on is not None and locked.expires_on >= until:
        raise OfferRefused(_("Cette offre est déjà visible aussi longtemps que possible."))
    locked.expires_on = until
    locked.save(update_fields=["expires_on"])
    return Done(locked, data={"until": until.isoformat()})


@action(Verb.VALIDATED, may="offers.open")
def validate(offer: Offer, *, actor: Actor, version: int) -> Done:
    """Publish an offer that an adviser read: this very version, whose alerts were all answered."""
    locked = _held(offer)
    require_version(locked, version)
    actions_checks.review(locked, actor=actor)
    if actions_publication.open_alerts(locked):
        raise OfferRefused(_("Répondez d'abord à chaque alerte, ou renvoyez l'offre au recruteur."))
    return Done(open_offer(locked, actor=actor, version=version), data={"version": version})


def settle(offer: Offer) -> None:
    """Read an offer that was handed in, then show it, keep it waiting, or take it out of sight."""
    platform = actions_publication.PLATFORM
    actions_checks.review(offer, actor=platform)
    alerts = actions_publication.open_alerts(offer)
    for alert in alerts:
        if alert.kind == AlertKind.FRAUD and offer.space is not None:
            told = f"{capfirst(offer.title)[:100]} : {alert.quote}"
            actions_vigilance.report(offer.space, VigilanceKind.OFFER_PATTERN, told, key=f"{offer.pk}:{alert.code}")
    fresh = _held(offer)  # the vigilance may have held the space, and stopped its offers
    if fresh.state == OfferState.OPEN and alerts:
        actions_publication.hold_back(fresh, actor=platform)
    elif fresh.state == OfferState.WAITING and not alerts and not may_be_public(fresh):
        actions_publication.publish(fresh, actor=platform)


def _check_sheet(space: RecruiterSpace, sheet: Sheet) -> None:
    if sheet.establishment.pk != space.establishment_id:
        raise OfferRefused(_("Une offre de cet espace est une offre de son établissement."), "establishment")
    if len(sheet.description) > rules_channels.longest_description(Channel.RECRUITER):
        raise OfferRefused(
            _("La description compte au plus 1 000 caractères : la vôtre en a %(count)d.")
            % {"count": len(sheet.description)},
            "description",
        )


def _check_complete(offer: Offer) -> None:
    lacking = queries_checks.missing(offer)
    if lacking:
        names = ", ".join(str(NAMES.get(name, name)) for name in lacking)
        field = FIELDS.get(lacking[0], lacking[0])
        raise OfferRefused(_("Il manque encore à cette offre : %(names)s.") % {"names": names}, field)


def _usable(space: RecruiterSpace) -> RecruiterSpace:
    actions_vigilance.note_activity(space)
    rows: Any = RecruiterSpace.objects.unscoped("the policy decided on this space")
    fresh: RecruiterSpace = (
        rows.select_related("agency", "establishment").select_for_update(of=("self",), no_key=True).get(pk=space.pk)
    )
    try:
        require_usable(fresh)
    except SpaceRefused as refusal:
        raise OfferRefused(refusal.reason) from refusal
    return fresh


def _held(offer: Offer) -> Offer:
    rows: Any = Offer.objects.unscoped(WHY)
    held: Offer = (
        rows.select_related("space__agency", "space__establishment", "establishment", "occupation", "commune")
        .select_for_update(of=("self",), no_key=True)
        .get(pk=offer.pk)
    )
    return held


def _made_today(space: RecruiterSpace) -> int:
    rows: Any = Offer.objects.unscoped("a bound on what one space writes")
    count: int = rows.filter(space=space, created_at__date=clock.today()).count()
    return count
