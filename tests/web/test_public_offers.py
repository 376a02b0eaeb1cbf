"""The published offers, for anybody: search, page, what is over, machines' forms, other sites' frames."""

import datetime as dt
import io
import json
import re
from typing import Any
from uuid import uuid4
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image

from entremise.kernel import clock
from entremise.offers import queries_public
from entremise.offers.models import Offer
from entremise.territories import queries as territories
from tests.factories.employers import EstablishmentFactory, commune
from tests.factories.offer_feeds import make_partner
from tests.factories.offers import OfferFactory
from tests.factories.people import occupation

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


def published(**facts: Any) -> Offer:
    return OfferFactory(open=True, expires_on=clock.today() + dt.timedelta(days=20), **facts)


def titles(client: Client, **asked: Any) -> list[str]:
    page = client.get("/offres/", asked)
    assert page.status_code == 200
    return re.findall(r'<h3><a href="/offres/[0-9a-f-]{36}/">([^<]+)</a>', page.content.decode())


def structured(page: Any) -> dict[str, Any]:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page.content.decode(), re.DOTALL)
    assert found is not None
    told: dict[str, Any] = json.loads(found.group(1))
    return told


def test_anybody_finds_what_is_published_and_nothing_else(client: Client) -> None:
    published(title="Infirmier / Infirmière")
    published(title="Serveur/serveuse en salle", contract="cdd", working_time="part")
    OfferFactory(title="Brouillon")
    OfferFactory(closed=True, title="Close")
    OfferFactory(open=True, title="Passée", expires_on=clock.today() - dt.timedelta(days=1))
    assert sorted(titles(client)) == ["Infirmier / Infirmière", "Serveur/serveuse en salle"]
    for text in ("infirmières", "INFIRMIERE", "l'infirmier", "serveuses", "serveur salle"):
        assert len(titles(client, q=text)) == 1, text
    for text in ("' | 'x", "serveur:* & !", "c++", "(", "\\"):
        assert client.get("/offres/", {"q": text}).status_code == 200, text
    assert titles(client, contrat="cdd", temps="part") == ["Serveur/serveuse en salle"]
    assert titles(client, contrat="cdi", q="serveur") == []
    assert titles(client, rome="G1602", depuis="7") != []
    assert titles(client, rome="zzz", depuis="abc", rayon="-1", apres="n'importe quoi") != []


def test_a_trade_and_a_town_are_found_though_the_title_says_neither(client: Client) -> None:
    valence, grenoble = commune(), commune("38185", "Grenoble", "38")
    published(title="Une équipe vous attend", commune=grenoble)
    published(title="Soudeur ou soudeuse", occupation=occupation("H2913", "Soudage manuel"), commune=valence)
    trade = occupation().label
    for text, expected in (
        (trade, ["Une équipe vous attend"]), ("Grenoble", ["Une équipe vous attend"]),
        (f"{trade} à Grenoble", ["Une équipe vous attend"]), (f"{trade} Valence", []),
        ("soudeuse Valence", ["Soudeur ou soudeuse"]), ("soudeuse Grenoble", []), ("soudage", ["Soudeur ou soudeuse"]),
        ("Valance", []),
    ):  # fmt: skip
        assert titles(client, q=text) == expected, text


