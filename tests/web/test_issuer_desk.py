"""The issuer's desk, page by page without JavaScript: whoever gives badges sees no jobseeker, nor others' desks."""

import io
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from entremise.accounts.models import Agency, Invitation, Membership, Organisation
from entremise.accounts.queries import actor_for
from entremise.credentials import jobs, jobs_files
from entremise.credentials.enums import AwardState, BadgeState
from entremise.credentials.models import Award, BadgeClass, Endorsement, Issuer
from entremise.credentials.models_files import AwardFile, Event
from entremise.kernel.actors import Role
from entremise.kernel.models import MailLink, OutboxMessage
from entremise.people.models import Person
from entremise.web.kit.navigation import items_for, place_of
from tests.factories.accounts import AgencyFactory, OrganisationFactory, professional, sign_in
from tests.factories.issuing import House, claim_token, house, people
from tests.factories.people import PersonFactory
from tests.web.adviser import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> House:
    return house()


@pytest.fixture
def browser(client: Client, desk: House) -> Client:
    return sign_in(client, desk.user)


def lead_of(agency: Agency) -> Client:
    return sign_in(Client(), professional(Role.TEAM_LEAD, agency=agency))


def badge_form(**changed: str) -> dict[str, str]:
    said = {
        "name": "Accueillir le public", "description": "Accueille.", "criteria": "Deux jours.", "kind": "Competency",
        "framework_0": "rncp", "code_0": "RNCP38575", "label_0": "Chargé d'accueil",
    }  # fmt: skip
    return said | changed


def test_who_gives_badges_sees_no_jobseeker_and_no_page_of_advisers(browser: Client, desk: House) -> None:
    person = PersonFactory(consenting=True)
    actor = actor_for(desk.user, second_factor=True)
    assert actor.departments == frozenset()
    assert not Person.objects.visible_to(actor).exists()
    for name in ("desk", "pool", "promotions", "establishments", "members", "dashboard", "imports", "offers"):
        assert browser.get(reverse(name)).status_code == 403, name
    assert browser.get(reverse("profile", args=[person.pk])).status_code == 403
    assert place_of(actor) == "issuer_home"
    assert [item.name for item in items_for(actor)] == [
        "issuer_home", "issuer_badges", "issuer_awards", "issuer_events", "issuer_people",
    ]  # fmt: skip
    assert browser.get(reverse("home"))["Location"] == reverse("issuer_home")


def test_a_lead_opens_the_issuer_of_the_organisation_then_prepares_and_publishes_a_badge() -> None:
    agency = AgencyFactory()
    browser = lead_of(agency)
    assert "Aucun émetteur n'est ouvert" in text_of(browser.get(reverse("issuer_home")))
    browser.post(reverse("issuer_open"), {"name": "Agence de Valence"})
    issuer = Issuer.objects.get(organisation=agency.organisation)
    assert (issuer.slug, issuer.department) == ("agence-de-valence", agency.department)
    browser.post(reverse("issuer_badge_new"), badge_form(department=agency.department_id))
    badge = BadgeClass.objects.get()
    assert (badge.state, badge.department) == (BadgeState.DRAFT, agency.department)
    line = badge.alignments.get()
    assert (line.code, line.url) == ("RNCP38575", "https://www.francecompetences.fr/recherche/rncp/38575/")
    page = text_of(browser.get(reverse("issuer_badge", args=[badge.pk])))
    assert "ce qu'il dit ne change plus" in page
    browser.post(reverse("issuer_badge_publish", args=[badge.pk]))
    assert BadgeClass.objects.get().state == BadgeState.PUBLISHED
    page = text_of(browser.get(reverse("issuer_badge_edit", args=[badge.pk])))
    assert "Un badge publié ne change pas" in page
    browser.post(reverse("issuer_badge_edit", args=[badge.pk]), badge_form(name="Accueillir et orienter"))
    assert sorted(BadgeClass.objects.values_list("version", "name")) == [
        (1, "Accueillir le public"), (2, "Accueillir et orienter"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"name": ""}, "Cette réponse est nécessaire."),
        ({"valid_months": "0"}, "Un mois au moins."),
        ({"framework_1": "rome"}, "Choisissez le référentiel et donnez le code"),
        ({"framework_1": "rome", "code_1": "pas-un-code"}, "n'a pas la forme de ce référentiel"),
        ({"framework_1": "rncp", "code_1": "rncp38575"}, "déjà donnée plus haut"),
        ({"skill": "zzzz-inconnue"}, "Nous ne connaissons pas cette compétence"),
    ],
)
def test_a_badge_badly_written_is_shown_again_with_what_to_correct(
    browser: Client, changed: dict[str, str], sentence: str
) -> None:
    before = BadgeClass.objects.count()
    response = browser.post(reverse("issuer_badge_new"), badge_form(**changed))
    assert response.status_code == 422
    assert sentence in text_of(response)
    assert BadgeClass.objects.count() == before


