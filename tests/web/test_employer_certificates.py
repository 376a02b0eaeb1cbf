"""An employer writes and signs a certificate of employment from its desk; she who is sent it reads it and takes it."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from entremise.credentials import jobs, queries
from entremise.credentials.enums import AwardState, IssuerKind
from entremise.credentials.models import Award
from entremise.credentials.models_certificates import EmploymentCertificate
from entremise.kernel import clock
from entremise.kernel.actors import Role
from entremise.kernel.models import OutboxMessage
from tests.factories.accounts import professional, sign_in
from tests.factories.issuing import Employer, claim_token, employer, house
from tests.factories.people import PersonFactory
from tests.factories.skills import SkillFactory
from tests.web import pdf_read
from tests.web.adviser import text_of

pytestmark = pytest.mark.django_db
LIST, NEW = "/emetteur/certificats/", "/emetteur/certificats/nouveau/"


@pytest.fixture
def firm() -> Employer:
    return employer()


@pytest.fixture
def browser(client: Client, firm: Employer) -> Client:
    return sign_in(client, firm.user)


def filled(**changed: Any) -> dict[str, Any]:
    return {
        "name": "Awa Diallo",
        "email": "awa@exemple.fr",
        "title_1": "Cuisinière de collectivité",
        "started_1": "2021-03-01",
        "ended_1": "2023-06-30",
        "trainings": "Hygiène HACCP, 2022",
        "signatory": "Gérante, Mme Faure",
        "is_sure": "on",
        **changed,
    }


def written() -> list[EmploymentCertificate]:
    return list(EmploymentCertificate.objects.unscoped("a test looks").select_related("award__badge_class__issuer"))


def test_an_employer_writes_she_reads_takes_and_keeps_it(browser: Client, firm: Employer) -> None:
    skill = SkillFactory(label="Préparer un repas pour cent personnes")
    assert reverse("issuer_certificates") in text_of(browser.get(reverse("issuer_home")))
    assert "Aucun certificat écrit" in text_of(browser.get(LIST))
    assert "art. L. 1234-19 et D. 1234-6" in text_of(browser.get(NEW))
    answer = browser.post(NEW, filled(skill_1=skill.label, skill_1_id=str(skill.pk)))
    assert answer["Location"] == LIST
    shown = text_of(browser.get(LIST))
    assert "Le certificat est proposé à awa@exemple.fr" in shown
    assert "Awa Diallo" in shown
    (made,) = written()
    assert list(made.skills.all()) == [skill]
    assert made.award is not None
    assert claim_token(made.award) in OutboxMessage.objects.get(recipient="awa@exemple.fr").text

    stranger = Client()
    page = stranger.get(reverse("badge_claim", args=[claim_token(made.award)]), follow=True)
    for said in ("De Maison Garance, qui le signe", "Cuisinière de collectivité du 01/03/2021", "Me connecter et"):
        assert said in text_of(page)
    person = PersonFactory(user__email="awa@exemple.fr")
    hers = sign_in(Client(), person.user)
    page = hers.get(reverse("badge_claim", args=[claim_token(made.award)]), follow=True)
    assert "Prendre ce certificat" in text_of(page)
    taken = hers.post(page.request["PATH_INFO"], follow=True)
    assert taken.request["PATH_INFO"] == reverse("my_certificates")
    assert "Le certificat est à vous" in text_of(taken)
    again = hers.post(page.request["PATH_INFO"])
    assert again.status_code == 409
    assert "Vous avez déjà pris" in text_of(again)
    jobs.sign_all()
    shown = text_of(hers.get(reverse("my_certificate", args=[made.pk])))
    for said in (
        "Valable, signé", "par l'employeur lui-même", "sa propre clé", skill.label, "Gérante, Mme Faure",
        "Parlez-en d'abord à l'employeur",
    ):  # fmt: skip
        assert said in shown
    assert "par un conseiller" not in shown
    signed = queries.signed(made.award)
    assert signed is not None
    document = hers.get(reverse("my_certificate_pdf", args=[made.pk])).content
    assert pdf_read.lacks(document) == []
    assert bytes(signed.body) in pdf_read.streams(document)
    assert hers.get(reverse("my_certificate_json", args=[made.pk])).content == bytes(signed.body)


def test_once_taken_the_employer_sees_nobody(browser: Client, firm: Employer) -> None:
    made = firm.write(name="Awa Confidentielle")
    assert made.award is not None
    person = PersonFactory(user__email="awa@exemple.fr")
    hers = sign_in(Client(), person.user)
    page = hers.get(reverse("badge_claim", args=[claim_token(made.award)]), follow=True)
    hers.post(page.request["PATH_INFO"])
    jobs.sign_all()
    pages = [LIST, reverse("issuer_home"), reverse("issuer_awards"), reverse("issuer_given", args=[made.award_id])]
    for address in pages:
        shown = text_of(browser.get(address))
        for secret in ("Confidentielle", "awa@exemple.fr", person.reference, str(person.pk)):
            assert secret not in shown
    assert "son titulaire" in text_of(browser.get(LIST))
    for name in ("my_certificate", "my_certificate_pdf", "my_certificate_json"):
        assert browser.get(reverse(name, args=[made.pk])).status_code == 403
    assert browser.get(reverse("profile", args=[person.pk])).status_code == 403


def test_the_answer_is_the_same_whether_the_address_has_an_account(browser: Client) -> None:
    PersonFactory(user__email="connue@exemple.fr")
    pages = []
    for address in ("connue@exemple.fr", "inconnue@exemple.fr"):
        answer = browser.post(NEW, filled(email=address), follow=True)
        pages.append(re.search(r"Le certificat est proposé à [^<]*", text_of(answer).replace(address, "…")))
    assert pages[0] is not None
    assert pages[1] is not None
    assert pages[0].group() == pages[1].group()


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"name": ""}, "Cette réponse est nécessaire."),
        ({"email": "awa@"}, "n'est pas complète"),
        ({"is_sure": ""}, "Cochez cette case"),
        ({"signatory": ""}, "obligatoire"),
        ({"title_1": "Cuisinière licenciée"}, "ni pourquoi le contrat a pris fin"),
        ({"trainings": "Salariée ponctuelle"}, "ni ce que l'employeur pensait"),
        ({"trainings": "SST, Awa Diallo"}, "ne porte ni le nom"),
        ({"ended_1": ""}, "l'intitulé et les deux dates"),
        ({"title_2": "Cheffe"}, "l'intitulé et les deux dates"),
        ({"ended_1": "2999-01-01"}, "la date de sortie est à venir"),
        ({"skill_2": "zzzz-inconnue"}, "Nous ne connaissons pas cette compétence"),
    ],
)
def test_a_refused_certificate_says_why_and_is_not_written(
    browser: Client, changed: dict[str, Any], sentence: str
) -> None:
    answer = browser.post(NEW, filled(**changed))
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert written() == []


def test_a_skill_written_without_choosing_is_understood_or_asked(browser: Client) -> None:
    skill = SkillFactory(label="Tenir une caisse")
    twice = {"skill_1": "tenir une caisse", "skill_2": "Tenir une caisse", "skill_2_id": str(skill.pk)}
    assert browser.post(NEW, filled(**twice)).status_code == 302
    (made,) = written()
    assert list(made.skills.all()) == [skill]


def test_the_one_written_by_mistake_is_withdrawn_before_it_is_taken(browser: Client, firm: Employer) -> None:
    made = firm.write()
    assert made.award is not None
    link = reverse("badge_claim", args=[claim_token(made.award)])
    browser.post(reverse("issuer_revoke", args=[made.award_id]), {"reason": "mistake"})
    assert written() == []
    assert "retiré" in text_of(browser.get(LIST))
    assert "Awa Diallo" not in text_of(browser.get(LIST))
    hers = sign_in(Client(), PersonFactory(user__email="awa@exemple.fr").user)
    page = hers.get(link, follow=True)
    assert "Prendre ce certificat" not in text_of(page)
    assert Award.objects.unscoped("a test").get().state == AwardState.REVOKED


@pytest.mark.parametrize("kind", [IssuerKind.TRAINING, IssuerKind.ASSOCIATION, IssuerKind.BRANCH])
def test_who_is_not_an_employer_is_told_so(kind: IssuerKind) -> None:
    other = employer("Autre", kind=kind)
    browser = sign_in(Client(), other.user)
    assert LIST not in text_of(browser.get(reverse("issuer_home")))
    for address in (LIST, NEW):
        assert "Seul un employeur écrit lui-même" in text_of(browser.get(address))
    answer = browser.post(NEW, filled())
    assert answer.status_code == 422
    assert written() == []


def test_a_closed_establishment_writes_no_more_and_keeps_its_list(browser: Client, firm: Employer) -> None:
    firm.write()
    firm.place.closed_on = clock.today()
    firm.place.save()
    shown = text_of(browser.get(LIST))
    assert "est fermé dans le répertoire" in shown
    assert "Awa Diallo" in shown
    assert NEW not in shown
    assert browser.post(NEW, filled(email="autre@exemple.fr")).status_code == 422
    assert len(written()) == 1


def test_another_organisation_sees_nothing_of_it_and_other_roles_have_no_such_page(firm: Employer) -> None:
    made = firm.write()
    for other in (employer("Hôtel des Alpes").user, house().user):
        browser = sign_in(Client(), other)
        assert "Awa Diallo" not in text_of(browser.get(LIST))
        assert browser.get(reverse("issuer_given", args=[made.award_id])).status_code == 404
    for role in (Role.BUSINESS_ADVISER, Role.TEAM_LEAD, Role.ADMIN):
        browser = sign_in(Client(), professional(role))
        assert [browser.get(LIST).status_code, browser.post(NEW, filled()).status_code] == [403, 403]
    hers = sign_in(Client(), PersonFactory().user)
    assert [hers.get(LIST).status_code, Client().get(LIST).status_code] == [403, 302]
    assert len(written()) == 1


def test_the_list_has_pages(browser: Client, firm: Employer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("entremise.web.issuer.certificates.PAGE", 1)
    firm.write()
    firm.write("autre@exemple.fr", name="Léa Martin")
    first, second = text_of(browser.get(LIST)), text_of(browser.get(LIST, {"page": "2"}))
    assert "Léa Martin" in first
    assert "Awa Diallo" not in first
    assert "Awa Diallo" in second