def test_a_place_and_a_distance(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    near, far = commune(), commune("38185", "Grenoble", "38")
    type(far).objects.filter(pk=far.pk).update(latitude=45.19, longitude=5.72)
    published(title="Près", commune=near)
    published(title="Loin", commune=far)
    monkeypatch.setattr(territories, "suggested_communes", lambda text, limit: [near] if "alence" in text else [])
    assert titles(client, lieu="Valence", rayon="10") == ["Près"]
    assert sorted(titles(client, lieu="Valence", rayon="100")) == ["Loin", "Près"]
    unknown = client.get("/offres/", {"lieu": "Nulle-part"})
    assert "Nous ne connaissons pas « Nulle-part »" in unknown.content.decode()


def test_the_next_page_starts_where_this_one_ended(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries_public, "PAGE", 2)
    place = EstablishmentFactory()
    for n in range(5):
        published(title=f"Poste {n}", establishment=place, opened_at=clock.now() - dt.timedelta(minutes=n // 2))
    seen, after = [], ""
    for _page in range(3):
        page = queries_public.found(queries_public.Search(), after=after, limit=2)
        seen += [one.title for one in page.rows]
        after = page.next_key
    assert sorted(seen) == [f"Poste {n}" for n in range(5)]
    assert after == ""
    with CaptureQueriesContext(
        connection,
    ) as counted:
        client.get("/offres/", {"q": "poste"})
    assert len(counted) <= 12


def test_an_offer_page_says_the_work_and_how_to_apply(client: Client) -> None:
    offer = published(description="Vous cuisinez.\n\n<script>alert(1)</script> Ignore all instructions.",
                      pay_min_cents=210_000, pay_max_cents=240_050, pay_period="month", weekly_hours="35.0",
                      starts_on=clock.today())  # fmt: skip
    with CaptureQueriesContext(connection) as counted:
        page = client.get(f"/offres/{offer.pk}/")
    text = page.content.decode()
    assert (page.status_code, len(counted) <= 12) == (200, True)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert "<script>alert(1)" not in text
    assert "de 2" in text
    assert offer.agency.name in text
    partner = make_partner()
    theirs = published(partner=partner, channel="file", reference="R", apply_url="https://p.example/1")
    assert 'href="https://p.example/1"' in client.get(f"/offres/{theirs.pk}/").content.decode()


def test_machines_are_told_a_job_posting(client: Client) -> None:
    offer = published(title="Chef </script><b>", description="Un.\n\nDeux & trois.", pay_min_cents=1_250,
                      pay_period="hour", contract="cdd", working_time="full", experience_months=0)  # fmt: skip
    told = structured(client.get(f"/offres/{offer.pk}/"))
    needed = {"title", "description", "datePosted", "hiringOrganization", "jobLocation"}
    advised = {"validThrough", "employmentType", "identifier", "baseSalary", "directApply"}
    assert (told["@context"], told["@type"]) == ("https://schema.org/", "JobPosting")
    assert needed | advised <= set(told)
    assert told["title"] == "Chef </script><b>"
    assert told["description"] == "<p>Un.</p><p>Deux &amp; trois.</p>"
    assert told["employmentType"] == ["FULL_TIME", "TEMPORARY"]
    assert told["baseSalary"] == {
        "@type": "MonetaryAmount", "currency": "EUR",
        "value": {"@type": "QuantitativeValue", "unitText": "HOUR", "value": 12.5},
    }  # fmt: skip
    assert told["jobLocation"]["address"]["addressCountry"] == "FR"
    assert dt.date.fromisoformat(told["datePosted"]) <= clock.today()
    assert dt.datetime.fromisoformat(told["validThrough"]).date() == offer.expires_on
    assert told["hiringOrganization"]["name"] == offer.establishment.name
    assert told["experienceRequirements"] == "no requirements"


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"closed": True}, "ne cherche plus personne"),
        ({"state": "suspended"}, "suspendue pour un temps"),
        ({"open": True, "expires_on": dt.date(2020, 1, 1)}, "Sa durée de publication est passée"),
    ],
)
def test_what_is_over_says_so_and_what_to_do(client: Client, facts: dict[str, Any], sentence: str) -> None:
    offer = OfferFactory(opened_at=clock.now(), **facts) if "open" not in facts else OfferFactory(**facts)
    page = client.get(f"/offres/{offer.pk}/")
    assert page.status_code == 410
    assert sentence in page.content.decode()
    assert "Que faire maintenant" in page.content.decode()
    assert client.get(f"/offres/{offer.pk}/fin.ics").status_code == 404


def test_what_was_never_published_is_unknown(client: Client) -> None:
    for pk in (OfferFactory().pk, OfferFactory(state="waiting").pk, uuid4()):
        assert client.get(f"/offres/{pk}/").status_code == 404


def test_a_search_is_a_feed(client: Client) -> None:
    offer = published(title="Chef & <cuisine>", description="Un \x0b deux")
    published(title="Autre")
    page = client.get("/offres/flux.atom", {"q": "chef"})
    assert page["Content-Type"].startswith("application/atom+xml")
    feed = ElementTree.fromstring(page.content)  # our own
    (entry,) = feed.findall(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") == "Chef & <cuisine>"
    assert entry.findtext(f"{ATOM}id") == f"urn:uuid:{offer.pk}"
    for name in ("title", "id", "updated"):
        assert feed.findtext(f"{ATOM}{name}")
    assert {link.get("rel") for link in feed.findall(f"{ATOM}link")} == {"self", None}


def test_days_go_into_a_calendar(client: Client) -> None:
    offer = published(title="Chef, de; cuisine " + "é" * 60, starts_on=dt.date(2027, 1, 4))
    told = client.get(f"/offres/{offer.pk}/debut.ics").content.decode()
    assert "DTSTART;VALUE=DATE:20270104\r\n" in told
    assert "Chef\\, de\\; cuisine" in told.replace("\r\n ", "")
    assert all(len(line.encode()) <= 75 for line in told.split("\r\n"))
    assert client.get(f"/offres/{offer.pk}/fin.ics").status_code == 200
    assert client.get(f"/offres/{offer.pk}/autre.ics").status_code == 404


def test_a_list_may_stand_in_another_site_and_only_it(client: Client) -> None:
    published(title="Chef")
    framed = client.get("/offres/cadre/")
    assert "Chef" in framed.content.decode()
    assert "X-Frame-Options" not in framed
    assert "frame-ancestors *" in framed["Content-Security-Policy"]
    assert "<form" not in framed.content.decode()
    page = client.get("/offres/")
    assert (page["X-Frame-Options"], "frame-ancestors 'none'" in page["Content-Security-Policy"]) == ("DENY", True)


def test_the_logo_of_a_partner_is_shown_with_its_offers(client: Client) -> None:
    drawn = io.BytesIO()
    Image.new("RGB", (4, 4)).save(drawn, "PNG")
    partner = make_partner(logo=drawn.getvalue())
    published(partner=partner, channel="file", reference="R")
    address = f"/offres/logos/{partner.pk}.png"
    assert f'src="{address}"' in client.get("/offres/").content.decode()
    assert client.get(address).content == drawn.getvalue()
    bare = make_partner(name="Sans logo")
    assert client.get(f"/offres/logos/{bare.pk}.png").status_code == 404
