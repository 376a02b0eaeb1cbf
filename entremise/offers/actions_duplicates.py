"""Writes of the same offer found twice: one is set aside for the other, and brought back when it was a mistake."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from entremise.kernel import clock
from entremise.kernel.actions import Done, action
from entremise.kernel.actors import Actor
from entremise.lib.nearduplicates import Match
from entremise.offers import (
    access_duplicates,  # noqa: F401  # declares the policies
    actions,
)
from entremise.offers.actions import OfferRefused
from entremise.offers.enums import CloseReason, Verb
from entremise.offers.enums_duplicates import KeptBecause
from entremise.offers.models import Offer
from entremise.offers.models_duplicates import DuplicateDecision

WHY = "the policy decided on this offer"


@action(Verb.DUPLICATE_SET_ASIDE, may="offers.duplicates")
def set_aside(
    offer: Offer, *, actor: Actor, kept: Offer, match: Match, reason: KeptBecause | str = KeptBecause.CHOSEN
) -> Done:
    """Close an offer because another one is the same and is kept; it can be undone."""
    if kept.pk == offer.pk:
        raise OfferRefused(_("Une offre n'est pas son propre doublon."))
    rows: Any = DuplicateDecision.objects.unscoped(WHY)
    if rows.filter(kept=offer, set_aside=kept, undone_at=None).exists():
        raise OfferRefused(_("L'autre offre est déjà écartée au profit de celle-ci."))
    try:
        with transaction.atomic():
            decision = rows.create(
                kept=kept, set_aside=offer, reason=KeptBecause(reason), likeness=[str(one) for one in match.reasons],
                score_percent=round(100 * match.score), decided_by_id=actor.user_id, decided_at=clock.now(),
            )  # fmt: skip
    except IntegrityError as error:
        raise OfferRefused(_("Cette offre est déjà écartée comme doublon.")) from error
    actions.close(offer, actor=actor, reason=CloseReason.DUPLICATE)
    return Done(decision, data={"kept": str(kept.pk), "reason": str(decision.reason), "score": decision.score_percent})


@action(Verb.DUPLICATE_UNDONE, may="offers.undo_duplicate")
def undo(decision: DuplicateDecision, *, actor: Actor) -> Done:
    """Bring back an offer set aside by mistake: the two are not said to be the same any more."""
    rows: Any = DuplicateDecision.objects.unscoped(WHY).select_for_update(of=("self",), no_key=True)
    locked: DuplicateDecision = rows.select_related("set_aside").get(pk=decision.pk)
    if locked.undone_at:
        raise OfferRefused(_("Cette offre est déjà revenue."))
    locked.undone_at, locked.undone_by_id = clock.now(), actor.user_id
    locked.save()
    if locked.set_aside.is_closed:
        actions.reopen(locked.set_aside, actor=actor)
    return Done(locked, data={"kept": str(locked.kept_id), "set_aside": str(locked.set_aside_id)})
