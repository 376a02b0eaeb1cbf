"""The adviser's day: what calls, in which order, and what a professional may open."""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine

from entremise.desk import queries, queries_profile
from entremise.desk.enums import DueKind, Urgency
from entremise.desk.queries_profile import ProfileUnknown
from entremise.kernel import clock, notices
from entremise.kernel.access import AccessDenied
from entremise.kernel.actors import job_actor
from entremise.matching import actions_contest, actions_nightly
from entremise.people import actions as people
from entremise.people.models import Person
from entremise.promotions import actions as promotions
from entremise.promotions.models import Promotion
from entremise.validations.models import Request
from tests.factories.accounts import AgencyFactory, actor_of, professional
from tests.factories.contests import contest, in_pool, opened, searched, wished
from tests.factories.employers import ContactLogFactory, EstablishmentFactory
from tests.factories.offers import OfferFactory
from tests.factories.passport import ExperienceFactory, HeldSkillFactory
from tests.factories.people import PersonFactory, consent, owner
from tests.factories.promotions import MONDAY, World, employer, world
from tests.factories.validations import answered

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def moment() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(MONDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def small() -> World:
    return world()


def due(small: World) -> list[queries.Due]:
    return queries.due_list(small.adviser, clock.now())


def test_a_new_adviser_has_nothing_due(small: World) -> None:
    assert due(small) == []


def test_a_good_answer_waits_for_a_week_then_is_overdue(small: World, moment: time_machine.Traveller) -> None:
    (sent,) = small.send()
    promotions.answer(sent, actor=employer(sent), answer="meeting", word="Dès lundi si possible")
    (item,) = due(small)
    assert (item.kind, item.page, item.pk, item.detail) == (
        DueKind.ANSWER, "promotion", sent.pk, "Dès lundi si possible",
    )  # fmt: skip
    assert (
        item.sentence == f"Les Jardins de Flore souhaite rencontrer {small.person.reference} : fixez le rendez-vous."
    )
    assert item.deadline == MONDAY.date() + dt.timedelta(days=7)
    moment.shift(dt.timedelta(days=8))
    assert queries.day(small.adviser, clock.now()).groups[0][0] is Urgency.OVERDUE


def test_a_good_answer_whose_outcome_is_known_calls_nobody_any_more(small: World) -> None:
    (sent,) = small.send()
    promotions.answer(sent, actor=employer(sent), answer="meeting")
    promotions.record_outcome(sent, actor=small.adviser, outcome="none", on=clock.today())
    assert due(small) == []


def test_a_wish_and_an_answered_contest_come_with_the_rest(small: World) -> None:
    person, lead = in_pool(), actor_of(professional("team_lead", agency=small.agency))
    access = opened(small)
    wish = wished(access, searched(access))
    told = contest(person, small.adviser)
    actions_contest.answer(told, actor=lead, verdict="explained", answer="Le calcul est juste.")
    asked, said = due(small)
    assert (asked.kind, asked.page, asked.pk, asked.deadline) == (
        DueKind.WISH, "meeting_wish", wish.pk, MONDAY.date() + dt.timedelta(days=3),
    )  # fmt: skip
    assert (said.kind, said.page, said.pk, said.deadline, said.detail) == (
        DueKind.CONTEST, "contest_mine", told.pk, None, "Le calcul est juste.",
    )  # fmt: skip
    assert due(World(**vars(small) | {"adviser": lead})) == []


def test_a_silence_asks_for_a_call(small: World, moment: time_machine.Traveller) -> None:
    small.send()
    moment.shift(dt.timedelta(days=40))
    (sent,) = Promotion.objects.unscoped("test")
    promotions.expire(sent, actor=job_actor("test"))
    (item,) = due(small)
    assert item.kind is DueKind.SILENCE
    assert "n'a pas répondu" in item.sentence


def test_a_polite_no_is_news_and_asks_for_nothing(small: World) -> None:
    (sent,) = small.send()
    promotions.answer(sent, actor=employer(sent), answer="kept")
    (item,) = due(small)
    assert (item.kind, item.deadline) == (DueKind.NEWS, None)
    assert item.sentence == f"Les Jardins de Flore garde le profil {small.person.reference} pour plus tard."


def test_the_answers_of_a_colleague_s_promotions_are_not_mine(small: World) -> None:
    (sent,) = small.send()
    promotions.answer(sent, actor=employer(sent), answer="meeting")
    colleague = actor_of(professional(agency=small.agency))
    assert queries.due_list(colleague, clock.now()) == []


def test_a_promised_call_comes_with_its_date(small: World) -> None:
    today = clock.today()
    log = ContactLogFactory(
        establishment=small.first.establishment, author=small.user, agency=small.agency,
        next_action="Rappeler pour la saison", next_on=today, at=clock.now() - dt.timedelta(days=3),
    )  # fmt: skip
    (item,) = due(small)
    assert (item.kind, item.pk, item.deadline) == (DueKind.NEXT_ACTION, log.establishment_id, today)
    assert item.sentence == "Rappeler pour la saison (Les Jardins de Flore)"


def test_a_confirmation_to_check_asks_for_a_call_within_the_week(small: World) -> None:
    asked = answered()
    Request.objects.unscoped("test").filter(pk=asked.pk).update(to_check=True)
    checks = [item for item in due(small) if item.kind is DueKind.CHECK]
    assert [(item.page, item.sentence) for item in checks] == [
        ("validation_checks", "1 confirmation à vérifier par un appel, dans votre territoire.")
    ]
    assert checks[0].deadline == MONDAY.date() + dt.timedelta(days=7)


def test_the_stale_profiles_of_my_portfolio_are_listed_not_those_of_others(small: World) -> None:
    mine = PersonFactory(stale=True, consenting=True, referent=small.user)
    PersonFactory(stale=True, consenting=True)
    PersonFactory(stale=True, referent=small.user)  # did not consent: search does not show it
    PersonFactory(consenting=True, referent=small.user)  # fresh
    assert [(item.kind, item.pk) for item in due(small)] == [(DueKind.STALE, mine.pk)]


def ready(**facts: Any) -> Person:
    person = PersonFactory(consenting=True, available_on=clock.today(), **facts)
    HeldSkillFactory(person=person, proved=True)
    notices.profile_changed.fire(person_id=person.pk)
    return person


def test_suggestions_are_ready_proved_and_never_promoted(small: World) -> None:
    wanted = ready(wishing=True)
    PersonFactory(consenting=True, available_on=clock.today())
    (one,) = queries.suggestions(small.adviser)
    card = one.card
    assert one.employer_count == 0
    assert (card.person_id, card.reference, card.job) == (wanted.pk, wanted.reference, "Cuisinier / Cuisinière")
    small.person = wanted
    small.send()
    assert queries.suggestions(small.adviser) == []


@pytest.mark.django_db(transaction=True)
def test_those_that_most_employers_look_for_are_suggested_first(small: World) -> None:
    others = [ready(wishing=True, contracts=["cdi"]).pk for _ in range(6)]
    looked_for = ready(wishing=True, contracts=["cdd"])
    for _ in range(2):
        OfferFactory(open=True, contract="cdd", establishment=EstablishmentFactory())
    actions_nightly.match_everything()
    first, *rest = queries.suggestions(small.adviser)
    assert (first.card.person_id, first.employer_count) == (looked_for.pk, 2)
    assert len(rest) == 4
    assert all(one.employer_count == 0 and one.card.person_id in others for one in rest)


def test_the_share_counts_the_consenting_people_of_the_agency(small: World) -> None:
    Person.objects.unscoped("test").filter(pk=small.person.pk).update(agency=small.agency)
    PersonFactory(consenting=True, agency=small.agency)
    PersonFactory(agency=small.agency)  # no consent
    PersonFactory(consenting=True, agency=AgencyFactory())
    assert queries.promoted_share(small.adviser) == queries.Share(promoted=0, consenting=2)
    small.send(small.first, small.second)
    share = queries.promoted_share(small.adviser)
    assert (share.promoted, share.consenting, share.percent) == (1, 2, 50)


def test_the_whole_day_is_read_in_few_queries(small: World, django_assert_max_num_queries: Callable[..., Any]) -> None:
    for _ in range(3):
        ready(wishing=True)
    (sent,) = small.send()
    promotions.answer(sent, actor=employer(sent), answer="meeting")
    queries.day(small.adviser, clock.now())  # a process reads the pool once
    with django_assert_max_num_queries(12):  # the kinds of lines; the changes, rows and offers of the pool
        found = queries.day(small.adviser, clock.now())
    assert found.counts == {"coming": 1}
    assert len(found.suggestions) == 3


class TestProfileFile:
    """What a professional sees of a person, and when nothing is shown."""

    def test_it_holds_proofs_experiences_and_promotions(self, small: World) -> None:
        proved = HeldSkillFactory(person=small.person, proved=True)
        said = HeldSkillFactory(person=small.person)
        HeldSkillFactory(person=small.person, is_shown=False)
        ExperienceFactory(person=small.person, establishment=EstablishmentFactory())
        small.send()
        found = queries_profile.profile_file(small.person.pk, small.adviser)
        assert [proof.held for proof in found.proofs] == [proved]
        assert found.said == [said]
        assert [past.months for past in found.pasts] == [27]
        assert len(found.promotions) == 1
        assert (found.consent, found.is_followed) == ("named", False)
        assert [str(purpose) for purpose in found.purposes] == ["promotion", "offer", "appointment"]

    def test_another_territory_and_an_unknown_profile_get_the_same_words(self, small: World) -> None:
        stranger = actor_of(professional(agency=AgencyFactory(department_code="38")))
        with pytest.raises(ProfileUnknown) as elsewhere:
            queries_profile.profile_file(small.person.pk, stranger)
        with pytest.raises(ProfileUnknown) as nowhere:
            queries_profile.profile_file(small.agency.pk, small.adviser)
        assert elsewhere.value.reason == nowhere.value.reason
        assert elsewhere.value.reason == "Ce profil n'existe pas, ou relève d'un autre territoire que le vôtre."

    def test_a_withdrawn_consent_closes_the_profile(self, small: World) -> None:
        people.withdraw_consent(small.person, actor=owner(small.person))
        with pytest.raises(AccessDenied) as refused:
            queries_profile.profile_file(small.person.pk, small.adviser)
        assert refused.value.reason == (
            "Cette personne n'a pas donné son accord pour être présentée à des employeurs, ou vient de le retirer."
        )

    def test_whoever_follows_the_person_opens_it_without_consent(self, small: World) -> None:
        person = PersonFactory(agency=small.agency)
        found = queries_profile.profile_file(person.pk, small.adviser)
        assert (found.consent, found.is_followed) == ("", True)
        assert [str(purpose) for purpose in found.purposes] == ["appointment", "portfolio"]
        consent(person)
        assert queries_profile.profile_file(person.pk, small.adviser).consent == "anonymous"

    def test_a_team_lead_reads_but_is_offered_no_identity(self, small: World) -> None:
        lead = actor_of(professional("team_lead", agency=small.agency))
        assert queries_profile.profile_file(small.person.pk, lead).purposes == []

    def test_it_takes_six_queries(self, small: World, django_assert_max_num_queries: Callable[..., Any]) -> None:
        for _ in range(4):
            HeldSkillFactory(person=small.person, proved=True)
            ExperienceFactory(person=small.person)
        small.send(small.first, small.second)
        with django_assert_max_num_queries(6):
            queries_profile.profile_file(small.person.pk, small.adviser)
