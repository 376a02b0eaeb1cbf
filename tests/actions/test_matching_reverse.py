"""Offers for a person are people for an offer read from the other side: same pairs, same score; and who recruits."""

import datetime as dt
import random
from typing import Any

import pytest

from entremise.kernel import clock
from entremise.kernel.access import AccessDenied
from entremise.kernel.actors import Actor
from entremise.matching import queries_feed as feed
from entremise.matching import queries_offers, queries_recruiting, queries_reverse, rules, rules_recruiting
from entremise.matching.enums import OfferSort
from entremise.matching.queries_entry import entry_for_herself
from entremise.matching.queries_reverse import OfferCriteria
from entremise.offers.enums import CloseReason, OfferState
from entremise.offers.models import Offer
from entremise.people.enums import ContractKind, Language, Licence, Schedule, WorkingTime
from entremise.promotions.enums import Answer, Outcome
from entremise.promotions.models import Promotion
from entremise.skills.enums import MobilityKind
from entremise.skills.models import Mobility
from tests.factories.accounts import AgencyFactory, actor_of, department, professional
from tests.factories.employers import EstablishmentFactory, commune
from tests.factories.matching import PoolEntryFactory, place
from tests.factories.offers import OfferFactory
from tests.factories.people import PersonFactory, occupation
from tests.factories.skills import SkillFactory

pytestmark = pytest.mark.django_db
COOK, WAITER, NURSE = "G1602", "G1803", "J1506"


@pytest.fixture
def adviser() -> Actor:
    commune()  # with its place on the map, before the agency asks for a bare one
    return actor_of(professional(agency=AgencyFactory()))


def owner(person: Any) -> Actor:
    return actor_of(person.user)


def somebody(**facts: Any) -> Any:
    """Return the row of a person with an account."""
    return PoolEntryFactory(**{"occupation_codes": [COOK], "contracts": ["cdi"], **facts})


def promoted(**facts: Any) -> Promotion:
    told = {"agency": AgencyFactory(), "created_at": clock.now(), "answered_at": clock.now(), **facts}
    return Promotion.objects.unscoped("a test").create(**told)


def offers() -> Any:
    return Offer.objects.unscoped("a test")


def found(entry: Any, **criteria: Any) -> list[Any]:
    person = entry.person
    page = queries_reverse.offers_for(person, actor=owner(person), criteria=OfferCriteria(**criteria), limit=100)
    assert page.total == len(page.found)
    return [one.offer.pk for one in page.found]


def test_each_pair_is_found_from_both_sides_with_the_same_score(adviser: Actor) -> None:
    rng = random.Random(7)
    for source, target in ((COOK, WAITER), (NURSE, COOK)):
        moves = occupation(source, source), occupation(target, target)
        Mobility.objects.create(source=moves[0], target=moves[1], kind=MobilityKind.CLOSE)
    skills = [SkillFactory().pk for _ in range(6)]
    places = [place(44.93, 4.89), place(44.99, 4.93), place(45.2, 5.1), place(44.56, 4.75)]
    codes = [COOK, WAITER, NURSE]
    people = [
        somebody(
            home=rng.choice(places), mobility_km=rng.choice([0, 10, 40, 80]),
            occupation_codes=rng.sample(codes, rng.randint(0, 2)),
            experience_codes=rng.sample(codes, rng.randint(0, 2)),
            skill_ids=rng.sample(skills, rng.randint(0, 6)), validated_skill_ids=rng.sample(skills, rng.randint(0, 3)),
            contracts=rng.sample(ContractKind.values, rng.randint(0, 4)), schedules=rng.sample(Schedule.values, 3),
            licences=rng.sample(Licence.values, rng.randint(0, 2)), languages=rng.sample(Language.values, 2),
            working_time=rng.choice(WorkingTime.values),
            available_on=rng.choice([None, clock.today(), clock.today() + dt.timedelta(days=rng.randint(1, 60))]),
        )
        for _ in range(40)
    ]  # fmt: skip
    for _ in range(40):
        OfferFactory(
            open=True, occupation=occupation(rng.choice(codes)), commune=rng.choice(places),
            contract=rng.choice(ContractKind.values), radius_km=rng.choice([None, 1, 15, 50]),
            working_time=rng.choice(WorkingTime.values), schedules=rng.sample(Schedule.values, rng.choice([0, 0, 1])),
            licences=rng.sample(Licence.values, rng.choice([0, 0, 1])),
            languages=rng.sample(Language.values[:3], rng.choice([0, 0, 1])),
            needs={pk: rng.randint(1, 3) for pk in rng.sample(skills, rng.randint(0, 4))},
        )  # fmt: skip
    from_offers = {}
    for offer in offers():
        page = queries_offers.people_for(offer, actor=adviser, limit=100)
        from_offers |= {(offer.pk, one.person_id): one.score for one in page.found}
    from_people = {}
    for entry in people:
        page = queries_reverse.offers_for(entry.person, actor=owner(entry.person), limit=100)
        from_people |= {(one.offer.pk, entry.person_id): one.score for one in page.found}
    assert from_offers == from_people
    assert len(from_offers) > 40


