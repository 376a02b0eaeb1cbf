"""A person puts skills in her wallet from her page: sees what it gets, hands it over, follows it, takes it back."""

import datetime as dt
import html
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import resolve, reverse

from entremise.credentials import actions, actions_wallet, queries_wallet
from entremise.credentials.enums import RevokeReason
from entremise.credentials.models_wallet import WalletOffer
from entremise.kernel.actors import job_actor
from entremise.people.models import Person
from tests.factories import credentials as making
from tests.factories.accounts import sign_in
from tests.factories.people import PersonFactory
from tests.factories.wallet import Wallet

pytestmark = pytest.mark.django_db
State = WalletOffer.State
NOON = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
NEW = "/moi/portefeuille/nouveau/"


@pytest.fixture(autouse=True)
def _noon() -> Any:
    with time_machine.travel(NOON, tick=False):
        yield


def someone(count: int = 2) -> tuple[Person, list[Any], Client]:
    person = PersonFactory()
    awards = [making.proof_award(person) for _ in range(count)]
    return person, awards, sign_in(Client(), person.user)


def prepared(page: Client, awards: list[Any], **more: str) -> WalletOffer:
    answer = page.post(NEW, {"skills": [str(one.pk) for one in awards], "step": "send", **more})
    assert answer.status_code == 302
    pk = resolve(answer["Location"]).kwargs["pk"]
    return WalletOffer.objects.unscoped("a test looks").select_related("person__user").get(pk=pk)


def text(answer: Any) -> str:
    return html.unescape(answer.content.decode())


def shown(page: Client, offer: WalletOffer) -> str:
    return text(page.get(reverse("my_wallet_offer", args=[offer.pk])))


def test_without_a_confirmed_skill_the_page_says_what_to_do_first() -> None:
    page = sign_in(Client(), PersonFactory().user)
    for path in ("/moi/portefeuille/", NEW):
        assert "Pas encore de compétence confirmée" in text(page.get(path))
    answer = page.post(NEW, {"step": "send"})
    assert answer.status_code == 422


def test_she_sees_word_for_word_what_the_wallet_gets_before_it_goes() -> None:
    _person, awards, page = someone()
    whole = text(page.get(NEW))
    assert "Votre nom n'y est pas." in whole
    assert all(one.badge_class.name in whole for one in awards)
    told = {"skills": [str(awards[0].pk)], "shows_name": "on", "step": "preview"}
    part = text(page.post(NEW, told, headers={"HX-Request": "true"}))
    assert "<html" not in part
    assert "Awa" in part
    assert "Diallo" in part
    assert awards[0].badge_class.name in part
    assert awards[0].origin in part
    assert awards[1].badge_class.name not in part
    assert not WalletOffer.objects.unscoped("a test looks").exists()


def test_nothing_chosen_is_refused_with_a_sentence() -> None:
    _person, _awards, page = someone(1)
    answer = page.post(NEW, {"step": "send"})
    assert answer.status_code == 422
    assert "Choisissez au moins une compétence." in text(answer)
    answer = page.post(NEW, {"step": "send", "skills": [str(uuid4())]})
    assert answer.status_code == 422


def test_the_link_the_square_and_the_six_digits_are_shown_and_the_digits_can_be_heard() -> None:
    _person, awards, page = someone(1)
    offer = prepared(page, awards)
    said = shown(page, offer)
    assert "openid-credential-offer://?credential_offer=" in said
    assert "data:image/svg+xml" in said
    digits = queries_wallet.tx_code(offer)
    assert f"{digits[:3]}\u202f{digits[3:]}" in said
    assert f"{', '.join(digits[:3])} ; {', '.join(digits[3:])}" in said
    assert "jusqu'à 13:15" in said  # Paris


