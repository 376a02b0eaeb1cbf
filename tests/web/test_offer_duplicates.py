"""The page of the offers that repeat one: why, which is kept, set aside, brought back; alerts of what is deposited."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from entremise.offers import actions_checks
from entremise.offers.actions_signatures import sign_missing
from entremise.offers.enums import AlertKind
from entremise.offers.models_checks import OfferAlert
from entremise.offers.models_duplicates import DuplicateDecision
from tests.actions.test_offers_deposit import handed_in, recruiter
from tests.actions.test_offers_duplicates import REWRITTEN, TEXT
from tests.factories.accounts import AgencyFactory, professional, sign_in
from tests.factories.offer_feeds import make_partner
from tests.factories.offers import OfferFactory, again
from tests.factories.spaces import RecruiterSpaceFactory
from tests.web.adviser import pages_queries
from tests.web.test_offer_validation import act, inside, text_of

pytestmark = pytest.mark.django_db


def alerts(offer) -> list[tuple[str, object]]:
    rows = OfferAlert.objects.unscoped("a test").filter(offer=offer).order_by("found_at")
    return [(row.kind, row.other_id) for row in rows]


def test_from_the_offer_to_its_double_set_aside_and_back() -> None:
    agency = AgencyFactory()
    offer = OfferFactory(open=True, agency=agency, description=TEXT)
    sent = make_partner(name="Emploi des Vallées", agency=agency)
    facts = {"agency": agency, "establishment": offer.establishment}
    double = OfferFactory(
        open=True, title="CUISINIÈRE DE COLLECTIVITÉ F/H", description=REWRITTEN, partner=sent, channel="file", **facts
    )
    adviser = sign_in(Client(), professional(agency=agency))
    page, set_aside = (reverse(name, args=[offer.pk]) for name in ("offer_duplicates", "duplicate_set_aside"))
    assert page in adviser.get(reverse("offer", args=[offer.pk])).content.decode()
    assert "Aucune offre de votre territoire" in text_of(adviser.get(page))  # nothing is signed yet
    sign_missing()
    shown = text_of(adviser.get(page))
    for words in (double.title, "envoyée par Emploi des Vallées", "même établissement", "déposée directement par"):
        assert words in shown
    assert "celle que vous lisez, parce qu'elle est" in shown
    assert len(pages_queries(adviser, page)) <= 12
    stranger = sign_in(Client(), professional(agency=AgencyFactory(department_code="38")))
    assert stranger.get(page).status_code == 404
    assert stranger.post(set_aside, {"autre": double.pk}).status_code == 404

    unknown = text_of(adviser.post(set_aside, {"autre": "x", "ecarter": "l-autre"}, follow=True))
    assert "ne sont plus en double" in unknown
    unsaid = text_of(adviser.post(set_aside, {"autre": double.pk}, follow=True))
    assert "Dites laquelle des deux" in unsaid
    done = text_of(adviser.post(set_aside, {"autre": double.pk, "ecarter": "l-autre"}, follow=True))
    assert "est écartée : l'autre offre est gardée" in done
    assert "gardée parce qu'elle est choisie par un conseiller" in done
    assert (again(double).close_reason, again(offer).state) == ("duplicate", "open")
    (decision,) = DuplicateDecision.objects.unscoped("a test")
    undo = reverse("duplicate_undo", args=[decision.pk])
    aside = adviser.get(reverse("offer_duplicates", args=[double.pk]))
    assert "a été écartée" in text_of(aside)
    assert undo in aside.content.decode()
    assert stranger.post(undo).status_code == 404
    back = text_of(adviser.post(undo, follow=True))
    assert "est revenue" in back
    assert "Annulé le" in back
    assert again(double).state == "open"
    assert "déjà revenue" in text_of(adviser.post(undo, follow=True))
    assert "ne sont plus en double" in text_of(adviser.post(set_aside, {"autre": double.pk}, follow=True))


def test_an_adviser_sets_aside_the_one_that_is_read() -> None:
    offer = OfferFactory(open=True, description=TEXT)
    double = OfferFactory(open=True, agency=offer.agency, establishment=offer.establishment, description=TEXT)
    sign_missing()
    adviser = sign_in(Client(), professional(agency=offer.agency))
    adviser.post(reverse("duplicate_set_aside", args=[double.pk]), {"autre": offer.pk, "ecarter": "celle-ci"})
    assert (again(double).state, again(offer).state) == ("closed", "open")
    placement = sign_in(Client(), professional(agency=offer.agency, role="placement_adviser"))
    assert placement.get(reverse("offer_duplicates", args=[offer.pk])).status_code == 403


def test_what_is_deposited_twice_waits_for_an_adviser_who_says_that_they_are_two() -> None:
    space = RecruiterSpaceFactory(certified=True)
    first, second = handed_in(space), handed_in(space)
    assert (first.state, second.state) == ("open", "waiting")
    assert (alerts(first), alerts(second)) == ([], [(AlertKind.DUPLICATE, first.pk)])
    adviser = sign_in(Client(), professional(agency=space.agency))
    page = adviser.get(reverse("offer_validation", args=[second.pk]))
    assert "Doublon" in text_of(page)
    assert "ce sont deux offres différentes" in text_of(page).lower()
    assert f'href="{reverse("offer", args=[first.pk])}"' in page.content.decode()
    assert "déjà déposée" in text_of(inside(space).get(f"/recruteur/offres/{second.pk}/"))
    assert "Répondez d'abord à chaque alerte" in act(adviser, second, "open")
    (alert,) = re.findall(r'name="alerte" value="([^"]+)"', page.content.decode())
    answer = reverse("offer_alert_answer", args=[second.pk])
    unsaid = text_of(adviser.post(answer, {"alerte": alert, "decision": "kept"}, follow=True))
    assert "Dites pourquoi ce sont deux offres" in unsaid
    adviser.post(answer, {"alerte": alert, "decision": "kept", "words": "Deux postes."})
    assert "L'offre est publiée." in act(adviser, second, "open")
    assert again(second).state == "open"
    actions_checks.review(again(first), actor=recruiter(space))  # what was said of the two is said of each
    assert alerts(first) == []


def test_of_two_that_wait_only_the_second_repeats_the_first() -> None:
    space = RecruiterSpaceFactory()
    first, second = handed_in(space), handed_in(space)
    for one in (first, second):
        actions_checks.review(again(one), actor=recruiter(space))
    assert (alerts(first), alerts(second)) == ([], [(AlertKind.DUPLICATE, first.pk)])
    assert alerts(handed_in(space, title="Plongeuse ou plongeur")) == []  # another post, with the same words
