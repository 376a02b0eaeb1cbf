"""What a person sees of applications: who asks, for what, what she allowed and stops; all her badges in one file."""

import io
import json
import re
import zipfile
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from entremise.accounts.models_partners import Grant
from entremise.credentials import actions, actions_bundle, jobs
from entremise.credentials.enums import RevokeReason
from entremise.kernel import erasure
from entremise.lib.openbadges import bake, di
from entremise.lib.openbadges.did import key_of, web_url
from entremise.people.models import Person
from tests.factories import credentials as badges
from tests.factories.accounts import sign_in
from tests.factories.partner import ALL, READ, WRITE, Partner, elsewhere, granted
from tests.factories.people import PersonFactory, owner, set_identity

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> Person:
    made: Person = PersonFactory()
    set_identity(made, first_name="Awa", last_name="Diallo")
    return made


@pytest.fixture
def browser(person: Person) -> Client:
    return sign_in(Client(), person.user)


def told(page: object) -> str:
    text = page.content.decode().replace("&#x27;", "'").replace("\u00a0", " ")  # type: ignore[attr-defined]
    return re.sub(r"\s+", " ", text)


# She is asked


def test_the_page_says_who_asks_where_the_answer_goes_what_and_until_when(browser: Client) -> None:
    ours = Partner()
    ours.register()
    answer = browser.get(ours.question())
    page = told(answer)
    assert "Autoriser « Ma Plateforme » ?" in page
    assert "nous ne l'avons pas vérifié. Votre réponse part à plateforme.example, et nulle part ailleurs." in page
    assert "lire vos badges, sauf ceux que vous gardez pour vous" in page
    assert "corriger votre prénom et votre nom" in page
    assert "Cela vaut jusqu'au" in page
    assert "form-action 'self' https://plateforme.example;" in answer["Content-Security-Policy"]
    assert "no-store" in answer["Cache-Control"]


def test_an_application_of_her_own_device_is_said_to_be_so(browser: Client) -> None:
    ours, back = Partner(method="none"), "http://127.0.0.1:8765/retour"
    ours.register(redirect_uris=[back])
    answer = browser.get(ours.question(redirect_uri=back))
    page = told(answer)
    assert "Continuez seulement si vous venez de lancer cette application" in page
    assert "127.0.0.1" not in page.partition("<main")[2].partition("<form")[0]
    assert "form-action 'self' http://127.0.0.1:8765;" in answer["Content-Security-Policy"]


def test_only_what_is_asked_is_shown(browser: Client) -> None:
    ours = Partner()
    ours.register()
    page = told(browser.get(ours.question(READ)))
    assert "lire vos badges" in page
    assert "ajouter des badges" not in page
    assert "votre prénom" not in page


def test_a_name_that_would_deceive_is_only_a_name(browser: Client) -> None:
    ours = Partner()
    ours.register(client_name="<script>alert(1)</script>\u202eFrance")
    page = told(browser.get(ours.question()))
    assert "<script>alert" not in page
    assert "\u202e" not in page


# What she allowed


def test_she_sees_what_she_allowed_and_stops_it_in_one_click(person: Person, browser: Client) -> None:
    grant = granted(person.user, scopes=(READ, WRITE))
    page = told(browser.get(reverse("my_applications")))
    assert "Ma Plateforme" in page
    assert "plateforme.example" in page
    assert "lire vos badges" in page
    assert "ajouter des badges" in page
    assert "votre prénom" not in page
    assert "Elle ne s'en est pas encore servie." in page
    answer = browser.post(reverse("my_application_stop", args=[grant.pk]), follow=True)
    page = told(answer)
    assert "« Ma Plateforme » n'a plus accès à votre passeport." in page
    assert "Aucune application n'a accès à votre passeport" in page
    assert "arrêtée par vous" in page
    again = browser.post(reverse("my_application_stop", args=[grant.pk]))
    assert again.status_code == 302


def test_an_application_that_was_used_says_when(browser: Client) -> None:
    ours = Partner().allowed(browser, READ)
    assert ours.get("/credentials").status_code == 200
    assert "Dernier accès le" in told(browser.get(reverse("my_applications")))


