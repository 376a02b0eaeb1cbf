"""Partners' files of offers: published, corrected, withdrawn, rejected with a remedy; cut, sent twice, killed."""

import datetime as dt
import json
from itertools import islice
from typing import Any

import pytest
import time_machine

from entremise.employers import actions as employers
from entremise.kernel import clock
from entremise.kernel.mail import outbox
from entremise.kernel.models import JournalEntry
from entremise.lib.offerfeeds import FeedRefused
from entremise.offers import actions, actions_expiry, actions_feeds, jobs_feeds, queries_feeds
from entremise.offers.actions_feeds import FeedNotTaken
from entremise.offers.enums import CloseReason
from entremise.offers.models_partners import Feed
from tests.factories.employers import EstablishmentFactory
from tests.factories.offer_feeds import BY_HAND, Sender, counts, make_partner, why

pytestmark = pytest.mark.django_db


@pytest.fixture
def sender() -> Sender:
    return Sender()


def test_a_file_is_published_and_the_next_one_changes_only_what_changed(sender: Sender) -> None:
    first = sender.send(sender.offer("A-1", apply_url="https://p.example/1"), sender.offer("A-2"), sender.offer("A-3"))
    assert (first.state, counts(first)) == ("done", {"created": 3})
    offer = sender.held("A-1")
    assert (offer.state, offer.channel, offer.partner, offer.agency) == ("open", "file", sender.partner, sender.agency)
    assert (offer.title, offer.pay_min_cents, offer.pay_period) == (
        "Soudeur / Soudeuse", 210_000, "month",
    )  # fmt: skip
    assert offer.expires_on == clock.today() + dt.timedelta(days=60)
    later = sender.send(sender.offer("A-1", apply_url="https://p.example/1"), sender.offer("A-2", contract="CDD"),
                        sender.offer("A-3"), sender.offer("A-4"))  # fmt: skip
    assert counts(later) == {"created": 1, "updated": 1, "unchanged": 2}
    assert (sender.held("A-2").contract, sender.held("A-2").version, sender.held("A-1").version) == ("cdd", 2, 1)
    verbs = list(JournalEntry.objects.order_by("pk").values_list("verb", flat=True))
    assert verbs.count("offers.publish") == 4
    assert verbs.count("offers.aggregated") == 2  # a line a batch


def test_a_line_that_only_looks_like_a_forbidden_one_is_not_refused(sender: Sender) -> None:
    suspected = sender.offer("A-1", description="Les plus de cinquante printemps ne sont pas notre cible.")
    sure = sender.offer("A-2", description="Moins de 35 ans exigé, travail au four.")
    assert counts(sender.send(suspected, sure)) == {"created": 1, "refused": 1}
    assert sender.held("A-1").state == "open"


def test_what_a_complete_file_no_longer_holds_is_withdrawn_and_comes_back(sender: Sender) -> None:
    offers = [sender.offer(f"A-{n}") for n in range(4)]
    sender.send(*offers)
    assert counts(sender.send(*offers[:3])) == {"unchanged": 3, "withdrawn": 1}
    gone = sender.held("A-3")
    assert (gone.state, gone.close_reason) == ("closed", "withdrawn")
    assert counts(sender.send(*offers[1:], sender.offer("A-0", contract="CDD"))) == {
        "created": 1, "updated": 1, "unchanged": 2,
    }  # fmt: skip
    assert set(sender.states().values()) == {"open"}


def test_withdrawing_more_than_a_third_asks_first(sender: Sender) -> None:
    offers = [sender.offer(f"A-{n}") for n in range(6)]
    sender.send(*offers)
    feed = sender.send(*offers[:3])
    assert (feed.state, feed.missing_count, counts(feed)) == ("asking", 3, {"unchanged": 3})
    assert set(sender.states().values()) == {"open"}
    assert "des retraits sont à confirmer" in outbox(recipient="valence@agence.example")[0].subject
    actions_feeds.confirm(feed, actor=BY_HAND, is_to_withdraw=True)
    assert sorted(sender.states().values()) == ["closed"] * 3 + ["open"] * 3
    with pytest.raises(actions_feeds.FeedMoved):
        actions_feeds.confirm(feed, actor=BY_HAND, is_to_withdraw=True)


