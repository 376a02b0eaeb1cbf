"""The interface of the partners: one offer, its corrections, the file of the day; every refusal says what to do."""

import json
from typing import Any

import jsonschema
import pytest
from django.core.cache import caches
from django.test import Client

from entremise.api import offers as api
from entremise.api.description import OPENAPI
from entremise.offers import actions_partners, queries_feeds
from entremise.offers.models_partners import OfferPartner
from tests.factories.offer_feeds import BY_HAND, Sender, make_partner

pytestmark = pytest.mark.django_db


class System:
    """A partner's system."""

    def __init__(self, sender: Sender) -> None:
        self.sender = sender
        self.key = actions_partners.renew_key(sender.partner, actor=BY_HAND)

    def ask(self, method: str, path: str, body: Any = None, *, key: str | None = None, **headers: str) -> Any:
        """Send a request, and hold its answer to the description."""
        content = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        kind = headers.pop("content_type", "application/json")
        told = {"Authorization": f"Bearer {self.key if key is None else key}", **headers}
        answer = Client().generic(method, path, content, content_type=kind, headers=told)
        described(method, path, answer)
        return answer


def described(method: str, path: str, answer: Any) -> None:
    """Hold an answer to what the interface says of it."""
    parts = path.partition("?")[0].split("/")
    name = {"offers": "reference", "feeds": "id"}[parts[2]]
    pattern = "/".join(parts[:3]) + (f"/{{{name}}}" if len(parts) > 3 else "")
    operation = OPENAPI["paths"][pattern][method.lower()]  # type: ignore[index]
    schema = operation["responses"][str(answer.status_code)]["content"]["application/json"]["schema"]
    jsonschema.validate(answer.json(), {**schema, "components": OPENAPI["components"]})


@pytest.fixture
def system() -> System:
    caches["process"].clear()
    return System(Sender(make_partner(channel="api")))


def test_an_offer_is_published_corrected_read_and_withdrawn(system: System) -> None:
    made = system.ask("POST", "/api/offers", system.sender.offer("A-1", langues="klingon"))
    assert (made.status_code, made.json()["state"], made.json()["result"]) == (201, "open", "created")
    assert "« languages » n'a pas été compris" in made.json()["remarks"][0]
    offer = system.sender.held()
    assert made.json()["url"].endswith(f"/offres/{offer.pk}/")
    assert Client().get(f"/offres/{offer.pk}/").status_code == 200
    same = system.ask("PUT", "/api/offers/A-1", system.sender.offer("ignored-1"))
    assert (same.status_code, same.json()["result"]) == (200, "unchanged")
    changed = system.ask("PUT", "/api/offers/A-1", system.sender.offer("A-1", contract="CDD"))
    assert (changed.status_code, changed.json()["result"], system.sender.held().contract) == (200, "updated", "cdd")
    assert system.ask("GET", "/api/offers/A-1").json()["state"] == "open"
    assert system.ask("DELETE", "/api/offers/A-1").json()["state"] == "closed"
    assert system.ask("DELETE", "/api/offers/A-1").status_code == 200
    assert system.ask("POST", "/api/offers", system.sender.offer("A-1")).json()["result"] == "created"
    listed = system.ask("GET", "/api/offers").json()
    assert ([one["reference"] for one in listed["offers"]], listed["after"]) == (["A-1"], None)


def test_a_rejected_offer_gets_every_reason(system: System) -> None:
    refused = system.ask("POST", "/api/offers", {"reference": "A-1", "title": "Poste", "description": "x" * 5_001})
    told = refused.json()
    assert (refused.status_code, told["code"]) == (422, "rejected")
    faults = {one["field"]: one["message"] for one in told["faults"]}
    assert {"commune", "contract", "siret", "description"} <= set(faults)
    assert "5 001 caractères" in faults["description"]
    wording = system.ask("POST", "/api/offers", system.sender.offer("A-1", description="Moins de 35 ans exigé."))
    assert wording.status_code == 422
    assert "35 ans" in wording.json()["faults"][0]["message"]
    assert system.sender.states() == {}


def test_the_same_idempotency_key_takes_an_offer_once(system: System) -> None:
    headers = {"Idempotency-Key": "abc"}
    first = system.ask("POST", "/api/offers", {"title": "?"}, **headers)
    assert first.status_code == 422  # what was not done may be tried again
    made = system.ask("POST", "/api/offers", system.sender.offer("A-1"), **headers)
    again = system.ask("POST", "/api/offers", system.sender.offer("A-1", contract="CDD"), **headers)
    assert (made.status_code, again.status_code, again["Idempotency-Replayed"]) == (201, 200, "true")
    assert system.sender.held().contract == "cdi"


