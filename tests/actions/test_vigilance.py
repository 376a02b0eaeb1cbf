"""The watch on real rows: what the job sees, whom it tells, what it cuts, and what a lead decides."""

import datetime as dt
import random
from typing import Any

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from procrastinate.contrib.django import app

from entremise.accounts import actions_sessions
from entremise.accounts.models import Agency, OpeningHours, User
from entremise.accounts.rules_devices import visit_of
from entremise.kernel import clock, vault
from entremise.kernel.access import AccessDenied
from entremise.kernel.actors import Actor, Role
from entremise.kernel.models import JournalEntry, OutboxMessage
from entremise.kernel.models_vault import Alert, BudgetRaise, Cut
from entremise.kernel.vault import NotShown
from entremise.people import actions, actions_vigilance, queries_vigilance
from entremise.people.actions_vigilance import WatchRefused
from entremise.people.jobs_vigilance import Mark, watch
from entremise.people.models import Person
from tests.factories.accounts import AgencyFactory, MembershipFactory, actor_of, professional, sign_in
from tests.factories.people import PersonFactory
from tests.factories.vault import as_owner, invent_days, make_canary

pytestmark = pytest.mark.django_db
DPO = "dpd@emploi.exemple"


@pytest.fixture(autouse=True)
def officer(settings: Any) -> None:
    settings.DPO_MAIL = DPO


@pytest.fixture
def agency() -> Agency:
    agency = AgencyFactory(name="Agence de Valence")
    for day in range(7):  # the vault's clock is the database's: these tests also run at night
        OpeningHours.objects.create(agency=agency, weekday=day, opens_at=dt.time(0), closes_at=dt.time(23, 59))
    return agency


@pytest.fixture
def thief(agency: Agency) -> User:
    return professional(agency=agency, email="volee@emploi.exemple")


@pytest.fixture
def lead(agency: Agency) -> User:
    return professional(Role.TEAM_LEAD, agency=agency, email="responsable@emploi.exemple")


def people(count: int) -> list[Person]:
    """Return so many people, in no order of their files."""
    made = [PersonFactory(user=None) for _ in range(count)]
    random.Random(3).shuffle(made)
    return made


def look(actor: Actor, found: list[Person]) -> int:
    """Ask for identities one after the other, as fast as possible; return how many were shown."""
    shown = 0
    for person in found:
        try:
            actions.reveal(person, actor=actor, purpose="appointment")
            shown += 1
        except NotShown as refusal:
            actions_vigilance.note_refusal(person, actor=actor, why=refusal.name)
    return shown


def kinds(account: User) -> set[str]:
    return set(queries_vigilance.open_alerts(str(account.pk)).values_list("kind", flat=True))


def test_a_budget_taken_at_the_rhythm_of_a_machine_is_told_and_cut(thief: User, lead: User) -> None:
    session = sign_in(Client(), thief)
    key = session.session.session_key
    actions_sessions.remember(thief, visit_of("Firefox/145", session_key=str(key), is_new=True))
    assert look(actor_of(thief), people(45)) == 40
    assert watch(Mark()) == (1, 1)
    cut = Cut.objects.get()
    assert (cut.actor_id, cut.reason, cut.lifted_at) == (str(thief.pk), "budget_run", None)
    assert {"machine", "busy_hour", "spent", "new_device"} <= kinds(thief)
    told = {m.recipient for m in OutboxMessage.objects.all()}
    assert told == {lead.email, DPO, thief.email}  # the owner of the account: a device never seen
    message = OutboxMessage.objects.filter(recipient=DPO).get()
    assert message.subject == "Accès aux identités suspendu : des consultations inhabituelles"
    for words in ("Nadia F.", "Agence de Valence", "40 dossiers ouverts à la suite", "/equipe/acces/"):
        assert words in message.text
    assert "Diallo" not in message.text
    line = JournalEntry.objects.get(verb="people.looks_alerted")
    assert line.subject_id == str(thief.pk)
    assert line.data["cut"] == "budget_run"
    assert session.get("/conseil/").status_code == 302  # its session is closed
    assert not Session.objects.exists()


