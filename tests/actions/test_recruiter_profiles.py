"""A recruiter space searches anonymous profiles by itself; whom it wishes to meet waits for its certification."""

import pytest
import time_machine

from entremise.accounts.queries import actor_for
from entremise.employers.enums_spaces import SpaceState, VigilanceKind
from entremise.employers.models_spaces import RecruiterSpace, SpaceMember, VigilancePoint
from entremise.kernel import notices
from entremise.kernel.access import AccessDenied
from entremise.kernel.actors import Actor
from entremise.matching import actions_recruiter, queries_recruiter, rules_recruiter
from entremise.matching.actions_recruiter import RecruiterRefused
from entremise.matching.models_recruiter import MeetingWish, RecruiterAccess, RecruiterSearch
from entremise.matching.queries_recruiter_spaces import key_of, last_searches, view_count, waiting_wishes
from tests.factories.accounts import AgencyFactory, actor_of, professional
from tests.factories.contests import COOK, in_pool
from tests.factories.people import occupation
from tests.factories.promotions import MONDAY, World, world
from tests.factories.spaces import RecruiterSpaceFactory, again

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def moment():
    with time_machine.travel(MONDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def small() -> World:
    occupation()
    told = world()
    in_pool()
    return told


def space_of(small: World, **facts: object) -> RecruiterSpace:
    return RecruiterSpaceFactory(establishment=small.first.establishment, agency=small.agency, **facts)


def recruiter(space: RecruiterSpace) -> Actor:
    member = SpaceMember.objects.unscoped("test").filter(space=space).earliest("pk")
    return actor_for(member.user, second_factor=False)


def searched(space: RecruiterSpace) -> tuple[RecruiterAccess, RecruiterSearch]:
    opened = actions_recruiter.open_own(space, actor=recruiter(space))
    criteria = queries_recruiter.criteria_around(opened, occupation=COOK, radius_km=20, skills=[])
    return opened, actions_recruiter.search(opened, actor=recruiter(space), criteria=criteria)


def wished(space: RecruiterSpace) -> MeetingWish:
    opened, made = searched(space)
    token = queries_recruiter.page_of_cards(made, key_of(opened)).cards[0].token
    return actions_recruiter.wish_to_meet(opened, actor=recruiter(space), made=made, token=token)


def move(space: RecruiterSpace, state: SpaceState) -> None:
    RecruiterSpace.objects.unscoped("test").filter(pk=space.pk).update(state=state)
    notices.recruiter_space_moved.fire(space.pk)


def told_to(small: World) -> list[MeetingWish]:
    return list(queries_recruiter.waiting_wishes(actor_of(professional(agency=small.agency))))


def test_the_wish_of_an_uncertified_space_reaches_nobody_until_it_is_certified(small: World) -> None:
    space = space_of(small)
    wish = wished(space)
    assert (wish.held_at, wish.released_at) == (MONDAY, None)
    assert (waiting_wishes(space), view_count(space), told_to(small)) == (1, 1, [])
    adviser = actor_of(professional(agency=small.agency))
    with pytest.raises(MeetingWish.DoesNotExist):
        queries_recruiter.wish_in_territory(wish.pk, adviser)
    move(space, SpaceState.CERTIFIED)
    assert (waiting_wishes(space), told_to(small)) == (0, [wish])
    assert queries_recruiter.wish_in_territory(wish.pk, adviser) == wish
    move(space, SpaceState.UNDER_REVIEW)
    assert (waiting_wishes(space), told_to(small)) == (1, [])


def test_the_wish_of_a_certified_space_is_told_at_once(small: World) -> None:
    wish = wished(space_of(small, certified=True))
    assert wish.held_at is None
    assert told_to(small) == [wish]


def test_a_card_names_nobody_and_means_nothing_in_another_space(small: World) -> None:
    first, second = space_of(small, certified=True), space_of(small, certified=True)
    opened, made = searched(first)
    card = queries_recruiter.page_of_cards(made, key_of(opened)).cards[0]
    shown = queries_recruiter.person_shown(made, key_of(opened), card.token)
    assert shown is not None
    assert str(shown.pk) not in repr(card)
    assert shown.reference not in repr(card)
    other, theirs = searched(second)
    with pytest.raises(RecruiterRefused, match="n'est plus à l'écoute"):
        actions_recruiter.wish_to_meet(other, actor=recruiter(second), made=theirs, token=card.token)
    with pytest.raises(RecruiterRefused, match="n'est plus à l'écoute"):
        actions_recruiter.wish_to_meet(other, actor=recruiter(second), made=made, token=card.token)
    with pytest.raises(AccessDenied, match="pas celle de votre espace"):
        actions_recruiter.wish_to_meet(opened, actor=recruiter(second), made=made, token=card.token)
    with pytest.raises(AccessDenied, match="pas le vôtre"):
        actions_recruiter.open_own(first, actor=recruiter(second))
    with pytest.raises(AccessDenied):
        actions_recruiter.open_own(first, actor=actor_of(professional(agency=AgencyFactory())))


def test_the_search_is_opened_once_and_ends_with_the_space(small: World) -> None:
    space = space_of(small)
    opened, made = searched(space)
    assert actions_recruiter.open_own(space, actor=recruiter(space)) == opened
    assert (opened.contact, opened.expires_at) == (None, None)
    assert [one.search for one in last_searches(opened)] == [made]
    for state in (SpaceState.REFUSED, SpaceState.BLOCKED, SpaceState.CLOSED):
        RecruiterSpace.objects.unscoped("test").filter(pk=space.pk).update(state=state)
        with pytest.raises(RecruiterRefused, match="n'est plus ouvert"):
            searched(space)


def test_an_unusual_volume_is_told_to_the_vigilance_and_bounded(small: World, monkeypatch) -> None:
    monkeypatch.setattr(rules_recruiter, "UNUSUAL_SEARCHES_A_DAY", 3)
    monkeypatch.setattr(rules_recruiter, "SEARCHES_A_DAY", 4)
    space = space_of(small, certified=True)
    points = VigilancePoint.objects.unscoped("test").filter(space=space, kind=VigilanceKind.MANY_VIEWS)
    for _n in range(2):
        searched(space)
    assert not points.exists()
    for _n in range(2):
        searched(space)
    assert points.get().evidence  # told once a day, in words that may be brought up to date
    with pytest.raises(RecruiterRefused, match="déjà fait 4 recherches"):
        searched(space)
    assert again(space).state in {SpaceState.CERTIFIED, SpaceState.UNDER_REVIEW}
