"""The person's requests on the screen, without JavaScript."""

from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.urls import reverse

from entremise.kernel import clock
from entremise.kernel.models import OutboxMessage
from entremise.passport import actions as passport
from entremise.passport.models import Experience
from entremise.people.models import Person
from entremise.validations import rules
from entremise.validations.enums import RequestState
from entremise.validations.models import Opposition, Request
from tests.factories.employers import EstablishmentFactory
from tests.factories.people import PersonFactory, owner
from tests.factories.validations import answered, asked, experience, skill

pytestmark = pytest.mark.django_db
MAX_QUERIES = 12
ADD = reverse("my_validation_add")


@pytest.fixture
def worked(client: Client) -> Experience:
    """A signed-in person with an experience and four skills."""
    about = experience()
    passport.declare_skills(
        about.person, actor=owner(about.person), skill_ids=[skill(n).pk for n in range(4)], experience=about
    )
    client.force_login(about.person.user)
    return about


def fields(**changed: Any) -> dict[str, Any]:
    return {
        "contact_name": "Marc Lemoine",
        "contact_email": "marc@garance.example",
        "contact_role": "chef",
        "skills": [str(skill(n).pk) for n in range(4)],
        "message": "Merci Marc !",
        "step": "send",
        **changed,
    }


def submit(client: Client, about: Experience, **changed: Any) -> Any:
    return client.post(f"{ADD}?experience={about.pk}", fields(**changed), follow=True)


def the_request() -> Request:
    return Request.objects.unscoped("test").get()


def test_asking_for_four_skills_sends_the_mail_that_was_previewed(client: Client, worked: Experience) -> None:
    preview = submit(client, worked, step="preview").content.decode()
    assert "Awa dit avoir travaillé avec vous chez" in preview
    assert "Merci Marc !" in preview
    assert not Request.objects.unscoped("test").exists()
    page = submit(client, worked)
    assert "Votre demande est partie à Marc Lemoine." in page.content.decode()
    message = OutboxMessage.objects.get()
    for label in [skill(n).label for n in range(4)]:
        assert label in message.text
        assert label.replace("'", "&#x27;") in preview


def test_the_page_follows_a_request_and_says_who_has_the_ball(client: Client, worked: Experience) -> None:
    with time_machine.travel("2026-11-24T10:00:00+01:00", tick=False):
        client.force_login(worked.person.user)
        html = submit(client, worked).content.decode()
    assert "Marc Lemoine doit répondre" in html
    assert "Une relance part le mardi 1 décembre" in html
    assert "La demande se ferme le jeudi 24 décembre" in html
    assert "il y a moins de 3 jours" in html


def test_a_preview_makes_no_reproach_for_what_is_not_filled_in_yet(client: Client, worked: Experience) -> None:
    page = submit(client, worked, step="preview", contact_name="", skills=[])
    assert page.status_code == 200
    assert "corriger" not in page.content.decode()


def test_htmx_gets_the_preview_alone(client: Client, worked: Experience) -> None:
    page = client.post(f"{ADD}?experience={worked.pk}", fields(step="preview"), headers={"hx-request": "true"})
    html = page.content.decode()
    assert html.lstrip().startswith('<section id="preview"')
    assert "<html" not in html


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"skills": []}, "Choisissez au moins une compétence à faire confirmer."),
        ({"contact_email": "marc@yopmail.com"}, "Cette adresse est jetable"),
        ({"contact_email": "pas une adresse"}, "adresse"),
        ({"place": "123 456 789 00012"}, "Ce numéro SIRET n’existe pas"),
        ({"place": "une maison inconnue"}, "Nous ne trouvons pas cet établissement."),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_nothing_leaves(
    client: Client, worked: Experience, changed: dict[str, Any], sentence: str
) -> None:
    page = submit(client, worked, **changed)
    html = page.content.decode().replace("&#x27;", "'")
    assert page.status_code == 422
    assert sentence in html
    assert "Merci Marc !" in html
    assert not OutboxMessage.objects.exists()


def test_the_sixteenth_skill_is_refused_on_the_screen(client: Client, worked: Experience) -> None:
    many = [skill(n).pk for n in range(16)]
    passport.declare_skills(worked.person, actor=owner(worked.person), skill_ids=many, experience=worked)
    page = submit(client, worked, skills=[str(pk) for pk in many])
    assert page.status_code == 422
    assert "Vous pouvez choisir 15 compétences au plus." in page.content.decode()


def test_the_person_s_own_address_is_refused_on_the_screen(client: Client, worked: Experience) -> None:
    page = submit(client, worked, contact_email=worked.person.user.email)
    assert "Cette adresse est la vôtre." in page.content.decode()


def test_an_opposed_address_gets_the_neutral_sentence(client: Client, worked: Experience) -> None:
    Opposition.objects.create(address_hash=rules.address_hash("marc@garance.example"), opposed_at=clock.now())
    html = submit(client, worked).content.decode()
    assert "Nous ne pouvons pas écrire à cette adresse en ce moment." in html
    assert "oppos" not in html