def test_a_duplicate_is_refused_with_what_is_kept(system: System) -> None:
    system.ask("POST", "/api/offers", system.sender.offer("A-1"))
    double = system.ask("POST", "/api/offers", system.sender.offer("B-1"))
    assert (double.status_code, double.json()["code"]) == (409, "duplicate")
    assert "est gardée parce qu'elle est" in double.json()["message"]


def test_only_the_partner_s_own_key_opens_its_own_offers(system: System) -> None:
    system.ask("POST", "/api/offers", system.sender.offer("A-1"))
    other = System(Sender(make_partner(name="Autre", channel="api", agency=system.sender.agency)))
    assert other.ask("GET", "/api/offers/A-1").status_code == 404
    assert other.ask("DELETE", "/api/offers/A-1").status_code == 404
    for key in ("", "ent_", "ent_faux", system.key[:-1], "a" * 10_000):
        refused = system.ask("GET", "/api/offers", key=key)
        assert (refused.status_code, refused.json()["code"]) == (401, "invalid_key")
    before = system.key
    system.key = actions_partners.renew_key(system.sender.partner, actor=BY_HAND)
    assert system.ask("GET", "/api/offers", key=before).status_code == 401
    assert system.ask("GET", "/api/offers").status_code == 200
    kept = OfferPartner.objects.unscoped("a test").get(pk=system.sender.partner.pk)
    assert system.key not in kept.key_hash
    actions_partners.stop(system.sender.partner, actor=BY_HAND)
    assert system.ask("GET", "/api/offers").status_code == 401


def test_bad_requests_are_told_in_words(system: System) -> None:
    cases: list[tuple[str, bytes, str, int]] = [
        ("POST", b"{", "application/json", 400), ("POST", b"[]", "application/json", 400),
        ("POST", b"\xff", "application/json", 400), ("POST", b"a=b", "text/plain", 415),
        ("PATCH", b"", "application/json", 405), ("POST", b"[" * 100_000, "application/json", 400),
        ("POST", b" " * 200_001, "application/json", 413),
    ]  # fmt: skip
    for method, body, kind, status in cases:
        headers = {"Authorization": f"Bearer {system.key}"}
        answer = Client().generic(method, "/api/offers", body, content_type=kind, headers=headers)
        assert (answer.status_code, bool(answer.json()["message"])) == (status, True), body[:20]
    type(system.sender.partner).objects.unscoped("a test").update(agreed_until="2026-01-06")
    late = system.ask("POST", "/api/offers", system.sender.offer("A-1"))
    assert (late.status_code, late.json()["code"]) == (403, "no_agreement")


def test_the_file_of_the_day_and_its_report(system: System) -> None:
    body = json.dumps([system.sender.offer("A-1"), system.sender.offer("A-2", siret="")]).encode()
    taken = system.ask("POST", "/api/feeds", body, content_type="application/octet-stream", **{"X-Filename": "j.json"})
    assert (taken.status_code, taken.json()["state"]) == (202, "received")
    pk = taken.json()["id"]
    feed = queries_feeds.feed_of(system.sender.partner, pk)
    assert feed is not None
    system.sender.read(feed)
    report = system.ask("GET", f"/api/feeds/{pk}").json()
    assert (report["state"], report["created"], report["refused"], len(report["lines"])) == ("done", 1, 1, 1)
    assert "SIRET" in report["lines"][0]["message"]
    again = system.ask("POST", "/api/feeds", body, content_type="application/octet-stream")
    assert again.json()["state"] == "same"
    refused = system.ask("POST", "/api/feeds", b"PK\x03\x04", content_type="application/octet-stream")
    assert (refused.status_code, "ZIP" in refused.json()["message"]) == (422, True)
    other = System(Sender(make_partner(name="Autre", channel="api", agency=system.sender.agency)))
    assert other.ask("GET", f"/api/feeds/{pk}").status_code == 404


def test_too_many_requests_are_asked_to_wait(system: System, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api, "MOST_A_MINUTE", 2)
    assert [system.ask("GET", "/api/offers").status_code for _ in range(3)][-1] == 429
