"""The directory and the file of an establishment."""

import datetime as dt
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from entremise.employers import queries
from entremise.employers.models import ContactLog, Establishment
from entremise.kernel.actors import Role
from entremise.validations.enums import Verdict
from tests.factories.accounts import AgencyFactory, professional, sign_in
from tests.factories.employers import ContactFactory, ContactLogFactory, EstablishmentFactory, commune, siret
from tests.factories.people import JobseekerFactory
from tests.factories.promotions import MONDAY, again
from tests.factories.validations import answered

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def moment():
    with time_machine.travel(MONDAY, tick=False) as traveller:
        yield traveller


def file_of(establishment: Establishment) -> str:
    return reverse("establishment", args=[establishment.pk])


def text_of(response) -> str:
    return " ".join(response.content.decode().replace("\xa0", " ").replace("&#x27;", "'").split())


def test_an_establishment_is_found_by_its_name(small, adviser) -> None:
    text = text_of(adviser.get(reverse("establishments"), {"q": "jardin"}))
    assert "Les Jardins de Flore" in text
    assert "Hôtel des Alpes" not in text


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Quelle entreprise cherchez-vous"),
        ("zzzz", "Aucun établissement à ce nom"),
        (siret(1)[:12], "il en manque 2"),
        (siret(1)[:-1] + str((int(siret(1)[-1]) + 1) % 10), "un chiffre est sans doute mal recopié"),
        (siret(900), "n'est pas encore dans notre annuaire"),
    ],
)
def test_what_is_not_found_is_explained(small, adviser, typed, sentence) -> None:
    assert sentence in text_of(adviser.get(reverse("establishments"), {"q": typed})).replace("’", "'")


def test_a_closed_establishment_says_since_when(small, adviser) -> None:
    closed = EstablishmentFactory(name="Ancienne Forge", closed=True)
    assert "Fermé depuis le 31 mars 2025" in text_of(adviser.get(reverse("establishments"), {"q": "forge"}))
    assert "Plus aucun profil ne peut y être présenté" in text_of(adviser.get(file_of(closed)))


def test_a_known_siret_is_not_added_twice(small, adviser) -> None:
    response = adviser.post(reverse("establishment_add"), {"siret": small.first.establishment.siret})
    assert response["Location"] == file_of(small.first.establishment)


def test_a_wrong_siret_is_refused_with_a_sentence(small, adviser) -> None:
    response = adviser.post(reverse("establishment_add"), {"siret": "123"}, follow=True)
    assert "Un numéro SIRET compte 14 chiffres" in text_of(response)


def test_a_contact_is_added(small, adviser) -> None:
    place = small.first.establishment
    wrong = adviser.post(reverse("contact_add", args=[place.pk]), {"name": "Inès"})
    assert wrong.status_code == 422
    assert "Indiquez une adresse électronique ou un numéro de téléphone." in text_of(wrong)
    facts = {"name": "Inès", "email": "ines@flore.example", "is_privileged": "on"}
    assert adviser.post(reverse("contact_add", args=[place.pk]), facts).status_code == 302
    assert place.contacts.filter(name="Inès", is_privileged=True).exists()


def test_a_conversation_and_its_next_action_are_kept(small, adviser) -> None:
    place = small.first.establishment
    facts = {"channel": "call", "purpose": "promotion", "outcome": "Rappeler", "next_action": "Rappeler Marc"}
    wrong = adviser.post(reverse("contact_log_add", args=[place.pk]), facts)
    assert "dites quoi faire et à quelle date" in text_of(wrong)
    facts |= {"next_on": "2026-11-26", "contact": str(small.first.pk)}
    text = text_of(adviser.post(reverse("contact_log_add", args=[place.pk]), facts, follow=True))
    assert "Rappeler Marc, le jeudi 26 novembre" in text
    assert ContactLog.objects.unscoped("test").get().agency == small.agency
    (due,) = queries.due_next_actions(small.adviser, dt.date(2026, 11, 26))
    assert due.contact == small.first