def test_the_image_is_drawn_while_the_title_is_written(browser: Client) -> None:
    part = browser.get(reverse("issuer_badge_new"), {"apercu": "1", "name": "Souder <à l'arc>"}).content.decode()
    (address,) = re.findall(r'src="([^"]+)"', part)
    image = browser.get(address.replace("&amp;", "&"))
    assert image["Content-Type"] == "image/svg+xml"
    assert "<à" not in image.content.decode()  # what is typed is text, never markup
    assert "Souder" in image.content.decode()


def test_a_badge_is_given_found_sent_again_and_withdrawn(browser: Client, desk: House) -> None:
    said = {"name": "Awa Diallo", "email": "awa@exemple.fr", "awarded_on": "2026-11-20", "note": "Vue deux jours."}
    response = browser.post(reverse("issuer_award", args=[desk.badge.pk]), said, follow=True)
    assert "Le badge est proposé à awa@exemple.fr" in text_of(response)
    award = Award.objects.unscoped("a test").get()
    assert "Awa Diallo" in text_of(browser.get(reverse("issuer_awards"), {"q": "diallo"}))
    assert "Aucun badge ne correspond" in text_of(browser.get(reverse("issuer_awards"), {"q": "personne"}))
    again = browser.post(reverse("issuer_send_again", args=[award.pk]), follow=True)
    assert "moins d'un jour" in text_of(again)
    assert browser.post(reverse("issuer_revoke", args=[award.pk])).status_code == 422
    browser.post(reverse("issuer_revoke", args=[award.pk]), {"reason": "mistake"})
    page = text_of(browser.get(reverse("issuer_given", args=[award.pk])))
    assert "remis par erreur" in page
    assert "Awa Diallo" not in page


def test_once_taken_a_badge_is_found_by_its_reference_and_names_nobody(browser: Client, desk: House) -> None:
    award = desk.offer(name="Awa Confidentielle")
    holder = sign_in(Client(), PersonFactory(user__email="awa@exemple.fr").user)
    page = holder.get(reverse("badge_claim", args=[claim_token(award)]), follow=True)
    assert holder.post(page.request["PATH_INFO"])["Location"] == "/moi/badges/"
    jobs.sign_all()
    shown = text_of(browser.get(reverse("issuer_awards")))
    assert "Awa Confidentielle" not in shown
    (reference,) = re.findall(r">([0-9A-F]{4}-[0-9A-F]{4})</a>", shown)
    assert reference in text_of(browser.get(reverse("issuer_awards"), {"q": reference.lower()}))
    for name, state in (("issuer_suspend", AwardState.SUSPENDED), ("issuer_resume", AwardState.ISSUED)):
        browser.post(reverse(name, args=[award.pk]))
        assert Award.objects.unscoped("a test").get().state == state
    again = browser.post(reverse("issuer_resume", args=[award.pk]), follow=True)
    assert "déjà valable" in text_of(again)


