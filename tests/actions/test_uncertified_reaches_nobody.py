"""An uncertified recruiter can reach nobody: everything they may do is done here, and every way out is looked at."""

import datetime as dt
import re
from contextlib import suppress
from typing import Any

import pytest

from entremise.accounts import actions as accounts
from entremise.accounts.queries import actor_for, user_of
from entremise.employers import actions, actions_members, actions_spaces, queries_own_spaces
from entremise.employers.actions_spaces import Identity, SpaceRefused
from entremise.employers.enums_spaces import SpaceState
from entremise.employers.models_spaces import RecruiterSpace, SpaceMember
from entremise.kernel import access, clock
from entremise.kernel.access import AccessDenied
from entremise.kernel.actors import ANONYMOUS, Actor, Role
from entremise.kernel.models import OutboxMessage
from entremise.kernel.workflow import TransitionRefused
from entremise.matching import actions_recruiter, queries_recruiter
from entremise.matching.queries_recruiter_spaces import key_of, waiting_wishes
from entremise.offers import actions_deposit, actions_publication
from entremise.offers.actions import OfferRefused
from entremise.offers.models import Offer
from entremise.people.models import Person
from entremise.reciprok import actions as reciprok
from entremise.reciprok import actions_label, actions_meetings, actions_recommendations, actions_voice
from entremise.reciprok import actions_label_following as following
from entremise.reciprok.actions_label_following import LabelRefused
from entremise.reciprok.models import Application
from entremise.reciprok.rules import ApplicationRefused
from tests.actions.test_offers_deposit import told
from tests.factories.accounts import actor_of, professional
from tests.factories.contests import COOK, in_pool
from tests.factories.employers import EstablishmentFactory
from tests.factories.labels import applied, counted
from tests.factories.people import occupation, owner
from tests.factories.promotions import World, world
from tests.factories.spaces import RecruiterSpaceFactory, SpaceMemberFactory

pytestmark = pytest.mark.django_db
# What a recruiter may ask for, each done below; a new one is looked at before it is written here.
WALKED = {
    "accounts.own", "employers.add", "employers.ask_again", "employers.ask_space", "employers.close_space",
    "employers.manage_space", "employers.manage_space_member", "employers.own_place_in_space", "employers.own_space",
    "matching.open_own_search", "matching.search_as_recruiter", "offers.close", "offers.deposit", "offers.edit",
    "offers.own", "offers.read_alerts", "offers.resume", "offers.submit", "offers.suspend", "offers.take_back",
    "people.record_act", "reciprok.answer_many", "reciprok.cancel_meeting", "reciprok.compute_label",
    "reciprok.contest_count", "reciprok.explain_silence", "reciprok.export_inbox", "reciprok.favour", "reciprok.hire",
    "reciprok.inboxes", "reciprok.lift_pause", "reciprok.pause", "reciprok.propose_meeting", "reciprok.read",
    "reciprok.read_card", "reciprok.recommend", "reciprok.refuse", "reciprok.report",
    "skills.suggest", "territories.suggest",
}  # fmt: skip
TO_ONESELF = {"employers.space_asked", "employers.space_to_certify"}  # the recruiter's own, the agency's
NOT_CERTIFIED = sorted(set(SpaceState.values) - {SpaceState.CERTIFIED})


def test_what_a_recruiter_may_ask_for_is_walked_here() -> None:
    assert {name for name, policy in access.policies().items() if Role.RECRUITER in policy.roles} == WALKED


@pytest.fixture
def small() -> World:
    occupation()
    return world()


def attempt(act: Any) -> None:
    """Do something, whether it is accepted or refused."""
    with suppress(
        SpaceRefused, OfferRefused, TransitionRefused, AccessDenied, actions_recruiter.RecruiterRefused,
        ApplicationRefused, LabelRefused,
    ):  # fmt: skip
        act()


def everything(space: RecruiterSpace, actor: Actor) -> None:
    """Do all that a recruiter can."""
    marc = Identity("Marc", "Lemoine", "victime@garance.example", "gérant", "04 75 11 22 33")
    purpose = "Recruter deux jardiniers pour le printemps."
    me = SpaceMember.objects.unscoped("test").filter(space=space).earliest("pk")
    colleague = SpaceMember.objects.unscoped("test").filter(space=space).latest("pk")
    accounts.choose_language(user_of(actor), actor=actor, language="fr")
    actions.add_from_siret(space.establishment.siret, actor=actor)
    attempt(lambda: actions_spaces.ask(EstablishmentFactory(), actor=actor, identity=marc, purpose=purpose))
    attempt(lambda: actions_spaces.present(space, actor=actor, presentation="Appelez-moi", website="", benefits=""))
    attempt(lambda: actions_members.invite(space, actor=actor, identity=marc))
    attempt(lambda: actions_members.invite_again(colleague, actor=actor))
    attempt(lambda: actions_members.change_rank(me, actor=actor, rank="ambassador"))
    attempt(lambda: actions_members.correct(me, actor=actor, job="gérant", phone="0475112233"))
    _offers(space, actor)
    _profiles(space, actor)
    _applications(space, actor)


