"""Writes of the offers that partners send: created, corrected, published, withdrawn, in one go for many."""

import datetime as dt
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from entremise.employers import actions as employers
from entremise.employers import queries
from entremise.employers.queries import EstablishmentRefused
from entremise.kernel import clock, copying, notices
from entremise.kernel.actions import Done, action
from entremise.kernel.actors import Actor, job_actor
from entremise.kernel.workflow import TransitionRefused
from entremise.lib.offerfeeds import Line, told
from entremise.offers import actions, actions_duplicates, queries_aggregated, queries_feeds, queries_rivals, rules
from entremise.offers.actions import OfferRefused
from entremise.offers.actions_signatures import sign_offers
from entremise.offers.enums import CloseReason, Need, OfferState, Verb
from entremise.offers.models import Offer, OfferSkill
from entremise.offers.models_partners import OfferPartner
from entremise.offers.queries_aggregated import COLUMNS, Verdict
from entremise.offers.queries_signatures import KnownOffers
from entremise.offers.workflow import FLOW

FEEDS = job_actor("offers.feeds")
CHUNK = 500
STREAMED = 50  # new offers from which they are written in one stream
WHY = "the partner's own offers, which the policy decided on"


@action(Verb.AGGREGATED, may="offers.aggregate")
def put(partner: OfferPartner, *, actor: Actor, fields: dict[str, Any]) -> Done:
    """Take one offer from a partner's system: the same rules as for a file; the verdict says what became of it."""
    if reason := queries_feeds.why_not(partner):
        raise OfferRefused(reason)
    hold(partner)
    run = queries_aggregated.start_run(partner)
    (verdict,) = queries_aggregated.verdicts(run, [Line(1, told(fields))])
    write([verdict])
    subject = verdict.offer if verdict.offer is not None and verdict.is_kept else partner
    return Done(verdict, data={"fate": str(verdict.fate), "reference": verdict.reference}, subject=subject)


def hold(partner: OfferPartner) -> None:
    """Let one offer, or one batch, of a partner be written at a time: the same reference twice is one offer."""
    rows: Any = OfferPartner.objects.unscoped(WHY)
    rows.select_for_update(of=("self",), no_key=True).get(pk=partner.pk)


def know_employer(partner: OfferPartner, fields: dict[str, Any]) -> None:
    """Ask the directory for an establishment that we do not know: for one offer only, never for a whole file."""
    siret = told(fields).get("siret", "")
    if not siret or queries_feeds.why_not(partner):
        return
    with suppress(EstablishmentRefused):
        if queries.establishment_by_siret(siret) is None:
            employers.add_from_siret(siret, actor=FEEDS)


@FLOW.action("bring_back")
def bring_back(offer: Offer, *, actor: Actor, until: dt.date | None = None) -> None:
    """Show again an offer that its partner had withdrawn, or that had expired: it is in the file again."""
    offer.close_reason, offer.closed_at = "", None
    offer.expires_on = until
    actions.extend(offer)


@FLOW.batch("publish")
def publish_many(offers: Sequence[Offer], *, actor: Actor) -> tuple[str, ...]:
    """Show new offers to everybody."""
    return ()  # what changes with the state was written with the offers


@FLOW.batch("close")
def withdraw_many(offers: Sequence[Offer], *, actor: Actor, reason: CloseReason) -> tuple[str, ...]:
    """Stop showing offers that their partner does not send any more."""
    now = clock.now()
    for offer in offers:
        offer.close_reason, offer.closed_at = reason, now
    notices.offers_over.fire([offer.pk for offer in offers])
    return ("close_reason", "closed_at")


