"""The screens of the partners: made, ordered, given a key shown once, their files line by line, stopped."""

import io
import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from entremise.kernel.actors import Role
from entremise.offers import queries_feeds
from entremise.offers.models_partners import Feed, OfferPartner
from tests.factories.accounts import AgencyFactory, professional, sign_in
from tests.factories.offer_feeds import Sender, make_partner
from tests.web.adviser import text_of

pytestmark = pytest.mark.django_db
HOME = "/equipe/partenaires/"


@pytest.fixture
def sender() -> Sender:
    return Sender(make_partner(agency=AgencyFactory(email="valence@agence.example")))


@pytest.fixture
def lead(sender: Sender, client: Client) -> Client:
    sign_in(client, professional(Role.TEAM_LEAD, agency=sender.agency))
    return client


def partner_again(partner: OfferPartner) -> OfferPartner:
    found: OfferPartner = OfferPartner.objects.unscoped("a test").get(pk=partner.pk)
    return found


def picture(kind: str = "PNG") -> bytes:
    drawn = io.BytesIO()
    Image.new("RGB", (900, 400), "red").save(drawn, kind)
    return drawn.getvalue()


def test_a_partner_is_made_with_a_logo_that_we_drew(lead: Client, sender: Sender) -> None:
    told = {"name": "Jobs & Co", "agency": str(sender.agency.pk), "channel": "multiposter", "is_complete": "on"}
    for wrong in (b"<svg onload=alert(1)></svg>", b"not a picture", b"\x89PNG\r\n\x1a\n broken"):
        refused = lead.post(f"{HOME}nouveau/", {**told, "logo": SimpleUploadedFile("logo.png", wrong)})
        assert refused.status_code == 422
        assert "Le logo doit être une image PNG ou JPEG" in text_of(refused)
    made = lead.post(f"{HOME}nouveau/", {**told, "logo": SimpleUploadedFile("l.jpg", picture("JPEG"))}, follow=True)
    assert "Jobs &amp; Co" in made.content.decode() or "Jobs & Co" in text_of(made)
    kept = OfferPartner.objects.unscoped("a test").get(name="Jobs & Co")
    with Image.open(io.BytesIO(bytes(kept.logo))) as drawn:
        assert (drawn.format, max(drawn.size)) == ("PNG", 200)
    assert (kept.rank, kept.agreed_on) == (2, None)
    again = lead.post(f"{HOME}nouveau/", told)
    assert "Un autre partenaire porte déjà ce nom" in text_of(again)
    direct = lead.post(f"{HOME}nouveau/", {**told, "name": "X", "channel": "recruiter"})
    assert direct.status_code == 422


def test_the_order_of_precedence_is_changed_with_two_buttons(lead: Client, sender: Sender) -> None:
    second = make_partner(name="Second", rank=2, agency=sender.agency)
    assert text_of(lead.get(HOME)).index("Emploi Direct") < text_of(lead.get(HOME)).index("Second")
    lead.post(f"{HOME}{second.pk}/ordre/", {"sens": "haut"})
    assert (partner_again(second).rank, partner_again(sender.partner).rank) == (1, 2)
    lead.post(f"{HOME}{second.pk}/ordre/", {"sens": "haut"})  # already the first
    assert partner_again(second).rank == 1
    lead.post(f"{HOME}{second.pk}/ordre/", {"sens": "bas"})
    assert partner_again(second).rank == 2


def test_a_key_is_shown_once(lead: Client, sender: Sender) -> None:
    page = lead.post(f"{HOME}{sender.partner.pk}/cle/")
    (key,) = re.findall(r"<code>(ent_[\w-]+)</code>", page.content.decode())
    assert queries_feeds.partner_of_key(key) == sender.partner
    assert key not in lead.get(f"{HOME}{sender.partner.pk}/").content.decode()
    lead.post(f"{HOME}{sender.partner.pk}/cle/")
    assert queries_feeds.partner_of_key(key) is None
    lead.post(f"{HOME}{sender.partner.pk}/arreter/")
    stopped = lead.get(f"{HOME}{sender.partner.pk}/")
    assert "Ce partenariat est arrêté" in text_of(stopped)


def test_a_file_sent_by_hand_and_its_report(lead: Client, sender: Sender) -> None:
    body = json.dumps([sender.offer("A-1"), sender.offer("A-2", siret="")]).encode()
    address = f"{HOME}{sender.partner.pk}/fichier/"
    sent = lead.post(address, {"file": SimpleUploadedFile("o.json", body)})
    assert sent.status_code == 302
    feed = Feed.objects.unscoped("a test").get()
    assert "Lecture en cours" in text_of(lead.get(sent["Location"]))
    sender.read(feed)
    page = text_of(lead.get(sent["Location"]))
    assert "Le SIRET de l'établissement qui recrute manque" in page
    rows = lead.get(f"{HOME}fichiers/{feed.pk}/rejets.csv").content.decode("utf-8-sig").splitlines()
    assert (len(rows), rows[1].startswith("2;A-2;")) == (2, True)
    same = lead.post(address, {"file": SimpleUploadedFile("o.json", body)}, follow=True)
    assert "identique au précédent" in text_of(same)
    refused = lead.post(address, {"file": SimpleUploadedFile("o.zip", b"PK\x03\x04")})
    assert (refused.status_code, "archive ZIP" in text_of(refused)) == (422, True)
    only = text_of(lead.get(f"{HOME}fichiers/{feed.pk}/?resultat=created"))
    assert "Le SIRET de l'établissement" not in only


def test_unusual_withdrawals_are_confirmed_by_somebody(lead: Client, sender: Sender) -> None:
    sender.send(*(sender.offer(f"A-{n}") for n in range(4)))
    feed = sender.send(sender.offer("A-0"))
    page = lead.get(f"{HOME}fichiers/{feed.pk}/")
    assert "3 offres affichées ne sont plus dans ce fichier" in text_of(page)
    done = lead.post(f"{HOME}fichiers/{feed.pk}/retraits/", {"choix": "retirer"}, follow=True)
    assert "sont retirées" in text_of(done)
    assert sorted(sender.states().values()) == ["closed", "closed", "closed", "open"]
    again = lead.post(f"{HOME}fichiers/{feed.pk}/retraits/", {"choix": "garder"}, follow=True)
    assert "Quelqu'un a déjà répondu" in text_of(again)


def test_only_the_leads_of_the_territory_open_these_pages(sender: Sender) -> None:
    feed = sender.send(sender.offer("A-1"))
    adviser, elsewhere = Client(), Client()
    sign_in(adviser, professional(Role.BUSINESS_ADVISER, agency=sender.agency))
    sign_in(elsewhere, professional(Role.TEAM_LEAD, agency=AgencyFactory(department_code="38")))
    for path in ("", "nouveau/", f"{sender.partner.pk}/", f"fichiers/{feed.pk}/"):
        assert adviser.get(HOME + path).status_code == 403
        assert Client().get(HOME + path).status_code == 302
    for path in (f"{sender.partner.pk}/", f"fichiers/{feed.pk}/", f"fichiers/{feed.pk}/rejets.csv"):
        assert elsewhere.get(HOME + path).status_code == 404
    assert elsewhere.post(f"{HOME}{sender.partner.pk}/arreter/").status_code == 404
    assert "Emploi Direct" not in text_of(elsewhere.get(HOME))