def test_nobody_sees_or_stops_what_another_allowed(person: Person) -> None:
    grant = granted(person.user)
    other = sign_in(Client(), PersonFactory().user)
    assert "Ma Plateforme" not in told(other.get(reverse("my_applications")))
    assert other.post(reverse("my_application_stop", args=[grant.pk])).status_code == 404
    assert Grant.objects.get().ended_at is None


def test_what_she_allowed_is_given_to_her_with_her_data(person: Person) -> None:
    granted(person.user)
    (row,) = erasure.export_all(person.pk)["accounts.grant"]
    assert (row["application__name"], row["scopes"]) == ("Ma Plateforme", list(ALL))


# Everything in one file


def taken(browser: Client) -> zipfile.ZipFile:
    answer = browser.post(reverse("my_badges_bundle"))
    assert answer.status_code == 200
    assert re.fullmatch(r'attachment; filename="mes-badges-[\d-]+\.zip"', answer["Content-Disposition"])
    return zipfile.ZipFile(io.BytesIO(answer.content))


def test_everything_comes_in_one_file_and_each_thing_holds(person: Person, browser: Client) -> None:
    award = badges.award(person)
    Partner().allowed(browser, WRITE).send(elsewhere())
    archive = taken(browser)
    names = archive.namelist()
    (own,) = [name for name in names if name.startswith("badges/") and name.endswith(".json")]
    signed = archive.read(own)
    assert signed == bytes(award.credentials.get(form="ob3-di").body)
    assert bake.from_png(archive.read(own.replace(".json", ".png"))).payload == signed
    assert archive.read("ailleurs/01-secouriste.json").startswith(b'{"@context"')
    record = json.loads(archive.read("clr-1.json"))
    assert record["credentialSubject"]["verifiableCredential"] == [json.loads(signed)]
    europass = json.loads(archive.read("europass-elm.jsonld"))
    assert europass["credentialSubject"]["fullName"] == {"fr": "Awa Diallo"}
    page = archive.read("lisez-moi.html").decode()
    assert award.badge_class.name in page
    assert all(f'href="{name}"' in page for name in names if name != "lisez-moi.html")


def test_the_envelope_is_signed_by_this_service(person: Person) -> None:
    badges.award(person)
    made = actions_bundle.bundle(person, actor=owner(person))
    record = json.loads(made.records[0])
    kid = record["proof"][0]["verificationMethod"]
    assert kid.startswith(record["issuer"]["id"] + "#")
    issuer = Client().get(urlsplit(web_url(record["issuer"]["id"], loopback=True)).path).json()
    (method,) = [one for one in issuer["verificationMethod"] if one["id"] == kid]
    multikey = method["publicKeyMultibase"]
    assert di.verify(record, record["proof"][0], key_of(f"did:key:{multikey}#{multikey}"))


def test_many_badges_are_in_one_file_all_with_their_image(
    person: Person, browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("entremise.web.jobseeker.badges_bundle.MOST_PNG", 1)
    badge = badges.badge_class()
    for _ in range(3):
        badges.award(person, of=badge, signed=False)
    jobs.sign_all()
    names = taken(browser).namelist()
    assert [sum(name.endswith(ending) for name in names) for ending in (".png", ".svg")] == [1, 2]


def test_what_no_longer_holds_is_not_taken_away(person: Person, browser: Client) -> None:
    kept, over = badges.award(person), badges.award(person)
    actions.withdraw(over, reason=RevokeReason.MISTAKE)
    found = [name for name in taken(browser).namelist() if name.endswith(".png")]
    assert len(found) == 1
    assert kept.badge_class.name.split()[-1] in found[0]


def test_without_a_badge_there_is_nothing_to_take(browser: Client) -> None:
    answer = browser.post(reverse("my_badges_bundle"), follow=True)
    assert "Vous n'avez pas encore de badge signé à emporter." in told(answer)
    assert reverse("my_badges_bundle") not in told(browser.get(reverse("my_badges")))
