"""What an adviser is told while writing an offer, and how attractive it is once public."""

import datetime as dt
import re

import pytest
from django.urls import reverse

from entremise.kernel import clock
from entremise.offers.models import Offer
from entremise.offers.models_checks import OfferAlert
from entremise.offers.queries_checks import alerts_in
from tests.factories.offers import OfferFactory, again
from tests.factories.promotions import World
from tests.web.adviser import pages_queries

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def offer(small: World) -> Offer:
    return OfferFactory(agency=small.agency, adviser=small.user, open=True)


def written(offer: Offer, **told) -> dict[str, object]:
    return {
        "step": "check", "title": offer.title, "title_id": offer.job_title_id or "", "commune_id": offer.commune_id,
        "commune": offer.commune.name, "contract": "cdi", "working_time": "any", "description": "",
    } | told  # fmt: skip


class TestWhileWriting:
    def test_a_fraudulent_wording_and_a_forbidden_one_are_told_and_nothing_is_kept(self, adviser, offer):
        text = "Recherche jeune homme de moins de 30 ans. Contactez-nous uniquement par WhatsApp."
        answer = adviser.post(reverse("offer_edit", args=[offer.pk]), written(offer, description=text), headers=HTMX)
        html = answer.content.decode()
        assert answer.status_code == 200
        assert "<h1" not in html
        assert "uniquement par WhatsApp" in html
        assert "moins de 30 ans" in html
        offer = again(offer)
        assert offer.description != text
        assert offer.version == 1

    def test_a_half_filled_form_with_nonsense_is_read_all_the_same(self, adviser, offer):
        told = written(offer, pay_min_cents="beaucoup", weekly_hours="x", commune_id="99999", radius_km="-3")
        answer = adviser.post(reverse("offer_add"), told, headers=HTMX)
        assert answer.status_code == 200
        assert "Dites le salaire" in answer.content.decode()

    def test_one_matter_is_told_once_and_kept_twice_for_who_validates(self, adviser, offer):
        text = "Vous servez les clients de la brasserie. Frais de dossier de 50 € à votre charge."
        offer.description, offer.starts_on = text, None
        told = written(offer, description=text, pay_min_cents="1 200", pay_period="month", weekly_hours="35")
        html = adviser.post(reverse("offer_edit", args=[offer.pk]), told, headers=HTMX).content.decode()
        assert html.count("« Frais de dossier") == 1
        assert "1\u202f823,03 € brut par mois" in html
        advice = html.partition('id="telling-advice"')[2].partition("</section>")[0]
        assert re.findall("commence|début", advice) == ["commence"]
        assert {"fees", "advance_fee"} <= {one.code for one in alerts_in(offer)}

    def test_the_page_itself_comes_without_javascript(self, adviser, offer):
        answer = adviser.post(reverse("offer_edit", args=[offer.pk]), written(offer))
        assert answer.status_code == 200
        assert "<h1" in answer.content.decode()


class TestAttractiveness:
    def test_it_waits_for_the_day_after_then_for_thirty_offers(self, adviser, offer):
        address = reverse("offer_attractiveness", args=[offer.pk])
        assert "lendemain de la publication" in adviser.get(address).content.decode()
        Offer.objects.unscoped("test").filter(pk=offer.pk).update(opened_at=clock.now() - dt.timedelta(days=3))
        assert "Trop peu d'offres semblables" in adviser.get(address).content.decode()

    def test_thirty_similar_offers_give_a_verdict(self, adviser, offer):
        opened_at = clock.now() - dt.timedelta(days=3)
        Offer.objects.unscoped("test").filter(pk=offer.pk).update(opened_at=opened_at)
        same = {
            name: getattr(offer, name)
            for name in ("establishment", "title", "occupation", "commune", "contract", "agency", "state")
        }
        Offer.objects.unscoped("test").bulk_create(
            [
                Offer(
                    **same, created_at=opened_at, opened_at=opened_at, pay_min_cents=190_000 + 1_000 * rank,
                    pay_period="month",
                )
                for rank in range(30)
            ]
        )  # fmt: skip
        address = reverse("offer_attractiveness", args=[offer.pk])
        html = adviser.get(address).content.decode()
        assert len(pages_queries(adviser, address)) <= 12
        assert "30 offres semblables" in html
        assert "Le salaire n&#x27;est pas dit ; 100 % des offres semblables le disent." in html
        assert html.count("<details") >= 3


class TestOpening:
    def test_forbidden_words_stop_an_adviser_too_until_each_is_answered(self, adviser, small):
        text = "Recherche serveuse de moins de 30 ans, célibataire. Frais de dossier à votre charge."
        draft = OfferFactory(agency=small.agency, adviser=small.user, description=text)
        stopped = adviser.post(reverse("offer_open", args=[draft.pk]), follow=True).content.decode()
        assert "des mots à corriger ou à justifier" in stopped
        assert "moins de 30 ans" in stopped
        assert again(draft).state == "draft"
        page = reverse("offer_alert_answer", args=[draft.pk])
        for alert in OfferAlert.objects.unscoped("test").filter(offer=draft):
            told = {"alerte": str(alert.pk), "decision": "kept", "words": "Lu avec le juriste."}
            assert adviser.post(page, told).status_code == 302
        adviser.post(reverse("offer_open", args=[draft.pk]))
        assert again(draft).state == "open"