def _applications(space: RecruiterSpace, actor: Actor) -> None:
    """Try to answer somebody who applied to the true employer."""
    place = space.establishment
    one = applied(place, state="favourable", is_current=False)
    is_seen = Application.objects.visible_to(actor).filter(pk=one.pk).exists()
    assert is_seen == space.is_certified
    soon = clock.now() + dt.timedelta(days=2)
    for act in (
        lambda: reciprok.read(applied(place), actor=actor),
        lambda: reciprok.read_card(one, actor=actor),
        lambda: reciprok.favour(applied(place), actor=actor, step="call"),
        lambda: reciprok.refuse(applied(place), actor=actor, reason="filled", has_seen=True),
        lambda: reciprok.hire(applied(place), actor=actor),
        lambda: reciprok.refuse_many(one.inbox, actor=actor, ids=[one.pk], reason="filled"),
        lambda: actions_meetings.propose_meeting(one, actor=actor, kind="call", slots=[soon]),
        lambda: actions_recommendations.recommend(one, actor=actor, target=one.inbox),
        lambda: actions_voice.report(one, actor=actor, kind="other", words="Cette personne ne répond pas."),
        lambda: following.contest_count(counted(place, hours=None), actor=actor, words="Nous avions répondu."),
        lambda: actions_label.compute(place, actor=actor),
        lambda: following.pause(place, actor=actor, weeks=2),
    ):
        attempt(act)


def _offers(space: RecruiterSpace, actor: Actor) -> None:
    attempt(lambda: actions_deposit.deposit(space, actor=actor, sheet=told(space), needs={}))
    for offer in Offer.objects.unscoped("test").filter(space=space):
        attempt(lambda: actions_deposit.amend(offer, actor=actor, sheet=told(space), needs={}))  # noqa: B023
        for act in (
            actions_deposit.hand_in, actions_publication.submit, actions_publication.resume,
            actions_deposit.keep_longer, actions_publication.suspend, actions_publication.resume,
            actions_publication.take_back, actions_deposit.hand_in, actions_deposit.duplicate,
        ):  # fmt: skip
            attempt(lambda: act(offer, actor=actor))  # noqa: B023


def _profiles(space: RecruiterSpace, actor: Actor) -> None:
    def wish() -> None:
        opened = actions_recruiter.open_own(space, actor=actor)
        criteria = queries_recruiter.criteria_around(opened, occupation=COOK, radius_km=20, skills=[])
        made = actions_recruiter.search(opened, actor=actor, criteria=criteria)
        for card in queries_recruiter.page_of_cards(made, key_of(opened)).cards:
            actions_recruiter.wish_to_meet(opened, actor=actor, made=made, token=card.token)

    attempt(wish)


def reached(small: World, person: Person) -> dict[str, int]:
    """Return how much of it anybody sees or receives, by way out."""
    advisers = actor_of(professional(agency=small.agency))
    sirets = RecruiterSpace.objects.unscoped("test").values_list("establishment__siret", flat=True)
    return {
        "messages": OutboxMessage.objects.exclude(kind__in=TO_ONESELF).count(),
        "offers for anybody": Offer.objects.visible_to(ANONYMOUS).count(),
        "offers for a jobseeker": Offer.objects.visible_to(owner(person)).count(),
        "wishes told to advisers": queries_recruiter.waiting_wishes(advisers).count(),
        "company pages": sum(queries_own_spaces.company_page(siret) is not None for siret in sirets),
    }


def test_in_no_other_state_than_certified_does_anything_reach_anybody(small: World) -> None:
    person = in_pool()
    for state in NOT_CERTIFIED:
        space = RecruiterSpaceFactory(establishment=small.first.establishment, agency=small.agency, state=state)
        actor = actor_for(SpaceMember.objects.unscoped("test").get(space=space).user, second_factor=False)
        SpaceMemberFactory(space=space, invited=True, email=f"{re.sub('_', '', state)}@garance.example")
        everything(space, actor)
        assert not any(reached(small, person).values()), (state, reached(small, person))
    waiting = RecruiterSpace.objects.unscoped("test").filter(state=SpaceState.TO_CERTIFY)
    assert any(waiting_wishes(space) for space in waiting)  # it was really tried
    assert Offer.objects.unscoped("test").filter(state="waiting").exists()


def test_the_same_reaches_people_once_certified(small: World) -> None:
    person = in_pool()
    space = RecruiterSpaceFactory(certified=True, establishment=small.first.establishment, agency=small.agency)
    everything(space, actor_for(SpaceMember.objects.unscoped("test").get(space=space).user, second_factor=False))
    assert all(reached(small, person).values()), reached(small, person)


def test_a_closed_space_shows_nothing_any_more_and_its_ambassador_alone_closes_it(small: World) -> None:
    space = RecruiterSpaceFactory(certified=True, establishment=small.first.establishment, agency=small.agency)
    actor = actor_for(SpaceMember.objects.unscoped("test").get(space=space).user, second_factor=False)
    offer = actions_deposit.deposit(space, actor=actor, sheet=told(space), needs={})
    actions_deposit.hand_in(offer, actor=actor)
    stranger = RecruiterSpaceFactory(certified=True)
    other = actor_for(SpaceMember.objects.unscoped("test").get(space=stranger).user, second_factor=False)
    colleague = actor_for(SpaceMemberFactory(space=space).user, second_factor=False)
    for nobody in (other, colleague):
        with pytest.raises(AccessDenied, match="l'ambassadeur"):
            actions_spaces.close_space(space, actor=nobody)
    assert Offer.objects.visible_to(ANONYMOUS).count() == 1
    actions_spaces.close_space(space, actor=actor)
    assert Offer.objects.visible_to(ANONYMOUS).count() == 0
    assert queries_own_spaces.own_spaces(actor) == []
