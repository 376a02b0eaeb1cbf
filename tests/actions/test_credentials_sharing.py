"""Links by which a person shows badges, badges kept for oneself, reminders before one ends, and what is forgotten."""

import datetime as dt
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine

from entremise.credentials import actions, actions_sharing, jobs_people, queries_sharing, rules_sharing
from entremise.credentials.enums import RevokeReason
from entremise.credentials.enums_sharing import Standing
from entremise.credentials.links_sharing import SHARE
from entremise.credentials.models_sharing import Share
from entremise.credentials.rules import CredentialRefused
from entremise.kernel import erasure, links, retention
from entremise.kernel.access import AccessDenied
from entremise.kernel.links import LinkRefused, Refusal
from entremise.kernel.models import JournalEntry, MailLink, OutboxMessage
from entremise.people.models import Person
from tests.factories import credentials as badges
from tests.factories.people import PersonFactory, owner

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 22, 9, tzinfo=dt.UTC)


@pytest.fixture
def person() -> Person:
    return PersonFactory()


def shared(person: Person, **facts: object) -> Share:
    said = {"awards": [badges.award(person)], "days": 30, **facts}
    made: Share = actions_sharing.share(person, actor=owner(person), **said)
    return made


def token(share: Share) -> str:
    link = links.current(SHARE, share.pk)
    assert link
    return links.token(link)


def refusal_of(share: Share) -> Refusal:
    with pytest.raises(LinkRefused) as refused:
        queries_sharing.share_of_token(token(share))
    return refused.value.reason


def test_a_link_shows_the_chosen_badges_and_leaves_a_line(person: Person) -> None:
    share = shared(person, label="  Entretien chez Garance ")
    assert share.label == "Entretien chez Garance"
    assert queries_sharing.share_of_token(token(share)) == share
    assert [one.standing for one in queries_sharing.looked_at(share).worn] == [Standing.VALID]
    line = JournalEntry.objects.get(verb="credentials.shared")
    assert line.data == {"badges": 1, "days": 30, "named": False}
    assert line.person_id == person.pk


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"awards": []}, "badges"),
        ({"days": 3650}, "days"),
        ({"max_views": 0}, "max_views"),
        ({"max_views": rules_sharing.MOST_VIEWS + 1}, "max_views"),
    ],
)
def test_a_link_to_nothing_or_without_an_end_is_refused(person: Person, facts: dict[str, object], field: str) -> None:
    with pytest.raises(CredentialRefused) as refused:
        shared(person, **facts)
    assert refused.value.field == field
    assert not Share.objects.unscoped("a test's row").exists()


def test_somebody_elses_badge_is_not_shared(person: Person) -> None:
    with pytest.raises(CredentialRefused, match="pas le vôtre"):
        shared(person, awards=[badges.award(PersonFactory())])


def test_a_badge_kept_for_oneself_is_not_shared(person: Person) -> None:
    award = badges.award(person)
    actions_sharing.show(award, actor=owner(person), is_shown=False)
    with pytest.raises(CredentialRefused, match="gardez ce badge pour vous"):
        shared(person, awards=[award])


def test_a_badge_that_waits_for_its_signature_is_not_shared(person: Person) -> None:
    with pytest.raises(CredentialRefused, match="n'est pas valable en ce moment"):
        shared(person, awards=[badges.award(person, signed=False)])


def test_nobody_else_makes_a_link_for_her(person: Person) -> None:
    award = badges.award(person)
    with pytest.raises(AccessDenied):
        actions_sharing.share(person, actor=owner(PersonFactory()), awards=[award], days=30)


def test_what_a_link_shows_is_read_again_each_time(person: Person) -> None:
    award = badges.award(person)
    share = shared(person, awards=[award])
    actions.withdraw(award, reason=RevokeReason.MISTAKE)
    assert [one.standing for one in queries_sharing.looked_at(share).worn] == [Standing.REVOKED]
    assert queries_sharing.shared_file(share, award.pk) is None


def test_a_badge_hidden_or_declined_since_is_left_out(person: Person) -> None:
    hidden, declined = badges.award(person), badges.award(person)
    share = shared(person, awards=[hidden, declined])
    assert queries_sharing.has_shared(share, hidden.public_id)
    actions_sharing.show(hidden, actor=owner(person), is_shown=False)
    actions.decline(declined, actor=owner(person))
    assert queries_sharing.looked_at(share).worn == []
    assert not queries_sharing.has_shared(share, hidden.public_id)
    assert not queries_sharing.has_shared(share, declined.public_id)


def test_a_badge_past_its_date_is_said_so(person: Person) -> None:
    with time_machine.travel(NOW, tick=False):
        award = badges.award(person, of=badges.badge_class(valid_months=6))
        share = shared(person, awards=[award], days=365)
    with time_machine.travel(NOW + dt.timedelta(days=200), tick=False):
        assert [one.standing for one in queries_sharing.looked_at(share).worn] == [Standing.EXPIRED]


def test_a_link_ends_on_its_day(person: Person) -> None:
    with time_machine.travel(NOW, tick=False):
        share = shared(person, days=7)
    with time_machine.travel(NOW + dt.timedelta(days=6, hours=23), tick=False):
        assert queries_sharing.share_of_token(token(share)) == share
    with time_machine.travel(NOW + dt.timedelta(days=7), tick=False):
        assert refusal_of(share) is Refusal.EXPIRED
        assert queries_sharing.address(share) == ""


