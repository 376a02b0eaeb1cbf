"""The certificate of employment from the screens: written for an employer, kept, contested, withdrawn."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from entremise.accounts.models import User
from entremise.credentials import actions, queries, rules_documents
from entremise.credentials.models_certificates import EmploymentCertificate
from entremise.employers.models import Establishment
from entremise.kernel.actors import Role
from entremise.people.models import Person
from tests.factories.accounts import AgencyFactory, actor_of, professional, sign_in
from tests.factories.documents import adviser, certificate, passport
from tests.factories.employers import EstablishmentFactory
from tests.factories.people import PersonFactory, identity_of, owner
from tests.web import pdf_read

pytestmark = pytest.mark.django_db
OWN_PAGES = ("my_certificate", "my_certificate_pdf", "my_certificate_json")


def browser_of(who: Person | User) -> Client:
    user = who.user if isinstance(who, Person) else who
    assert user is not None
    return sign_in(Client(), user)


def written() -> list[EmploymentCertificate]:
    rows = EmploymentCertificate.objects.unscoped("a test looks").select_related("award", "establishment", "person")
    return list(rows.order_by("created_at"))


def filled(place: Establishment, **changed: Any) -> dict[str, Any]:
    return {
        "employer": place.name,
        "employer_id": str(place.pk),
        "title_1": "Cuisinière de collectivité",
        "started_1": "2021-03-01",
        "ended_1": "2023-06-30",
        "trainings": "Hygiène HACCP, 2022",
        "signatory": "Gérante, Mme Faure",
        "is_sure": "on",
        **changed,
    }


def text_of(answer: Any) -> str:
    return str(answer.content.decode().replace("&#x27;", "'"))


@pytest.mark.parametrize("role", [Role.BUSINESS_ADVISER, Role.PLACEMENT_ADVISER, Role.TEAM_LEAD])
def test_an_adviser_writes_what_the_employer_certifies(role: Role) -> None:
    person, experience, proved, _said = passport(PersonFactory(consenting=True))
    account = professional(role)
    browser, page = browser_of(account), reverse("employment_write", args=[person.pk])
    shown = text_of(browser.get(page))
    assert "art. L. 1234-19 et D. 1234-6" in shown
    assert proved.skill.label in shown
    assert experience.establishment.name not in shown, "where she worked is hers to say"
    assert identity_of(person).last_name not in shown
    second = {"title_2": "Cheffe de cuisine", "started_2": "2023-07-01", "ended_2": "2025-01-31"}
    answer = browser.post(page, filled(experience.establishment, skills=[str(proved.skill_id)], **second))
    assert answer["Location"] == page
    (made,) = written()
    assert (made.signatory, made.is_on_behalf, made.written_by) == ("Gérante, Mme Faure", True, account)
    assert [one["title"] for one in made.posts] == ["Cuisinière de collectivité", "Cheffe de cuisine"]
    assert list(made.skills.all()) == [proved.skill]
    assert "Retirer : écrit par erreur" in text_of(browser.get(page))


def test_the_profile_leads_to_the_certificate() -> None:
    person = PersonFactory(consenting=True)
    browser = browser_of(professional())
    assert reverse("employment_write", args=[person.pk]) in text_of(browser.get(reverse("profile", args=[person.pk])))


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"is_sure": ""}, "Sans le document ou la parole de l'employeur"),
        ({"signatory": ""}, "obligatoire"),
        ({"title_1": "Cuisinière licenciée"}, "ni pourquoi le contrat a pris fin"),
        ({"trainings": "Salariée ponctuelle"}, "ni ce que l'employeur pensait"),
        ({"ended_1": ""}, "l'intitulé et les deux dates"),
        ({"title_2": "Cheffe"}, "l'intitulé et les deux dates"),
        ({"ended_1": "2020-01-01"}, "après la date d'entrée"),
        ({"ended_1": "2999-01-01"}, "la date de sortie est à venir"),
        ({"started_1": "hier"}, "Saisissez une date valide"),
        ({"employer": "Introuvable", "employer_id": ""}, "Choisissez l'établissement dans la liste"),
        ({"skills": ["01900000-0000-7000-8000-000000000000"]}, "Sélectionnez un choix valide"),
    ],
)
def test_a_refused_certificate_says_why_and_is_not_written(changed: dict[str, Any], sentence: str) -> None:
    person = passport(PersonFactory(consenting=True))[0]
    page = reverse("employment_write", args=[person.pk])
    answer = browser_of(professional()).post(page, filled(EstablishmentFactory(), **changed))
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert written() == []


def test_the_form_shows_one_more_post_than_was_told() -> None:
    person, place = PersonFactory(consenting=True), EstablishmentFactory()
    page, browser = reverse("employment_write", args=[person.pk]), browser_of(professional())
    two = {"title_2": "Cheffe", "started_2": "2023-07-01", "ended_2": "2025-01-31", "is_sure": ""}
    assert 'name="title_3"' not in text_of(browser.get(page))
    assert 'name="title_3"' in text_of(browser.post(page, filled(place, **two)))
    assert rules_documents.MAX_POSTS == 4


def test_a_certificate_is_not_written_twice_for_the_same_job() -> None:
    person, place = PersonFactory(consenting=True), EstablishmentFactory()
    browser, page = browser_of(professional()), reverse("employment_write", args=[person.pk])
    assert browser.post(page, filled(place)).status_code == 302
    answer = browser.post(page, filled(place))
    assert answer.status_code == 422
    assert "a déjà un certificat de cet employeur" in text_of(answer)


def test_who_may_not_write_is_turned_away() -> None:
    person, place = PersonFactory(consenting=True), EstablishmentFactory()
    page = reverse("employment_write", args=[person.pk])
    far = professional(agency=AgencyFactory(department_code="38"))
    for browser, status in ((browser_of(far), 404), (browser_of(person), 403), (Client(), 302)):
        assert browser.get(page).status_code == status
        assert browser.post(page, filled(place)).status_code == status
    unknown = reverse("employment_write", args=[PersonFactory().pk])
    assert browser_of(professional()).post(unknown, filled(place)).status_code == 403, "neither consent nor follow-up"
    assert browser_of(professional(Role.ADMIN)).get(page).status_code == 403
    assert written() == []


def test_the_person_sees_it_takes_it_as_a_tagged_pdf_and_as_signed_json() -> None:
    person, experience, proved, _said = passport()
    made = certificate(person, place=experience.establishment, skills=[proved.skill], trainings="HACCP, 2022\nSST")
    browser = browser_of(person)
    assert "Maison Garance" in text_of(browser.get(reverse("my_certificates")))
    shown = text_of(browser.get(reverse("my_certificate", args=[made.pk])))
    for said in (
        "Valable, signé", proved.skill.label, "HACCP, 2022", "SST", "Gérante, Mme Faure",
        "du 1 mars 2021 au 30 juin 2023",
        "par un conseiller au nom de l'employeur", "ne remplace pas", identity_of(person).full_name,
    ):  # fmt: skip
        assert said in shown
    signed = queries.signed(made.award)
    assert signed is not None
    answer = browser.get(reverse("my_certificate_json", args=[made.pk]))
    assert answer.content == bytes(signed.body)
    document = browser.get(reverse("my_certificate_pdf", args=[made.pk]))
    assert pdf_read.lacks(document.content) == []
    assert bytes(signed.body) in pdf_read.streams(document.content)


def test_its_badge_leads_to_the_certificate() -> None:
    made = certificate()
    assert made.award is not None
    shown = text_of(browser_of(made.person).get(reverse("my_badge", args=[made.award.pk])))
    assert reverse("my_certificate", args=[made.pk]) in shown


def test_nobody_else_sees_her_certificates() -> None:
    made = certificate()
    stranger, team = browser_of(PersonFactory()), browser_of(professional())
    for name in OWN_PAGES:
        address = reverse(name, args=[made.pk])
        assert [one.get(address).status_code for one in (stranger, team, Client())] == [404, 403, 302]
    contest = reverse("my_certificate_contest", args=[made.pk])
    assert [one.post(contest).status_code for one in (stranger, team, Client())] == [404, 403, 302]


def test_she_refuses_it_when_she_says_that_she_is_sure() -> None:
    made = certificate()
    browser, act = browser_of(made.person), reverse("my_certificate_contest", args=[made.pk])
    answer = browser.post(act, follow=True)
    assert "Cochez la case" in text_of(answer)
    assert queries.signed(made.award) is not None
    assert "est refusé" in text_of(browser.post(act, {"sure": "yes"}, follow=True))
    shown = text_of(browser.get(reverse("my_certificate", args=[made.pk])))
    assert "Refusé par vous" in shown
    assert reverse("my_certificate_pdf", args=[made.pk]) not in shown
    assert browser.get(reverse("my_certificate_json", args=[made.pk])).status_code == 404
    assert "ne vaut déjà plus" in text_of(browser.post(act, {"sure": "yes"}, follow=True))


def test_who_wrote_it_by_mistake_withdraws_it_and_nobody_else() -> None:
    agency = AgencyFactory()
    writer, colleague = professional(agency=agency), professional(agency=agency)
    made = certificate(PersonFactory(consenting=True), by=actor_of(writer))
    act = reverse("employment_withdraw", args=[made.pk])
    far = professional(Role.TEAM_LEAD, agency=AgencyFactory(department_code="38"))
    assert browser_of(colleague).post(act).status_code == 403
    assert browser_of(far).post(act).status_code == 404
    assert browser_of(made.person).post(act).status_code == 403
    answer = browser_of(writer).post(act, follow=True)
    assert "ses copies ne valent plus rien" in text_of(answer)
    assert "Ne vaut plus" in text_of(answer)
    assert "Retiré" in text_of(browser_of(made.person).get(reverse("my_certificate", args=[made.pk])))
    assert "ne vaut déjà plus" in text_of(browser_of(writer).post(act, follow=True))


def test_who_wants_no_badge_still_has_the_document_and_it_says_that_it_is_not_signed() -> None:
    person = PersonFactory()
    actions.choose(person, actor=owner(person), declines=True)
    made = certificate(person, by=adviser())
    browser = browser_of(person)
    assert "Valable, pas signé" in text_of(browser.get(reverse("my_certificate", args=[made.pk])))
    assert browser.get(reverse("my_certificate_json", args=[made.pk])).status_code == 404
    assert browser.get(reverse("my_certificate_pdf", args=[made.pk])).status_code == 200
    browser.post(reverse("my_certificate_contest", args=[made.pk]), {"sure": "yes"})
    assert written() == []


def test_an_empty_list_says_how_to_have_one() -> None:
    assert "Montrez-le à votre conseiller" in text_of(browser_of(PersonFactory()).get(reverse("my_certificates")))


def test_a_withdrawal_leads_home_when_she_may_not_be_looked_at_any_more() -> None:
    writer = professional()
    made = certificate(PersonFactory(), by=actor_of(writer))
    answer = browser_of(writer).post(reverse("employment_withdraw", args=[made.pk]))
    assert answer["Location"] == reverse("home")
    assert [one.award.state for one in written() if one.award] == ["revoked"]
