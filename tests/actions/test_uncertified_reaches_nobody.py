"""A space that nobody certified reaches nobody: every way out is walked, and a new one makes this test fail.

The ways are read from the policies themselves: each that a recruiter holds is either played here by the ambassador of
an uncertified space, or written below with the reason why it reaches nobody.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from entremise.accounts.queries import actor_for
from entremise.credentials.models import Award
from entremise.employers import actions as employers
from entremise.employers import actions_members, actions_spaces, actions_vigilance
from entremise.employers.actions_spaces import Identity, SpaceRefused
from entremise.employers.enums_spaces import SpaceState
from entremise.employers.links import SPACE_INVITATION
from entremise.employers.models_spaces import RecruiterSpace, SpaceMember
from entremise.kernel import access
from entremise.kernel.actors import Actor, Role, job_actor
from entremise.kernel.models import MailLink, OutboxMessage
from entremise.kernel.workflow import TransitionRefused
from entremise.matching import actions_nightly, actions_recruiter, queries_recruiter, queries_reverse
from entremise.matching.models_nightly import OfferMatches
from entremise.matching.models_recruiter import MeetingWish
from entremise.matching.queries_recruiter_spaces import key_of
from entremise.offers import actions as offers
from entremise.offers import actions_checks, actions_deposit, actions_publication, queries_public
from entremise.offers.actions import OfferRefused, Terms
from entremise.offers.enums import CloseReason, OfferState
from entremise.offers.models import Offer
from entremise.people.models import Person
from tests.factories.accounts import AgencyFactory, actor_of, professional
from tests.factories.contests import COOK, in_pool
from tests.factories.employers import EstablishmentFactory, commune
from tests.factories.offers import OfferFactory, again, sheet
from tests.factories.people import identity_of, occupation
from tests.factories.spaces import RecruiterSpaceFactory, SpaceMemberFactory

pytestmark = pytest.mark.django_db
MONDAY = dt.datetime(2026, 11, 23, 9, 30, tzinfo=dt.UTC)
WORDS = "Vous préparez les repas de la cantine avec deux collègues. Repos le samedi et le dimanche."
PURPOSE = "Recruter deux cuisiniers pour la cantine."
UNCERTIFIED = (
    SpaceState.TO_CERTIFY, SpaceState.UNDER_REVIEW, SpaceState.DOCUMENTS, SpaceState.REFUSED, SpaceState.BLOCKED,
    SpaceState.CLOSED,
)  # fmt: skip
REFUSED = (SpaceRefused, OfferRefused, TransitionRefused, access.AccessDenied, actions_recruiter.RecruiterRefused)
# What a recruiter may do that leaves nothing for anybody to see.
REACHES_NOBODY = {
    "accounts.own": "their own account, its devices and its language",
    "skills.suggest": "reads the referential",
    "territories.suggest": "reads the communes",
    "employers.own_space": "reads their own space; writing its page is played below",
    "offers.own": "reads their own offers",
}
PLAYED: dict[str, Callable[["Attempt"], Any]] = {}


class Attempt:
    """The ambassador of an uncertified space, somebody looking for a job, an adviser, and an offer of each state."""

    def __init__(self, state: SpaceState) -> None:
        commune()
        occupation(COOK, "Cuisinier")
        self.agency = AgencyFactory(email="agence@emploi.exemple")
        self.adviser = actor_of(professional(agency=self.agency))
        self.person: Person = in_pool(contracts=["cdi"], mobility_km=50)
        self.space: RecruiterSpace = RecruiterSpaceFactory(agency=self.agency, state=state, due_at=None)
        self.member: Any = SpaceMember.objects.unscoped("a test").get(space=self.space)
        self.actor: Actor = actor_for(self.member.user, second_factor=False)
        told = {"space": self.space, "establishment": self.space.establishment, "agency": self.agency}
        told |= {"description": WORDS, "occupation": occupation(COOK, "Cuisinier"), "channel": "recruiter"}
        self.draft, self.waiting = OfferFactory(**told), OfferFactory(state=OfferState.WAITING, **told)
        self.suspended = OfferFactory(state=OfferState.SUSPENDED, stopped_by="recruiter", **told)
        OutboxMessage.objects.all().delete()

    def sheet(self) -> Any:
        terms = Terms(
            weekly_hours=Decimal("35"), pay_min_cents=200_000, pay_max_cents=200_000, pay_period="month",
            experience_months=0,
        )  # fmt: skip
        job = occupation(COOK, "Cuisinier")
        told = {"establishment": self.space.establishment, "occupation": job, "terms": terms}
        return sheet(title="Cuisinier / cuisinière", description=WORDS, **told)


def played(*policies: str) -> Callable[[Callable[[Attempt], Any]], Callable[[Attempt], Any]]:
    """Say which policies a way uses."""

    def keep(way: Callable[[Attempt], Any]) -> Callable[[Attempt], Any]:
        PLAYED.update(dict.fromkeys(policies, way))
        return way

    return keep


@played("offers.deposit", "offers.edit", "offers.read_alerts")
def deposits_and_hands_in(one: Attempt) -> None:
    offer = actions_deposit.deposit(one.space, actor=one.actor, sheet=one.sheet(), needs={})
    actions_checks.review(offer, actor=one.actor)
    actions_deposit.hand_in(offer, actor=one.actor)
    actions_deposit.amend(again(offer), actor=one.actor, sheet=one.sheet(), needs={})
    actions_deposit.duplicate(again(offer), actor=one.actor)
    actions_deposit.keep_longer(again(offer), actor=one.actor)


@played("offers.submit")
def submits(one: Attempt) -> None:
    actions_publication.submit(one.draft, actor=one.actor)


@played("offers.take_back")
def takes_back(one: Attempt) -> None:
    actions_publication.take_back(one.waiting, actor=one.actor)


@played("offers.suspend")
def suspends(one: Attempt) -> None:
    actions_publication.suspend(one.waiting, actor=one.actor)


@played("offers.resume")
def resumes(one: Attempt) -> None:
    actions_publication.resume(one.suspended, actor=one.actor)


@played("offers.close")
def closes_an_offer(one: Attempt) -> None:
    offers.close(one.waiting, actor=one.actor, reason=CloseReason.ABANDONED)


@played("employers.ask_space")
def asks_for_another(one: Attempt) -> None:
    told = Identity("Marc", "Lemoine", one.member.email, "gérant", "04 75 11 22 33")
    actions_spaces.ask(EstablishmentFactory(), actor=one.actor, identity=told, purpose=PURPOSE)


@played("employers.ask_again")
def asks_again(one: Attempt) -> None:
    actions_spaces.ask_again(one.space, actor=one.actor, purpose=PURPOSE)


@played("employers.close_space")
def closes_the_space(one: Attempt) -> None:
    from_flow = actions_spaces.FLOW.actions.get("close_space")
    if from_flow is not None:
        from_flow(one.space, actor=one.actor)


@played("employers.add")
def adds_an_establishment(one: Attempt) -> None:
    employers.add_from_siret(one.space.establishment.siret, actor=one.actor)


@played("employers.manage_space")
def invites_a_jobseeker(one: Attempt) -> None:
    email = str(one.person.user.email)
    told = Identity("Léa", "Morin", email, "cuisinière", "06 12 34 56 78")
    actions_members.invite(one.space, actor=one.actor, identity=told)


@played("employers.manage_space_member")
def invites_somebody_again(one: Attempt) -> None:
    email = str(one.person.user.email)
    invited = SpaceMemberFactory(space=one.space, invited=True, email=email)
    actions_members.invite_again(invited, actor=one.actor)


@played("employers.own_place_in_space")
def corrects_their_place(one: Attempt) -> None:
    actions_members.correct(one.member, actor=one.actor, job="chef", phone="04 75 11 22 34")


@played("employers.own_space")
def presents_the_company(one: Attempt) -> None:
    actions_spaces.present(one.space, actor=one.actor, presentation=WORDS, website="", benefits="")


@played("matching.open_own_search", "matching.search_as_recruiter")
def searches_and_wishes_to_meet(one: Attempt) -> None:
    opened = actions_recruiter.open_own(one.space, actor=one.actor)
    criteria = queries_recruiter.criteria_around(opened, occupation=COOK, radius_km=50, skills=[])
    made = actions_recruiter.search(opened, actor=one.actor, criteria=criteria)
    cards = queries_recruiter.page_of_cards(made, key_of(opened)).cards
    names = identity_of(one.person)
    assert cards
    assert names.last_name not in repr(cards)
    assert str(one.person.pk) not in repr(cards)
    actions_recruiter.wish_to_meet(opened, actor=one.actor, made=made, token=cards[0].token)


def others_open_for_them(one: Attempt) -> None:
    """What an adviser, or the platform itself, does with what the space wrote."""
    for act in (
        lambda: offers.open_offer(one.waiting, actor=one.adviser, version=one.waiting.version),
        lambda: actions_publication.publish(one.waiting, actor=job_actor("a test")),
        lambda: actions_publication.release_all(one.space.pk),
        lambda: actions_vigilance.examine(one.space),
    ):
        attempt(act)


def attempt(act: Callable[[], Any]) -> None:
    """Do something that may be refused, with a sentence."""
    try:
        act()
    except REFUSED as refusal:
        told = str(refusal.reason)
    else:
        return
    assert len(told) > 20, told


def reached(one: Attempt, *, by_pages: bool = True) -> list[str]:
    """Return by which ways something of the space is seen by somebody who looks for a job."""
    ways = []
    mine: Any = Offer.objects.unscoped("a test").filter(space__in=[one.space.pk])
    owner = actor_of(one.person.user)
    if Offer.objects.visible_to(owner).filter(pk__in=mine).exists() or queries_public.published().filter(pk__in=mine):
        ways.append("an offer is open")
    if queries_reverse.offers_for(one.person, actor=owner, limit=50).found:
        ways.append("an offer is proposed to her")
    if by_pages and any(WORDS[:30] in text for text in pages(one, mine)):
        ways.append("words on a public page")
    at_work = {one.agency.email, one.member.email}
    if strangers := set(OutboxMessage.objects.values_list("recipient", flat=True)) - at_work:
        ways.append(f"messages to {sorted(strangers)}")
    if MailLink.objects.filter(purpose=SPACE_INVITATION.name).exists():
        ways.append("an invitation")
    if queries_recruiter.waiting_wishes(one.adviser).exists():
        ways.append("a wish to meet her, told to the adviser")
    if Award.objects.unscoped("a test").exists():
        ways.append("a badge")
    return ways


def pages(one: Attempt, mine: Any) -> Iterator[str]:
    """Yield what everybody may read: the list, the feed, the frame, the company's page, each offer with its data."""
    browser = Client()
    for name in ("public_offers", "public_offers_feed", "public_offers_frame"):
        yield browser.get(reverse(name)).content.decode()
    yield browser.get(reverse("company", args=[one.space.establishment.siret])).content.decode()
    for pk in mine.values_list("pk", flat=True):
        answer = browser.get(reverse("public_offer", args=[pk]))
        yield answer.content.decode()
        yield browser.get(reverse("public_offer_day", args=[pk, "fin"])).content.decode()