def test_a_spreadsheet_is_tried_given_reported_and_taken_back(browser: Client, desk: House) -> None:
    address = reverse("issuer_file_new", args=[desk.badge.pk])
    model = load_workbook(io.BytesIO(browser.get(reverse("issuer_file_example")).content)).active
    header = ";".join(str(cell.value) for cell in model[1])
    content = "\n".join([header, *people(2), "Léa;;lea;;"]).encode("cp1252")
    sent = browser.post(address, {"file": SimpleUploadedFile("groupe.csv", content)})
    file = AwardFile.objects.unscoped("a test").get()
    assert sent["Location"] == reverse("issuer_file", args=[file.pk])
    page = text_of(browser.get(sent["Location"]))
    assert "Rien n'est encore remis" in page
    assert "L'adresse « lea » n'est pas complète" in page
    browser.post(reverse("issuer_file_start", args=[file.pk]))
    assert "Remise en cours" in text_of(browser.get(sent["Location"]))
    jobs_files.award_all(file.pk)
    report = browser.get(reverse("issuer_file_report", args=[file.pk]) + "?format=csv").content.decode()
    assert re.search(r"2;Awa Diallo 0;awa0@exemple.fr;remis;[0-9A-F]{4}-[0-9A-F]{4}", report)
    assert "4;;;" in report
    browser.post(reverse("issuer_file_undo", args=[file.pk]))
    jobs_files.undo_all(file.pk)
    assert "Les badges ont été repris" in text_of(browser.get(sent["Location"]))


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [(b"", "a.csv", "Ce fichier est vide"), (b"Ville\nValence", "a.csv", "Il manque une colonne")],
)
def test_a_bad_file_is_said_in_a_sentence(
    browser: Client, desk: House, content: bytes, name: str, sentence: str
) -> None:
    sent = browser.post(reverse("issuer_file_new", args=[desk.badge.pk]), {"file": SimpleUploadedFile(name, content)})
    assert sent.status_code == 422
    assert sentence in text_of(sent)


def test_an_event_has_its_poster_its_qr_and_its_end(browser: Client, desk: House) -> None:
    said = {"label": "Forum", "opens_at": "2026-01-01T08:00", "closes_at": "2026-01-02T08:00", "max_count": "5"}
    refused = browser.post(reverse("issuer_event_new", args=[desk.badge.pk]), said)
    assert "serait déjà terminé" in text_of(refused)
    event = desk.event()
    page = text_of(browser.get(reverse("issuer_event", args=[event.pk])))
    assert event.code in page
    assert "places restantes" in page
    qr = browser.get(reverse("issuer_event_qr", args=[event.pk]))
    assert qr["Content-Type"] == "image/svg+xml"
    browser.post(reverse("issuer_event_stop", args=[event.pk]))
    assert Event.objects.unscoped("a test").get().stopped_at is not None


def test_another_house_finds_none_of_our_things(desk: House) -> None:
    other, award, event = sign_in(Client(), house("Autre organisme").user), desk.offer(), desk.event()
    for name, thing in (
        ("issuer_badge", desk.badge), ("issuer_badge_edit", desk.badge), ("issuer_award", desk.badge),
        ("issuer_given", award), ("issuer_event", event), ("issuer_event_qr", event),
    ):  # fmt: skip
        assert other.get(reverse(name, args=[thing.pk])).status_code == 404, name
    assert other.post(reverse("issuer_revoke", args=[award.pk]), {"reason": "fraud"}).status_code == 404
    assert other.post(reverse("issuer_stop", args=[desk.issuer.pk])).status_code == 403


