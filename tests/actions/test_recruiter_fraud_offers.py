"""Offers of a fraud, one by one: what they say is seen before anybody reads it, whichever way the recruiter takes.

The attacker has an honest space's account, certified long ago, and wants its words shown to jobseekers.
"""

import contextlib
import datetime as dt
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from entremise.accounts.queries import actor_for
from entremise.employers import actions_certification
from entremise.employers.enums_spaces import RefusalReason, SpaceState
from entremise.employers.models_spaces import RecruiterSpace, SpaceMember
from entremise.kernel.access import AccessDenied
from entremise.kernel.actors import Actor
from entremise.kernel.workflow import TransitionRefused
from entremise.offers import actions, actions_deposit, actions_publication, queries_public
from entremise.offers.actions import OfferRefused, Terms
from entremise.offers.enums import OfferState
from entremise.offers.models import Offer
from tests.factories.accounts import AgencyFactory, actor_of, professional
from tests.factories.offers import again, sheet
from tests.factories.spaces import RecruiterSpaceFactory
from tests.web.walk import put_back

pytestmark = pytest.mark.django_db
MONDAY = dt.datetime(2026, 11, 23, 9, 30, tzinfo=dt.UTC)
REFUSED = (OfferRefused, AccessDenied, TransitionRefused)
HONEST = "Vous accueillez les clients, tenez la caisse et rangez les rayons. Deux jours de repos par semaine."
WORDS = {
    "a_fee_before_the_interview": "Pour réserver votre place, réglez 49 € de frais de dossier.",
    "a_transfer_with_western_union": "Vous renvoyez la somme à notre client par Western Union et gardez 8 %.",
    "parcels_sent_on_from_home": "Vous recevez des colis à votre domicile et les réexpédiez avec nos étiquettes.",
    "bank_details_and_identity": "Envoyez une copie de votre carte d'identité et votre RIB pour le contrat.",
    "a_messaging_application_only": "Contactez Monsieur Paul uniquement sur Telegram, il vous expliquera.",
    "money_on_the_candidate_s_account": "Les paiements transitent par votre compte, vous gardez 10 % de commission.",
}
FRAUD = " ".join(WORDS.values())[:900]
Played = Callable[[], Offer]
ATTACKS: dict[str, Played] = {}


def attack(played: Played) -> Played:
    """Add a scenario; it returns the offer that the fraudster wants to be read."""
    ATTACKS[played.__name__] = played
    return played


def space(**facts: Any) -> RecruiterSpace:
    with time_machine.travel(MONDAY - dt.timedelta(days=40), tick=False):
        return RecruiterSpaceFactory(**({"certified": True} | facts))


def recruiter(of: RecruiterSpace) -> Actor:
    member: Any = SpaceMember.objects.unscoped("a test").filter(space=of).first()
    return actor_for(member.user, second_factor=False)


def written(of: RecruiterSpace, words: str, **facts: Any) -> Any:
    terms = Terms(
        weekly_hours=Decimal("35"), pay_min_cents=200_000, pay_max_cents=220_000, pay_period="month",
        experience_months=0,
    )  # fmt: skip
    told = {"title": "Employé / employée de magasin", "terms": terms}
    return sheet(establishment=of.establishment, description=words, **told | facts)


def deposited(words: str = HONEST, of: RecruiterSpace | None = None, **facts: Any) -> Offer:
    of = of or space()
    offer: Offer = actions_deposit.deposit(of, actor=recruiter(of), sheet=written(of, words, **facts), needs={})
    return offer


def handed_in(words: str = HONEST, of: RecruiterSpace | None = None, **facts: Any) -> Offer:
    offer = deposited(words, of, **facts)
    actions_deposit.hand_in(offer, actor=recruiter(offer.space))
    return again(offer)


def certified_now(of: RecruiterSpace) -> None:
    """Certify a space as its console does, whatever was said of it."""
    RecruiterSpace.objects.unscoped("a test").filter(pk=of.pk).update(state=SpaceState.CERTIFIED, due_at=None)
    actions_publication.release_all(of.pk)


def amended(offer: Offer, words: str = FRAUD) -> Offer:
    told = written(offer.space, words)
    actions_deposit.amend(again(offer), actor=recruiter(offer.space), sheet=told, needs={})
    return again(offer)


def edited(offer: Offer, words: str = FRAUD) -> Offer:
    """Correct an offer by the action of the advisers, which the recruiter's policy reaches too."""
    told = written(offer.space, words)
    actions.edit(again(offer), actor=recruiter(offer.space), sheet=told, needs={})
    return again(offer)


for _name, _words in WORDS.items():
    ATTACKS[_name] = lambda words=_words: handed_in(f"{HONEST} {words}")  # type: ignore[misc]


@attack
def a_fraud_in_the_presentation_of_the_company() -> Offer:
    terms = Terms(
        company=WORDS["a_messaging_application_only"], weekly_hours=Decimal("35"), pay_min_cents=200_000,
        pay_max_cents=200_000, pay_period="month", experience_months=0,
    )  # fmt: skip
    return handed_in(terms=terms)