def ways_held() -> set[str]:
    """Return every policy that a recruiter holds."""
    return {name for name, policy in access.policies().items() if Role.RECRUITER in policy.roles}


def test_every_way_out_is_walked_or_explained() -> None:
    known = set(PLAYED) | set(REACHES_NOBODY)
    assert ways_held() - known == set(), "a new way out for recruiters: play it here, or say why it reaches nobody"
    assert known - ways_held() == set(), "ways that recruiters have no more"


@pytest.mark.parametrize("state", UNCERTIFIED)
def test_an_uncertified_space_reaches_nobody(state: SpaceState) -> None:
    with time_machine.travel(MONDAY, tick=False):
        one = Attempt(state)
        last = {closes_the_space, asks_again}
        for way in sorted(set(PLAYED.values()), key=lambda way: (way in last, way.__name__)):
            attempt(lambda way=way: way(one))  # type: ignore[misc]
            if state == SpaceState.TO_CERTIFY:  # the others are looked at in the end
                assert reached(one, by_pages=False) == [], way.__name__
        assert reached(one) == []
        others_open_for_them(one)
        assert reached(one, by_pages=False) == []


@pytest.mark.django_db(transaction=True)
def test_the_night_finds_nobody_for_an_uncertified_space() -> None:
    with time_machine.travel(MONDAY, tick=False):
        one = Attempt(SpaceState.TO_CERTIFY)
        attempt(lambda: deposits_and_hands_in(one))
        told = {"establishment": EstablishmentFactory(), "occupation": occupation(COOK, "Cuisinier")}
        honest = OfferFactory(open=True, description=WORDS, **told)
        actions_nightly.match_everything()
        rows: Any = OfferMatches.objects.unscoped("a test")
        assert set(rows.values_list("pk", flat=True)) == {honest.pk}


