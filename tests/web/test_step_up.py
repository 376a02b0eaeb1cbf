"""The second factor asked again: before files leave and rights change, when the last proof is old."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from entremise.accounts.models import Agency, Invitation, User
from entremise.kernel import clock
from entremise.kernel.actors import Role
from tests.factories.accounts import AgencyFactory, UserFactory, add_totp, professional, sign_in, totp_code
from tests.web.addresses import URLS, address

pytestmark = pytest.mark.django_db
AGAIN, INVITE = "/connexion/second-facteur/encore/", "/equipe/membres/inviter/"
FILES = [
    "promotions_export", "pool_export", "establishments_export", "dashboard_export", "spaces_export", "offers_export",
    "offers_to_validate_export", "adviser_applications_export", "offer_applications_export", "reciprok_board_export",
]  # fmt: skip
RIGHTS = ["invite", "invitation_again", "invitation_revoke", "member_end"]
DECISIONS = ["access_dismiss", "access_raise", "access_cut", "access_lift"]
OF_ONE = ["establishment_timeline", "offer_partner_key"]  # tried with a thing of their own in their pages' tests
BADGES = [
    "issuer_file_report", "issuer_file_undo", "issuer_partner", "issuer_people_again", "issuer_people_cancel",
    "issuer_people_end", "issuer_people_invite", "badge_key_next", "badge_key_give_up",
]  # fmt: skip


@pytest.fixture
def agency() -> Agency:
    return AgencyFactory()


@pytest.fixture
def lead(agency: Agency) -> User:
    return professional(Role.TEAM_LEAD, agency=agency)


@pytest.fixture
def secret(lead: User) -> str:
    return add_totp(lead)


@pytest.fixture
def old(client: Client, lead: User, secret: str) -> Client:
    """Return the browser of a lead who proved their second factor sixteen minutes ago."""
    sign_in(client, lead)
    prove_at(client, clock.now() - dt.timedelta(minutes=16))
    return client


def prove_at(client: Client, moment: dt.datetime) -> None:
    session = client.session
    session["second_factor_at"] = int(moment.timestamp())
    session.save()


def words(response: Any) -> str:
    return " ".join(response.content.decode().replace("&#x27;", "'").split())


def test_the_doors_that_ask_are_these() -> None:
    asking = {name for name, url in URLS.items() if getattr(url.callback, "is_fresh", False)}
    assert asking == {*FILES, *RIGHTS, *DECISIONS, *BADGES, *OF_ONE}


@pytest.mark.parametrize("name", [*FILES, *RIGHTS, *DECISIONS])
@pytest.mark.parametrize("method", ["get", "post"])
def test_no_door_opens_with_an_old_proof(old: Client, name: str, method: str) -> None:
    response = getattr(old, method)(address(name))
    is_refused = response.status_code == 405 and method not in ("post" if name in [*RIGHTS, *DECISIONS] else "get")
    assert is_refused or response.headers["Location"].startswith(AGAIN)


@pytest.mark.parametrize(("minutes", "opens"), [(0, True), (14, True), (16, False), (-5, False)])
def test_a_proof_is_fresh_for_fifteen_minutes_and_never_of_tomorrow(
    client: Client, lead: User, minutes: int, opens: bool
) -> None:
    sign_in(client, lead)
    prove_at(client, clock.now() - dt.timedelta(minutes=minutes))
    assert (client.get(INVITE).status_code == 200) is opens


def test_a_session_of_the_version_before_is_asked(client: Client, lead: User) -> None:
    sign_in(client, lead)
    session = client.session
    del session["second_factor_at"]
    session.save()
    assert client.get(INVITE).headers["Location"].startswith(AGAIN)


def test_a_code_leads_back_to_the_page_that_was_asked(old: Client, agency: Agency, secret: str) -> None:
    asked = f"{INVITE}?agence={agency.pk}"
    to_proof = old.get(asked).headers["Location"]
    page = old.get(to_proof)
    assert page.status_code == 200
    assert "quinze minutes" in words(page)
    answer = old.post(to_proof, {"code": totp_code(secret), "next": page.context["next_url"]})
    assert answer.headers["Location"] == asked
    assert old.get(asked).status_code == 200


def test_a_wrong_code_opens_nothing(old: Client) -> None:
    page = old.post(AGAIN, {"code": "000000", "next": INVITE})
    assert page.status_code == 422
    assert "Ce code n'est pas le bon" in words(page)
    assert old.get(INVITE).headers["Location"].startswith(AGAIN)


def test_what_was_posted_is_not_done_and_the_person_is_told_to_click_again(
    old: Client, agency: Agency, secret: str
) -> None:
    sent = {"email": "nouvelle@emploi.exemple", "role": "business_adviser", "agence": str(agency.pk)}
    to_proof = old.post(INVITE, sent, headers={"Referer": f"http://testserver{INVITE}?agence=x"}).headers["Location"]
    assert not Invitation.objects.exists()
    page = old.get(to_proof)
    assert "Rien n'est fait pour l'instant" in words(page)
    told = {"code": totp_code(secret), "next": page.context["next_url"], "refaire": "1"}
    back = old.post(to_proof, told, follow=True)
    assert back.redirect_chain[-1][0] == f"{INVITE}?agence=x"
    assert "Cliquez à nouveau sur ce que vous vouliez faire." in words(back)
    old.post(INVITE, sent)
    assert Invitation.objects.count() == 1


def test_a_file_is_asked_again_from_its_list(old: Client) -> None:
    listing = f"http://testserver{reverse('promotions')}"
    to_proof = old.get(reverse("promotions_export"), headers={"Referer": listing}).headers["Location"]
    page = old.get(to_proof)
    assert page.context["is_again"]
    assert page.context["next_url"] == reverse("promotions")


def test_htmx_is_led_there_as_a_whole_page(old: Client) -> None:
    current = f"http://testserver{reverse('members')}"
    response = old.post(INVITE, headers={"HX-Request": "true", "HX-Current-URL": current})
    assert response.status_code == 200
    assert response.headers["HX-Redirect"] == f"{AGAIN}?next=%2Fequipe%2Fmembres%2F&refaire=1"


@pytest.mark.parametrize("evil", ["https://mechant.example/", "//mechant.example", "javascript:alert(1)", "x"])
def test_the_way_back_never_leaves_the_site(old: Client, secret: str, evil: str) -> None:
    assert old.post(AGAIN, {"code": totp_code(secret), "next": evil}).headers["Location"] == "/"
    response = old.post(INVITE, headers={"Referer": evil})
    assert "mechant" not in response.headers.get("Location", "")


def test_signing_in_with_the_factor_is_a_proof(client: Client, lead: User, secret: str) -> None:
    with time_machine.travel(clock.now() + dt.timedelta(seconds=40)):
        from tests.factories.accounts import PASSWORD

        client.post("/connexion/professionnels/", {"email": lead.email, "password": PASSWORD})
        client.post("/connexion/confirmation/", {"code": totp_code(secret)})
        assert client.get(INVITE).status_code == 200


def test_the_demonstration_asks_for_one_click_only(client: Client, agency: Agency, settings: Any) -> None:
    settings.DEMO = True
    lead = professional(Role.TEAM_LEAD, agency=agency, email="isabelle@demo.entremise.example")
    client.post("/demo/", {"account": str(lead.pk)})
    assert client.get(INVITE).status_code == 200  # the click that signed in counts
    prove_at(client, clock.now() - dt.timedelta(hours=1))
    page = client.get(client.get(INVITE).headers["Location"])
    assert "un clic suffit ici" in words(page)
    client.post(AGAIN, {"next": INVITE})
    assert client.get(INVITE).status_code == 200


def test_in_the_demonstration_a_real_account_still_proves_it(old: Client, settings: Any) -> None:
    settings.DEMO = True
    assert old.post(AGAIN, {"next": INVITE}).status_code == 422


def test_a_jobseeker_is_never_asked(client: Client) -> None:
    sign_in(client, UserFactory(), second_factor=False)
    assert client.get(AGAIN).status_code == 403


def test_without_any_second_factor_the_page_leads_to_its_setting(client: Client, lead: User) -> None:
    sign_in(client, lead, second_factor=False)
    assert client.get(AGAIN).headers["Location"] == reverse("second_factor_needed")