def test_the_order_is_that_of_the_scores_and_pages_follow_one_another() -> None:
    skills = [SkillFactory().pk for _ in range(4)]
    entry = somebody(skill_ids=skills[:2], validated_skill_ids=skills[:1])
    for rank in range(9):
        OfferFactory(open=True, needs=dict.fromkeys(skills[: rank % 5], 2))
    person, after, seen, scores = entry.person, None, [], []
    while True:
        page = queries_reverse.offers_for(person, actor=owner(person), limit=2, after=after)
        seen += [one.offer.pk for one in page.found]
        scores += [one.score for one in page.found]
        after = page.next_after
        if after is None:
            break
    assert len(seen) == len(set(seen)) == 9
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) > 2


def test_a_score_is_the_sum_of_its_parts_and_adds_when_she_is_ready_to_the_rank_of_the_engine() -> None:
    skill = SkillFactory()
    entry = somebody(validated_skill_ids=[skill.pk])
    offer = OfferFactory(open=True, needs={skill.pk: 3})
    request = queries_reverse.request_for(entry, owner(entry.person), OfferCriteria())
    (answer,) = feed.OFFERS.search([request])
    (one,) = queries_reverse.offers_for(entry.person, actor=owner(entry.person)).found
    facts = queries_reverse.explain_offer(entry.person, offer)
    assert facts == one.facts
    parts = {part.name: part.points for part in rules.parts(one.facts, clock.today())}
    assert one.score == sum(parts.values()) == 100
    assert answer.hits[0].rank == one.score - parts["availability"]