def test_a_closed_establishment_is_explained_and_another_place_is_accepted(client: Client) -> None:
    about = experience(establishment=EstablishmentFactory(closed=True))
    client.force_login(about.person.user)
    passport.declare_skills(about.person, actor=owner(about.person), skill_ids=[skill(0).pk], experience=about)
    page = client.get(f"{ADD}?experience={about.pk}").content.decode()
    assert "Cet établissement est fermé" in page
    assert "organisme de formation" in page
    one = [str(skill(0).pk)]
    assert "est fermé depuis le 31 mars 2025" in submit(client, about, skills=one).content.decode()
    elsewhere = EstablishmentFactory(name="Centre Rhône Formation")
    assert submit(client, about, skills=one, place=elsewhere.siret).status_code == 200
    assert the_request().establishment == elsewhere


def test_several_places_of_the_same_name_are_offered(client: Client, worked: Experience) -> None:
    first, _second = EstablishmentFactory(name="Chez Rose"), EstablishmentFactory(name="Chez Rose")
    page = submit(client, worked, place="chez rose")
    assert "Plusieurs établissements portent ce nom." in page.content.decode()
    assert str(first.pk) in page.content.decode()
    submit(client, worked, place="chez rose", place_id=str(first.pk))
    assert the_request().establishment == first


def test_a_person_without_name_is_led_to_give_it(client: Client) -> None:
    person = PersonFactory(identity=None)
    about = experience(person)
    passport.declare_skills(person, actor=owner(person), skill_ids=[skill(0).pk], experience=about)
    client.force_login(person.user)
    assert "votre prénom" in submit(client, about, skills=[str(skill(0).pk)]).content.decode()


def test_a_request_kept_for_later_is_changed_then_sent(client: Client, worked: Experience) -> None:
    submit(client, worked, step="keep")
    draft = the_request()
    page = client.get(f"{ADD}?demande={draft.pk}")
    assert page.context["form"]["contact_name"].value() == "Marc Lemoine"
    client.post(f"{ADD}?demande={draft.pk}", fields(step="keep", contact_name="Lina Roux"))
    page = client.post(reverse("my_validation_send", args=[draft.pk]), follow=True)
    assert "Votre demande est partie." in page.content.decode()
    assert (the_request().contact_name, the_request().state) == ("Lina Roux", RequestState.SENT)


def test_withdrawing_and_reminding_too_soon(client: Client) -> None:
    request = asked(sent=True)
    client.force_login(request.person.user)
    page = client.post(reverse("my_validation_remind", args=[request.pk]), follow=True)
    assert "moins de 3 jours" in page.content.decode()
    page = client.post(reverse("my_validation_withdraw", args=[request.pk]), follow=True)
    assert "Votre demande est retirée." in page.content.decode()
    page = client.post(reverse("my_validation_withdraw", args=[request.pk]), follow=True)
    assert "a été retirée" in page.content.decode()


def test_the_answer_is_shown_with_what_stays_private(client: Client) -> None:
    request = answered(*(["confirmed", "not_confirmed", "cannot_judge"]))
    client.force_login(request.person.user)
    html = client.get(reverse("my_validation", args=[request.pk])).content.decode()
    assert "Visible de vous seulement" in html
    assert "votre contact ne peut pas se prononcer" in html


def test_a_double_click_sends_one_request(client: Client, worked: Experience) -> None:
    for _ in range(2):
        page = submit(client, worked, idempotency_key="one-display-of-the-form")
        assert page.status_code == 200
    assert Request.objects.unscoped("test").count() == 1


def test_somebody_else_s_request_is_not_there(client: Client, worked: Experience) -> None:
    other = asked(sent=True)
    assert client.get(reverse("my_validation", args=[other.pk])).status_code == 404
    assert client.post(reverse("my_validation_withdraw", args=[other.pk])).status_code == 404
    assert client.get(f"{ADD}?experience={other.experience_id}").status_code == 404
    assert client.get(f"{ADD}?demande={other.pk}").status_code == 404
    assert client.get(f"{ADD}?experience=nonsense").status_code == 404


def test_nobody_reads_requests_without_signing_in(client: Client) -> None:
    for name in ("my_validations", "my_validation_add"):
        page = client.get(reverse(name))
        assert page.status_code == 302
        assert page["Location"].startswith("/connexion/")


def test_empty_pages_help(client: Client) -> None:
    person: Person = PersonFactory()
    client.force_login(person.user)
    assert "Demander une première confirmation" in client.get(reverse("my_validations")).content.decode()
    assert "Commencez par une expérience" in client.get(ADD).content.decode()


@pytest.mark.parametrize("page", ["list", "choose", "form", "request"])
def test_the_pages_keep_within_their_queries(
    client: Client, worked: Experience, page: str, django_assert_max_num_queries: Any
) -> None:
    for n in range(5):
        asked(about=worked, sent=True, contact_email=f"n{n}@garance.example")
    pages = {
        "list": reverse("my_validations"),
        "choose": ADD,
        "form": f"{ADD}?experience={worked.pk}",
        "request": reverse("my_validation", args=[Request.objects.unscoped("test").first().pk]),
    }
    with django_assert_max_num_queries(MAX_QUERIES, connection=connection):
        assert client.get(pages[page]).status_code == 200
