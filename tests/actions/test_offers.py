"""Entering and correcting an offer; who sees it."""

import pytest
from django.db import IntegrityError, transaction

from entremise.kernel.access import AccessDenied
from entremise.kernel.actors import Role
from entremise.kernel.models import JournalEntry
from entremise.kernel.scoping import UnscopedQuery
from entremise.lib.uuid7 import uuid7
from entremise.offers import actions, queries
from entremise.offers.actions import OfferRefused
from entremise.offers.enums import Need, OfferState
from entremise.offers.models import Offer, OfferSkill
from entremise.offers.queries import Filters
from entremise.skills.enums import Weight
from entremise.skills.models import OccupationSkill
from tests.factories.accounts import AgencyFactory, actor_of, professional
from tests.factories.employers import EstablishmentFactory, commune
from tests.factories.offers import OfferFactory, again, sheet
from tests.factories.passport import JobTitleFactory
from tests.factories.people import JobseekerFactory, occupation
from tests.factories.skills import SkillFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def agency():
    return AgencyFactory()


@pytest.fixture
def adviser(agency):
    return actor_of(professional(agency=agency))


@pytest.fixture
def stranger():
    return actor_of(professional(agency=AgencyFactory(department_code="38")))


def needs_of(offer) -> dict:
    return {row.skill_id: row.need for row in queries.skills_asked(offer)}


def test_an_offer_is_entered_as_a_draft_with_its_skills(agency, adviser) -> None:
    useful, essential = SkillFactory(), SkillFactory()
    told = sheet(title="  Second   de cuisine ", schedules=["weekend", "day"], licences=["b"], languages=["en", "fr"])
    offer = actions.create(
        agency, actor=adviser, sheet=told, needs={useful.pk: Need.USEFUL, essential.pk: Need.ESSENTIAL}
    )
    kept = queries.offer(offer.pk, adviser)
    assert (kept.state, kept.title, kept.agency, kept.adviser_id) == (
        "draft", "Second de cuisine", agency, adviser.user_id,
    )  # fmt: skip
    assert (kept.schedules, kept.licences, kept.languages) == (["day", "weekend"], ["b"], ["fr", "en"])
    assert [(row.skill, row.need) for row in queries.skills_asked(kept)] == [(essential, 3), (useful, 1)]
    line = JournalEntry.objects.latest("pk")
    assert (line.verb, line.data["skill_count"], line.data["occupation"]) == ("offers.created", 2, "G1602")
    assert "Second" not in str(line.data)


def test_correcting_an_offer_writes_what_changed_only(agency, adviser) -> None:
    kept, gone, new = SkillFactory(), SkillFactory(), SkillFactory()
    offer = OfferFactory(agency=agency, needs={kept.pk: 1, gone.pk: 2})
    row = OfferSkill.objects.unscoped("a test").get(skill=kept)
    told = sheet(title="Chef de partie", radius_km=30)
    changed = actions.edit(offer, actor=adviser, sheet=told, needs={kept.pk: 3, new.pk: 2})
    assert (changed.title, changed.radius_km) == ("Chef de partie", 30)
    assert needs_of(offer) == {kept.pk: 3, new.pk: 2}
    assert OfferSkill.objects.unscoped("a test").get(skill=kept).pk == row.pk
    assert JournalEntry.objects.latest("pk").verb == "offers.edited"


def test_a_closed_offer_is_not_corrected(agency, adviser) -> None:
    offer = OfferFactory(agency=agency, closed=True)
    with pytest.raises(OfferRefused, match="elle ne se modifie plus"):
        actions.edit(offer, actor=adviser, sheet=sheet(), needs={})