class TestWhichOffersAreShown:
    def test_drafts_and_closed_offers_are_not(self) -> None:
        entry = somebody()
        OfferFactory()
        OfferFactory(closed=True, opened_at=clock.now())
        shown = OfferFactory(open=True)
        assert found(entry) == [shown.pk]

    def test_an_offer_closed_after_the_index_was_read_is_not(self) -> None:
        entry = somebody()
        offer = OfferFactory(open=True)
        assert found(entry) == [offer.pk]
        offers().filter(pk=offer.pk).update(
            state=OfferState.CLOSED, close_reason=CloseReason.FILLED, closed_at=clock.now()
        )
        assert found(entry) == []

    def test_what_changes_of_its_skills_is_read_at_once(self) -> None:
        skill = SkillFactory()
        entry = somebody(validated_skill_ids=[skill.pk])
        offer = OfferFactory(open=True)
        person = entry.person
        before = queries_reverse.offers_for(person, actor=owner(person)).found[0].score
        offer.offer_skills.create(skill=skill, need=2)
        assert queries_reverse.offers_for(person, actor=owner(person)).found[0].score > before

    def test_what_it_requires_and_she_lacks_keeps_it_away(self) -> None:
        entry = somebody(licences=["b"], working_time="part")
        plain = OfferFactory(open=True, licences=["b"])
        OfferFactory(open=True, licences=["c"])
        OfferFactory(open=True, contract="cdd")
        OfferFactory(open=True, working_time="full")
        assert found(entry) == [plain.pk]

    def test_another_occupation_is_not_hers(self) -> None:
        entry = somebody(occupation_codes=[WAITER])
        OfferFactory(open=True)
        assert found(entry) == []

    def test_filters_narrow_and_any_working_time_suits_all(self) -> None:
        entry = somebody(contracts=["cdi", "cdd"], mobility_km=60)
        near = OfferFactory(open=True, contract="cdd", working_time="part")
        far = OfferFactory(open=True, commune=place(45.2, 5.1))
        assert set(found(entry)) == {near.pk, far.pk}
        assert found(entry, contract="cdd") == [near.pk]
        assert set(found(entry, working_time="part")) == {near.pk, far.pk}
        assert found(entry, working_time="full") == [far.pk]
        assert found(entry, radius_km=20) == [near.pk]
        assert found(entry, sort=OfferSort.NEAREST) == [near.pk, far.pk]

    def test_the_most_recent_come_first_when_asked(self) -> None:
        entry = somebody()
        old = OfferFactory(open=True, opened_at=clock.now() - dt.timedelta(days=9))
        new = OfferFactory(open=True)
        middle = OfferFactory(open=True, opened_at=clock.now() - dt.timedelta(days=4))
        assert found(entry, sort=OfferSort.RECENT) == [new.pk, middle.pk, old.pk]

    def test_counts_say_what_choosing_a_contract_would_find(self) -> None:
        entry = somebody(contracts=["cdi", "cdd"])
        for contract in ("cdi", "cdi", "cdd", "seasonal"):
            OfferFactory(open=True, contract=contract)
        criteria = OfferCriteria(contract="cdd")
        page = queries_reverse.offers_for(entry.person, actor=owner(entry.person), criteria=criteria)
        assert page.total == 1
        assert {name: count for name, count in page.facets["contract"].items() if count} == {"cdi": 2, "cdd": 1}


class TestWhoMayLook:
    def test_somebody_else_s_are_refused(self) -> None:
        entry, other = somebody(), somebody()
        with pytest.raises(AccessDenied):
            queries_reverse.offers_for(entry.person, actor=owner(other.person))

    def test_an_adviser_sees_those_of_the_territory_for_the_people_of_the_territory(self, adviser: Actor) -> None:
        entry = somebody(mobility_km=200)
        here = OfferFactory(open=True)
        OfferFactory(open=True, commune=place(45.2, 5.7, "38"), agency=AgencyFactory(department=department("38")))
        page = queries_reverse.offers_for(entry.person, actor=adviser)
        assert [one.offer.pk for one in page.found] == [here.pk]
        assert len(found(entry)) == 2
        elsewhere = PersonFactory(commune=place(45.2, 5.7, "38"))
        with pytest.raises(AccessDenied):
            queries_reverse.offers_for(elsewhere, actor=adviser)


