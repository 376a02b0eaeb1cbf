"""The validator's pages, without JavaScript: a GET shows, a POST acts."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.urls import reverse

from entremise.kernel import clock
from entremise.kernel.links import ID_LENGTH, token
from entremise.kernel.models import JournalEntry, MailLink, OutboxMessage
from entremise.passport import queries as passport
from entremise.skills.actions import load_builtin
from entremise.skills.models import Skill
from entremise.validations import actions, links
from entremise.validations.enums import RequestState
from entremise.validations.models import Request, RequestedSkill
from tests.factories.people import owner
from tests.factories.validations import answered, asked, sheet, skill, validator

pytestmark = pytest.mark.django_db
MAX_QUERIES = 12
SCANNERS = (
    "Mozilla/5.0 (compatible; MSIE 9.0; Windows NT 6.1; Trident/5.0) BingPreview/1.0b",
    "Mozilla/5.0 (compatible; Google-Safety; +http://www.google.com/bot.html)",
    "Barracuda Sentinel (EE)",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) ProofpointURLDefense",
    "curl/8.5.0",
)


def address(request: Request, name: str = "validate") -> str:
    link = links.current(request.pk)
    assert link is not None
    return reverse(name, args=[token(link)])


def own(client: Client, name: str = "validate") -> str:
    """Return the address of a page of the last link that this browser opened."""
    return reverse(name, args=[[*client.session["links"].values()][-1][:ID_LENGTH]])


def opened(client: Client, request: Request, name: str = "validate") -> Any:
    return client.get(address(request, name), follow=True)


def post(client: Client, name: str = "validate", **fields: Any) -> Any:
    return client.post(own(client, name), fields)


def rows() -> dict[str, list[Any]]:
    """Everything the product holds, but the visitor's session."""
    models = (Request, RequestedSkill, MailLink, OutboxMessage, JournalEntry)
    return {model.__name__: list(model._base_manager.order_by("pk").values()) for model in models}


def test_scanners_change_nothing_by_any_safe_method() -> None:
    request = asked(sent=True)
    pages = ["validate", "validate_rectify", "validate_decline", "validate_forward", "validate_opened"]
    before = rows()
    for agent in SCANNERS:
        for page in pages:
            for method in ("get", "head", "options"):
                client = Client(headers={"user-agent": agent})
                getattr(client, method)(address(request, page), follow=True)
                getattr(client, method)(address(request, page)[:-ID_LENGTH], follow=True)  # cut by the scanner
    assert rows() == before
    request.refresh_from_db()
    assert request.state == RequestState.SENT


def test_the_page_shows_first_name_job_and_dates_only(client: Client) -> None:
    request = asked(sent=True)
    page = opened(client, request)
    html = page.content.decode()
    assert page.status_code == 200
    assert "Awa dit avoir été « Cuisinière »" in html
    assert "de mars 2021 à juin 2023" in html
    for secret in ("Diallo", request.person.reference, str(request.person.user.email), "+336", "Valence"):
        assert secret not in html
    assert page.redirect_chain[-1][0] == own(client)
    assert page["Referrer-Policy"] == "same-origin"  # with "no-referrer" browsers post "Origin: null": refused by CSRF
    assert page["Cache-Control"] == "no-store"


def test_two_clicks_confirm_everything(client: Client) -> None:
    request = asked(sent=True)
    opened(client, request)
    review = post(client, step="all")
    assert "Relisez, puis envoyez" in review.content.decode()
    assert "je certifie avoir vu cette personne travailler" in review.content.decode()
    hidden = dict(review.context["form"].pairs())
    receipt = client.post(own(client), {**hidden, "step": "send"}, follow=True)
    assert "Merci, votre réponse est enregistrée" in receipt.content.decode()
    assert len(passport.proof_wall(request.person)) == 4


def test_the_first_step_notes_the_opening_and_decides_nothing(client: Client) -> None:
    request = asked(sent=True)
    opened(client, request)
    post(client, step="all")
    request.refresh_from_db()
    assert request.state == RequestState.OPENED
    assert request.opened_at is not None
    assert passport.proof_wall(request.person) == []


def test_the_page_s_own_gesture_notes_the_opening_once(client: Client) -> None:
    request = asked(sent=True)
    opened(client, request)
    assert post(client, "validate_opened").status_code == 204
    assert post(client, "validate_opened").status_code == 204
    assert JournalEntry.objects.filter(verb="validations.mark_opened").count() == 1


def test_tout_confirmer_keeps_the_lines_answered_otherwise(client: Client) -> None:
    request = asked(sent=True)
    opened(client, request)
    unsure = f"v-{skill(3).pk}"
    review = post(client, step="all", **{unsure: "cannot_judge"})
    hidden = dict(review.context["form"].pairs())
    post(client, step="send", **hidden)
    verdicts = dict(request.skills.values_list("skill__label", "verdict"))
    assert verdicts[skill(3).label] == "cannot_judge"
    assert list(verdicts.values()).count("confirmed") == 3


def test_a_skill_forgotten_is_searched_added_and_proved_without_javascript(client: Client) -> None:
    request = asked(sent=True)
    forgotten = skill(5)
    page = opened(client, request)
    assert (str(forgotten.pk), forgotten.label) in page.context["form"].fields["added"].choices
    load_builtin()
    page = post(client, step="search", q="cout dun plat", word="Merci")
    assert "Il reste" not in page.content.decode()
    pk, label = page.context["form"].fields["added"].choices[0]
    found = Skill.objects.get(pk=pk)
    assert label == "Calculer le coût d'un plat"
    review = post(client, step="all", added=[str(found.pk)], word="Merci")
    assert "ajoute et je confirme" in review.content.decode()
    post(client, step="send", **dict(review.context["form"].pairs()))
    assert found.label in [proof.label for proof in passport.proof_wall(request.person)]
    request.refresh_from_db()
    assert request.word == "Merci"