def write(verdicts: Sequence[Verdict], base: KnownOffers | None = None) -> None:
    """Write the offers of these verdicts; called inside an action's transaction."""
    queries_rivals.weigh(verdicts, base)
    kept = [one for one in verdicts if one.offer is not None and one.is_kept]
    new = [one for one in kept if one.is_new]
    changed = [one for one in kept if one.is_changed]
    rows: Any = Offer.objects.unscoped(WHY)
    _add([one.offer for one in new if one.offer])
    if changed:
        for one in changed:
            one.offer.version += 1  # type: ignore[union-attr]  # kept ones have an offer
        rows.bulk_update([one.offer for one in changed], [*COLUMNS, "version"], batch_size=100)
    _write_needs([*new, *changed])
    publish_many([one.offer for one in new], actor=FEEDS)
    for one in kept:
        if one.is_back:
            one.offer = bring_back(one.offer, actor=FEEDS, until=one.offer.expires_on if one.offer else None)
    _show_longer([one.offer for one in kept if one.offer and not one.is_new])
    read = [one for one in kept if one.offer and (one.is_new or one.is_changed or one.is_back)]
    signed = {one.offer.pk: one.signature for one in read if one.offer and one.signature}
    sign_offers([one.offer for one in read if one.offer], signed)
    _give_way(kept)


def _add(offers: Sequence[Offer]) -> None:
    """Write new offers; many in one stream."""
    if len(offers) >= STREAMED:
        copying.write_new(offers)
        return
    rows: Any = Offer.objects.unscoped(WHY)
    rows.bulk_create(offers)


def withdraw(offers: Any, reason: CloseReason = CloseReason.WITHDRAWN) -> int:
    """Stop showing the offers of a query, some at a time."""
    count = 0
    for state in (OfferState.OPEN, OfferState.SUSPENDED):
        while True:
            with transaction.atomic():
                some = offers.filter(state=state).select_for_update(of=("self",), no_key=True)
                locked = list(some.select_related("establishment", "agency", "commune").order_by("pk")[:CHUNK])
                done = withdraw_many(locked, actor=FEEDS, reason=reason)
            count += done
            if not done:
                break
    return count


def _write_needs(verdicts: Sequence[Verdict]) -> None:
    rows: Any = OfferSkill.objects.unscoped(WHY)
    for one in verdicts:
        if one.is_changed and one.offer:
            gone, _new = rules.changed_needs(
                {row.skill_id: row.need for row in one.offer.offer_skills.all()}, one.needs
            )
            if gone:
                rows.filter(offer=one.offer, skill_id__in=gone).delete()
    rows.bulk_create(
        [
            OfferSkill(offer=one.offer, skill_id=skill_id, need=Need(need))
            for one in verdicts
            for skill_id, need in one.needs.items()
        ],
        update_conflicts=True, unique_fields=["offer", "skill"], update_fields=["need"], batch_size=2_000,
    )  # fmt: skip


def _show_longer(offers: Sequence[Offer]) -> None:
    """Keep showing the offers that are still sent; the day was decided by the rules."""
    by_day: dict[dt.date, list[Any]] = {}
    for offer in offers:
        if offer.expires_on:
            by_day.setdefault(offer.expires_on, []).append(offer.pk)
    rows: Any = Offer.objects.unscoped(WHY)
    for day, keys in by_day.items():
        rows.filter(pk__in=keys).exclude(expires_on=day).update(expires_on=day)


def _give_way(verdicts: Sequence[Verdict]) -> None:
    """Close the same offers that came from somebody who comes after in the order of precedence."""
    for one in verdicts:
        for rival in one.gives_way:
            facts = {"kept": one.offer, "match": rival.match, "reason": rival.reason}
            try:
                actions_duplicates.set_aside(rival.offer, actor=FEEDS, **facts)
            except (OfferRefused, TransitionRefused):
                continue  # two lines of the file are the same as it, or somebody just closed it


def take_away(partner: OfferPartner, *, reference: str) -> Offer:
    """Withdraw one offer, at its partner's request."""
    offer = queries_feeds.own_offer(partner, reference)
    if offer is None:
        raise OfferRefused(_("Aucune de vos offres n'a cette référence."), "reference")
    if offer.is_closed:
        return offer
    closed: Offer = actions.close(offer, actor=FEEDS, reason=CloseReason.WITHDRAWN)
    return closed