def test_the_page_follows_the_wallet_without_reading_itself_out_again() -> None:
    _person, awards, page = someone(1)
    offer = prepared(page, awards)
    address = reverse("my_wallet_offer", args=[offer.pk])
    seen = page.get(address).context["seen"]
    asked = {"data": {"vu": seen}, "headers": {"HX-Request": "true"}}
    assert page.get(address, **asked).status_code == 204
    wallet = Wallet(queries_wallet.link(offer))
    wallet.ask_token("000000x")
    assert "il reste 4 essais" in text(page.get(address, **asked))
    wallet.ask_token(queries_wallet.tx_code(offer))
    assert "a donné le bon code" in shown(page, offer)
    assert wallet.ask_credential().status_code == 200
    part = text(page.get(address, **asked))
    assert "Dans votre portefeuille depuis le 22 novembre 2026" in part
    assert "hx-trigger" not in part  # nothing more to wait for
    assert "openid-credential-offer" not in part


def test_an_offer_that_is_over_gives_nothing_any_more_and_says_why() -> None:
    _person, awards, page = someone(1)
    offer = prepared(page, awards)
    with time_machine.travel(NOON + dt.timedelta(minutes=16), tick=False):
        page = sign_in(Client(), offer.person.user)
        said = shown(page, offer)
    assert "Le quart d'heure est passé" in said
    assert "openid-credential-offer" not in said
    page = sign_in(Client(), offer.person.user)
    burnt = prepared(page, awards)
    for _ in range(5):
        actions_wallet.exchange(burnt, actor=actions_wallet.WALLET, tx_code="")
    assert "Trop de codes faux" in shown(page, burnt)


def test_she_cancels_then_the_code_is_dead() -> None:
    _person, awards, page = someone(1)
    offer = prepared(page, awards)
    answer = page.post(reverse("my_wallet_cancel", args=[offer.pk]), follow=True)
    assert "L'envoi est annulé" in text(answer)
    assert Wallet(queries_wallet.link(offer)).ask_token(queries_wallet.tx_code(offer)).status_code == 400
    assert "Cet envoi est annulé" in shown(page, offer)


def test_she_withdraws_what_is_in_her_wallet_and_cannot_cancel_it_any_more() -> None:
    _person, awards, page = someone(1)
    offer = prepared(page, awards, shows_name="on")
    Wallet(queries_wallet.link(offer)).take(queries_wallet.tx_code(offer))
    listed = text(page.get("/moi/portefeuille/"))
    assert "Passeport du 22 novembre 2026" in listed
    assert "Avec votre nom" in listed
    page.post(reverse("my_wallet_cancel", args=[offer.pk]))
    offer.refresh_from_db(from_queryset=WalletOffer.objects.unscoped("a test looks"))
    assert offer.state == State.TAKEN
    answer = page.post(reverse("my_wallet_withdraw", args=[offer.pk]), follow=True)
    said = text(answer)
    assert "Ce passeport est retiré" in said
    assert "retiré le 22 novembre 2026 : la personne l'a retiré" in said


def test_a_skill_that_falls_tells_her_to_take_the_passport_again() -> None:
    _person, awards, page = someone()
    offer = prepared(page, awards)
    Wallet(queries_wallet.link(offer)).take(queries_wallet.tx_code(offer))
    actions.revoke(making.fresh(awards[0]), actor=job_actor("test"), reason=RevokeReason.PROOF)
    assert "Votre passeport est à reprendre" in text(page.get("/moi/portefeuille/"))
    assert "L'une de ses compétences n'est plus valable" in shown(page, offer)
    with time_machine.travel(NOON + dt.timedelta(minutes=1), tick=False):
        renewed = prepared(page, awards[1:])
        Wallet(queries_wallet.link(renewed)).take(queries_wallet.tx_code(renewed))
        assert "Votre passeport est à reprendre" not in text(page.get("/moi/portefeuille/"))


def test_nobody_else_sees_nor_moves_an_offer() -> None:
    _person, awards, page = someone(1)
    offer = prepared(page, awards)
    other = sign_in(Client(), PersonFactory().user)
    assert other.get(reverse("my_wallet_offer", args=[offer.pk])).status_code == 404
    for name in ("my_wallet_cancel", "my_wallet_withdraw"):
        assert other.post(reverse(name, args=[offer.pk])).status_code == 404
        assert page.get(reverse(name, args=[offer.pk])).status_code == 405
    assert "openid-credential-offer" in shown(page, offer)
