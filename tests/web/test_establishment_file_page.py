"""The page of an establishment: its whole file, what an adviser notes in it, its timeline and its file."""

import csv
import datetime as dt
import io

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from entremise.employers.enums_events import EventKind
from entremise.employers.models import Establishment
from entremise.employers.models_events import EstablishmentEvent, HiringForecast, Satisfaction, ServiceDelivered
from entremise.kernel.models import JournalEntry
from entremise.lib.identifiers import siret_with_key
from tests.factories.accounts import AgencyFactory, professional, sign_in
from tests.factories.employers import ContactFactory, ContactLogFactory, EstablishmentFactory, siret
from tests.factories.promotions import MONDAY
from tests.factories.skills import JobTitleFactory

pytestmark = pytest.mark.django_db
TODAY = MONDAY.date()


@pytest.fixture(autouse=True)
def _moment():
    with time_machine.travel(MONDAY, tick=False):
        yield


def text_of(response) -> str:
    return " ".join(response.content.decode().replace("\xa0", " ").replace("&#x27;", "'").split())


def page_of(place: Establishment, **query: str) -> str:
    return reverse("establishment", args=[place.pk], query=query)


def event(place: Establishment, kind: EventKind, **facts) -> EstablishmentEvent:
    told = {"at": MONDAY, "before": "", "after": "", **facts}
    return EstablishmentEvent.objects.unscoped("test").create(establishment=place, kind=kind, **told)


def test_the_file_says_who_they_are_and_the_other_places_of_the_company(adviser) -> None:
    root = siret(4321)[:9]
    place = EstablishmentFactory(
        siret=siret_with_key(root, 1).value, legal_name="Garance SARL", size_band="11", is_head=True, postcode="26000",
        address="12 avenue Victor Hugo", opened_on=dt.date(2012, 4, 2), checked_at=MONDAY,
    )  # fmt: skip
    EstablishmentFactory(siret=siret_with_key(root, 2).value, name="Garance Romans", closed=True)
    text = text_of(adviser.get(page_of(place)))
    for said in (
        "Garance SARL", "10 à 49 salariés", "12 avenue Victor Hugo, 26000 Valence", "2 avril 2012",
        "vérifié le 23 novembre 2026", "en activité", "siège", "1 autre établissement de l'entreprise",
        "Garance Romans", "fermé depuis le 31 mars 2025",
    ):  # fmt: skip
        assert said in text, said


def test_a_service_a_forecast_and_an_opinion_are_noted_and_shown(small, adviser) -> None:
    place = small.first.establishment
    service = {"service-service": "pmsmp", "service-on": "2026-11-20", "service-note": "Deux semaines"}
    text = text_of(adviser.post(reverse("service_add", args=[place.pk]), service, follow=True))
    assert "Le service est enregistré." in text
    assert "Service rendu : immersion professionnelle (PMSMP)" in text
    title = JobTitleFactory(label="Cuisinier")
    forecast = {
        "prevision-job": "Cuisinier", "prevision-job_id": str(title.pk), "prevision-number": "3",
        "prevision-expected_on": "2027-04-01", "prevision-certainty": "likely", "prevision-source": "said",
        "prevision-contract": "cdi",
    }  # fmt: skip
    text = text_of(adviser.post(reverse("forecast_add", args=[place.pk]), forecast, follow=True))
    assert "Prévision : 3 embauches" in text
    assert "vers le 1 avril 2027, CDI, probable, dit par l'employeur" in text
    opinion = {
        "avis-moment": "meeting",
        "avis-mark": "4",
        "avis-on": "2026-11-22",
        "avis-contact": str(small.first.pk),
    }
    text = text_of(adviser.post(reverse("satisfaction_add", args=[place.pk]), opinion, follow=True))
    assert "Satisfaction : 4 sur 5, après une rencontre" in text
    assert "→ Marc Lemoine" in text
    rows = [model.objects.unscoped("test").get() for model in (ServiceDelivered, HiringForecast, Satisfaction)]
    assert {row.agency for row in rows} == {small.agency}
    assert rows[1].occupation == title.occupation
    verbs = set(JournalEntry.objects.values_list("verb", flat=True))
    assert {f"employers.{what}_noted" for what in ("service", "forecast", "satisfaction")} <= verbs


@pytest.mark.parametrize(
    ("name", "posted", "sentence"),
    [
        ("service_add", {"service-service": "pmsmp", "service-on": "2027-01-01"}, "cette date est dans le futur"),
        ("service_add", {"service-service": "soleil", "service-on": "2026-11-20"}, "soleil"),
        ("forecast_add", {"prevision-job": "zzzz", "prevision-number": "1"}, "Nous ne connaissons pas ce métier"),
        ("satisfaction_add", {"avis-moment": "meeting", "avis-mark": "9", "avis-on": "2026-11-20"}, "9"),
    ],
)
def test_what_is_wrong_is_said_beside_an_open_form(small, adviser, name, posted, sentence) -> None:
    answer = adviser.post(reverse(name, args=[small.first.establishment.pk]), posted)
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert 'disclosure" open' in text_of(answer)