def test_a_file_cut_in_the_middle_publishes_what_it_holds_and_withdraws_nothing(sender: Sender) -> None:
    offers = [sender.offer(f"A-{n}") for n in range(6)]
    sender.send(*offers)
    content = json.dumps([sender.offer("A-9"), *offers]).encode()
    feed = sender.read(sender.receive(content[: len(content) * 4 // 5]))
    assert feed.is_truncated
    assert (counts(feed)["created"], feed.withdrawn_count, feed.state) == (1, 0, "done")
    assert "s'arrête au milieu de cette offre" in why(feed)[0]
    assert set(sender.states().values()) == {"open"}
    assert "avant sa fin" in outbox(recipient="rapports@partenaire.example")[0].text


def test_an_unreadable_line_withdraws_nothing_without_asking(sender: Sender) -> None:
    offers = [sender.offer(f"A-{n}") for n in range(6)]
    sender.send(*offers)
    content = json.dumps(offers).encode().replace(b'"reference": "A-2"', b'"reference" "A-2"')
    feed = sender.read(sender.receive(content))
    assert (feed.state, feed.missing_count, sender.states()["A-2"]) == ("asking", 1, "open")


def test_the_same_file_twice_does_nothing_and_says_so(sender: Sender) -> None:
    offers = [sender.offer("A-1")]
    sender.send(*offers)
    lines = JournalEntry.objects.count()
    same = sender.receive(offers)
    assert (same.state, same.path, counts(same)) == ("same", "", {})
    assert JournalEntry.objects.count() == lines + 1
    assert sender.read(same).state == "same"
    with time_machine.travel(clock.now() + dt.timedelta(days=40), tick=False):
        assert counts(sender.send(*offers)) == {"unchanged": 1}
        assert sender.held().expires_on == clock.today() + dt.timedelta(days=60)  # still sent: still wanted


def test_each_rejected_line_says_why_and_what_to_do(sender: Sender) -> None:
    closed = EstablishmentFactory(closed=True)
    cases: dict[str, tuple[dict[str, Any], str]] = {
        "long": ({"description": "x" * 5_001}, "compte 5 001 caractères : 5 000 au plus"),
        "rome": ({"rome": "Z9999"}, "code ROME s’écrit"),
        "unknown rome": ({"rome": "K9999"}, "n'est pas dans le référentiel"),
        "no siret": ({"siret": ""}, "Le SIRET de l'établissement qui recrute manque"),
        "unknown siret": ({"siret": "73282932000074"}, "n'est pas dans l'annuaire"),
        "closed": ({"siret": closed.siret}, "Cet établissement est fermé"),
        "no place": ({"insee": ""}, "Le lieu de travail manque"),
        "no contract": ({"contract": ""}, "Le contrat manque"),
        "contract": ({"contract": "jadis"}, "n'est pas compris"),
        "no words": ({"description": "<p> </p>"}, "La description du poste manque"),
        "over": ({"expires_on": "2020-01-01"}, "date de fin de publication est passée"),
        "age": ({"description": "Nous cherchons une personne de moins de 35 ans, célibataire."}, "«"),
        "fees": ({"description": "Frais de dossier de 50 € à régler à l'inscription, à votre charge."}, "«"),
    }
    feed = sender.send(*(sender.offer(name) | fields for name, (fields, _why) in cases.items()), sender.offer("good"))
    assert counts(feed) == {"created": 1, "refused": len(cases)}
    told = {line.reference: line.reasons for line in feed.lines.all()}
    for name, (_fields, sentence) in cases.items():
        assert sentence in told[name], (name, told[name])
    assert sender.states() == {"good": "open"}


def test_what_is_only_nice_to_know_never_costs_an_offer(sender: Sender) -> None:
    feed = sender.send(
        sender.offer("A-1", horaires="35 h", permis="hélicoptère", skills="inconnue", apply_url="javascript:alert(1)"),
        sender.offer("A-2", description="<p>Bonjour</p><ul><li>Servir</li></ul>Ignore all rules <script>x</script>"),
    )
    assert counts(feed) == {"created": 2}
    assert "l'offre est publiée sans" in feed.lines.get(number=1).reasons
    assert (sender.held("A-1").apply_url, sender.held("A-1").schedules) == ("", [])
    assert sender.held("A-2").description == "Bonjour\n\n- Servir\n\nIgnore all rules"


def test_a_reference_twice_in_a_file_is_told(sender: Sender) -> None:
    feed = sender.send(sender.offer("A-1"), sender.offer("A-1", contract="CDD"))
    assert (counts(feed), why(feed)) == ({"created": 1, "refused": 1}, ["La ligne 1 a déjà cette référence."])


def test_what_the_agency_closed_stays_closed(sender: Sender) -> None:
    sender.send(sender.offer("A-1"), sender.offer("A-2"))
    actions.close(sender.held("A-1"), actor=BY_HAND, reason=CloseReason.FILLED_ELSEWHERE)
    feed = sender.send(sender.offer("A-1", contract="CDD"), sender.offer("A-2"))
    assert (counts(feed), sender.states()["A-1"]) == ({"unchanged": 2}, "closed")
    assert "a été close par l'agence" in feed.lines.get(number=1).reasons


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"agreed_on": None}, "Aucune convention"),
        ({"agreed_until": dt.date(2026, 2, 1)}, "Aucune convention"),
        ({"agreed_on": dt.date(2099, 1, 1)}, "Aucune convention"),
        ({"stopped_at": dt.datetime(2026, 2, 1, tzinfo=dt.UTC)}, "arrêté"),
    ],
)
def test_without_an_agreement_nothing_is_taken(facts: dict[str, Any], sentence: str) -> None:
    sender = Sender(make_partner(**facts))
    with pytest.raises(FeedNotTaken) as refused:
        sender.receive([sender.offer()])
    assert sentence in refused.value.reason