def test_a_lead_opens_a_partner_whose_first_person_is_invited_and_then_invites_the_others() -> None:
    agency = AgencyFactory()
    browser = lead_of(agency)
    said = {
        "kind": "association", "name": "Les Ateliers", "commune": agency.commune.name,
        "commune_id": agency.commune.code, "email": "premiere@ateliers.example",
    }  # fmt: skip
    response = browser.post(reverse("issuer_partner"), said)
    assert response["Location"] == reverse("issuer_home"), text_of(response)
    organisation = Organisation.objects.get(name="Les Ateliers")
    invitation = Invitation.objects.get()
    assert (invitation.role, invitation.agency.organisation) == ("issuer", organisation)
    assert OutboxMessage.objects.get(kind="accounts.invitation").recipient == "premiere@ateliers.example"
    twice = browser.post(reverse("issuer_partner"), said)
    assert "Une organisation porte déjà ce nom" in text_of(twice)
    member = professional(Role.ISSUER, agency=invitation.agency)
    hers = sign_in(Client(), member)
    assert "L'invitation est partie à deux@ateliers.example" in text_of(
        hers.post(reverse("issuer_people_invite"), {"email": "deux@ateliers.example"}, follow=True)
    )
    assert browser.post(reverse("issuer_people_again", args=[invitation.pk])).status_code == 404  # theirs, now
    ending = hers.post(reverse("issuer_people_end", args=[member.memberships.get().pk]))
    assert ending.status_code == 404  # nobody ends her own access
    assert Membership.objects.get(user=member).ended_on is None


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"kind": "employer"}, "Indiquez le SIRET de l'employeur"),
        ({"kind": "employment_service"}, "Sélectionnez un choix valide"),
        ({"commune": "Nulle-Part", "commune_id": ""}, "commune"),
        ({"email": "pas-une-adresse"}, "n'est pas complète"),
    ],
)
def test_a_partner_badly_described_opens_nothing(changed: dict[str, str], sentence: str) -> None:
    agency = AgencyFactory()
    said = {
        "kind": "training_body", "name": "Les Ateliers", "commune": agency.commune.name,
        "commune_id": agency.commune.code, "email": "premiere@ateliers.example",
    }  # fmt: skip
    response = lead_of(agency).post(reverse("issuer_partner"), said | changed)
    assert response.status_code == 422
    assert sentence in text_of(response)
    assert not Organisation.objects.filter(name="Les Ateliers").exists()
    assert not MailLink.objects.exists()


def test_in_a_house_that_only_issues_no_other_role_is_given() -> None:
    agency = AgencyFactory(organisation=OrganisationFactory(kind="employer"))
    director = sign_in(Client(), professional(Role.DIRECTOR, agency=agency))
    said = {"email": "x@employeur.example", "role": "team_lead", "agence": str(agency.pk)}
    response = director.post(reverse("invite"), said)
    assert "le seul rôle possible est la remise de badges" in text_of(response)
    assert director.post(reverse("invite"), said | {"role": "issuer"}).status_code == 302


def test_a_recommendation_is_written_shown_and_withdrawn(browser: Client, desk: House) -> None:
    other = house("Branche de l'accueil")
    address = reverse("issuer_endorse_badge", args=[other.badge.series, other.badge.version])
    browser.post(address, {"text": "Nous l'avons vu remettre."})
    public = reverse("achievement", args=[other.badge.series, other.badge.version])
    everybody = Client(headers={"Accept": "text/html"})
    assert "Nous l'avons vu remettre." in text_of(everybody.get(public))
    word = Endorsement.objects.get()
    browser.post(reverse("issuer_endorsement_withdraw", args=[word.pk]))
    assert "Nous l'avons vu remettre." not in text_of(everybody.get(public))
    own = browser.post(reverse("issuer_endorse_issuer", args=[desk.issuer.slug]), {"text": "Nous sommes bons."})
    assert "On ne se recommande pas soi-même" in text_of(own)


def test_the_counts_of_each_month_leave_as_a_spreadsheet_without_a_name(browser: Client, desk: House) -> None:
    desk.offer(name="Awa Confidentielle")
    page: Any = browser.get(reverse("issuer_home"))
    assert "Badges remis par mois" in text_of(page)
    lines = browser.get(reverse("issuer_figures_export") + "?format=csv").content.decode()
    assert "Awa" not in lines
    assert re.search(r"\d{4}-\d{2};1;0;0", lines)
