"""Badges in the hands of people: taken away, checked by a stranger, shown by a link, judged by verifiers of others."""

from __future__ import annotations

import copy
import json
import re
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import expect

from entremise.kernel import clock
from tests.browser.visitor import Visitor
from tests.factories.judges import Judge, Verdict

SIGNED_SECONDS = 90.0  # the worker signs and publishes at once; each minute it looks for what was forgotten
VALID, WITHDRAWN = "Ce badge est valable", "Ce badge a été retiré par son émetteur"


def wait_until_signed(her: Visitor, count: int) -> None:
    """Open her wall again until so many badges are signed."""
    limit = time.monotonic() + SIGNED_SECONDS
    while True:
        her.open("/moi/badges/")
        if her.page.get_by_text("Valable", exact=True).count() >= count:
            return
        assert time.monotonic() < limit, "her badges are not signed"
        time.sleep(1)


def taken_away(her: Visitor, title: str, kind: str) -> Path:
    """Return a badge as she downloads it, in one of its forms."""
    her.open("/moi/badges/")
    her.follow(title)
    with her.page.expect_download() as file:
        her.page.get_by_role("button", name=kind).click()
    return Path(file.value.path())


def check(stranger: Visitor, file: Path, name: str, media_type: str) -> None:
    """Drop a file on the public page that verifies badges."""
    stranger.open("/verifier/")
    given = {"name": name, "mimeType": media_type, "buffer": file.read_bytes()}
    stranger.page.get_by_label("Le fichier du badge").set_input_files(given)
    stranger.click("Vérifier")


def check_until(stranger: Visitor, file: Path, headline: str) -> None:
    """Check a badge again until the page says this of it."""
    limit = time.monotonic() + SIGNED_SECONDS
    while True:
        check(stranger, file, "badge.json", "application/json")
        if stranger.page.get_by_role("heading", name=headline).count():
            return
        assert time.monotonic() < limit, f"not « {headline} »: {stranger.page.get_by_role('main').inner_text()[:300]}"
        time.sleep(2)


def shown_by_link(her: Visitor, title: str) -> str:
    """Make a link that shows one badge for a week; return its address."""
    her.open("/moi/badges/partager/")
    her.tick(re.compile(re.escape(title)))
    her.click("Faire le lien")
    address = her.page.locator(".badge-address").inner_text().strip()
    expect(her.page.get_by_role("main")).to_contain_text(title)
    return address


def judged(judge: Judge, stranger: Visitor, badge: dict[str, Any], **more: str) -> Verdict:
    """Ask a verifier of others, with the documents that it would fetch from the site."""
    issuer = badge["issuer"]["id"]
    path = "/" + "/".join(issuer.split(":")[3:]) + "/did.json"
    documents = {issuer: _fetched(stranger, path)}
    entries = badge["credentialStatus"]
    for entry in entries if isinstance(entries, list) else [entries]:
        address = entry["statusListCredential"]
        documents[address] = _fetched(stranger, address)
    return judge("ob3-di", badge, now=more.pop("now", clock.now().isoformat()), documents=documents, **more)


def tampered(badge: dict[str, Any]) -> dict[str, Any]:
    """Return the badge with another title."""
    changed = copy.deepcopy(badge)
    changed["credentialSubject"]["achievement"]["name"] += " avec mention"
    return changed


def _fetched(stranger: Visitor, address: str) -> dict[str, Any]:
    where = address if address.startswith("http") else stranger.address + address
    answer = stranger.page.request.get(where)
    assert answer.ok, address
    found: dict[str, Any] = json.loads(answer.body())
    return found