@attack
def a_fraud_in_what_becomes_of_the_person() -> Offer:
    terms = Terms(
        evolution=WORDS["a_fee_before_the_interview"], weekly_hours=Decimal("35"), pay_min_cents=200_000,
        pay_max_cents=200_000, pay_period="month", experience_months=0,
    )  # fmt: skip
    return handed_in(terms=terms)


@attack
def a_published_offer_becomes_a_fraud() -> Offer:
    offer = handed_in()
    assert offer.state == OfferState.OPEN
    return amended(offer)


@attack
def a_published_offer_becomes_one_by_the_advisers_form() -> Offer:
    return edited(handed_in())


@attack
def a_suspended_offer_becomes_a_fraud_and_goes_on() -> Offer:
    offer = handed_in()
    actor = recruiter(offer.space)
    actions_publication.suspend(offer, actor=actor)
    with contextlib.suppress(OfferRefused):
        amended(offer)
    with contextlib.suppress(OfferRefused):
        edited(offer)
    actions_publication.resume(again(offer), actor=actor)
    return amended(again(offer))  # once it goes on, and not before


@attack
def an_offer_changes_while_it_waits_for_the_certification() -> Offer:
    waiting = space(certified=False)
    offer = amended(handed_in(of=waiting))
    certified_now(waiting)
    return again(offer)


@attack
def an_offer_is_submitted_without_being_read() -> Offer:
    waiting = space(certified=False)
    offer = deposited(FRAUD, waiting)
    actions_publication.submit(offer, actor=recruiter(waiting))
    certified_now(waiting)
    return again(offer)


@attack
def a_copy_of_a_held_offer_is_handed_in() -> Offer:
    offer = handed_in(FRAUD)
    copy: Offer = actions_deposit.duplicate(offer, actor=recruiter(offer.space))
    actions_deposit.hand_in(copy, actor=recruiter(offer.space))
    return again(copy)


@attack
def a_held_offer_is_handed_in_again_in_other_words() -> Offer:
    offer = handed_in(FRAUD)
    return amended(offer, "Virement reçu sur votre compte, à renvoyer par coupon PCS.")


@attack
def the_fraud_is_written_in_capitals_with_spaces() -> Offer:
    return handed_in(f"{HONEST} CONTACTEZ-NOUS UNIQUEMENT PAR WHATS APP")


@attack
def the_fraud_is_written_with_letters_of_another_alphabet() -> Offer:
    return handed_in(f"{HONEST} Contactez-nous uniquement par WhаtsАpp.")  # two Cyrillic letters


@attack
def the_fraud_is_written_with_invisible_characters() -> Offer:
    return handed_in(f"{HONEST} Paiement par Western\u200b Union et coupon\u00ad PCS.")


@attack
def forty_offers_in_a_day_by_a_company_of_last_week() -> Offer:
    of = space()
    place = of.establishment
    place.opened_on = MONDAY.date() - dt.timedelta(days=6)
    place.save()
    for _ in range(24):
        last = handed_in(of=of)
    return last


@attack
def an_offer_of_a_space_that_is_blocked_stays_readable() -> Offer:
    offer = handed_in()
    adviser = actor_of(professional(agency=AgencyFactory()))
    reason = RefusalReason.FRAUDULENT_OFFERS
    actions_certification.block(offer.space, actor=adviser, reason=reason, note="Plaintes de candidats.")
    return again(offer)


def is_readable(offer: Offer) -> bool:
    """Tell whether anybody finds the offer, or reads its words at its address."""
    if again(offer).state == OfferState.OPEN or queries_public.published().filter(pk=offer.pk).exists():
        return True
    page = Client().get(reverse("public_offer", args=[offer.pk]))
    return again(offer).description[:40] in page.content.decode()


def outcome(played: Played) -> str:
    """Play a scenario; say whether it was refused, held, or is read by somebody."""
    try:
        offer = played()
    except REFUSED as refusal:
        return "refused" if len(str(refusal.reason)) > 20 else "refused without a sentence"
    return "read" if is_readable(offer) else "held"


def test_an_honest_offer_is_read_at_once_and_is_read_after_the_certification() -> None:
    with time_machine.travel(MONDAY, tick=False):
        assert is_readable(handed_in())
        waiting = space(certified=False)
        offer = handed_in(of=waiting)
        assert not is_readable(offer)
        certified_now(waiting)
        assert is_readable(offer)


def test_offers_of_frauds_are_read_by_nobody(record_property: Callable[[str, object], None]) -> None:
    """Play every scenario, each on an untouched base; at most one in twenty-five is read."""
    found = {}
    for name in sorted(ATTACKS):
        with put_back(), time_machine.travel(MONDAY, tick=False):
            found[name] = outcome(ATTACKS[name])
    read = [name for name, fate in found.items() if fate == "read"]
    counted = Counter(found.values())
    said = f"{len(found) - len(read)} offres frauduleuses retenues sur {len(found)} : {counted['refused']} refusées,"
    record_property("figure", f"{said} {counted['held']} en attente ; lues : {read or 'aucune'}")
    assert "refused without a sentence" not in counted
    assert len(read) * 25 <= len(found), "\n".join(f"{name}: {fate}" for name, fate in found.items())
