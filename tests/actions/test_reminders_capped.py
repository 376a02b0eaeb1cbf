"""How much one address gets in a week, whatever it is about; its pause; the rule of a territory."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine

from entremise.accounts import actions_mail, actions_reminders
from entremise.accounts.actions_mail import MailRefused
from entremise.accounts.actions_reminders import ReminderRefused
from entremise.kernel import clock, delivery, mail, reminders, suppression
from entremise.kernel.access import AccessDenied
from entremise.kernel.actors import Role, link_actor
from entremise.kernel.mail_families import Family
from entremise.kernel.models import JournalEntry, OutboxMessage
from entremise.kernel.models_mail import MailPause
from entremise.kernel.reminders import PutOff
from entremise.kernel.retention import classes
from entremise.lib.reminders import DEFAULTS, WEEK
from entremise.promotions import jobs as promotion_jobs
from entremise.promotions import queries as promotion_queries
from entremise.promotions import queries_contacts
from entremise.promotions.models import Promotion
from entremise.validations import actions as validations
from entremise.validations import jobs as validation_jobs
from entremise.validations.models import Request
from tests.factories.accounts import actor_of, department, professional
from tests.factories.people import PersonFactory, owner
from tests.factories.promotions import MONDAY, World, again, world
from tests.factories.validations import asked

pytestmark = pytest.mark.django_db
ADDRESS = "marc@garance.example"


@pytest.fixture(autouse=True)
def traveller() -> Iterator[Any]:
    with time_machine.travel(MONDAY, tick=False) as moved:
        yield moved


@pytest.fixture
def small() -> World:
    return world()


def go(traveller: Any, days: float) -> None:
    traveller.move_to(MONDAY + dt.timedelta(days=days))


def run_all() -> None:
    promotion_jobs.run_due()
    validation_jobs.follow_up(0)


def reminders_of(recipient: str) -> list[OutboxMessage]:
    rows = OutboxMessage.objects.filter(recipient=recipient, kind__in=mail.reminder_kinds())
    return list(rows.order_by("created_at", "pk"))


def stop_of(recipient: str, family: Family = Family.PROMOTION) -> suppression.Stop:
    found = suppression.read_token(suppression.token(recipient, family))
    assert found is not None
    return found


def pause(recipient: str, weeks: int = 4) -> None:
    stop = stop_of(recipient)
    actions_mail.pause_messages(stop, actor=link_actor(stop.bearer, Role.MAILBOX_OWNER), weeks=str(weeks))


def four_promotions(small: World) -> list[Promotion]:
    """Present four people to one contact on the same day, each with her reminder a week later."""
    found = small.send()
    for _more in range(3):
        small.person = PersonFactory(consenting="named", wishing=True)
        found += small.send()
    return found


def test_every_class_that_asks_again_says_so() -> None:
    assert mail.reminder_kinds() == sorted({
        "credentials.badge_still_waits", "credentials.certificate_still_waits", "promotions.reminder",
        "validations.reminder",
    } | {name for name in mail.reminder_kinds() if name.startswith("reciprok.")})  # fmt: skip


def test_the_fourth_reminder_of_a_week_waits_and_none_is_lost(traveller: Any, small: World) -> None:
    promotions = four_promotions(small)
    go(traveller, 7)  # the fifth working day
    run_all()
    assert len(reminders_of(small.first.email)) == 3
    waiting = [one for one in map(again, promotions) if one.reminder_count == 0]
    assert [one.next_reminder_at for one in waiting] == [MONDAY + dt.timedelta(days=14)]
    run_all()  # running again changes nothing more
    assert len(reminders_of(small.first.email)) == 3
    line = JournalEntry.objects.get(verb="promotions.put_off")
    assert line.data == {"until": (MONDAY + dt.timedelta(days=14)).isoformat()}
    for day in (14, 15, 16, 17, 18, 21, 22, 23, 24, 25):
        go(traveller, day)
        run_all()
    assert all(again(one).reminder_count >= 1 for one in promotions)
    sent = [one.created_at for one in reminders_of(small.first.email)]
    assert all(sum(0 <= (later - at).total_seconds() < WEEK.total_seconds() for later in sent) <= 3 for at in sent)


def test_reminders_of_every_domain_count_together(traveller: Any, small: World) -> None:
    four_promotions(small)
    with time_machine.travel(MONDAY - dt.timedelta(days=1), tick=False):
        request = asked(sent=True, contact_email=small.first.email)
    Request.objects.unscoped("test").update(next_reminder_at=MONDAY + dt.timedelta(days=7))
    Promotion.objects.unscoped("test").filter(pk=promotion_queries.open_to(small.first.email)[0].pk).update(
        next_reminder_at=None
    )
    go(traveller, 7)
    run_all()
    assert {one.kind for one in reminders_of(small.first.email)} == {"promotions.reminder"}
    request.refresh_from_db()
    assert request.reminder_count == 0
    assert request.next_reminder_at == MONDAY + dt.timedelta(days=14)
    go(traveller, 14)
    validation_jobs.follow_up(0)
    request.refresh_from_db()
    assert request.reminder_count == 1
    assert JournalEntry.objects.filter(verb="validations.put_off").count() == 1


def test_a_reminder_too_near_the_end_is_given_up(traveller: Any, small: World) -> None:
    promotions = four_promotions(small)
    Promotion.objects.unscoped("test").update(expires_at=MONDAY + dt.timedelta(days=16))
    go(traveller, 7)
    promotion_jobs.run_due()
    assert [again(one).next_reminder_at for one in promotions].count(None) == 1
    go(traveller, 16)
    promotion_jobs.run_due()
    assert {again(one).state for one in promotions} == {"expired"}


def test_what_was_not_received_is_not_counted(small: World) -> None:
    for _number in range(3):
        mail.send(mail.KINDS["promotions.reminder"].example(), to=ADDRESS)
    assert reminders.is_capped(ADDRESS.upper(), "26", clock.now())
    assert not reminders.is_capped("autre@garance.example", "26", clock.now())
    OutboxMessage.objects.filter(pk=reminders_of(ADDRESS)[0].pk).update(state="cancelled")
    assert not reminders.is_capped(ADDRESS, "26", clock.now())


def test_a_reminder_says_when_it_is_the_last(traveller: Any, small: World) -> None:
    small.send()
    request = asked(sent=True)
    for day in (7, 14):
        go(traveller, day)
        run_all()
    said = "C'est notre dernier rappel."
    for recipient in (small.first.email, request.contact_email):
        first, last = reminders_of(recipient)
        assert (said in first.text, said in last.text) == (False, True)
        assert (said in first.html.replace("&#x27;", "'"), said in last.html.replace("&#x27;", "'")) == (False, True)


def test_a_pause_puts_reminders_and_profiles_off_and_nothing_else(traveller: Any, small: World) -> None:
    before = small.send()[0]
    pause(small.first.email)
    ends_at = dt.datetime(2026, 12, 20, 23, tzinfo=dt.UTC)  # midnight in Paris, four weeks later
    assert suppression.paused_until(small.first.email) == ends_at
    go(traveller, 7)
    run_all()
    assert reminders_of(small.first.email) == []
    assert again(before).next_reminder_at is None  # its wait ends on the same day: nobody would have time to answer
    (offered,) = queries_contacts.contacts_at([small.first.establishment_id], small.person, small.adviser, [])
    assert offered.paused_until == ends_at  # the adviser knows before sending
    later = small.send(acknowledged=True)[0]
    message = OutboxMessage.objects.filter(kind="promotions.profile", about_id=str(later.pk)).get()
    assert message.not_before_at == dt.datetime(2026, 12, 21, 7, tzinfo=dt.UTC)  # eight o'clock, after the quiet hours
    assert again(later).expires_at > ends_at + dt.timedelta(days=20)
    assert again(later).next_reminder_at > ends_at
    answer = mail.send(mail.KINDS["promotions.receipt"].example(), to=small.first.email)
    assert answer.not_before_at == clock.now()


def test_what_waited_already_waits_for_the_end_of_a_pause(settings: Any, small: World) -> None:
    settings.DEMO, settings.SMTP_CONFIGURED = False, True
    message = OutboxMessage.objects.get(about_id=str(small.send()[0].pk))
    pause(small.first.email, 2)
    delivery.deliver_due()
    message.refresh_from_db()
    assert (message.state, message.not_before_at) == ("waiting", dt.datetime(2026, 12, 7, 7, tzinfo=dt.UTC))
    stop = stop_of(small.first.email)
    actions_mail.end_pause(stop, actor=link_actor(stop.bearer, Role.MAILBOX_OWNER))
    message.refresh_from_db()
    assert message.not_before_at == clock.now()
    line = JournalEntry.objects.get(verb="accounts.mail_pause_ended")
    assert line.data == {"was_paused": True, "released": 1}
    assert small.first.email not in str(list(JournalEntry.objects.values_list("data", "subject_id")))


def test_a_pause_of_any_length_is_refused(small: World) -> None:
    stop = stop_of(ADDRESS)
    for weeks in ("3", "", "-2", "deux", "400"):
        with pytest.raises(MailRefused) as refusal:
            actions_mail.pause_messages(stop, actor=link_actor(stop.bearer, Role.MAILBOX_OWNER), weeks=weeks)
        assert refusal.value.reason == "Choisissez une pause de 2, 4 ou 8 semaines."
    assert not MailPause.objects.exists()


def test_a_pause_that_is_over_stops_nothing_and_is_forgotten(traveller: Any) -> None:
    pause(ADDRESS, 2)
    go(traveller, 15)
    assert suppression.paused_until(ADDRESS) is None
    kept = next(one for one in classes() if one.code == "kernel.pauses")
    assert kept.apply(clock.now()) == 1
    assert not MailPause.objects.exists()


def test_a_territory_has_its_own_rule_and_the_others_keep_theirs(traveller: Any, small: World) -> None:
    lead = actor_of(professional("team_lead", agency=small.agency))
    place = small.agency.department
    actions_reminders.set_reminders(place, actor=lead, name="promotions", days="3", expiry_days=8)
    assert str(reminders.policy("promotions", "26")) == "3/8"
    assert reminders.policy("promotions", "38") == reminders.policy("promotions") == DEFAULTS["promotions"]
    promotion = small.send()[0]
    assert promotion.next_reminder_at == MONDAY + dt.timedelta(days=3)
    go(traveller, 3)
    run_all()
    assert "C'est notre dernier rappel." in reminders_of(small.first.email)[0].text
    assert again(promotion).next_reminder_at is None
    actions_reminders.restore_usual_reminders(place, actor=lead, name="promotions")
    assert reminders.policy("promotions", "26") == DEFAULTS["promotions"]
    lines = JournalEntry.objects.filter(verb__startswith="accounts.reminders_").order_by("pk")
    assert [line.data for line in lines] == [
        {"kind": "promotions", "before": "5,10/20", "after": "3/8"},
        {"kind": "promotions", "before": "3/8", "after": "5,10/20"},
    ]
    assert {(line.subject_type, line.subject_id) for line in lines} == {("territories.department", "26")}


def test_a_request_follows_the_rule_of_where_its_contact_works(small: World) -> None:
    lead = actor_of(professional("team_lead", agency=small.agency))
    actions_reminders.set_reminders(
        small.agency.department, actor=lead, name="validations", days="10, 20", expiry_days=45
    )
    request = asked(sent=True)
    assert request.establishment.commune.department_id == "26"
    assert request.expires_at == clock.now() + dt.timedelta(days=45)
    assert request.next_reminder_at == MONDAY + dt.timedelta(days=10)


REFUSED = [
    ("validations", "7, 9", 30, "days", "Deux rappels sont séparés d'au moins 3 jours."),
    ("validations", "2", 30, "days", "Le premier rappel part au moins 3 jours après l'envoi."),
    ("validations", "14, 7", 30, "days", "Écrivez les jours dans l'ordre, du premier rappel au dernier."),
    ("validations", "sept", 30, "days", "Écrivez des nombres de jours séparés par des virgules, par exemple : 7, 14."),
    ("badges", "7, 14", 30, "days", "Nombre de rappels au plus pour ces demandes : 1."),
    ("validations", "7", 8, "expiry_days", "L'attente se termine au moins 3 jours après le dernier message."),
    ("promotions", "5", 31, "expiry_days", "L'attente se termine au plus 30 jours après l'envoi."),
    ("letters", "5", 10, "", "Cette sorte de demande n'existe pas."),
]


@pytest.mark.parametrize(("name", "days", "end", "field", "reason"), REFUSED)
def test_a_rule_that_cannot_be_is_refused(name: str, days: str, end: int, field: str, reason: str) -> None:
    lead = actor_of(professional("director"))
    with pytest.raises(ReminderRefused) as refusal:
        actions_reminders.set_reminders(department(), actor=lead, name=name, days=days, expiry_days=end)
    assert (refusal.value.reason, refusal.value.field) == (reason, field)


def test_the_cap_of_a_territory_is_its_own(small: World) -> None:
    lead = actor_of(professional("team_lead", agency=small.agency))
    actions_reminders.set_weekly_cap(small.agency.department, actor=lead, most=1)
    assert (reminders.weekly_cap("26"), reminders.weekly_cap("38")) == (1, 3)
    mail.send(mail.KINDS["promotions.reminder"].example(), to=ADDRESS)
    with pytest.raises(PutOff) as waits:
        reminders.require_turn(ADDRESS, "26", clock.now())
    assert waits.value.until_at == clock.now() + WEEK
    reminders.require_turn(ADDRESS, "38", clock.now())
    with pytest.raises(ReminderRefused, match="Choisissez entre 1 et 7 rappels par semaine"):
        actions_reminders.set_weekly_cap(small.agency.department, actor=lead, most=0)
    actions_reminders.set_weekly_cap(small.agency.department, actor=lead, most=3)
    assert reminders.weekly_cap("26") == 3


def test_only_who_leads_the_territory_decides(small: World) -> None:
    stranger = actor_of(professional("director", agency=None))
    for actor, said in [
        (small.adviser, "Votre rôle ne donne pas accès à cette action."),
        (stranger, "Ce territoire n'est pas le vôtre."),
    ]:
        with pytest.raises(AccessDenied) as refusal:
            actions_reminders.set_weekly_cap(department("38"), actor=actor, most=1)
        assert refusal.value.reason == said


def test_the_person_s_own_reminder_is_counted_but_leaves(small: World) -> None:
    for _number in range(3):
        mail.send(mail.KINDS["promotions.reminder"].example(), to=ADDRESS)
    request = asked(sent=True, contact_email=ADDRESS)
    with time_machine.travel(MONDAY + dt.timedelta(days=4), tick=False):
        validations.remind_once(request, actor=owner(request.person))
    assert len(reminders_of(ADDRESS)) == 4
