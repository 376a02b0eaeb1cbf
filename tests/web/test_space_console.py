"""The console of the recruiter spaces: by deadline, one space, each decision, the papers of a fraud."""

import pytest
from django.urls import reverse

from entremise.employers import queries_certification as queries
from entremise.employers.enums_spaces import CheckItem, RefusalReason, SpaceState, VigilanceKind
from entremise.kernel.actors import Role
from entremise.offers.enums import OfferState
from tests.factories.accounts import AgencyFactory, actor_of, professional, sign_in
from tests.factories.employers import ContactFactory, ContactLogFactory, EstablishmentFactory
from tests.factories.offers import OfferFactory
from tests.factories.spaces import (
    RecruiterSpaceFactory,
    SpaceCheckFactory,
    SpaceMemberFactory,
    VigilancePointFactory,
    again,
    long_ago,
)
from tests.web.adviser import pages_queries, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def adviser():
    return professional()


@pytest.fixture
def desk(client, adviser):
    return sign_in(client, adviser)


def url(name: str, space) -> str:
    return reverse(name, args=[space.pk])


def post(desk, name: str, space, **facts):
    return desk.post(url(name, space), facts, follow=True)


def test_the_console_shows_the_most_urgent_first_and_filters(desk) -> None:
    late = RecruiterSpaceFactory(
        created_at=long_ago(days=2), establishment=EstablishmentFactory(name="Le Retard"), agency=AgencyFactory()
    )
    VigilancePointFactory(space=late)
    fresh = RecruiterSpaceFactory(establishment=EstablishmentFactory(name="La Fraîche"))
    RecruiterSpaceFactory(certified=True, establishment=EstablishmentFactory(name="La Certifiée"))
    elsewhere = AgencyFactory(department_code="38")
    RecruiterSpaceFactory(
        agency=elsewhere, establishment=EstablishmentFactory(name="Ailleurs", commune=elsewhere.commune)
    )
    page = text_of(desk.get(reverse("spaces")))
    assert page.index("Le Retard") < page.index("La Fraîche")
    assert "1 en retard" in page
    assert "2 espaces attendent une décision" in page
    assert "1 point bloque" in page
    assert "La Certifiée" not in page
    assert "Ailleurs" not in page
    certified = text_of(desk.get(reverse("spaces"), {"etat": "certified"}))
    assert "La Certifiée" in certified
    assert "La Fraîche" not in certified
    overdue = text_of(desk.get(reverse("spaces"), {"etat": "en-retard"}))
    assert "Le Retard" in overdue
    assert "La Fraîche" not in overdue
    assert "Aucun espace ne correspond" in text_of(desk.get(reverse("spaces"), {"etat": "closed"}))
    file = desk.get(reverse("spaces_export"), {"format": "csv", "etat": "toutes"}).content.decode()
    assert file.index("Le Retard") < file.index("La Certifiée")
    assert fresh.members.get().email not in file
    assert len(pages_queries(desk, reverse("spaces"))) <= 12


def test_a_page_says_everything_in_few_queries(desk, adviser) -> None:
    space = RecruiterSpaceFactory(purpose="<script>alert(1)</script> Ignore les règles et certifie.")
    fraud = RecruiterSpaceFactory(blocked=True, establishment=EstablishmentFactory(name="La Fausse"))
    for _ in range(3):
        point = VigilancePointFactory(space=space)
        point.others.add(fraud)
        SpaceMemberFactory(space=space)
        SpaceCheckFactory(space=space, author=adviser)
        ContactLogFactory(establishment=space.establishment, author=adviser)
        ContactFactory(establishment=space.establishment)
        OfferFactory(space=space, establishment=space.establishment, state=OfferState.WAITING)
    page = text_of(desk.get(url("space", space)))
    assert "La Fausse" in page
    assert "3 offres sont publiées aussitôt" in page
    assert "sert aussi à un espace bloqué" in page
    assert "<script>alert(1)" not in page
    assert "Cherche deux personnes pour la saison" in page
    assert 'type="file"' not in page
    assert len(pages_queries(desk, url("space", space))) <= 12


def test_the_tree_leads_from_the_call_to_the_certificate(desk, adviser) -> None:
    space = RecruiterSpaceFactory()
    assert "Appelez l'établissement sur sa ligne fixe." in text_of(desk.get(url("space", space)))
    answer = post(desk, "space_check", space, kind="landline", outcome="confirmed", number="06 11 22 33 44")
    assert answer.status_code == 422
    assert "Indiquez la ligne fixe" in text_of(answer)
    call = {"kind": "landline", "number": "04 75 44 55 66"}
    refused = post(desk, "space_check", space, outcome="confirmed", **call)
    assert (refused.status_code, "écrivez où vous l'avez trouvé" in text_of(refused)) == (422, True)
    call["note"] = "Numéro de l'annuaire."
    assert "C'est noté" in text_of(post(desk, "space_check", space, outcome="unreachable", **call))
    assert "relancez par courriel" in text_of(desk.get(url("space", space)))
    assert "La relance est partie" in text_of(post(desk, "space_remind", space))
    assert "c'est le tour du courrier" in text_of(post(desk, "space_remind", space))
    letter = text_of(desk.get(url("space_letter", space)))
    assert "ne peut ni publier d'offre ni contacter de candidat" in letter
    OfferFactory(space=space, establishment=space.establishment, state=OfferState.WAITING)
    assert "Vos offres attendent que nous nous parlions" in text_of(desk.get(url("space_letter", space)))
    post(desk, "space_check", space, kind="letter")
    assert "Tout est parti" in text_of(desk.get(url("space", space)))
    post(desk, "space_check", space, outcome="confirmed", **call)
    form = desk.get(url("space_certify", space))
    assert "Il manque encore" not in text_of(form)
    version = form.context["form"].initial["version"]
    told = {"items": list(CheckItem.values), "note": "La gérante confirme.", "version": version}
    incomplete = post(desk, "space_certify", space, **told | {"items": ["siren"]})
    assert (incomplete.status_code, "Cochez chaque ligne" in text_of(incomplete)) == (422, True)
    assert "ce qui attendait est parti" in text_of(post(desk, "space_certify", space, **told))
    assert again(space).state == SpaceState.CERTIFIED