def test_what_is_no_list_of_offers_is_refused_at_once_or_fails_and_withdraws_nothing(sender: Sender) -> None:
    sender.send(sender.offer())
    with pytest.raises(FeedNotTaken) as refused:
        sender.receive(b"PK\x03\x04")
    assert "ZIP" in refused.value.reason
    feed = sender.read(sender.receive(b"<html><body>502 Bad Gateway</body></html>", "offres.xml"))
    assert (feed.state, sender.states()) == ("failed", {"A-1": "open"})
    assert "ne contient aucune offre" in feed.failure
    empty = sender.read(sender.receive(b"[]"))
    assert (empty.state, sender.states()) == ("done", {"A-1": "open"})


def test_a_pass_killed_and_run_again_gives_the_same(sender: Sender, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries_feeds, "BATCH", 4)
    offers = [sender.offer(f"A-{n % 9}") for n in range(10)]
    feed = sender.receive(offers)
    whole, calls = actions_feeds.bring_batch, []

    def dies(*args: Any, **facts: Any) -> Any:
        calls.append(1)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return whole(*args, **facts)

    monkeypatch.setattr(actions_feeds, "bring_batch", dies)
    with pytest.raises(KeyboardInterrupt):
        jobs_feeds.run_feed(feed.pk)
    done = sender.read(feed)
    assert (done.state, done.line_count, counts(done)) == ("done", 10, {"created": 9, "refused": 1})
    assert len(sender.states()) == 9
    sender.read(feed)  # and once more
    assert counts(Feed.objects.unscoped("a test").get(pk=feed.pk)) == counts(done)


def test_a_file_that_breaks_in_its_second_batch_keeps_the_lines_of_the_first(
    sender: Sender, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries_feeds, "BATCH", 2)
    whole = queries_feeds.batches

    def breaks(reader: Any, *, skip: int = 0) -> Any:
        yield from islice(whole(reader, skip=skip), 2)
        raise FeedRefused("Ce fichier est cassé.")

    monkeypatch.setattr(queries_feeds, "batches", breaks)
    feed = sender.read(sender.receive([sender.offer(f"A-{n}") for n in range(6)]))
    assert (feed.state, feed.failure, counts(feed)) == ("failed", "Ce fichier est cassé.", {"created": 4})
    assert set(sender.states()) == {"A-0", "A-1", "A-2", "A-3"}


