"""The recruiter's door and space in the browser: proved address, SIRET, certification in plain words, team, page."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from entremise.accounts.models import User
from entremise.employers.enums_spaces import SpaceState
from entremise.employers.models_spaces import RecruiterSpace, SpaceMember
from entremise.kernel.models import OutboxMessage
from tests.factories.accounts import AgencyFactory, UserFactory, professional, sign_in
from tests.factories.contests import COOK, in_pool
from tests.factories.employers import EstablishmentFactory
from tests.factories.offers import OfferFactory
from tests.factories.people import occupation
from tests.factories.promotions import world
from tests.factories.spaces import RecruiterSpaceFactory, SpaceMemberFactory

pytestmark = pytest.mark.django_db
FORM = {
    "first_name": "Marc", "last_name": "Lemoine", "job": "gérant", "phone": "04 75 11 22 33",
    "purpose": "Recruter deux jardiniers pour le printemps.",
}  # fmt: skip


def text_of(response: object) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).replace("&#x27;", "'").split())


def prove(client: Client, email: str) -> object:
    assert client.post("/recruteur/ouvrir/", {"email": email}).url == "/connexion/code/"
    sent = OutboxMessage.objects.latest("created_at")
    assert sent.recipient == email
    code = re.search(r"\b\d{6}\b", sent.text)
    return client.post("/connexion/code/", {"code": code.group() if code else "000000"}, follow=True)


def user_of(space: RecruiterSpace) -> User:
    return SpaceMember.objects.unscoped("test").filter(space=space).earliest("pk").user


def inside(client: Client, space: RecruiterSpace) -> Client:
    return sign_in(client, user_of(space))


def test_from_the_door_to_the_space(client: Client) -> None:
    agency = AgencyFactory(name="Agence de Valence", phone="+33475000000")
    place = EstablishmentFactory(name="Jardins de Flore")
    page = prove(client, "marc@garance.example")
    assert page.redirect_chain[-1][0] == "/recruteur/ouvrir/espace/"
    assert "marc@garance.example, est vérifiée" in text_of(page)
    assert not User.objects.filter(email="marc@garance.example").exists()  # it opens with its space
    response = client.post("/recruteur/ouvrir/espace/", FORM | {"siret": place.siret})
    assert response.url == "/recruteur/"
    space = RecruiterSpace.objects.unscoped("test").get()
    assert (space.establishment, space.agency, space.state) == (place, agency, SpaceState.TO_CERTIFY)
    home = text_of(client.get("/recruteur/"))
    assert "Votre espace attend sa certification." in home
    assert "Agence de Valence appelle l'entreprise au plus tard" in home
    assert "Rien n'est encore montré à personne." in home
    client.post("/connexion/deconnexion/")
    back = prove(client, "marc@garance.example")  # the same door and the same code open it again
    assert back.redirect_chain[-1][0] == "/recruteur/ouvrir/espace/"
    assert client.get("/").url == "/recruteur/"


def test_nothing_before_the_code_tells_whether_an_address_or_a_space_exists(client: Client) -> None:
    space = RecruiterSpaceFactory(certified=True)
    pages = set()
    for email in (user_of(space).email, "inconnue@garance.example", UserFactory(email="awa@garance.example").email):
        response = Client().post("/recruteur/ouvrir/", {"email": email}, follow=True)
        pages.add(re.sub(r'value="[^"]+"', "", text_of(response)).replace(email, "@"))
    assert len(pages) == 1
    assert OutboxMessage.objects.filter(kind="accounts.login_code_email").count() == 3
    taken, free = Client(), Client()
    AgencyFactory()
    for browser, siret in ((taken, space.establishment.siret), (free, EstablishmentFactory().siret)):
        prove(browser, f"x{siret}@garance.example")
        assert browser.post("/recruteur/ouvrir/espace/", FORM | {"siret": siret}).url == "/recruteur/"
    assert text_of(taken.get("/recruteur/ouvrir/espace/")) == text_of(free.get("/recruteur/ouvrir/espace/")).replace(
        f"x{EstablishmentFactory._meta.model.objects.latest('pk').siret}", f"x{space.establishment.siret}"
    )


def test_an_address_of_another_kind_is_refused_once_proved_and_only_then(client: Client) -> None:
    UserFactory(email="awa@garance.example")
    assert "ouvre un espace de demandeur d'emploi" in text_of(prove(client, "awa@garance.example"))
    adviser = professional(email="nadia@garance.example")
    client.post("/recruteur/ouvrir/", {"email": adviser.email})
    assert OutboxMessage.objects.latest("created_at").kind == "accounts.professional_door_email"  # no code to try
    sign_in(client, adviser)
    assert "connecté avec un autre compte" in text_of(client.get("/recruteur/ouvrir/"))
    assert client.get("/recruteur/ouvrir/espace/").url == "/recruteur/ouvrir/"


@pytest.mark.parametrize(
    ("siret", "sentence"),
    [("closed", "est fermé depuis"), ("81234567800013", "SIRET"), ("12", "SIRET"), ("", "nécessaire")],
)
def test_a_siret_that_does_not_do_is_told_at_its_field(client: Client, siret: str, sentence: str) -> None:
    AgencyFactory()
    prove(client, "marc@garance.example")
    typed = EstablishmentFactory(closed=True).siret if siret == "closed" else siret
    response = client.post("/recruteur/ouvrir/espace/", FORM | {"siret": typed})
    assert response.status_code == 422
    assert sentence in text_of(response)
    assert not User.objects.filter(email="marc@garance.example").exists()
    assert not RecruiterSpace.objects.unscoped("test").exists()


def test_the_form_opens_to_a_proved_address_only(client: Client) -> None:
    assert client.get("/recruteur/ouvrir/espace/").url == "/recruteur/ouvrir/"
    assert client.post("/recruteur/ouvrir/espace/", FORM | {"siret": "1"}).url == "/recruteur/ouvrir/"
    assert client.get("/recruteur/").url.startswith("/connexion/")


STATES = {
    "documents": "N'envoyez rien : l'agence n'en garde aucune copie.",
    "under_review": "Votre espace est en cours d'examen.",
    "refused": "Demander de nouveau",
    "blocked": "n'a pas pu confirmer cet espace",
    "certified": "Votre espace est certifié.",
}


def test_each_state_is_told_in_plain_words_and_nothing_of_why(client: Client) -> None:
    for state, sentence in STATES.items():
        browser = inside(Client(), RecruiterSpaceFactory(**{state: True}))
        told = text_of(browser.get("/recruteur/"))
        assert sentence in told, state
        assert ("Demander de nouveau" in told) == (state == "refused")
        assert "bloqué" not in told
        assert "vigilance" not in told
    refused = RecruiterSpaceFactory(refused=True)
    browser = inside(Client(), refused)
    again = browser.post("/recruteur/redemander/", {"purpose": FORM["purpose"]}, follow=True)
    assert "attend sa certification" in text_of(again)
    assert "Cet espace attend encore" in text_of(
        browser.post("/recruteur/redemander/", {"purpose": FORM["purpose"]}, follow=True)
    )


def test_the_team_is_managed_by_its_ambassador(client: Client) -> None:
    space = RecruiterSpaceFactory(certified=True)
    inside(client, space)
    person = {"first_name": "Lina", "last_name": "Aubert", "job": "cheffe", "phone": "0475112233", "rank": "member"}
    sent = client.post("/recruteur/equipe/inviter/", person | {"email": "lina@garance.example"}, follow=True)
    assert "L'invitation est partie à lina@garance.example." in text_of(sent)
    twice = client.post("/recruteur/equipe/inviter/", person | {"email": "lina@garance.example"})
    assert twice.status_code == 422
    assert "déjà membre" in text_of(twice)
    token = re.search(r"/recruteur/invitation/(\S+)/", OutboxMessage.objects.latest("created_at").text)
    browser = Client()
    page = browser.get(f"/recruteur/invitation/{token.group(1)}/", follow=True)
    assert "Rejoindre l'espace recruteur" in text_of(page)
    assert not User.objects.filter(email="lina@garance.example").exists()  # a GET shows
    joined = browser.post(page.request["PATH_INFO"], follow=True)
    assert "Connectez-vous avec lina@garance.example" in text_of(joined)
    lina = SpaceMember.objects.unscoped("test").get(email="lina@garance.example")
    assert browser.get(page.request["PATH_INFO"]).status_code == 410
    for act, sentence in (
        ("member", "garde toujours"),
        ("again", "déjà dans l'espace"),
        ("zzz", "Choisissez un rôle"),
    ):
        me = SpaceMember.objects.unscoped("test").filter(space=space).earliest("pk")
        target = me if act == "member" else lina
        assert sentence in text_of(client.post(f"/recruteur/equipe/{target.pk}/", {"acte": act}, follow=True))
    assert "garde toujours un ambassadeur" in text_of(client.post("/recruteur/equipe/quitter/", follow=True))
    client.post(f"/recruteur/equipe/{lina.pk}/", {"acte": "ambassador"})
    left = client.post("/recruteur/equipe/quitter/", follow=True)
    assert left.redirect_chain[-1][0] == "/recruteur/ouvrir/espace/"
    stranger = inside(Client(), RecruiterSpaceFactory(certified=True))
    assert stranger.post(f"/recruteur/equipe/{lina.pk}/", {"acte": "remove"}).status_code == 404


def test_a_member_manages_nobody_and_corrects_themselves(client: Client) -> None:
    space = RecruiterSpaceFactory(certified=True)
    colleague = SpaceMemberFactory(space=space)
    sign_in(client, colleague.user)
    assert "Inviter quelqu'un" not in text_of(client.get("/recruteur/equipe/"))
    other = SpaceMember.objects.unscoped("test").filter(space=space).earliest("pk")
    assert client.post(f"/recruteur/equipe/{other.pk}/", {"acte": "remove"}).status_code == 403
    ok = client.post("/recruteur/equipe/moi/", {"job": "cheffe", "phone": "0475998877"}, follow=True)
    assert "C'est enregistré." in text_of(ok)
    wrong = client.post("/recruteur/equipe/moi/", {"job": "cheffe", "phone": "12"})
    assert wrong.status_code == 422


def test_the_company_page_is_shown_once_certified_and_its_text_is_plain_text(client: Client) -> None:
    space = RecruiterSpaceFactory()
    inside(client, space)
    told = {"presentation": "<script>alert(1)</script> Ignore les consignes.", "benefits": "", "website": ""}
    assert "une fois l'espace certifié" in text_of(client.post("/recruteur/entreprise/", told, follow=True))
    address = f"/entreprises/{space.establishment.siret}/"
    assert Client().get(address).status_code == 404
    RecruiterSpace.objects.unscoped("test").filter(pk=space.pk).update(
        state=SpaceState.CERTIFIED, decided_at=space.created_at
    )
    page = Client().get(address)
    assert "&lt;script&gt;" in page.content.decode()
    assert "Employeur vérifié" in text_of(page)
    assert Client().get("/entreprises/n-importe-quoi/").status_code == 404
    wrong = client.post("/recruteur/entreprise/", told | {"website": "javascript:alert(1)"})
    assert wrong.status_code == 422


def test_several_spaces_one_at_a_time(client: Client) -> None:
    first, second = RecruiterSpaceFactory(certified=True), RecruiterSpaceFactory(member=False)
    SpaceMemberFactory(space=second, user=user_of(first), email=user_of(first).email)
    inside(client, first)
    client.post("/recruteur/choisir/", {"espace": str(second.pk)})
    assert "attend sa certification" in text_of(client.get("/recruteur/"))
    client.post("/recruteur/choisir/", {"espace": str(RecruiterSpaceFactory().pk)})  # not theirs: nothing changes
    assert "attend sa certification" in text_of(client.get("/recruteur/"))
    client.post("/recruteur/choisir/", {"espace": str(first.pk)})
    assert "Votre espace est certifié." in text_of(client.get("/recruteur/"))


def test_the_account_pages_are_a_recruiter_s_too_and_those_of_others_are_not(client: Client) -> None:
    inside(client, RecruiterSpaceFactory())
    assert client.get("/connexion/appareils/").status_code == 200
    for closed in ("/moi/", "/moi/donnees/", "/conseil/", "/conseil/vivier/", "/emetteur/", "/equipe/"):
        assert client.get(closed).status_code in {403, 404}, closed
    client.post("/langue/", {"language": "en"})
    assert user_of(RecruiterSpace.objects.unscoped("test").get()).language == "en"


def test_profiles_are_searched_without_a_name_and_wishes_wait(client: Client) -> None:
    occupation()
    small = world()
    in_pool()
    space = RecruiterSpaceFactory(establishment=small.first.establishment, agency=small.agency)
    inside(client, space)
    assert "Qui cherchez-vous ?" in text_of(client.get("/recruteur/profils/"))
    empty = client.post("/recruteur/profils/chercher/", {"job": "", "radius": "20"})
    assert empty.status_code == 422
    assert "au moins un métier ou une compétence" in text_of(empty)
    told = {"job": "Cuisine", "job_id": COOK, "radius": "20"}
    page = client.post("/recruteur/profils/chercher/", told, follow=True)
    assert "1 personne" in text_of(page)
    fields = dict(re.findall(r'name="(recherche|page|carte)" value="([^"]+)"', page.content.decode()))
    sent = client.post("/recruteur/profils/rencontrer/", fields, follow=True)
    assert "La demande part à l'agence dès que votre espace est certifié." in text_of(sent)
    assert "Une rencontre demandée attend la certification" in text_of(client.get("/recruteur/profils/"))
    twice = client.post("/recruteur/profils/rencontrer/", fields, follow=True)
    assert "déjà demandé" in text_of(twice)
    stranger = inside(Client(), RecruiterSpaceFactory(certified=True))
    assert "n'existe plus" in text_of(stranger.post("/recruteur/profils/rencontrer/", fields, follow=True))


def test_the_ambassador_closes_the_space_for_good(client: Client) -> None:
    space = RecruiterSpaceFactory(certified=True)
    inside(client, space)
    assert "Cochez la case" in text_of(client.post("/recruteur/fermer/", follow=True))
    closed = client.post("/recruteur/fermer/", {"sure": "on"}, follow=True)
    assert closed.redirect_chain[-1][0] == "/recruteur/ouvrir/espace/"
    colleague = SpaceMemberFactory(space=RecruiterSpaceFactory(certified=True))
    other = sign_in(Client(), colleague.user)
    assert other.post("/recruteur/fermer/", {"sure": "on"}).status_code == 403


def test_the_pages_of_a_space_ask_little_of_the_database(client: Client) -> None:
    space = RecruiterSpaceFactory(certified=True)
    SpaceMemberFactory.create_batch(5, space=space)
    offers = [OfferFactory(space=space, agency=space.agency, establishment=space.establishment) for _n in range(5)]
    inside(client, space)
    for path in ("", "offres/", f"offres/{offers[0].pk}/", "offres/nouvelle/", "equipe/", "entreprise/", "profils/"):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(f"/recruteur/{path}").status_code == 200
        told = [one for one in asked.captured_queries if not one["sql"].startswith(("SAVEPOINT", "RELEASE"))]
        assert len(told) <= 12, (path, len(told))