def test_another_territory_notes_nothing_and_exports_nothing_of_it(small) -> None:
    place = small.first.establishment
    ContactLogFactory(establishment=place, outcome="Un secret", at=MONDAY)
    event(place, EventKind.RENAMED, before="Avant-secret", after="Après-secret")
    stranger = sign_in(Client(), professional(agency=AgencyFactory(department_code="38")))
    for name, posted in (
        ("service_add", {"service-service": "mrs", "service-on": "2026-11-20"}),
        ("satisfaction_add", {"avis-moment": "meeting", "avis-mark": "1", "avis-on": "2026-11-20"}),
    ):
        answer = stranger.post(reverse(name, args=[place.pk]), posted)
        assert answer.status_code == 403
        assert "relève d'un autre territoire" in text_of(answer)
    assert "secret" not in text_of(stranger.get(page_of(place)))
    assert b"secret" not in stranger.get(reverse("establishment_timeline", args=[place.pk]), {"format": "csv"}).content


def test_each_event_is_said_in_words(small, adviser) -> None:
    place = small.first.establishment
    event(place, EventKind.CLOSED, happened_on=dt.date(2026, 10, 31), source="adviser")
    event(place, EventKind.REOPENED, happened_on=dt.date(2026, 11, 15), before="2026-10-31")
    event(place, EventKind.CREATED, happened_on=dt.date(2026, 11, 1))
    event(place, EventKind.RENAMED, before="Jardins", after="Les Jardins de Flore")
    event(place, EventKind.SIZE, before="01", after="11")
    event(place, EventKind.MOVED, before="1 rue Haute, 26000 Valence", after="2 rue Basse, 26000 Valence")
    text = text_of(adviser.get(page_of(place)))
    for said in (
        "Établissement fermé depuis le 31 octobre 2026", "Établissement rouvert le 15 novembre 2026", "Un conseiller",
        "Nouvel établissement de cette entreprise, créé le 1 novembre 2026", "Jardins → Les Jardins de Flore",
        "1 à 9 salariés → 10 à 49 salariés", "1 rue Haute, 26000 Valence → 2 rue Basse, 26000 Valence",
        "Fichier Sirene",
    ):  # fmt: skip
        assert said in text, said


def test_the_timeline_is_filtered_and_goes_on_page_after_page(small, adviser) -> None:
    place = small.first.establishment
    for number in range(35):
        ContactLogFactory(
            establishment=place, at=MONDAY - dt.timedelta(days=number), outcome=f"Échange n{number:02d}."
        )
    small.send()
    page = adviser.get(page_of(place))
    text = text_of(page)
    assert "Échange n28." in text
    assert "Échange n30." not in text
    rest = adviser.get(page.context["next_href"])
    assert "Échange n34." in text_of(rest)
    assert "Échange n28." not in text_of(rest)
    assert not rest.context["next_href"]
    only = adviser.get(page_of(place, genre="promotion"))
    assert [one.kind for one in only.context["events"]] == ["promotion"]
    none = text_of(adviser.get(page_of(place, genre="hire")))
    assert "Rien de ce genre" in none
    part = adviser.get(page_of(place, genre="promotion"), headers={"HX-Request": "true"})
    assert b"<h1" not in part.content
    assert b"<html" not in part.content


def test_the_timeline_leaves_as_a_file_with_the_filters_and_without_names_of_people(small, adviser) -> None:
    place = small.first.establishment
    ContactLogFactory(establishment=place, at=MONDAY, outcome="=2+2", contact=small.first)
    small.send()
    answer = adviser.get(reverse("establishment_timeline", args=[place.pk]), {"format": "csv"})
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert rows[0] == ["Date", "Quoi", "Qui", "Précision", "Ce qui s'est dit"]
    assert {small.person.reference in " ".join(row) for row in rows[1:]} == {True, False}
    assert not any(cell.startswith("=") for row in rows for cell in row)
    only = adviser.get(reverse("establishment_timeline", args=[place.pk]), {"format": "csv", "genre": "log"})
    assert len(only.content.decode().strip().splitlines()) == 2
    exported = JournalEntry.objects.filter(data__list="establishment_timeline")
    assert sorted(entry.data["count"] for entry in exported) == [1, 2]


def test_a_company_that_hides_says_so_and_hostile_words_stay_words(small, adviser) -> None:
    place = EstablishmentFactory(name="Nom non diffusé", is_private=True)
    event(place, EventKind.RENAMED, before="<script>alert(1)</script>", after="Ignore les consignes précédentes")
    text = adviser.get(page_of(place)).content.decode()
    assert "Ne la démarchez pas" in text
    assert "<script>alert(1)" not in text
    assert "Ignore les consignes précédentes" in text


def test_the_whole_file_is_read_in_few_queries(small, adviser, django_assert_max_num_queries) -> None:
    place = small.first.establishment
    for kind in (EventKind.CLOSED, EventKind.REOPENED):
        event(place, kind, happened_on=TODAY)
    for number in range(4):
        ContactFactory(establishment=place)
        ContactLogFactory(establishment=place, contact=small.first, author=small.user, at=MONDAY)
        EstablishmentFactory(siret=siret_with_key(place.siren, 10 + number).value)
    small.send()
    with django_assert_max_num_queries(12):
        answer = adviser.get(page_of(place))
    assert len(answer.context["events"]) == 7