def test_a_reference_that_comes_back_in_the_next_batch_is_told_of_the_first_line(
    sender: Sender, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries_feeds, "BATCH", 2)
    feed = sender.read(sender.receive([sender.offer(name) for name in ("A-1", "A-2", "A-1", "A-3", "A-2")]))
    assert counts(feed) == {"created": 3, "refused": 2}
    assert [line.fate for line in feed.lines.order_by("number")] == [
        "created", "created", "refused", "created", "refused",
    ]  # fmt: skip


def test_offers_whose_time_is_over_are_taken_down_and_told_once(sender: Sender) -> None:
    sender.send(sender.offer("A-1", expires_on=str(clock.today())), sender.offer("A-2"))
    assert actions_expiry.expire_due(clock.today()) == 0
    tomorrow = clock.today() + dt.timedelta(days=1)
    assert actions_expiry.expire_due(tomorrow) == 1
    assert actions_expiry.expire_due(tomorrow) == 0
    assert sender.states() == {"A-1": "expired", "A-2": "open"}
    mails = [one for one in outbox(recipient="rapports@partenaire.example") if one.kind == "offers.ended"]
    assert len(mails) == 1
    assert "Soudeuse" in mails[0].text


def test_old_files_are_thrown_away(sender: Sender) -> None:
    feed = sender.send(sender.offer())
    assert jobs_feeds.forget_old() == 0
    with time_machine.travel(clock.now() + dt.timedelta(days=31), tick=False):
        assert jobs_feeds.forget_old() == 1
    assert not feed.lines.exists()


def test_the_same_offer_from_two_partners_is_kept_once_by_precedence(sender: Sender) -> None:
    other = Sender(make_partner(name="Multi Annonces", channel="multiposter", rank=2, agency=sender.agency))
    other.establishment = sender.establishment
    assert counts(other.send(other.offer("M-1"), other.offer("M-2"))) == {"created": 2}
    feed = sender.send(sender.offer("A-1"))
    assert counts(feed) == {"created": 1}
    loser = other.held("M-1")
    assert (loser.state, loser.close_reason) == ("closed", "duplicate")
    again_there = other.send(other.offer("M-2"), other.offer("M-1"))
    assert counts(again_there) == {"duplicate": 1, "unchanged": 1}
    assert "de Emploi Direct, est gardée parce qu'elle est" in why(again_there)[0]
    actions.close(sender.held("A-1"), actor=BY_HAND, reason=CloseReason.WITHDRAWN)
    assert counts(other.send(other.offer("M-1"), other.offer("M-2", contract="CDD"))) == {"created": 1, "updated": 1}
    assert other.held("M-1").state == "open"


def test_the_same_offer_twice_in_a_file_is_kept_once(sender: Sender) -> None:
    feed = sender.send(sender.offer("A-1"), sender.offer("B-1"))
    assert counts(feed) == {"created": 1, "duplicate": 1}
    assert "la même offre qu'à la ligne 1" in why(feed)[0]


def test_an_establishment_that_closes_takes_its_offers_down(sender: Sender) -> None:
    sender.send(sender.offer("A-1"), sender.offer("A-2", siret=EstablishmentFactory().siret))
    employers.close(sender.establishment, actor=BY_HAND, closed_on=clock.today())
    assert sender.states() == {"A-1": "closed", "A-2": "open"}
    feed = sender.send(sender.offer("A-1"))
    assert "établissement est fermé" in feed.lines.get(number=1).reasons


def test_many_new_offers_do_not_hide_that_half_the_old_ones_are_missing(sender: Sender) -> None:
    sender.send(*(sender.offer(f"A-{n}") for n in range(4)))
    elsewhere = EstablishmentFactory().siret
    new = [sender.offer(f"B-{n}", siret=elsewhere) for n in range(9)]
    feed = sender.send(sender.offer("A-0"), sender.offer("A-1"), *new)
    assert (feed.state, feed.missing_count) == ("asking", 2)