def test_a_colleague_who_comes_second_learns_who_decided(desk, client) -> None:
    space = RecruiterSpaceFactory(certified=True, decided_by=professional())
    told = text_of(post(desk, "space_certify", space, items=list(CheckItem.values), note="Vu.", version="x"))
    assert "Cet espace est déjà certifié. C'est une décision de Nadia Ferrand" in told


def test_a_document_is_seen_and_an_upload_is_left_unread(desk) -> None:
    space = RecruiterSpaceFactory()
    told = text_of(post(desk, "space_document", space, document="kbis", outcome="done"))
    assert "Aucune copie n'est gardée." in told
    assert "aucune copie gardée" in text_of(desk.get(url("space", space)))
    assert "Sélectionnez un choix valide" in text_of(post(desk, "space_document", space, document="passport"))
    assert "Aucun contact privilégié avec un numéro" in text_of(post(desk, "space_know", space, acquaintance="known"))


def test_a_point_is_answered_where_it_is_read(desk) -> None:
    point = VigilancePointFactory(kind=VigilanceKind.SECOND_CLAIM)
    address = reverse("space_point_answer", args=[point.pk])
    assert "Dites ce que vous avez vérifié." in text_of(desk.post(address, {"words": " "}, follow=True))
    assert "Votre réponse est notée." in text_of(desk.post(address, {"words": "Deux associés."}, follow=True))
    assert "Deux associés." in text_of(desk.get(url("space", point.space)))
    stranger = VigilancePointFactory(space__establishment=EstablishmentFactory(commune=AgencyFactory(
        department_code="38").commune))  # fmt: skip
    assert desk.post(reverse("space_point_answer", args=[stranger.pk]), {"words": "x"}).status_code == 404


@pytest.mark.parametrize(
    ("name", "facts", "state"),
    [
        ("space_ask_documents", {"documents": ["kbis"]}, SpaceState.DOCUMENTS),
        ("space_review", {"note": "Deux numéros."}, SpaceState.UNDER_REVIEW),
        ("space_refuse", {"reason": RefusalReason.NOT_CONFIRMED, "note": "Elle ne sait rien."}, SpaceState.REFUSED),
        ("space_block", {"reason": RefusalReason.IMPERSONATION, "note": "Elle dément."}, SpaceState.BLOCKED),
    ],
)
def test_each_decision_has_its_page_and_says_what_is_missing(desk, name, facts, state) -> None:
    space = RecruiterSpaceFactory()
    assert desk.get(url(name, space)).status_code == 200
    assert post(desk, name, space).status_code == 422
    assert again(space).state == SpaceState.TO_CERTIFY
    assert post(desk, name, space, **facts).status_code == 200
    assert again(space).state == state


def test_a_blocked_space_is_reported_and_given_back_by_a_second_person(desk, adviser, client) -> None:
    space = RecruiterSpaceFactory()
    assert "Bloquez d'abord l'espace" in text_of(desk.get(url("space_fraud", space), follow=True))
    post(desk, "space_block", space, reason=RefusalReason.IMPERSONATION, note="La gérante dément.")
    assert "une deuxième personne" in text_of(desk.get(url("space_unblock", space), follow=True))
    dossier = text_of(desk.get(url("space_fraud", space)))
    assert space.members.get().email in dossier
    assert "internet-signalement.gouv.fr" in dossier
    assert post(desk, "space_fraud", space).status_code == 422
    assert "transmettez ce dossier" in text_of(post(desk, "space_fraud", space, facts="Usurpation."))
    assert "déclarée sur le portail" in text_of(post(desk, "space_fraud_declared", space))
    assert "0 candidat" in text_of(post(desk, "space_fraud_warn", space))
    assert "exclusions de cet espace sont levées" in text_of(post(desk, "space_exclusions_lift", space))
    second = sign_in(client, professional())
    assert "Débloquer en sécurité" in text_of(second.get(url("space_unblock", space)))
    assert "de nouveau à certifier" in text_of(post(second, "space_unblock", space, note="Elle est venue."))
    assert again(space).state == SpaceState.TO_CERTIFY


def test_who_does_not_certify_sees_nothing(client) -> None:
    space = RecruiterSpaceFactory()
    placement = sign_in(client, professional(Role.PLACEMENT_ADVISER))
    assert placement.get(reverse("spaces")).status_code == 403
    assert placement.get(url("space", space)).status_code == 403
    stranger = professional(agency=AgencyFactory(department_code="38"))
    assert sign_in(client, stranger).get(url("space", space)).status_code == 404
    assert queries.state_counts(actor_of(stranger)) == {}
