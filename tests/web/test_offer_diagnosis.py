"""The shared diagnosis: prefilled, written by both sides, sent by a link, approved, versioned, on paper."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from entremise.desk.queries_diagnosis import prefilled
from entremise.kernel import links, pdf
from entremise.kernel.access import AccessDenied
from entremise.kernel.actors import Role, link_actor
from entremise.kernel.models import MailLink, OutboxMessage
from entremise.offers import actions_diagnosis as actions
from entremise.offers.actions import OfferRefused
from entremise.offers.models import Offer
from entremise.offers.models_followup import Diagnosis
from tests.factories.offers import OfferFactory
from tests.factories.promotions import World
from tests.factories.skills import SkillFactory
from tests.web.adviser import pages_queries

pytestmark = pytest.mark.django_db


@pytest.fixture
def offer(small: World) -> Offer:
    facts: dict[str, Any] = {"experience_months": 0, "weekly_hours": 35, "pay_min_cents": 185_000}
    return OfferFactory(
        agency=small.agency, adviser=small.user, open=True, establishment=small.first.establishment,
        needs={SkillFactory().pk: 3}, pay_period="month", **facts,
    )  # fmt: skip


def started(small: World, offer: Offer) -> Diagnosis:
    return actions.start(offer, actor=small.adviser, prefilled=prefilled(offer, small.adviser))


def told(diagnosis: Diagnosis) -> dict[str, tuple[str, str]]:
    return {one.question: (one.text, one.source) for one in diagnosis.answers.all()}


def recruiter(diagnosis: Diagnosis) -> tuple[Client, str]:
    """Return the browser of the recruiter who opened the link, and the page's address."""
    link = MailLink.objects.filter(purpose="offers.diagnosis", target_id=diagnosis.pk).latest("issued_at")
    browser = Client()
    moved = browser.get(reverse("diagnosis", args=[links.token(link)]))
    return browser, moved.headers["Location"]


def test_what_we_know_is_written_first(small: World, offer: Offer) -> None:
    answers = told(started(small, offer))
    assert answers["diploma"] == ("Débutant accepté.", "prefilled")
    assert "1\u202f850 € brut par mois" in answers["contract"][0]
    assert "vivier" in answers["pool"][0]
    assert "indispensable" in answers["skills"][0]
    assert "reason" not in answers


def test_from_the_adviser_to_the_recruiter_s_approval(small: World, offer: Offer, adviser: Client) -> None:
    page = reverse("offer_diagnosis", args=[offer.pk])
    assert "Commencer le diagnostic" in adviser.get(page).content.decode()
    assert adviser.post(reverse("diagnosis_start", args=[offer.pk])).status_code == 302
    (made,) = Diagnosis.objects.unscoped("test")
    answers = {code: text for code, (text, _source) in told(made).items()} | {"reason": "Un départ en retraite."}
    assert adviser.post(reverse("diagnosis_write", args=[made.pk]), answers).status_code == 302
    assert told(made)["reason"] == ("Un départ en retraite.", "adviser")
    assert told(made)["diploma"][1] == "prefilled"  # what was not changed keeps its origin
    assert len(pages_queries(adviser, page)) <= 12
    sent = adviser.post(reverse("diagnosis_send", args=[made.pk]), {"contact": str(small.first.pk)})
    assert sent.status_code == 302
    assert OutboxMessage.objects.filter(kind="offers.diagnosis", recipient=small.first.email).count() == 1
    browser, address = recruiter(made)
    html = browser.get(address).content.decode()
    assert "Un départ en retraite." in html
    completed = {"reason": "Deux départs.", "pool": "je triche", "approve": "1"}
    assert browser.post(f"{address}completer/", completed).status_code == 302
    answers_now = told(Diagnosis.objects.unscoped("test").get())
    assert answers_now["reason"] == ("Deux départs.", "recruiter")
    assert answers_now["pool"][1] == "prefilled"  # the market is not theirs to rewrite
    assert "Vous avez approuvé" in browser.get(address).content.decode()
    browser.post(f"{address}completer/", {"reason": "Trop tard"})
    assert told(made)["reason"][0] == "Deux départs."


def test_a_version_sent_stays_and_the_next_keeps_what_was_said(small: World, offer: Offer) -> None:
    first = started(small, offer)
    assert started(small, offer) == first  # not sent yet: the same
    actions.write(first, actor=small.adviser, answers={"reason": "Création de poste."})
    actions.send(first, actor=small.adviser, contact=small.first)
    with pytest.raises(OfferRefused, match="ne change plus"):
        actions.write(first, actor=small.adviser, answers={"reason": "Autre chose."})
    second = started(small, offer)
    assert second.version == 2
    assert told(second)["reason"] == ("Création de poste.", "adviser")


def test_refusals(small: World, offer: Offer) -> None:
    made = started(small, offer)
    with pytest.raises(OfferRefused, match="autre établissement"):
        actions.send(made, actor=small.adviser, contact=small.second)
    small.first.email = ""
    with pytest.raises(OfferRefused, match="pas d'adresse"):
        actions.send(made, actor=small.adviser, contact=small.first)
    made.answers.all().delete()
    small.first.email = "marc@flore.example"
    with pytest.raises(OfferRefused, match="vide"):
        actions.send(made, actor=small.adviser, contact=small.first)
    elsewhere = link_actor(made.pk, Role.EMPLOYER_CONTACT)
    with pytest.raises(AccessDenied, match="Ce lien ne concerne pas"):
        actions.agree(made, actor=elsewhere)


def test_it_goes_on_paper(small: World, offer: Offer, adviser: Client) -> None:
    made = started(small, offer)
    answer = adviser.get(reverse("diagnosis_paper", args=[made.pk]))
    if pdf.is_available():
        assert answer.content.startswith(b"%PDF")
    else:
        assert answer.status_code == 503