def test_everything_is_in_one_timeline_newest_first(small, adviser, moment) -> None:
    place = small.first.establishment
    ContactLogFactory(establishment=place, at=MONDAY - dt.timedelta(days=3), outcome="Visite de l'atelier")
    small.send()
    request = answered(Verdict.CONFIRMED, Verdict.CONFIRMED, Verdict.CONFIRMED, Verdict.CONFIRMED)
    page = adviser.get(file_of(place))
    assert [event.kind for event in page.context["events"]] == ["promotion", "log"]
    elsewhere = adviser.get(file_of(request.establishment))
    assert [event.kind for event in elsewhere.context["events"]] == ["validation"]


def test_a_closure_stops_the_promotions_there(small, adviser) -> None:
    (sent,) = small.send()
    place = small.first.establishment
    future = adviser.post(reverse("establishment_close", args=[place.pk]), {"closed_on": "2027-01-01"})
    assert "dans le futur" in text_of(future)
    adviser.post(reverse("establishment_close", args=[place.pk]), {"closed_on": "2026-11-20"})
    assert again(sent).state == "withdrawn"


def test_an_opposition_heard_on_the_telephone_is_noted(small, adviser) -> None:
    text = text_of(adviser.post(reverse("contact_oppose", args=[small.first.pk]), follow=True))
    assert "ne sera plus sollicité" in text
    assert "ne souhaite plus être sollicité" in text
    assert small.first.email not in text


def test_a_stranger_sees_the_directory_but_neither_contacts_nor_conversations(small) -> None:
    ContactLogFactory(establishment=small.first.establishment, outcome="Un secret")
    stranger = sign_in(Client(), professional(agency=AgencyFactory(department_code="38")))
    text = text_of(stranger.get(file_of(small.first.establishment)))
    assert "Les Jardins de Flore" in text
    assert "Marc Lemoine" not in text
    assert "Un secret" not in text
    place = small.first.establishment
    for name in ("contact_add", "contact_log_add", "establishment_close"):
        posted = {"name": "X", "email": "x@y.fr", "channel": "call", "purpose": "offer", "closed_on": "2026-11-20"}
        assert stranger.post(reverse(name, args=[place.pk]), posted).status_code == 403
    assert stranger.post(reverse("contact_oppose", args=[small.first.pk])).status_code == 404


def test_a_jobseeker_has_no_file_of_establishments(small) -> None:
    client = sign_in(Client(), JobseekerFactory(), second_factor=False)
    assert client.get(file_of(small.first.establishment)).status_code == 403
    assert client.get(reverse("establishments")).status_code == 403


def test_an_unknown_establishment_is_not_found(small, adviser) -> None:
    assert adviser.get(reverse("establishment", args=[uuid4()])).status_code == 404


def test_suggestions_name_the_city_the_siret_and_what_is_closed(small) -> None:
    EstablishmentFactory(name="Jardins fermés", closed=True)
    client = sign_in(Client(), JobseekerFactory(), second_factor=False)
    rows = client.get(reverse("suggest_establishments"), {"q": "jardins"}).json()
    assert [row["label"] for row in rows] == ["Jardins fermés", "Les Jardins de Flore"]
    assert rows[0]["hint"].endswith("· fermé")
    assert rows[1]["hint"].startswith("Valence · ")
    assert Client().get(reverse("suggest_establishments"), {"q": "jardins"}).status_code == 401


def test_a_lead_reads_the_file_too(small) -> None:
    lead = sign_in(Client(), professional(Role.TEAM_LEAD, agency=small.agency))
    assert "Marc Lemoine" in text_of(lead.get(file_of(small.first.establishment)))


def test_the_file_is_read_in_few_queries(small, adviser, django_assert_max_num_queries) -> None:
    place = small.first.establishment
    for number in range(5):
        ContactFactory(establishment=place)
        ContactLogFactory(establishment=place, contact=small.first, author=small.user)
        small.send(small.first, acknowledged=bool(number))
    with django_assert_max_num_queries(12):
        adviser.get(file_of(place))
    with django_assert_max_num_queries(12):
        adviser.get(reverse("establishments"), {"q": "flore"})


def test_communes_are_shown(small, adviser) -> None:
    EstablishmentFactory(name="Atelier du Nord", commune=commune("26281", "Romans-sur-Isère"))
    assert "Romans-sur-Isère" in text_of(adviser.get(reverse("establishments"), {"q": "romans atelier"}))
