"""Writes of the publication: submitted, read, sent back, published, suspended, resumed, expired."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from entremise.kernel import clock
from entremise.kernel.actions import Done
from entremise.kernel.actors import Actor, Role, job_actor
from entremise.offers import actions_checks
from entremise.offers.actions import OfferRefused, extend, require_version, start_public_life
from entremise.offers.actions_signatures import sign_offers
from entremise.offers.enums import UNDECIDED, Stopper
from entremise.offers.models import Offer
from entremise.offers.models_checks import OfferAlert
from entremise.offers.rules import LONGEST_RETURN
from entremise.offers.workflow import FLOW

PLATFORM = job_actor("offers.publication")
WHY = "the alerts of an offer that the policy decided on"


@FLOW.action("submit")
def submit(offer: Offer, *, actor: Actor) -> None:
    """Hand an offer to the agency: published at once when the space is certified and nothing is to be looked at."""
    offer.submitted_at = clock.now()
    offer.returned_words = ""
    sign_offers([offer])


@FLOW.action("take_back")
def take_back(offer: Offer, *, actor: Actor) -> None:
    """Take an offer back to correct it, before anybody validated it."""


@FLOW.action("send_back")
def send_back(offer: Offer, *, actor: Actor, words: str, version: int) -> Done:
    """Ask the recruiter to correct an offer, and say what."""
    require_version(offer, version)
    if not words.strip():
        raise OfferRefused(_("Dites au recruteur ce qu'il doit corriger."), "words")
    offer.returned_words = words.strip()[:LONGEST_RETURN]
    return Done(None, data={"version": version})


@FLOW.action("publish")
def publish(offer: Offer, *, actor: Actor) -> None:
    """Show an offer to everybody: nothing in it waits for an adviser."""
    if open_alerts(offer):
        raise OfferRefused(_("Un conseiller doit d'abord regarder les alertes de cette offre."))
    start_public_life(offer)


@FLOW.action("hold_back")
def hold_back(offer: Offer, *, actor: Actor) -> None:
    """Take a published offer out of sight: its recruiter changed it, and an adviser must read it again."""


@FLOW.action("suspend")
def suspend(offer: Offer, *, actor: Actor) -> Done:
    """Stop showing an offer for a while."""
    is_ours = Stopper.PLATFORM if actor.is_system else Stopper.ADVISER
    offer.stopped_by = Stopper.RECRUITER if actor.has(Role.RECRUITER) else is_ours
    return Done(None, data={"by": offer.stopped_by})


@FLOW.action("resume")
def resume(offer: Offer, *, actor: Actor) -> None:
    """Show a suspended offer again; one that an adviser must read is not shown by anybody else."""
    if not actor.is_professional and open_alerts(offer):
        raise OfferRefused(_("Un conseiller doit d'abord regarder les alertes de cette offre."))
    offer.stopped_by = ""
    extend(offer)


@FLOW.action("expire")
def expire(offer: Offer, *, actor: Actor) -> None:
    """Stop showing an offer whose time is over."""
    offer.stopped_by = ""


def open_alerts(offer: Offer) -> list[OfferAlert]:
    """Return what an adviser still has to decide about an offer."""
    rows: Any = OfferAlert.objects.unscoped(WHY).filter(offer=offer, is_blocking=True, version=offer.version)
    return list(rows.filter(decision__in=UNDECIDED))


def suspend_all(space_id: UUID) -> int:
    """Stop showing what a space published: it is not certified any more."""
    rows: Any = Offer.objects.unscoped("the space is not certified any more").filter(space_id=space_id, state="open")
    return sum(1 for offer in rows.order_by("pk") if suspend(offer, actor=PLATFORM))


def release_all(space_id: UUID) -> int:
    """Publish what waited only for the certification of a space, and what its loss had suspended."""
    rows: Any = Offer.objects.unscoped("the space was just certified").filter(space_id=space_id)
    stopped = rows.filter(state="suspended", stopped_by=Stopper.PLATFORM).order_by("pk")
    count = sum(1 for offer in stopped if not open_alerts(offer) and resume(offer, actor=PLATFORM))
    for offer in rows.filter(state="waiting").order_by("pk"):
        actions_checks.review(offer, actor=PLATFORM)  # whoever wrote its last version, it is read before it is shown
        if not open_alerts(offer):
            publish(offer, actor=PLATFORM)
            count += 1
    return count
