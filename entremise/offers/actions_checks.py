"""Writes of the checks: an offer is read, what was seen is kept with its version, an adviser decides."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from entremise.kernel import clock
from entremise.kernel.actions import Done, action
from entremise.kernel.actors import Actor
from entremise.offers.actions import OfferRefused
from entremise.offers.enums import AlertDecision, AlertKind, Verb
from entremise.offers.models import Offer
from entremise.offers.models_checks import OfferAlert
from entremise.offers.queries_checks import Seen, alerts_in
from entremise.offers.queries_duplicates import deposited_before

WHY = "the policy decided on this offer"
REPEATS = "repeats"


@action(Verb.ALERTS_READ, may="offers.read_alerts")
def review(offer: Offer, *, actor: Actor) -> Done:
    """Read an offer as it is now and keep what was seen; what an adviser decided of the same words still holds."""
    rows: Any = OfferAlert.objects.unscoped(WHY)
    decided = {_same(row): row for row in rows.filter(offer=offer).exclude(decision="")}
    rows.filter(offer=offer, version=offer.version).delete()
    told = [*(_alert(offer, one) for one in alerts_in(offer)), *_repeats(offer)]
    kept = rows.bulk_create([_decided(one, decided.get(_same(one))) for one in told])
    return Done(offer, data={"version": offer.version, "alerts": sorted({row.code for row in kept})})


@action(Verb.ALERT_ANSWERED, may="offers.answer_alert")
def answer(alert: OfferAlert, *, actor: Actor, decision: str, words: str = "") -> Done:
    """Decide of an alert: the wording is lawful and why, it was corrected, or it must be before publication."""
    if decision not in AlertDecision.values:
        raise OfferRefused(_("Dites ce que vous décidez de cette alerte."), "decision")
    if decision == AlertDecision.KEPT and not words.strip():
        raise OfferRefused(_why_asked(alert), "words")
    rows: Any = OfferAlert.objects.unscoped(WHY).select_for_update(of=("self",), no_key=True)
    locked: OfferAlert = rows.select_related("offer").get(pk=alert.pk)
    if locked.version != locked.offer.version:
        raise OfferRefused(_("Cette offre a été modifiée pendant que vous la lisiez : relisez-la."))
    locked.decision, locked.words = AlertDecision(decision), words.strip()[:500]
    locked.decided_by_id, locked.decided_at = actor.user_id, clock.now()
    locked.save()
    return Done(locked, data={"code": locked.code, "decision": str(locked.decision)})


def _why_asked(alert: OfferAlert) -> str:
    if alert.kind == AlertKind.DUPLICATE:
        return _("Dites pourquoi ce sont deux offres différentes : votre collègue le lira.")
    return _("Dites pourquoi cette formulation est licite : votre collègue le lira.")


def _alert(offer: Offer, one: Seen) -> OfferAlert:
    return OfferAlert(
        offer=offer, kind=one.kind or "", code=one.code, criterion=one.criterion[:200], part=one.part, start=one.start,
        end=one.end, quote=one.quote, is_blocking=one.is_blocking, version=offer.version, found_at=clock.now(),
    )  # fmt: skip


def _repeats(offer: Offer) -> list[OfferAlert]:
    """Return an alert for each offer that one deposited online repeats, unless somebody said that they are two."""
    if offer.space_id is None:
        return []
    rows: Any = OfferAlert.objects.unscoped(WHY).filter(kind=AlertKind.DUPLICATE, decision=AlertDecision.KEPT)
    two = set(rows.filter(other=offer).values_list("offer_id", flat=True))
    return [
        OfferAlert(
            offer=offer, kind=AlertKind.DUPLICATE, code=REPEATS, other=one.offer, version=offer.version,
            found_at=clock.now(),
        )
        for one in deposited_before(offer)
        if one.offer.pk not in two
    ]  # fmt: skip


def _same(alert: OfferAlert) -> tuple[str, str, str, UUID | None]:
    """Return what makes the same alert of two readings."""
    return str(alert.kind), alert.code, alert.quote, alert.other_id


def _decided(alert: OfferAlert, before: OfferAlert | None) -> OfferAlert:
    """Keep the decision that the words of an alert, or its two offers, already had."""
    if before is not None and before.decision == AlertDecision.KEPT:
        alert.decision, alert.words = before.decision, before.words
        alert.decided_by_id, alert.decided_at = before.decided_by_id, before.decided_at
    return alert