@pytest.mark.parametrize(
    ("facts", "field", "sentence"),
    [
        ({"title": "  "}, "title", "Donnez un intitulé"),
        ({"description": "x" * 5_001}, "description", "5 000 caractères"),
        ({"radius_km": 0}, "radius_km", "entre 1 et 200 km"),
        ({"radius_km": 201}, "radius_km", "entre 1 et 200 km"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(agency, adviser, facts, field, sentence) -> None:
    with pytest.raises(OfferRefused, match=sentence) as refused:
        actions.create(agency, actor=adviser, sheet=sheet(**facts), needs={})
    assert refused.value.field == field
    assert not Offer.objects.unscoped("a test").exists()


def test_a_closed_establishment_recruits_nobody(agency, adviser) -> None:
    with pytest.raises(OfferRefused, match="Cet établissement est fermé"):
        actions.create(agency, actor=adviser, sheet=sheet(establishment=EstablishmentFactory(closed=True)), needs={})


def test_an_offer_of_an_establishment_closed_since_is_still_corrected(agency, adviser) -> None:
    place = EstablishmentFactory(closed=True)
    offer = OfferFactory(agency=agency, establishment=place)
    told = sheet(establishment=place, title="Commis")
    assert actions.edit(offer, actor=adviser, sheet=told, needs={}).title == "Commis"


def test_a_job_title_of_another_occupation_is_refused(agency, adviser) -> None:
    title = JobTitleFactory(occupation=occupation("K1302", "Assistance auprès d'adultes"))
    with pytest.raises(OfferRefused, match="un autre métier"):
        actions.create(agency, actor=adviser, sheet=sheet(job_title=title), needs={})


@pytest.mark.parametrize("need", [0, 4])
def test_a_need_is_useful_asked_or_essential(agency, adviser, need) -> None:
    with pytest.raises(OfferRefused, match="utile, demandée ou indispensable"):
        actions.create(agency, actor=adviser, sheet=sheet(), needs={SkillFactory().pk: need})


def test_an_unknown_skill_is_refused(agency, adviser) -> None:
    with pytest.raises(OfferRefused, match="référentiel"):
        actions.create(agency, actor=adviser, sheet=sheet(), needs={uuid7(): 2})


def test_too_many_skills_are_refused(agency, adviser) -> None:
    with pytest.raises(OfferRefused, match="au plus 30 compétences"):
        actions.create(agency, actor=adviser, sheet=sheet(), needs={uuid7(): 2 for _ in range(31)})


@pytest.mark.parametrize(
    "facts", [{"radius_km": 0}, {"radius_km": 201}, {"state": "closed"}, {"close_reason": "filled"}]
)
def test_the_base_refuses_what_an_offer_cannot_be(facts) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        OfferFactory(**facts)


def test_the_base_keeps_a_skill_once_and_its_need_in_bounds() -> None:
    skill = SkillFactory()
    offer = OfferFactory(needs={skill.pk: 2})
    for pk, need in ((skill.pk, 3), (SkillFactory().pk, 4)):
        with pytest.raises(IntegrityError), transaction.atomic():
            OfferSkill.objects.unscoped("a test").create(offer=offer, skill_id=pk, need=need)


def test_an_offer_is_entered_in_the_name_of_one_s_own_agency(adviser) -> None:
    with pytest.raises(AccessDenied, match="au nom de votre agence"):
        actions.create(AgencyFactory(), actor=adviser, sheet=sheet(), needs={})


def test_a_placement_adviser_enters_no_offer(agency) -> None:
    actor = actor_of(professional(Role.PLACEMENT_ADVISER, agency=agency))
    with pytest.raises(AccessDenied, match="Votre rôle ne donne pas accès"):
        actions.create(agency, actor=actor, sheet=sheet(), needs={})


def test_an_offer_of_another_territory_is_neither_seen_nor_corrected(agency, stranger) -> None:
    offer = OfferFactory(agency=agency)
    with pytest.raises(Offer.DoesNotExist):
        queries.offer(offer.pk, stranger)
    with pytest.raises(AccessDenied, match="un autre territoire"):
        actions.edit(offer, actor=stranger, sheet=sheet(), needs={})
    assert again(offer).title == offer.title


def test_a_job_in_my_territory_is_seen_whoever_entered_it(stranger) -> None:
    offer = OfferFactory(commune=commune("38185", "Grenoble", "38"))
    assert queries.offer(offer.pk, stranger) == offer


def test_a_jobseeker_sees_no_offer_yet() -> None:
    OfferFactory(needs={SkillFactory().pk: 2})
    actor = actor_of(JobseekerFactory())
    assert not Offer.objects.visible_to(actor).exists()
    assert not OfferSkill.objects.visible_to(actor).exists()


def test_nobody_reads_offers_without_saying_who(db) -> None:
    with pytest.raises(UnscopedQuery):
        Offer.objects.count()


class TestTheList:
    """The offers of the agency, the newest first."""

    def test_it_holds_those_of_one_s_agencies_by_state(self, agency, adviser) -> None:
        draft, opened = OfferFactory(agency=agency), OfferFactory(agency=agency, open=True, adviser_id=adviser.user_id)
        OfferFactory(open=True)  # another agency of the same territory
        assert list(queries.listed(Filters(), adviser).rows) == [opened, draft]
        assert list(queries.listed(Filters("draft"), adviser).rows) == [draft]
        assert list(queries.listed(Filters(is_mine=True), adviser).rows) == [opened]
        none = dict.fromkeys(OfferState.values, 0)
        assert queries.state_counts(adviser) == none | {"draft": 1, "open": 1}
        assert queries.state_counts(adviser, is_mine=True) == none | {"open": 1}

    def test_its_pages_follow_one_another(self, agency, adviser, monkeypatch) -> None:
        monkeypatch.setattr(queries, "PAGE", 2)
        rows = [OfferFactory(agency=agency) for _ in range(5)][::-1]
        seen, after = [], None
        while True:
            page = queries.listed(Filters(), adviser, after=after)
            seen += page.rows
            assert page.total == 5
            if not page.next_key:
                break
            after = page.rows[-1].pk
        assert seen == rows


def test_an_occupation_proposes_its_skills_with_their_usual_need() -> None:
    cook = occupation()
    skills = {weight: SkillFactory() for weight in Weight}
    for weight, skill in skills.items():
        OccupationSkill.objects.create(occupation=cook, skill=skill, weight=weight)
    expected = [(skills[Weight.CORE], 3), (skills[Weight.USUAL], 2), (skills[Weight.POSSIBLE], 1)]
    assert queries.usual_needs(cook) == expected
