"""The dashboard's figures, compared with what one counts by hand, row by row."""

import datetime as dt
import random
from statistics import fmean, median
from typing import Any

import pytest
import time_machine

from entremise.accounts.enums import OrganisationKind
from entremise.accounts.models import Agency, Membership
from entremise.indicators import queries_export, queries_people
from entremise.indicators.queries import Dashboard, Filters, promotion_dashboard
from entremise.indicators.queries_people import Acts
from entremise.kernel import clock
from entremise.kernel.actors import Actor, Role
from entremise.people.enums import ActKind
from entremise.people.models import IntermediationAct
from entremise.promotions.models import Promotion
from tests.factories.accounts import AgencyFactory, OrganisationFactory, actor_of, professional
from tests.factories.employers import EstablishmentFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 23, 10, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _now() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


class Team:
    """Two agencies of the Drôme, one of them a partner's, and one of the Isère that nobody here sees."""

    def __init__(self) -> None:
        self.agency = AgencyFactory(name="Valence")
        partner = OrganisationFactory(kind=OrganisationKind.CAP_EMPLOI)
        self.partner = AgencyFactory(name="Cap emploi", organisation=partner)
        self.far = AgencyFactory(department_code="38")
        self.lead: Actor = actor_of(professional(Role.TEAM_LEAD, agency=self.agency))
        self.first = professional(agency=self.agency)
        self.second = professional(Role.PLACEMENT_ADVISER, agency=self.partner)
        self.third = professional(agency=self.agency)
        Membership.objects.update(started_on=dt.date(2026, 1, 1))
        self.place = EstablishmentFactory()
        self.people = [PersonFactory(consenting=True, agency=self.agency) for _ in range(4)]

    def promote(
        self, days_ago: float, *, agency: Agency | None = None, adviser: Any = None, **facts: Any
    ) -> Promotion:
        """Write a promotion sent some days ago."""
        sent_at = NOW - dt.timedelta(days=days_ago)
        delay = facts.pop("delay", None)
        told = {
            "person": self.people[0], "establishment": self.place, "agency": agency or self.agency,
            "adviser": adviser or self.first, "state": "sent", "created_at": sent_at, "sent_at": sent_at,
            "answered_at": None if delay is None else sent_at + dt.timedelta(days=delay), **facts,
        }  # fmt: skip
        return Promotion.objects.unscoped("a test").create(**told)

    def board(self, **filters: Any) -> Dashboard:
        """Return the dashboard as the lead sees it."""
        return promotion_dashboard(Filters(**filters), self.lead, clock.now())


@pytest.fixture
def team() -> Team:
    return Team()


def test_counts_rates_and_delays_of_a_period(team: Team) -> None:
    team.promote(10, answer="meeting", delay=4)
    team.promote(20, answer="kept", delay=10, agency=team.partner, adviser=team.second)
    team.promote(30, answer="no", delay=1, outcome="hired")
    team.promote(40)
    team.promote(100, answer="kept", delay=2)
    board = team.board()
    assert (board.now.promotions, board.now.answered) == (4, 3)
    assert (board.now.good, board.now.meetings, board.now.kept, board.now.hired) == (1, 1, 1, 1)
    assert (board.now.delay_mean, board.now.delay_median) == (5, 4)
    assert board.now.answer_rate is not None
    assert round(board.now.answer_rate.value, 2) == 0.75
    assert 0.3 < board.now.answer_rate.low < 0.75 < board.now.answer_rate.high < 1
    assert (board.before.promotions, board.before.kept) == (1, 1)


def test_an_answer_without_a_date_counts_as_an_answer_and_not_in_the_delay(team: Team) -> None:
    team.promote(10, answer="kept")
    team.promote(11, answer="kept", delay=6)
    assert (team.board().now.answered, team.board().now.delay_mean) == (2, 6)


