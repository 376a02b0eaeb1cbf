"""What refusals say of an occupation, on the diagnosis that the recruiter reads and on its paper."""

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from entremise.desk.queries_diagnosis import prefilled
from entremise.kernel import clock, links, pdf
from entremise.kernel.models import MailLink
from entremise.lib.measures import SMALLEST_CELL
from entremise.offers import actions_diagnosis as actions
from entremise.offers.models_followup import Diagnosis
from entremise.reciprok.models import Inbox
from entremise.web.kit.diagnosis import PAPER, shown
from tests.factories.applications import WHY
from tests.factories.labels import counted
from tests.factories.offers import OfferFactory
from tests.factories.people import PersonFactory
from tests.factories.promotions import World
from tests.web.adviser import pages_queries, text_of

pytestmark = pytest.mark.django_db

TITLE = "Ce que disent les refus pour ce métier"
QUESTION = "Sur 24 refus pour ce métier, 13 pour l'expérience : l'offre la demande-t-elle vraiment ?"
SOURCE = "des motifs de refus donnés par tous les employeurs pour ce métier"
MOST_QUERIES = 12


def sent_after(small: World, reasons: dict[str, int]) -> Diagnosis:
    """Return a diagnosis sent to the recruiter of an offer whose occupation saw these refusals."""
    place = small.first.establishment
    offer = OfferFactory(agency=small.agency, adviser=small.user, open=True, establishment=place)
    box = Inbox.objects.unscoped(WHY).create(
        establishment=place, offer=offer, agency=small.agency, created_at=clock.now()
    )
    for reason, number in reasons.items():
        for _ in range(number):
            counted(place, hours=48.0, inbox=box, reason=reason, person=PersonFactory(agency=small.agency))
    made = actions.start(offer, actor=small.adviser, prefilled=prefilled(offer, small.adviser))
    actions.write(made, actor=small.adviser, answers={"reason": "Un départ."})
    actions.send(made, actor=small.adviser, contact=small.first)
    made.refresh_from_db()
    return made


def recruiter(made: Diagnosis) -> tuple[Client, str]:
    """Return the browser of the recruiter who opened the link, and the page's address."""
    link = MailLink.objects.filter(purpose="offers.diagnosis", target_id=made.pk).latest("issued_at")
    browser = Client()
    return browser, browser.get(reverse("diagnosis", args=[links.token(link)])).headers["Location"]


def on_paper(made: Diagnosis) -> str:
    html = render_to_string(PAPER, shown(made))
    return " ".join(html.replace("\xa0", " ").replace("&#x27;", "'").split())


def test_the_recruiter_reads_what_refusals_say_and_where_it_comes_from(small: World) -> None:
    made = sent_after(small, {"experience": 13, "other_kept": 11})
    browser, address = recruiter(made)
    page = text_of(browser.get(address))
    assert TITLE in page
    assert QUESTION in page
    assert SOURCE in page
    assert len(pages_queries(browser, address)) <= MOST_QUERIES
    browser.post(f"{address}completer/", {"reason": "Un départ.", "approve": "1"})
    approved = text_of(browser.get(address))
    assert "Vous avez approuvé" in approved
    assert QUESTION in approved


def test_the_paper_says_it_too(small: World) -> None:
    made = sent_after(small, {"experience": 13, "other_kept": 11})
    paper = on_paper(made)
    assert paper.index(TITLE) < paper.index(QUESTION) < paper.index(SOURCE)
    browser, address = recruiter(made)
    answer = browser.get(f"{address}diagnostic.pdf")
    assert answer.status_code == (200 if pdf.is_available() else 503)


def test_the_adviser_s_page_says_where_it_comes_from(small: World, adviser: Client) -> None:
    made = sent_after(small, {"experience": 13, "other_kept": 11})
    page = text_of(adviser.get(reverse("offer_diagnosis", args=[made.offer_id])))
    assert QUESTION in page
    assert SOURCE in page


@pytest.mark.parametrize("reasons", [{}, {"experience": SMALLEST_CELL - 1}, {"other_kept": 2 * SMALLEST_CELL}])
def test_nothing_is_shown_when_there_is_nothing_to_tell(small: World, reasons: dict[str, int]) -> None:
    made = sent_after(small, reasons)
    browser, address = recruiter(made)
    for words in (text_of(browser.get(address)), on_paper(made)):
        assert "refus pour ce métier" not in words
        assert SOURCE not in words