class TestWhatAProfileLacks:
    def test_no_place(self) -> None:
        person = PersonFactory(elsewhere=True)
        page = queries_reverse.offers_for(person, actor=owner(person))
        assert (page.lacks_place, page.lacks_job, page.total) == (True, False, 0)
        assert queries_reverse.more_offers(person, actor=owner(person)) == []

    def test_no_occupation(self) -> None:
        entry = somebody(occupation_codes=[])
        OfferFactory(open=True)
        page = queries_reverse.offers_for(entry.person, actor=owner(entry.person))
        assert (page.lacks_place, page.lacks_job, page.total) == (False, True, 0)

    def test_who_did_not_agree_to_be_promoted_still_sees_offers(self) -> None:
        person = PersonFactory(commune=place(44.93, 4.89), contracts=["cdi"], wishing=True)
        offer = OfferFactory(open=True)
        page = queries_reverse.offers_for(person, actor=owner(person))
        assert [one.offer.pk for one in page.found] == [offer.pk]
        entry = entry_for_herself(person)
        assert entry is not None
        assert entry.number == 0

    def test_what_would_bring_more_is_counted(self) -> None:
        entry = somebody(licences=["b"])
        OfferFactory(open=True)
        for _ in range(2):
            OfferFactory(open=True, licences=["c"])
        OfferFactory(open=True, contract="cdd")
        OfferFactory(open=True, commune=place(45.2, 5.1))  # 32 km away
        OfferFactory(open=True, commune=place(45.2, 5.1), licences=["c"])  # two things away: neither brings it
        told = queries_reverse.more_offers(entry.person, actor=owner(entry.person))
        assert told == [("licence:c", 2), ("contract:cdd", 1), ("mobility", 1)]


class TestWhoRecruits:
    def test_offers_hires_and_welcomes_are_counted_and_each_point_is_told(self) -> None:
        entry = somebody()
        both, hidden = EstablishmentFactory(), EstablishmentFactory()
        OfferFactory(open=True, establishment=both)
        OfferFactory(closed=True, establishment=both, opened_at=clock.now(), close_reason=CloseReason.FILLED)
        OfferFactory(closed=True, establishment=both, opened_at=clock.now())
        OfferFactory(establishment=EstablishmentFactory())  # a draft tells nothing
        told = {"person": PersonFactory(wishing=True), "establishment": hidden}
        promoted(**told, answer=Answer.MEETING, outcome=Outcome.HIRED)
        promoted(**told, answer=Answer.KEPT)
        promoted(**told, answer=Answer.NO)
        first, second = queries_recruiting.recruiters_for(entry.person, actor=owner(entry.person))
        assert (first.establishment, second.establishment) == (both, hidden)
        assert first.evidence == rules_recruiting.Evidence(open_count=1, filled_count=1, past_count=1)
        assert second.evidence == rules_recruiting.Evidence(hired_count=1, welcomed_count=1)
        assert first.score == 20 + 10 + 5 + 30 + 15
        assert second.score == 15 + 5 + 30 + 15

    def test_what_an_offer_required_does_not_matter_nor_other_occupations_do(self) -> None:
        entry = somebody(licences=[])
        strict = OfferFactory(open=True, licences=["c"], contract="cdd")
        OfferFactory(open=True, occupation=occupation(NURSE, "Infirmier"))
        told = queries_recruiting.recruiters_for(entry.person, actor=owner(entry.person))
        assert [one.establishment.pk for one in told] == [strict.establishment_id]

    def test_closed_far_or_old_establishments_are_left_out(self) -> None:
        entry = somebody(mobility_km=20)
        OfferFactory(open=True, establishment=EstablishmentFactory(closed_on=clock.today()))
        OfferFactory(open=True, establishment=EstablishmentFactory(commune=place(45.2, 5.7, "38")))
        OfferFactory(closed=True, opened_at=clock.now() - rules.RECRUITING_TOLD - dt.timedelta(days=1))
        assert queries_recruiting.recruiters_for(entry.person, actor=owner(entry.person)) == []

    def test_points_have_a_maximum(self) -> None:
        evidence = rules_recruiting.Evidence(open_count=9, hired_count=9)
        assert rules_recruiting.score(evidence, 30, 0, 20) == rules_recruiting.MAXIMUM == 100

    def test_somebody_else_s_are_refused(self) -> None:
        entry, other = somebody(), somebody()
        with pytest.raises(AccessDenied):
            queries_recruiting.recruiters_for(entry.person, actor=owner(other.person))