def test_the_job_does_it_within_twenty_seconds_of_waiting() -> None:
    thief = professional(agency=AgencyFactory(email="agence@emploi.exemple"))
    (planned,) = [p for p in app.periodic_registry.periodic_tasks.values() if p.task.name == "people.watch"]
    assert planned.cron == "* * * * * */20"
    assert look(actor_of(thief), people(25)) == 25
    started = clock.now()
    planned.task(timestamp=0)
    assert "machine" in kinds(thief)
    assert (clock.now() - started) + dt.timedelta(seconds=20) < dt.timedelta(seconds=60)
    assert {m.recipient for m in OutboxMessage.objects.all()} == {"agence@emploi.exemple", DPO}


def test_running_again_tells_nobody_twice_and_more_of_the_same_moves_the_figure(thief: User, lead: User) -> None:
    mark = Mark()
    found = people(35)
    look(actor_of(thief), found[:25])
    assert watch(mark) == (1, 0)
    sent = OutboxMessage.objects.count()
    assert watch(mark) == (0, 0)
    look(actor_of(thief), found[25:])
    assert watch(mark) == (1, 0)
    assert OutboxMessage.objects.filter(recipient=lead.email).count() == sent / 2
    assert Alert.objects.get(kind="machine").data == {"count": 35}


def test_a_few_looks_at_human_pace_are_nothing(thief: User) -> None:
    look(actor_of(thief), people(6))
    assert watch(Mark()) == (0, 0)
    assert not Alert.objects.exists()


def test_cards_opened_by_a_machine_alert_without_any_identity(thief: User) -> None:
    for person in people(30):
        actions.read_card(person, actor=actor_of(thief))
    assert watch(Mark()) == (1, 0)
    assert kinds(thief) >= {"machine"}


def test_knocking_at_a_closed_door_is_seen(thief: User) -> None:
    Cut.objects.create(actor_id=str(thief.pk), at=clock.now(), reason="by_lead")
    look(actor_of(thief), people(20))
    assert watch(Mark()) == (1, 0)
    assert kinds(thief) == {"knocks"}
    assert Cut.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_canary_cuts_at_the_first_look() -> None:
    thief = professional(agency=AgencyFactory(email="agence@emploi.exemple"))
    person = PersonFactory(user=None)
    make_canary(person)
    look(actor_of(thief), [person])
    assert watch(Mark()) == (1, 1)
    assert Cut.objects.get().reason == "canary"
    assert watch(Mark()) == (0, 0)  # it is told


@pytest.mark.django_db(transaction=True)
def test_the_facts_say_the_habits_of_the_account_and_of_its_colleagues() -> None:
    agency = AgencyFactory()
    account, colleague = professional(agency=agency), professional(agency=agency)
    other_role = professional(Role.PLACEMENT_ADVISER, agency=agency)
    invent_days(str(account.pk), days=12, seen=9)
    invent_days(str(colleague.pk), days=12, seen=30)
    invent_days(str(other_role.pk), days=12, seen=77)
    mine = [PersonFactory(user=None, agency=agency), PersonFactory(user=None, referent=account)]
    look(actor_of(account), [*mine, PersonFactory(user=None)])
    facts = queries_vigilance.facts_of(account)
    assert [one.is_followed for one in facts.looks] == [True, True, False]
    assert (facts.habits.days, facts.habits.day, facts.habits.peers_day, facts.habits.elsewhere) == (12, 9, 30, 1.0)
    assert (facts.spent, facts.allowed) == (3, 27)