def test_the_edges_of_a_period_are_days_of_the_site(team: Team) -> None:
    for moment in ("2026-09-30T21:59", "2026-09-30T22:00", "2026-10-31T22:59", "2026-10-31T23:00"):
        at = dt.datetime.fromisoformat(f"{moment}+00:00")
        team.promote((NOW - at) / dt.timedelta(days=1))
    board = team.board(period="libre", start=dt.date(2026, 10, 1), last=dt.date(2026, 10, 31))
    assert (board.now.promotions, board.before.promotions) == (2, 1)
    assert {row.key: row.figures.promotions for row in board.months}["2026-10"] == 2


def test_the_figures_by_agency_partner_adviser_and_month(team: Team) -> None:
    team.promote(10, answer="meeting", delay=4)
    team.promote(12)
    team.promote(60, agency=team.partner, adviser=team.second, answer="kept", delay=3)
    board = team.board()
    assert [(row.label, row.figures.promotions) for row in board.agencies] == [("Valence", 2), ("Cap emploi", 1)]
    assert [(row.key, row.figures.promotions) for row in board.kinds] == [("employment_service", 2), ("cap_emploi", 1)]
    assert [(row.key, row.figures.promotions) for row in board.advisers] == [
        (str(team.first.pk), 2), (str(team.second.pk), 1), (str(team.third.pk), 0),
    ]  # fmt: skip
    months = {row.key: row.figures.promotions for row in board.months}
    assert len(months) == 12
    assert (months["2026-11"], months["2026-09"], months["2026-08"]) == (2, 1, 0)


def test_filters_narrow_everything(team: Team) -> None:
    team.promote(10)
    team.promote(11, agency=team.partner, adviser=team.second)
    assert team.board(agency=team.partner.pk).now.promotions == 1
    assert team.board(kind="employment_service").now.promotions == 1
    assert team.board(adviser=team.second.pk).now.promotions == 1
    assert team.board(agency=team.partner.pk).adoption.total == 1
    assert team.board(agency=team.partner.pk).reach.total == 0
    assert team.board(adviser=team.third.pk).adoption.hits == 0


def test_adoption_counts_each_adviser_once(team: Team) -> None:
    Membership.objects.create(user=team.first, agency=team.agency, role=Role.PLACEMENT_ADVISER)
    team.promote(10)
    team.promote(100, adviser=team.third)
    board = team.board()
    assert (board.adoption.hits, board.adoption.total) == (1, 3)
    assert (board.adoption_before.hits, board.adoption_before.total) == (1, 3)
    assert board.adoption_by_role["business_adviser"].hits == 1
    assert board.silent_advisers == ["Nadia Ferrand"]


def test_an_adviser_who_left_before_the_period_is_not_counted(team: Team) -> None:
    Membership.objects.filter(user=team.third).update(ended_on=NOW.date() - dt.timedelta(days=95))
    board = team.board()
    assert (board.adoption.total, board.adoption_before.total) == (2, 3)


def test_the_share_of_consenting_profiles_promoted_at_least_once(team: Team) -> None:
    team.promote(400)
    team.promote(5)
    team.promote(5, person=PersonFactory(agency=team.agency))  # promoted, consent withdrawn since
    proved = team.people[1]
    proved.validated_skill_count = 2
    proved.save()
    (reached,) = queries_people.reach(team.lead)
    assert (reached.promoted, reached.consenting) == (1, 4)
    assert (reached.waiting, reached.validated) == (1, 1)
    board = team.board()  # four people: nothing of them is a statistic, to whom to write is the team's work
    assert (board.reach, board.validated_count, board.other_count, board.waiting_count) == (None, None, None, None)
    assert board.to_promote_count == 1


