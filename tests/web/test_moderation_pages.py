"""What an adviser decides: opinions, reports, contested counts, advice, pauses; the desk says that they wait."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from entremise.desk import queries as desk
from entremise.desk.enums import DueKind
from entremise.kernel import clock
from entremise.reciprok.models import Application
from tests.factories import voices
from tests.factories.accounts import AgencyFactory, actor_of, professional, sign_in
from tests.factories.applications import WHY, fresh
from tests.factories.employers import EstablishmentFactory
from tests.factories.labels import counted, inbox_at
from tests.factories.people import PersonFactory
from tests.web.adviser import pages_queries, text_of

pytestmark = pytest.mark.django_db
YES, NO = "oui", "non"


@pytest.fixture
def agency() -> Any:
    return AgencyFactory(name="Agence de Valence")


@pytest.fixture
def user(agency: Any) -> Any:
    return professional(agency=agency)


@pytest.fixture
def adviser(user: Any) -> Client:
    return sign_in(Client(), user)


@pytest.fixture
def stranger() -> Client:
    return sign_in(Client(), professional(agency=AgencyFactory(department_code="38")))


def answered(agency: Any, **facts: Any) -> Application:
    place = EstablishmentFactory(name="Maison Garance")
    told = {"hours": 5, "inbox": inbox_at(place, agency=agency), "person": PersonFactory(agency=agency), **facts}
    return fresh(counted(place, **told))


def again(thing: Any) -> Any:
    return type(thing).objects.unscoped(WHY).get(pk=thing.pk)


def decide(client: Client, name: str, thing: Any, **told: Any) -> Any:
    return client.post(reverse(name, args=[thing.pk]), told, follow=True)


def everything(agency: Any) -> dict[str, Any]:
    """Return one thing of each kind that waits, by the name of its page."""
    one, silent = answered(agency), answered(agency, hours=None)
    return {
        "adviser_rating": voices.rating(one), "adviser_report": voices.report(one),
        "adviser_count": voices.count_contest(silent), "adviser_advice": voices.silence(one.establishment, agency),
        "adviser_pause": voices.pause(one.establishment),
    }  # fmt: skip


def test_everything_that_waits_is_on_one_page(adviser: Client, agency: Any) -> None:
    assert "Rien n'attend votre décision" in text_of(adviser.get(reverse("adviser_moderation")))
    things = everything(agency)
    shown = text_of(adviser.get(reverse("adviser_moderation")))
    for name, thing in things.items():
        assert reverse(name, args=[thing.pk]) in shown
        assert adviser.get(reverse(name, args=[thing.pk])).status_code == 200
    assert len(pages_queries(adviser, reverse("adviser_moderation"))) <= 12


def test_another_territory_sees_and_decides_nothing(stranger: Client, agency: Any) -> None:
    things = everything(agency)
    shown = text_of(stranger.get(reverse("adviser_moderation")))
    assert "Rien n'attend votre décision" in shown
    for name, thing in things.items():
        assert stranger.get(reverse(name, args=[thing.pk])).status_code == 404
        assert decide(stranger, name, thing, verdict=YES, words="Vu au téléphone.", outcome="Vu.").status_code == 404


def test_the_desk_says_that_they_wait(agency: Any, user: Any) -> None:
    everything(agency)
    lines = {line.kind: line for line in desk.due_list(actor_of(user), clock.now())}
    assert lines[DueKind.RATING].sentence == "1 avis de candidat à relire."
    assert lines[DueKind.REPORT].sentence == "Signalement (Maison Garance) : des propos blessants."
    assert lines[DueKind.COUNT].sentence == "Maison Garance conteste une candidature comptée sans réponse."
    assert lines[DueKind.ADVICE].sentence == "Conseil de recrutement demandé par Maison Garance."
    assert lines[DueKind.PAUSE].sentence == "1 établissement en pause, sans aucune réponse depuis cinq mois."
    assert lines[DueKind.RATING].deadline == clock.today() + dt.timedelta(days=7)


def test_an_urgent_report_says_so_on_the_desk_and_on_its_page(adviser: Client, agency: Any, user: Any) -> None:
    report = voices.report(answered(agency), kind="money")
    (line,) = desk.due_list(actor_of(user), clock.now())
    assert line.sentence == "Signalement urgent (Maison Garance) : on me demande de l'argent ou des codes."
    assert "À regarder aujourd'hui" in text_of(adviser.get(reverse("adviser_report", args=[report.pk])))
    assert reverse("adviser_report", args=[report.pk]) in text_of(adviser.get(reverse("desk")))


def test_the_desk_of_another_agency_has_none_of_it(agency: Any) -> None:
    everything(agency)
    colleague = actor_of(professional(agency=AgencyFactory()))
    assert {line.kind for line in desk.due_list(colleague, clock.now())} <= {DueKind.PAUSE}


def test_a_placement_adviser_reads_opinions_and_reports_only(agency: Any) -> None:
    everything(agency)
    kinds = {
        line.kind for line in desk.due_list(actor_of(professional("placement_adviser", agency=agency)), clock.now())
    }
    assert kinds == {DueKind.RATING, DueKind.REPORT}


def test_an_opinion_is_published_or_set_aside_with_a_reason(adviser: Client, agency: Any) -> None:
    first, second = voices.rating(answered(agency)), voices.rating(answered(agency))
    assert decide(adviser, "adviser_rating", first, verdict=YES).status_code == 200
    assert again(first).state == "published"
    missing = decide(adviser, "adviser_rating", second, verdict=NO)
    assert missing.status_code == 422
    assert "Dites à la personne pourquoi son avis n'est pas publié." in text_of(missing)
    assert decide(adviser, "adviser_rating", second, verdict=NO, words="Il nomme une personne.").status_code == 200
    assert again(second).state == "refused"
    late = decide(adviser, "adviser_rating", second, verdict=YES)
    assert "Cet avis est déjà relu." in text_of(late)


def test_a_report_is_decided_with_what_was_verified(adviser: Client, agency: Any) -> None:
    report = voices.report(answered(agency), kind="nonsense")
    assert "elle compte comme un silence" in text_of(adviser.get(reverse("adviser_report", args=[report.pk])))
    short = decide(adviser, "adviser_report", report, verdict=YES, outcome="vu")
    assert "Dites en une phrase ce que vous avez vérifié et fait." in text_of(short)
    assert decide(adviser, "adviser_report", report, verdict=YES, outcome="La réponse ne dit rien.").status_code == 200
    assert again(report).state == "upheld"
    assert fresh(report.application).count == "silent"


def test_a_contested_count_is_decided(adviser: Client, agency: Any) -> None:
    contest = voices.count_contest(answered(agency, hours=None))
    short = decide(adviser, "adviser_count", contest, verdict=YES, outcome="vu")
    assert short.status_code == 422
    told = {"verdict": YES, "outcome": "La personne confirme l'appel."}
    assert decide(adviser, "adviser_count", contest, **told).status_code == 200
    assert (again(contest).state, fresh(contest.application).count) == ("accepted", "aside")
    assert "Un collègue a déjà répondu à cette contestation." in text_of(
        decide(adviser, "adviser_count", contest, **told)
    )


def test_advice_is_noted_and_a_pause_is_lifted(adviser: Client, agency: Any) -> None:
    place = EstablishmentFactory()
    advice, pause = voices.silence(place, agency), voices.pause(place)
    told = {"outcome": "Nous avons relu ensemble les candidatures."}
    assert decide(adviser, "adviser_advice", advice, **told).status_code == 200
    assert again(advice).outcome == told["outcome"]
    assert "Ce conseil est déjà donné" in text_of(decide(adviser, "adviser_advice", advice, **told))
    assert decide(adviser, "adviser_pause", pause).status_code == 422
    assert decide(adviser, "adviser_pause", pause, words="Il répond de nouveau.").status_code == 200
    assert again(pause).lifted_at is not None
    assert "Cette pause est déjà terminée." in text_of(
        decide(adviser, "adviser_pause", pause, words="Encore une fois.")
    )