def test_a_link_stopped_is_closed_for_good(person: Person) -> None:
    share = shared(person)
    given = token(share)
    actions_sharing.stop(share, actor=owner(person))
    with pytest.raises(LinkRefused) as refused:
        queries_sharing.share_of_token(given)
    assert refused.value.reason is Refusal.REVOKED
    assert JournalEntry.objects.filter(verb="credentials.share_stopped", person_id=person.pk).count() == 1


def test_nobody_else_stops_a_link(person: Person) -> None:
    share = shared(person)
    with pytest.raises(AccessDenied):
        actions_sharing.stop(share, actor=owner(PersonFactory()))
    assert queries_sharing.is_open(share)


def test_a_link_opens_as_often_as_allowed_and_no_more(person: Person) -> None:
    share = shared(person, max_views=2)
    assert [actions_sharing.count_view(share) for _look in range(3)] == [True, True, False]
    share.refresh_from_db()
    assert share.view_count == 2
    assert refusal_of(share) is Refusal.USED
    assert queries_sharing.share_of_token(token(share), seen=[str(share.pk)]) == share  # the last one still downloads


def test_a_token_altered_or_of_another_purpose_opens_nothing(person: Person) -> None:
    share = shared(person)
    for given in ("", "x", token(share)[:-1], token(share)[:-1] + "é"):
        with pytest.raises(LinkRefused) as refused:
            queries_sharing.share_of_token(given)
        assert refused.value.reason is Refusal.UNKNOWN


def test_linkedin_is_given_what_the_badge_says_and_the_link() -> None:
    told = rules_sharing.Certified(
        "Accueillir & orienter",
        "Mission locale",
        dt.date(2026, 11, 20),
        NOW,
        "https://site.example/c/x/",
        "urn:uuid:1",
    )
    asked = parse_qs(urlsplit(rules_sharing.linkedin(told)).query)
    assert asked["name"] == ["Accueillir & orienter"]
    assert asked["certUrl"] == ["https://site.example/c/x/"]
    assert (asked["issueYear"], asked["issueMonth"], asked["expirationYear"]) == (["2026"], ["11"], ["2026"])


def test_the_count_of_badges_is_one_query(person: Person, django_assert_num_queries: object) -> None:
    badges.award(person)
    actions.decline(badges.award(person), actor=owner(person))
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert queries_sharing.badge_count(person) == 1


def test_a_holder_is_reminded_three_times_before_the_end_each_once(person: Person) -> None:
    with time_machine.travel(NOW, tick=False):
        award = badges.award(person, of=badges.badge_class(valid_months=12))
        assert award.valid_until
        until = award.valid_until
    for days, sent in ((120, 0), (89, 1), (60, 1), (29, 2), (6, 3), (2, 3)):
        with time_machine.travel(until - dt.timedelta(days=days), tick=False):
            jobs_people.remind_all()
            jobs_people.remind_all()
        assert OutboxMessage.objects.filter(kind="credentials.badge_ending").count() == sent
    message = OutboxMessage.objects.filter(kind="credentials.badge_ending").latest("created_at")
    assert message.recipient == person.user.email
    assert award.badge_class.name in message.text


def test_a_badge_that_holds_no_more_is_not_reminded_of(person: Person) -> None:
    with time_machine.travel(NOW, tick=False):
        award = badges.award(person, of=badges.badge_class(valid_months=12))
        actions.withdraw(award, reason=RevokeReason.MISTAKE)
    assert award.valid_until
    with time_machine.travel(award.valid_until - dt.timedelta(days=20), tick=False):
        assert jobs_people.remind_all() == 0


def test_who_has_no_address_is_noted_and_not_asked_again() -> None:
    person = PersonFactory(user__email=None, user__phone="+33612312345", user__phone_verified=True)
    with time_machine.travel(NOW, tick=False):
        award = badges.award(person, of=badges.badge_class(valid_months=12))
    assert award.valid_until
    with time_machine.travel(award.valid_until - dt.timedelta(days=20), tick=False):
        assert jobs_people.remind_all() == 1
        assert jobs_people.remind_all() == 0
    assert not OutboxMessage.objects.filter(kind="credentials.badge_ending").exists()


def test_erasure_forgets_links_and_closes_them(person: Person) -> None:
    share = shared(person, label="pour Léopoldine")
    given = token(share)
    tables = erasure.export_all(person.pk)
    assert tables["credentials.share"][0]["label"] == "pour Léopoldine"
    erasure.erase_all(person.pk)
    assert not Share.objects.unscoped("a test's row").exists()
    assert not MailLink.objects.filter(purpose=SHARE.name).exists()
    with pytest.raises(LinkRefused):
        queries_sharing.share_of_token(given)


def test_a_link_is_forgotten_a_year_after_its_end(person: Person) -> None:
    with time_machine.travel(NOW, tick=False):
        share = shared(person, days=7)
    [kept] = [one for one in retention.classes() if one.code == "credentials.shares"]
    assert kept.count(share.until + dt.timedelta(days=364)) == 0
    assert kept.apply(share.until + dt.timedelta(days=366)) == 1