def test_a_crowd_is_told_the_same_by_every_filter(team: Team) -> None:
    for agency, proved, plain in ((team.agency, 20, 30), (team.partner, 3, 40)):
        for number in range(proved + plain):
            PersonFactory(consenting=True, agency=agency, validated_skill_count=int(number < proved))
    board = team.board()
    assert board.reach is not None
    assert (board.reach.total, board.validated_count, board.other_count) == (97, 23, 74)
    shown = {row.label: row.reach for row in board.agencies}
    assert set(shown.values()) == {None}  # three proved people of the partner hide both lines
    for agency in (team.agency, team.partner):
        alone = team.board(agency=agency.pk)
        assert (alone.reach, alone.validated_count, alone.acts.on_validated) == (None, None, None)


def test_acts_are_counted_by_what_the_profile_was_then(team: Team) -> None:
    for person, days_ago, count in ((0, 5, 0), (0, 6, 2), (1, 7, 1), (1, 300, 1)):
        IntermediationAct.objects.unscoped("a test").create(
            person=team.people[person], kind=ActKind.CONTACT, at=NOW - dt.timedelta(days=days_ago),
            validated_skill_count=count,
        )  # fmt: skip
    span = Filters().span(NOW.date())
    assert queries_people.acts(span, team.lead) == Acts(None, None)  # two and one: hidden
    for _number in range(20):
        IntermediationAct.objects.unscoped("a test").create(
            person=team.people[0], kind=ActKind.CONTACT, at=NOW - dt.timedelta(days=5), validated_skill_count=2
        )
    assert queries_people.acts(span, team.lead) == Acts(20, None)  # twenty-two, by tens


def test_another_territory_is_not_counted_nor_named(team: Team) -> None:
    team.promote(10, agency=team.far)
    board = team.board()
    assert board.now.promotions == 0
    assert team.far.name not in {name for _pk, name in board.agency_choices}


def test_what_was_prepared_and_never_sent_is_not_a_promotion(team: Team) -> None:
    team.promote(10, state="prepared", sent_at=None)
    assert team.board().now.promotions == 0


def test_the_statement_agrees_with_python_on_random_promotions(team: Team) -> None:
    rng = random.Random(7)
    made = [
        team.promote(
            rng.uniform(0, 300),
            agency=rng.choice([team.agency, team.partner]),
            adviser=rng.choice([team.first, team.second, team.third]),
            answer=answer,
            delay=rng.randint(0, 30) if answer and rng.random() < 0.8 else None,
            outcome=rng.choice(["", "", "hired", "none"]),
        )
        for answer in (rng.choice(["", "", "meeting", "immersion", "offer", "kept", "no"]) for _ in range(150))
    ]
    for filters in ({}, {"agency": team.agency.pk}, {"adviser": team.second.pk}, {"period": "365"}):
        board = team.board(**filters)
        start = dt.datetime.combine(board.span.start, dt.time(), tzinfo=clock.local(NOW).tzinfo)
        kept = [
            p for p in made
            if p.sent_at and p.sent_at >= start
            and filters.get("agency") in (None, p.agency_id) and filters.get("adviser") in (None, p.adviser_id)
        ]  # fmt: skip
        delays = [(p.answered_at - p.sent_at).days for p in kept if p.answered_at and p.sent_at]
        assert board.now.promotions == len(kept)
        assert board.now.answered == sum(bool(p.answer) for p in kept)
        assert board.now.hired == sum(p.outcome == "hired" for p in kept)
        assert board.now.delay_mean == pytest.approx(fmean(delays))
        assert board.now.delay_median == pytest.approx(median(delays))
        assert sum(row.figures.promotions for row in board.advisers) == len(kept)


def test_the_export_holds_the_same_figures_and_their_definitions(team: Team) -> None:
    team.promote(10, answer="meeting", delay=4)
    rows = list(queries_export.rows(team.board()))
    assert rows[0][:5] == ["Période", "Du 2026-08-26 au 2026-11-23", 1, 1, 100.0]
    assert {row[0] for row in rows} >= {"Agence", "Partenaire", "Conseiller", "Mois", "Définition"}
    assert all(len(row) <= len(queries_export.columns()) for row in rows)
    assert any("95 % de confiance" in str(row[2]) for row in rows)
