"""The board of applications: who answers, whom to help, what refusals say; nothing points at a few people."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from entremise.employers.models import Establishment
from entremise.indicators.queries_reciprok import board
from entremise.indicators.rules_reciprok import criteria
from entremise.kernel import clock
from entremise.lib.measures import SMALLEST_CELL
from entremise.reciprok import actions_label
from entremise.reciprok.models import Inbox
from entremise.reciprok.queries_reasons import questions_for
from entremise.reciprok.rules_reasons import hints, publishable
from tests.factories import voices
from tests.factories.accounts import AgencyFactory, actor_of, professional, sign_in
from tests.factories.applications import WHY
from tests.factories.employers import EstablishmentFactory, naf
from tests.factories.labels import applied, counted, inbox_at
from tests.factories.offers import OfferFactory
from tests.factories.people import PersonFactory
from tests.web.adviser import pages_queries, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def agency() -> Any:
    return AgencyFactory(name="Agence de Valence")


@pytest.fixture
def lead(agency: Any) -> Any:
    return professional("team_lead", agency=agency)


@pytest.fixture
def browser(lead: Any) -> Client:
    return sign_in(Client(), lead)


def received(agency: Any, place: Establishment, answered: int, silent: int, **facts: Any) -> None:
    inbox = facts.pop("inbox", None) or inbox_at(place, agency=agency)
    for hours in [48.0] * answered + [None] * silent:
        counted(place, hours=hours, inbox=inbox, person=PersonFactory(agency=agency), **facts)


def waiting(agency: Any, place: Establishment, number: int, days: int) -> None:
    for _ in range(number):
        sent_at = clock.now() - dt.timedelta(days=days)
        inbox = inbox_at(place, agency=agency)
        applied(place, sent_at=sent_at, inbox=inbox, person=PersonFactory(agency=agency))


def refused(agency: Any, reasons: dict[str, int]) -> Any:
    offer = OfferFactory(agency=agency, open=True)
    inbox = Inbox.objects.unscoped(WHY).create(
        establishment=offer.establishment, offer=offer, agency=agency, created_at=clock.now()
    )
    for reason, number in reasons.items():
        received(agency, offer.establishment, number, 0, reason=reason, inbox=inbox)
    return offer


def csv(client: Client, table: str, **query: str) -> str:
    answer = client.get(reverse("reciprok_board_export", args=[table]), {"format": "csv", **query})
    assert answer.status_code == 200
    return answer.content.decode()


def test_rates_and_delays_are_told_by_sector_size_zone_and_month(browser: Client, agency: Any, lead: Any) -> None:
    hotel = EstablishmentFactory(naf=naf("55.10Z", "Hôtels"), size_band="11")
    kitchen = EstablishmentFactory(naf=naf("56.10A"), size_band="01")
    received(agency, hotel, 9, 3)
    received(agency, kitchen, 3, 9)
    found = board(actor_of(lead), clock.now())
    assert found.whole is not None
    assert (found.whole.counted, found.whole.answered, found.whole.median_days) == (24, 12, 2)
    assert {line.label: line.answers.answered for line in found.sectors if line.answers} == {
        "Hébergement": 9, "Restauration": 3,
    }  # fmt: skip
    assert [line.label for line in found.sizes] == ["1 à 9 salariés", "10 à 49 salariés"]
    assert [line.label for line in found.places] == ["Département 26, hors bassin connu"]
    assert sum(line.answers.counted for line in found.months if line.answers) == 24
    shown = text_of(browser.get(reverse("reciprok_board")))
    assert "Hébergement" in shown
    assert "75 % (entre 47 et 91)" in shown


def test_a_line_about_few_people_is_hidden_and_cannot_be_found_again(browser: Client, agency: Any, lead: Any) -> None:
    received(agency, EstablishmentFactory(naf=naf("55.10Z", "Hôtels")), SMALLEST_CELL, 0)
    received(agency, EstablishmentFactory(naf=naf("56.10A")), 3, 0)
    assert [line.answers for line in board(actor_of(lead), clock.now()).sectors] == [None, None]
    file = csv(browser, "secteurs")
    assert "Restauration;•" in file
    assert "Hébergement;•" in file


def test_who_leaves_most_people_waiting_for_longest_is_helped_first(browser: Client, agency: Any, lead: Any) -> None:
    long, many, labelled = (EstablishmentFactory(name=name) for name in ("Longue Attente", "Grand Nombre", "Label"))
    waiting(agency, long, 1, 50)
    waiting(agency, many, 3, 20)
    waiting(agency, labelled, 2, 55)
    received(agency, labelled, 6, 0)
    actions_label.compute_all()
    voices.silence(many, agency)
    found = board(actor_of(lead), clock.now()).helped
    assert [(one.establishment.name, one.waiting) for one in found] == [("Grand Nombre", 3), ("Longue Attente", 1)]
    shown = text_of(browser.get(reverse("reciprok_board")))
    assert "conseil demandé" in shown
    assert "rien encore" in shown
    assert "Grand Nombre" in csv(browser, "aider")


def test_refusals_are_told_by_occupation_and_ask_a_question(browser: Client, agency: Any) -> None:
    offer = refused(agency, {"experience": 18, "distance": 11, "other_kept": 11})
    question = "Sur 40 refus pour ce métier, 18 pour l'expérience : l'offre la demande-t-elle vraiment ?"
    assert questions_for(offer)[0] == question
    assert question in text_of(browser.get(reverse("reciprok_board")))
    assert question in text_of(browser.get(reverse("offer_diagnosis", args=[offer.pk])))
    assert "Cuisinier / Cuisinière;40" in csv(browser, "refus")


def test_few_refusals_ask_nothing(agency: Any, browser: Client) -> None:
    offer = refused(agency, {"experience": SMALLEST_CELL - 1})
    assert questions_for(offer) == []
    assert "Cuisinier / Cuisinière;•" in csv(browser, "refus")


def test_a_reason_given_by_few_is_hidden_with_another_one() -> None:
    found = publishable({"experience": 30, "distance": 3, "skills": 20})
    assert found is not None
    assert (found.of("distance"), found.of("skills"), found.of("experience")) == (None, None, 30)
    assert [hint.reason for hint in hints(found)] == ["experience"]
    assert publishable({"experience": 3}) is None
    assert hints(None) == []


def test_a_criterion_cited_beyond_its_weight_is_told_as_such() -> None:
    points = {"skills": 50, "distance": 20}
    reason_of = {"skills": "skills", "distance": "distance"}
    skills, distance = criteria(points, reason_of, {"skills": 20, "distance": 80}, 200)
    assert (skills.is_heavier, skills.is_lighter) == (False, True)
    assert (distance.is_heavier, distance.is_lighter) == (True, False)
    assert distance.per_good == 40
    (few, _other) = criteria(points, reason_of, {"skills": 3}, 2)
    assert (few.share, few.per_good, few.is_heavier, few.is_lighter) == (None, None, False, False)


def test_the_criteria_of_the_score_stand_beside_the_refusals(browser: Client, agency: Any) -> None:
    refused(agency, {"distance": 30, "skills": 11})
    file = csv(browser, "criteres")
    assert "cité plus souvent que son poids" in file
    assert "Définition" in file


def test_every_table_is_a_file_with_its_definition(browser: Client, agency: Any) -> None:
    received(agency, EstablishmentFactory(), 12, 0)
    for table in ("secteurs", "bassins", "tailles", "mois", "aider", "refus", "criteres"):
        assert "Définition" in csv(browser, table)
    xlsx = browser.get(reverse("reciprok_board_export", args=["mois"]))
    assert xlsx.content.startswith(b"PK")
    assert csv(browser, "mois", colonne="taux").splitlines()[0].endswith("Taux de réponse (%)")
    assert browser.get(reverse("reciprok_board_export", args=["inconnue"])).status_code == 404


def test_the_board_asks_twelve_things_at_most(browser: Client, agency: Any) -> None:
    received(agency, EstablishmentFactory(), 12, 0)
    waiting(agency, EstablishmentFactory(), 2, 20)
    refused(agency, {"experience": 12})
    assert len(pages_queries(browser, reverse("reciprok_board"))) <= 12


def test_another_territory_sees_nothing_of_it(agency: Any) -> None:
    received(agency, EstablishmentFactory(), 12, 0)
    waiting(agency, EstablishmentFactory(name="Maison Garance"), 2, 20)
    refused(agency, {"experience": 12})
    stranger = professional("team_lead", agency=AgencyFactory(department_code="38"))
    found = board(actor_of(stranger), clock.now())
    assert (found.sectors, found.helped, found.said) == ([], [], [])
    assert "Maison Garance" not in text_of(sign_in(Client(), stranger).get(reverse("reciprok_board")))


def test_an_adviser_does_not_steer(agency: Any) -> None:
    adviser = sign_in(Client(), professional(agency=agency))
    assert adviser.get(reverse("reciprok_board")).status_code == 403
    assert adviser.get(reverse("reciprok_board_export", args=["mois"])).status_code == 403