def test_a_missing_line_is_named_and_what_was_filled_in_stays(client: Client) -> None:
    request = asked(sent=True)
    opened(client, request)
    page = post(client, step="review", word="Une perle", **{f"v-{skill(0).pk}": "confirmed"})
    html = page.content.decode()
    assert page.status_code == 422
    assert "Choisissez une réponse pour cette compétence." in html
    assert "Une perle" in html


def test_a_second_answer_sees_the_receipt_of_the_first(client: Client) -> None:
    request = asked(sent=True)
    opened(client, request)
    hidden = dict(post(client, step="all").context["form"].pairs())
    actions.answer(request, actor=validator(request), sheet=sheet(request))
    page = client.post(own(client), {**hidden, "step": "send"}, follow=True)
    assert "Merci, votre réponse est enregistrée" in page.content.decode()
    assert OutboxMessage.objects.filter(kind="validations.receipt").count() == 1


def test_the_receipt_stays_readable_and_lets_rectify(client: Client) -> None:
    request = answered()
    page = opened(client, request)
    assert "Rectifier ma réponse" in page.content.decode()
    form = client.get(own(client, "validate_rectify"))
    assert form.context["form"][f"v-{skill(0).pk}"].value() == "confirmed"
    fields = {f"v-{skill(n).pk}": "confirmed" if n else "not_confirmed" for n in range(4)}
    done = client.post(own(client, "validate_rectify"), {**fields, "step": "send"}, follow=True)
    assert "Votre réponse est rectifiée." in done.content.decode()
    assert len(passport.proof_wall(request.person)) == 3


def test_after_thirty_days_the_receipt_says_that_it_is_too_late(client: Client) -> None:
    request = answered()
    with time_machine.travel(clock.now() + dt.timedelta(days=30, hours=1), tick=False):
        html = opened(client, request).content.decode()
        assert "Le délai de 30 jours pour rectifier" in html
        assert "Rectifier ma réponse" not in html
        assert client.get(own(client, "validate_rectify"))["Location"] == own(client)


@pytest.mark.parametrize(
    ("reason", "state", "sentence"),
    [
        ("not_me", RequestState.DECLINED, "Nous ne vous relancerons pas pour cette demande."),
        ("abuse", RequestState.DECLINED, "Nous ne vous relancerons pas pour cette demande."),
        ("never_again", RequestState.DECLINED, "Nous n'écrirons plus à cette adresse"),
    ],
)
def test_saying_no_takes_one_form(client: Client, reason: str, state: str, sentence: str) -> None:
    request = asked(sent=True)
    opened(client, request)
    page = client.post(own(client, "validate_decline"), {"reason": reason}, follow=True)
    assert sentence in page.content.decode()
    request.refresh_from_db()
    assert request.state == state


def test_saying_no_without_a_choice_asks_for_one(client: Client) -> None:
    opened(client, asked(sent=True))
    page = post(client, "validate_decline")
    assert page.status_code == 422
    assert "Choisissez une des réponses." in page.content.decode()


def test_who_did_not_answer_may_report_it_on_the_receipt(client: Client) -> None:
    request = answered()
    opened(client, request)
    page = client.post(own(client, "validate_decline"), {"reason": "abuse"}, follow=True)
    assert "Un conseiller va regarder cette réponse." in page.content.decode()
    request.refresh_from_db()
    assert (request.state, request.to_check) == (RequestState.ANSWERED, True)


def test_handing_over_thanks_and_refuses_the_person_s_own_address(client: Client) -> None:
    request = asked(sent=True)
    opened(client, request)
    herself = {"name": "Awa", "email": request.person.user.email}
    page = client.post(own(client, "validate_forward"), herself)
    assert page.status_code == 422
    assert "Cette adresse est la vôtre" in page.content.decode()
    good = {"name": "Lina Roux", "email": "lina@garance.example", "role": "gérante"}
    page = client.post(own(client, "validate_forward"), good, follow=True)
    assert "Votre collègue vient de recevoir la demande." in page.content.decode()
    assert client.get(own(client)).status_code == 410


def test_a_withdrawn_request_shows_nothing_of_the_person(client: Client) -> None:
    request = asked(sent=True)
    url = address(request)
    actions.withdraw(request, actor=owner(request.person))
    html = client.get(url, follow=True).content.decode()
    assert "Cette demande a été retirée" in html
    assert "Awa" not in html
    assert "Cuisinière" not in html


def test_the_person_s_own_browser_is_noticed() -> None:
    request = asked(sent=True)
    client = Client()
    client.force_login(request.person.user)
    opened(client, request)
    hidden = dict(post(client, step="all").context["form"].pairs())
    post(client, step="send", **hidden)
    request.refresh_from_db()
    assert (request.is_same_device, request.to_check) == (True, True)


@pytest.mark.parametrize("page", ["form", "review", "receipt"])
def test_the_pages_keep_within_their_queries(client: Client, page: str, django_assert_max_num_queries: Any) -> None:
    request = answered() if page == "receipt" else asked(sent=True)
    opened(client, request)
    post(client, "validate_opened")
    here = own(client)
    with django_assert_max_num_queries(MAX_QUERIES, connection=connection):
        if page == "review":
            post(client, step="all")
        else:
            client.get(here)
