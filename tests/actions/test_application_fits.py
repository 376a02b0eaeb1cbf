"""How applications fit is kept by passes: the same as scored now, never twice, and gone with the person."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from entremise.kernel import clock, erasure
from entremise.kernel.models import JournalEntry
from entremise.matching import actions_fits, queries_fits
from entremise.matching.models_applications import ApplicationFit
from entremise.offers.models import Offer, OfferSkill
from entremise.people import actions_rights
from entremise.people.models import Person
from entremise.reciprok import actions, queries_board
from entremise.reciprok.enums import Part
from entremise.reciprok.models import Application
from entremise.skills.models import Skill
from entremise.territories.models import Commune
from tests.factories.accounts import AgencyFactory, actor_of, professional
from tests.factories.applications import MONDAY, PARTS, Recruitment, recruitment
from tests.factories.offers import OfferFactory
from tests.factories.passport import ExperienceFactory, HeldSkillFactory
from tests.factories.people import occupation, owner
from tests.factories.skills import SkillFactory

pytestmark = pytest.mark.django_db
WHY = "a test's row"
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def moment() -> Iterator[Any]:
    with time_machine.travel(MONDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def asked() -> list[Skill]:
    return [SkillFactory() for _ in range(4)]


@pytest.fixture
def here(asked: list[Skill]) -> Recruitment:
    made = recruitment()
    Commune.objects.update(latitude=44.93, longitude=4.89)  # on the map: the score needs it
    OfferSkill.objects.unscoped(WHY).bulk_create([OfferSkill(offer=made.offer, skill=one, need=2) for one in asked])
    return made


def kept() -> dict[Any, int | None]:
    rows: Any = ApplicationFit.objects.unscoped(WHY)
    return dict(rows.values_list("application_id", "percent"))


def fresh_percents(here: Recruitment) -> dict[Any, int]:
    found = queries_fits.matches_of(here.inbox.offer, queries_board.lines(here.inbox))
    return {pk: match.percent for pk, match in found.items()}


def everyone(here: Recruitment, asked: list[Skill]) -> list[Application]:
    """Send an application of each kind: skills proved or said, shown or not, another job, a wish, nothing."""
    sent = []
    for count in range(len(asked) + 1):
        for parts in ([], [Part.SAID_SKILLS], [Part.WISHES, Part.EXPERIENCES]):
            person = here.someone(wishing=bool(count % 2))
            for rank, skill in enumerate(asked[:count]):
                HeldSkillFactory(person=person, skill=skill, proved=bool(rank % 2))
            ExperienceFactory(person=person, occupation=occupation())
            sent.append(here.apply(person, parts=parts))
    return sent


def test_what_is_kept_is_what_scoring_now_gives(here: Recruitment, asked: list[Skill]) -> None:
    sent = everyone(here, asked)
    assert actions_fits.score_new() == len(sent)
    assert kept() == fresh_percents(here)
    assert len(set(kept().values())) > 5
    assert queries_fits.percents_of(here.inbox, queries_board.lines(here.inbox)) == fresh_percents(here)


def test_who_applied_since_the_pass_is_ranked_too(here: Recruitment, asked: list[Skill]) -> None:
    everyone(here, asked)
    actions_fits.score_new()
    best = here.someone(wishing=True)
    for skill in asked:
        HeldSkillFactory(person=best, skill=skill, proved=True)
    new = here.apply(best)
    percents = queries_fits.percents_of(here.inbox, queries_board.lines(here.inbox))
    assert new.pk not in kept()
    assert max(percents, key=lambda pk: percents[pk]) == new.pk


def test_a_pass_run_twice_changes_nothing(here: Recruitment, asked: list[Skill], moment: Any) -> None:
    everyone(here, asked)
    lines = JournalEntry.objects.count()
    actions_fits.score_new()
    written = sorted(ApplicationFit.objects.unscoped(WHY).values_list("pk", "percent", "at"))
    moment.shift(3600)
    assert (actions_fits.score_new(), actions_fits.score_again()) == (0, 0)
    assert sorted(ApplicationFit.objects.unscoped(WHY).values_list("pk", "percent", "at")) == written
    assert JournalEntry.objects.count() == lines


def test_a_pass_that_is_too_long_is_finished_by_the_next_the_latest_first(
    here: Recruitment, moment: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = [(moment.shift(60), here.apply())[1].pk for _ in range(5)]
    monkeypatch.setattr(actions_fits, "MOST_NEW", 2)
    monkeypatch.setattr(actions_fits, "AT_ONCE", 1)
    assert actions_fits.score_new() == 2
    assert set(kept()) == set(sent[3:])
    assert [actions_fits.score_new() for _ in range(3)] == [2, 1, 0]


def another(here: Recruitment) -> Recruitment:
    job = occupation("K1302", "Aide à domicile")
    offer = OfferFactory(open=True, establishment=here.offer.establishment, space=here.space, occupation=job)
    return replace(here, offer=offer)


def test_a_person_is_scored_for_each_offer_by_what_she_shows_there(here: Recruitment, asked: list[Skill]) -> None:
    there, person = another(here), here.someone(wishing=True)
    HeldSkillFactory(person=person, skill=asked[0])
    for place, parts in ((here, []), (there, PARTS)):
        place.apply(person, parts=parts)
    assert actions_fits.score_new() == 2
    assert kept() == fresh_percents(here) | fresh_percents(there)
    assert len(set(kept().values())) == 2


def test_a_pass_asks_as_many_queries_for_several_offers(here: Recruitment) -> None:
    counts = []
    for place in (here, another(here)):
        for _ in range(3):
            place.apply()
        with CaptureQueriesContext(connection) as seen:
            actions_fits.score_again()
            ApplicationFit.objects.unscoped(WHY).all().delete()
            actions_fits.score_new()
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_spontaneous_applications_have_no_offer_to_fit(here: Recruitment) -> None:
    here.apply(offer=None)
    assert actions_fits.score_new() == 0


def test_a_changed_passport_is_seen_after_the_night(here: Recruitment, asked: list[Skill], moment: Any) -> None:
    person = here.someone(wishing=True)
    application = here.apply(person)
    actions_fits.score_new()
    before = kept()[application.pk]
    HeldSkillFactory(person=person, skill=asked[0], proved=True)
    assert actions_fits.score_again() == 0  # not twice a day
    moment.move_to(MONDAY + DAY)
    assert actions_fits.score_again() == 1
    after = kept()[application.pk]
    assert before is not None
    assert after is not None
    assert before < after == fresh_percents(here)[application.pk]


def test_only_what_runs_on_an_open_offer_is_scored_again(here: Recruitment, moment: Any) -> None:
    refused, waiting = here.refuse(here.apply()), here.apply()
    actions_fits.score_new()
    moment.move_to(MONDAY + DAY)
    assert set(queries_fits.aged(clock.today())) == {waiting}
    Offer.objects.unscoped(WHY).filter(pk=here.offer.pk).update(state="expired")
    assert actions_fits.score_again() == 0
    assert refused.pk in kept()


def test_nobody_without_a_place_is_taken_up_again_until_the_night(here: Recruitment, moment: Any) -> None:
    person = here.someone()
    application = here.apply(person)
    home = person.commune
    Person.objects.unscoped(WHY).filter(pk=person.pk).update(commune=None)
    assert actions_fits.score_new() == 1
    assert kept() == {application.pk: None}
    assert queries_fits.percents_of(here.inbox, queries_board.lines(here.inbox)) == {application.pk: 0}
    Person.objects.unscoped(WHY).filter(pk=person.pk).update(commune=home)
    assert actions_fits.score_new() == 0
    moment.move_to(MONDAY + DAY)
    assert actions_fits.score_again() == 1
    assert kept() == fresh_percents(here)


def test_an_erased_person_leaves_no_fit(here: Recruitment, moment: Any) -> None:
    person, other = here.someone(), here.apply()
    gone = here.refuse(here.apply(person))
    assert actions_fits.score_new() == 2
    actions_rights.erase(person, actor=owner(person))
    assert set(kept()) == {other.pk}
    assert actions_fits.score_new() == 0
    ApplicationFit.objects.unscoped(WHY).create(application=gone, percent=50, at=clock.now())  # a pass was under way
    actions_fits.score_again()
    assert set(kept()) == {other.pk}


def test_who_withdraws_leaves_no_fit_after_the_night(here: Recruitment) -> None:
    application = here.apply()
    actions_fits.score_new()
    actions.withdraw(application, actor=owner(application.person))
    actions_fits.score_again()
    assert kept() == {}


def test_what_ended_long_ago_is_not_scored_again_after_it_was_let_go(here: Recruitment, moment: Any) -> None:
    here.refuse(here.apply())
    actions_fits.score_new()
    moment.move_to(MONDAY + 366 * DAY)
    queries_fits.ended(clock.now()).delete()
    assert kept() == {}
    assert actions_fits.score_new() == 0


def test_a_person_takes_her_fit_away_and_only_her_territory_sees_it(here: Recruitment) -> None:
    application = here.apply()
    actions_fits.score_new()
    (row,) = erasure.export_all(application.person_id)["matching.applicationfit"]
    assert row == {
        "application__inbox__offer__title": here.offer.title, "percent": kept()[application.pk], "at": MONDAY,
    }  # fmt: skip
    far = actor_of(professional(agency=AgencyFactory(department_code="75")))
    seen = [ApplicationFit.objects.visible_to(one).count() for one in (here.adviser, owner(application.person), far)]
    assert seen == [1, 1, 0]
