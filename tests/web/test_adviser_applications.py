"""Applications for advisers: whom to call first, one application, an answer heard by phone; strangers see none."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from entremise.kernel import clock
from entremise.kernel.models import JournalEntry
from entremise.offers.models import Offer
from entremise.people.models import IntermediationAct
from entremise.reciprok import queries_team
from entremise.reciprok.enums import AnswerChannel, ApplicationState
from entremise.reciprok.models import Application
from entremise.web.adviser import offer_applications
from tests.factories.accounts import AgencyFactory, professional, sign_in
from tests.factories.applications import WHY, fresh
from tests.factories.employers import ContactFactory, EstablishmentFactory
from tests.factories.labels import applied, inbox_at
from tests.factories.offers import OfferFactory
from tests.factories.people import PersonFactory, identity_of
from tests.web.adviser import pages_queries, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def agency() -> Any:
    return AgencyFactory(name="Agence de Valence")


@pytest.fixture
def adviser(agency: Any) -> Client:
    return sign_in(Client(), professional(agency=agency))


@pytest.fixture
def stranger() -> Client:
    return sign_in(Client(), professional(agency=AgencyFactory(department_code="38")))


def waiting(agency: Any, *, days: int = 40, **facts: Any) -> Application:
    place = facts.pop("establishment", None) or EstablishmentFactory(name="Maison Garance", phone="+33475112233")
    sent_at = clock.now() - dt.timedelta(days=days)
    inbox = facts.pop("inbox", None) or inbox_at(place, agency=agency)
    return fresh(applied(place, sent_at=sent_at, inbox=inbox, **{"person": PersonFactory(agency=agency)} | facts))


def to_offer(agency: Any, **facts: Any) -> tuple[Offer, Application]:
    offer = OfferFactory(agency=agency, open=True)
    inbox = inbox_of_offer(offer, agency)
    return offer, waiting(agency, establishment=offer.establishment, inbox=inbox, **facts)


def inbox_of_offer(offer: Offer, agency: Any) -> Any:
    made = inbox_at(offer.establishment, agency=agency)
    rows: Any = type(made).objects.unscoped(WHY)
    return rows.create(establishment=offer.establishment, offer=offer, agency=agency, created_at=clock.now())


def page(client: Client, name: str, *args: Any, **query: Any) -> str:
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == 200
    return text_of(answer)


def heard(client: Client, verb: str, one: Application, **told: Any) -> Any:
    return client.post(
        reverse(f"adviser_application_{verb}", args=[one.pk]),
        {f"{verb}-{name}": value for name, value in told.items()},
    )


def test_the_employer_where_most_people_wait_is_called_first(adviser: Client, agency: Any) -> None:
    alone = EstablishmentFactory(name="Atelier Seul", phone="+33475998800")
    waiting(agency, days=55, establishment=alone)
    crowded = EstablishmentFactory(name="Usine Pleine", phone="+33475112233")
    ContactFactory(establishment=crowded, name="Marc Lemoine", phone="+33475445566")
    for _ in range(2):
        waiting(agency, establishment=crowded)
    shown = page(adviser, "adviser_applications")
    assert shown.index("Usine Pleine") < shown.index("Atelier Seul")
    assert "3 personnes attendent depuis 30 jours ou plus." in shown
    assert "Marc Lemoine" in shown
    assert "04 75 44 55 66" in shown
    assert "04 75 99 88 00" in shown


def test_a_list_of_calls_that_is_cut_says_so_and_counts_everybody(
    adviser: Client, agency: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    for days in (40, 50):
        waiting(agency, days=days, establishment=EstablishmentFactory(name=f"Depuis {days}"))
    monkeypatch.setattr(queries_team, "MOST_CALLS", 1)
    shown = page(adviser, "adviser_applications")
    assert "2 personnes attendent depuis 30 jours ou plus. 1 employeur est affiché" in shown
    assert "Depuis 50" in shown
    assert "Depuis 40" not in shown
    monkeypatch.setattr(queries_team, "MOST_CALLS", 2)
    assert "est affiché" not in page(adviser, "adviser_applications")


def test_who_waits_for_less_than_a_month_is_not_in_the_list(adviser: Client, agency: Any) -> None:
    waiting(agency, days=29)
    assert "Personne n'attend depuis si longtemps" in page(adviser, "adviser_applications")


def test_filters_keep_the_delay_the_unread_the_agency_and_the_name(adviser: Client, agency: Any) -> None:
    other = AgencyFactory()
    waiting(agency, days=35, establishment=EstablishmentFactory(name="Trente"), read_at=clock.now())
    waiting(other, days=50, establishment=EstablishmentFactory(name="Cinquante"))
    assert "Trente" not in page(adviser, "adviser_applications", depuis="45")
    assert "Cinquante" in page(adviser, "adviser_applications", depuis="45")
    assert "Trente" not in page(adviser, "adviser_applications", nonlues="1")
    assert "Cinquante" not in page(adviser, "adviser_applications", agence="1")
    found = page(adviser, "adviser_applications", q="cinq")
    assert "Cinquante" in found
    assert "Trente" not in found


def test_the_file_has_the_phone_and_no_name(adviser: Client, agency: Any) -> None:
    one = waiting(agency)
    file = adviser.get(reverse("adviser_applications_export"), {"format": "csv"}).content.decode()
    assert "+33475112233" in file
    assert one.person.reference in file
    assert identity_of(one.person).last_name not in file
    assert adviser.get(reverse("adviser_applications_export")).headers["Content-Type"].endswith("sheet")


def test_the_list_asks_little_whatever_its_length(adviser: Client, agency: Any) -> None:
    for _ in range(3):
        waiting(agency, establishment=EstablishmentFactory())
    assert len(pages_queries(adviser, reverse("adviser_applications"))) <= 12


def test_an_application_tells_its_story_and_leaves_a_trace(adviser: Client, agency: Any) -> None:
    one = waiting(agency, note="Rappeler après les vacances.", words="Je suis motivée.", read_at=clock.now())
    shown = page(adviser, "adviser_application", one.pk)
    for words in ("Candidature envoyée", "Lue par l'employeur", "Rappeler après les vacances.", "04 75 11 22 33"):
        assert words in shown
    look = JournalEntry.objects.filter(verb="reciprok.card_read", person_id=one.person_id).get()
    assert look.data["visibility"] == "anonymous"
    assert len(pages_queries(adviser, reverse("adviser_application", args=[one.pk]))) <= 14


def test_a_refusal_heard_by_phone_is_told_and_counted(adviser: Client, agency: Any) -> None:
    one = waiting(agency)
    answer = heard(adviser, "refuse", one, reason="other_kept", words="Merci d'être venue.", note="Vu avec Marc.")
    assert answer.status_code == 302
    one = fresh(one)
    assert (one.state, one.channel, one.count) == (ApplicationState.REFUSED, AnswerChannel.PHONE, "answered")
    assert (one.team_note, one.note) == ("Vu avec Marc.", "")


def test_a_yes_and_a_hire_heard_by_phone_are_noted(adviser: Client, agency: Any) -> None:
    first, second = waiting(agency), waiting(agency, establishment=EstablishmentFactory())
    assert heard(adviser, "favour", first, step="meeting").status_code == 302
    assert heard(adviser, "hire", second).status_code == 302
    assert (fresh(first).state, fresh(first).channel) == (ApplicationState.FAVOURABLE, AnswerChannel.PHONE)
    assert (fresh(second).state, fresh(second).channel) == (ApplicationState.HIRED, AnswerChannel.PHONE)


def test_a_hire_of_somebody_from_elsewhere_is_noted_by_the_agency_of_the_offer(adviser: Client, agency: Any) -> None:
    far = PersonFactory(agency=AgencyFactory(department_code="38"), department_id="38")
    one = waiting(agency, person=far)
    shown = adviser.get(reverse("adviser_application", args=[one.pk])).content.decode()
    assert far.reference in shown
    assert reverse("profile", args=[far.pk]) not in shown
    assert heard(adviser, "hire", one).status_code == 302
    assert fresh(one).state == ApplicationState.HIRED
    assert IntermediationAct.objects.unscoped(WHY).filter(person=far, kind="hire").count() == 1


def test_what_is_refused_is_said_at_its_field(adviser: Client, agency: Any) -> None:
    one = waiting(agency)
    missing = heard(adviser, "refuse", one, reason="other")
    assert missing.status_code == 422
    assert "Expliquez cette raison en quelques mots à la personne." in text_of(missing)
    rude = heard(adviser, "favour", one, step="call", words="Bande d'abrutis.")
    assert rude.status_code == 422
    assert "Ces mots peuvent blesser ou sont interdits" in text_of(rude)
    assert heard(adviser, "favour", one).status_code == 422
    assert fresh(one).state == ApplicationState.ACKNOWLEDGED


def test_an_answer_to_who_withdrew_is_refused_with_a_sentence(adviser: Client, agency: Any) -> None:
    one = waiting(agency, state="withdrawn", closed_at=clock.now())
    answer = adviser.post(reverse("adviser_application_hire", args=[one.pk]), follow=True)
    assert "Cette personne a retiré sa candidature" in text_of(answer)


def test_another_territory_sees_and_writes_nothing(stranger: Client, agency: Any) -> None:
    offer, one = to_offer(agency)
    assert "Personne n'attend" in page(stranger, "adviser_applications")
    assert (
        one.person.reference
        not in stranger.get(reverse("adviser_applications_export"), {"format": "csv"}).content.decode()
    )
    assert stranger.get(reverse("adviser_application", args=[one.pk])).status_code == 404
    assert heard(stranger, "refuse", one, reason="filled").status_code == 404
    assert stranger.get(reverse("offer_applications", args=[offer.pk])).status_code in (200, 404)
    assert one.person.reference not in text_of(stranger.get(reverse("offer_applications", args=[offer.pk])))


def test_a_profile_shows_its_applications(adviser: Client, stranger: Client, agency: Any) -> None:
    person = PersonFactory(agency=agency, consenting=True)
    one = waiting(agency, person=person)
    assert reverse("profile_applications", args=[person.pk]) in page(adviser, "profile", person.pk)
    shown = page(adviser, "profile_applications", person.pk)
    assert "Maison Garance" in shown
    assert reverse("adviser_application", args=[one.pk]) in shown
    part = {"HX-Request": "true"}
    address = reverse("profile_applications", args=[person.pk])
    assert "Voir toutes" not in text_of(adviser.get(address, headers=part))
    for _ in range(5):
        waiting(agency, person=person, establishment=EstablishmentFactory())
    assert "Voir toutes ses candidatures" in text_of(adviser.get(address, headers=part))
    assert stranger.get(address, headers=part).status_code == 204
    assert stranger.get(address).status_code == 404
    unshared = PersonFactory()
    assert adviser.get(reverse("profile_applications", args=[unshared.pk])).status_code == 403


def test_an_offer_shows_its_applications_and_why_people_are_refused(adviser: Client, agency: Any) -> None:
    offer, one = to_offer(agency)
    waiting(
        agency, establishment=offer.establishment, inbox=one.inbox, state="refused", reason="experience",
        answered_at=clock.now(), closed_at=clock.now(),
    )  # fmt: skip
    shown = page(adviser, "offer", offer.pk)
    assert reverse("offer_applications", args=[offer.pk]) in shown
    assert "Il manque de l'expérience : 1" in shown
    listed = page(adviser, "offer_applications", offer.pk)
    assert "1 personne attend une réponse." in listed
    assert one.person.reference in listed
    assert one.person.reference not in page(adviser, "offer_applications", offer.pk, etat="refused")
    file = adviser.get(reverse("offer_applications_export", args=[offer.pk]), {"format": "csv"}).content.decode()
    assert one.person.reference in file
    assert "il manque de l'expérience" in file
    assert len(pages_queries(adviser, reverse("offer_applications", args=[offer.pk]))) <= 12


def test_a_long_list_says_what_it_does_not_show(adviser: Client, agency: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    offer, one = to_offer(agency)
    for days in (41, 42):
        waiting(agency, establishment=offer.establishment, inbox=one.inbox, days=days)
    assert "affichées sur" not in page(adviser, "offer_applications", offer.pk)
    monkeypatch.setattr(offer_applications, "SHOWN", 2)
    assert "2 candidatures affichées sur 3" in page(adviser, "offer_applications", offer.pk)
    monkeypatch.setattr(offer_applications, "MOST_LINES", 2)
    refused = adviser.get(reverse("offer_applications_export", args=[offer.pk]), follow=True)
    assert "Cette liste compte plus de 2 lignes. Choisissez des filtres" in text_of(refused)
    assert refused.redirect_chain[-1][0] == reverse("offer_applications", args=[offer.pk])