class TestDecisions:
    """Of those who answer for the agency."""

    def alerted(self, thief: User) -> None:
        look(actor_of(thief), people(25))
        watch(Mark())

    def test_what_is_normal_is_closed_and_not_told_again(self, thief: User, lead: User) -> None:
        self.alerted(thief)
        actions_vigilance.dismiss(thief, actor=actor_of(lead), finding="event")
        assert kinds(thief) == set()
        assert watch(Mark()) == (0, 0)
        row = Alert.objects.filter(kind="machine").get()
        assert (row.decision, row.closed_by) == ("event", str(lead.pk))
        assert JournalEntry.objects.get(verb="people.alert_dismissed").data["finding"] == "event"

    def test_a_reason_is_needed(self, thief: User, lead: User) -> None:
        with pytest.raises(WatchRefused, match="vérifié"):
            actions_vigilance.dismiss(thief, actor=actor_of(lead), finding="whatever")

    def test_an_account_is_cut_then_given_back(self, thief: User, lead: User) -> None:
        person = PersonFactory(user=None)
        actions_vigilance.cut(thief, actor=actor_of(lead))
        assert look(actor_of(thief), [person]) == 0
        with pytest.raises(WatchRefused, match="déjà suspendu"):
            actions_vigilance.cut(thief, actor=actor_of(lead))
        with pytest.raises(WatchRefused, match="rétablissez-le"):
            actions_vigilance.dismiss(thief, actor=actor_of(lead), finding="event")
        actions_vigilance.lift(thief, actor=actor_of(lead))
        assert look(actor_of(thief), [person]) == 1
        with pytest.raises(WatchRefused, match="n'est pas suspendu"):
            actions_vigilance.lift(thief, actor=actor_of(lead))
        verbs = set(JournalEntry.objects.filter(subject_id=str(thief.pk)).values_list("verb", flat=True))
        assert {"people.account_cut", "people.cut_lifted"} <= verbs

    def test_a_lead_raises_the_budget_of_one_day_up_to_the_ceiling(self, thief: User, lead: User) -> None:
        found = people(60)
        assert look(actor_of(thief), found[:45]) == 40
        actions_vigilance.raise_budget(thief, actor=actor_of(lead), raised_to=60, reason="event")
        assert look(actor_of(thief), found[45:]) == 15
        row = BudgetRaise.objects.get()
        assert (row.raised_to, row.reason, row.by_id) == (60, "event", str(lead.pk))
        BudgetRaise.objects.create(  # whatever is written there, the ceiling is the database's
            actor_id=str(thief.pk), day=clock.today(), raised_to=9_999, reason="x", by_id="x", at=clock.now()
        )
        assert vault.allowance(actor_of(thief)) == 200

    @pytest.mark.parametrize(
        ("told", "words"),
        [
            ({"raised_to": 201, "reason": "event"}, "200 identités par jour au plus"),
            ({"raised_to": 40, "reason": "event"}, "déjà consulter autant"),
            ({"raised_to": 60, "reason": "curiosity"}, "quelle occasion"),
        ],
    )
    def test_a_raise_is_refused(self, thief: User, lead: User, told: dict[str, Any], words: str) -> None:
        with pytest.raises(WatchRefused, match=words):
            actions_vigilance.raise_budget(thief, actor=actor_of(lead), **told)
        assert not BudgetRaise.objects.exists()

    def test_a_raise_ends_with_the_day(self, thief: User, lead: User) -> None:
        with time_machine.travel(clock.now() - dt.timedelta(days=1), tick=False):
            actions_vigilance.raise_budget(thief, actor=actor_of(lead), raised_to=60, reason="event")
        assert vault.allowance(actor_of(thief)) == 40

    @pytest.mark.parametrize("act", ["dismiss", "cut", "lift", "raise_budget"])
    def test_nobody_decides_for_themselves_nor_for_another_agency_nor_as_an_adviser(
        self, thief: User, lead: User, agency: Agency, act: str
    ) -> None:
        MembershipFactory(user=thief, agency=agency, role=Role.TEAM_LEAD)
        facts = {"dismiss": {"finding": "event"}, "raise_budget": {"raised_to": 60, "reason": "event"}}.get(act, {})
        decide = getattr(actions_vigilance, act)
        for actor, words in (
            (actor_of(thief), "demandez à un autre responsable"),
            (actor_of(professional(Role.DIRECTOR)), "membre de votre agence"),
            (actor_of(professional(agency=agency)), "Votre rôle"),
        ):
            with pytest.raises(AccessDenied, match=words):
                decide(thief, actor=actor, **facts)
        assert not Cut.objects.exists()

    def test_the_lead_who_behaves_so_is_told_to_the_others_only(self, lead: User, agency: Agency) -> None:
        MembershipFactory(user=lead, agency=agency)
        second = professional(Role.DIRECTOR, agency=agency)
        self.alerted(lead)
        assert {m.recipient for m in OutboxMessage.objects.all()} == {second.email, DPO}


def test_the_owner_writes_what_the_application_may_not() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select current_user")
        assert cursor.fetchone() != ("postgres",)
    with as_owner() as cursor:
        cursor.execute("select count(*) from vault.kernel_canary")
        assert cursor.fetchone() == (0,)