def test_the_same_ways_reach_people_once_certified() -> None:
    """The walk can fail: what was held leaves, and each look above sees it."""
    with time_machine.travel(MONDAY, tick=False):
        one = Attempt(SpaceState.CERTIFIED)
        for way in (deposits_and_hands_in, presents_the_company, searches_and_wishes_to_meet):
            attempt(lambda way=way: way(one))  # type: ignore[misc]
        seen = set(reached(one))
        expected = {"an offer is open", "an offer is proposed to her", "words on a public page"}
        assert seen == expected | {"a wish to meet her, told to the adviser"}
        invites_a_jobseeker(one)  # who has nothing to do with the company: the space is looked at again
        seen = set(reached(one, by_pages=False))
        assert "an invitation" in seen
        assert any("messages to" in way for way in seen)
        assert not seen & expected


def test_what_was_told_stops_when_the_certification_is_lost() -> None:
    with time_machine.travel(MONDAY, tick=False):
        one = Attempt(SpaceState.CERTIFIED)
        for way in (deposits_and_hands_in, presents_the_company, searches_and_wishes_to_meet):
            attempt(lambda way=way: way(one))  # type: ignore[misc]
        assert reached(one)
        OutboxMessage.objects.all().delete()
        actions_vigilance.hold(one.space, actor=job_actor("a test"))
        assert reached(one) == []
        assert MeetingWish.objects.unscoped("a test").filter(held_at=None).count() == 0
