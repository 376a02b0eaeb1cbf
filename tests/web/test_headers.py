"""Headers, cookies and caches: what a browser is told on every address, whoever asks."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client, override_settings

from entremise.kernel.actors import Role
from entremise.web.kit.middleware import CSP
from tests.factories.accounts import UserFactory, sign_in
from tests.factories.stage import NOBODY, Stage, quiet_client
from tests.web.addresses import PRIVATE, URLS, address
from tests.web.headers_told import header, is_as_it_must_be, is_kept_by_nobody
from tests.web.walk import Visit, put_back, visit

pytestmark = pytest.mark.django_db
UNKNOWN = "01900000-0000-7000-8000-000000000000"
HTTPS = {
    "SESSION_COOKIE_SECURE": True, "CSRF_COOKIE_SECURE": True, "LANGUAGE_COOKIE_SECURE": True,
    "SESSION_COOKIE_NAME": "__Host-sessionid", "CSRF_COOKIE_NAME": "__Host-csrftoken",
    "LANGUAGE_COOKIE_NAME": "__Host-langue", "SECURE_HSTS_SECONDS": settings.SECURE_HSTS_SECONDS or 31_536_000,
}  # fmt: skip


def walked(scene: Stage, who: str, names: list[str]) -> list[Visit]:
    """Open and post to addresses, as somebody of the scene or as nobody."""
    client = quiet_client() if who == NOBODY else scene.signed_in(Role(who))
    things = scene.things()
    return [
        visit(client, name, method, address(name, pk=things.get(name, UNKNOWN), token="x", step=1))
        for name in names
        for method in ("get", "post")
    ]


@pytest.mark.parametrize("who", [NOBODY, str(Role.JOBSEEKER), str(Role.BUSINESS_ADVISER)])
def test_every_answer_carries_the_headers_and_nothing_private_is_kept(scene: Stage, who: str) -> None:
    """Nobody knocks at every door; what opens only for some is looked at in test_leaks, with what they read."""
    with put_back():
        found = walked(scene, who, sorted(URLS if who == NOBODY else set(URLS) - set(PRIVATE)))
    assert [f"{seen} {faults}" for seen in found if (faults := is_as_it_must_be(seen))] == []
    assert len(found) > (200 if who == NOBODY else 50)
    assert who == NOBODY or [str(seen) for seen in found if not is_kept_by_nobody(seen)] == []


def test_the_policy_lets_nothing_from_elsewhere_in_and_nothing_inline() -> None:
    told = {part.split()[0]: part.split()[1:] for part in CSP.split("; ")}
    assert told["default-src"] == told["object-src"] == told["base-uri"] == told["frame-ancestors"] == ["'none'"]
    assert told["script-src"] == told["style-src"] == told["form-action"] == ["'self'"]
    assert "unsafe" not in CSP
    assert "http" not in CSP


def test_files_leave_under_a_name_of_ours_and_are_never_shown_in_the_page(scene: Stage) -> None:
    with put_back():
        client = scene.signed_in(Role.BUSINESS_ADVISER)
        exports = sorted(name for name in URLS if "export" in name or name.endswith(("_file", "_model")))
        seen = [visit(client, name, "get", address(name, pk=UNKNOWN)) for name in exports]
    files = [one for one in seen if one.status == 200 and "spreadsheet" in header(one, "Content-Type")]
    assert len(files) >= 2
    for one in files:
        assert re.fullmatch(r'attachment; filename="[a-z0-9._-]+"', header(one, "Content-Disposition")), str(one)


@override_settings(**HTTPS)
def test_every_cookie_is_closed_to_scripts_to_plain_http_and_to_other_sites(client: Client) -> None:
    given: dict[str, Any] = {}
    for answer in (
        client.get("/connexion/", secure=True),
        client.post("/connexion/", {"identifier": "awa@example.org"}, secure=True),
        client.post("/langue/", {"language": "en"}, secure=True),
    ):
        given |= answer.cookies
    assert set(given) == {"__Host-sessionid", "__Host-csrftoken", "__Host-langue"}
    for name, cookie in given.items():
        assert (bool(cookie["secure"]), bool(cookie["httponly"]), cookie["samesite"]) == (True, True, "Lax"), name
        assert (cookie["path"], cookie["domain"]) == ("/", "")
        assert len(name) + len(cookie.value) < 4096


@override_settings(**HTTPS)
def test_https_is_remembered_for_a_year_and_for_what_is_below(client: Client) -> None:
    told = client.get("/", secure=True)["Strict-Transport-Security"]
    assert told == "max-age=31536000; includeSubDomains"


def settings_of(tmp_path: Path, **told: str) -> dict[str, Any]:
    """Return some settings of an installation that is told this, read by a process of its own."""
    names = ["SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "LANGUAGE_COOKIE_NAME", "SECURE_HSTS_SECONDS", "DEBUG"]
    names += [
        "SESSION_COOKIE_SECURE",
        "CSRF_COOKIE_SECURE",
        "LANGUAGE_COOKIE_SECURE",
        "SECURE_HSTS_INCLUDE_SUBDOMAINS",
    ]
    read = f"{{name: getattr(settings, name) for name in {names}}}"
    code = f"import json; from entremise.config import settings; print(json.dumps({read}))"
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ENTREMISE_", "SMTP"))}
    environ = {**kept, "ENTREMISE_VAR": str(tmp_path), "ENTREMISE_DEMO": "0", **told}
    run = subprocess.run([sys.executable, "-c", code], env=environ, capture_output=True, text=True, check=True)
    told_back: dict[str, Any] = json.loads(run.stdout)
    return told_back


def test_a_site_behind_https_takes_the_closed_cookies_by_itself(tmp_path: Path) -> None:
    closed = settings_of(tmp_path, ENTREMISE_BASE_URL="https://emploi.exemple.fr")
    assert all(closed[name].startswith("__Host-") for name in closed if name.endswith("COOKIE_NAME"))
    assert all(closed[name] is True for name in closed if name.endswith("COOKIE_SECURE"))
    assert closed["SECURE_HSTS_SECONDS"] >= 31_536_000
    assert closed["SECURE_HSTS_INCLUDE_SUBDOMAINS"] is True
    assert closed["DEBUG"] is False
    plain = settings_of(tmp_path)
    assert not any(plain[name].startswith("__Host-") for name in plain if name.endswith("COOKIE_NAME"))


@pytest.mark.parametrize("method", ["TRACE", "TRACK", "CONNECT", "PROPFIND"])
@pytest.mark.parametrize("path", ["/", "/connexion/", "/moi/", "/sante/"])
def test_a_method_that_no_page_uses_shows_nothing_of_the_request(client: Client, method: str, path: str) -> None:
    secret = "jeton-que-personne-ne-doit-relire"
    response = client.generic(method, path, headers={"X-Secret": secret, "Cookie": f"x={secret}"})
    assert secret not in response.content.decode()


@pytest.mark.parametrize(
    "path", ["/.git/config", "/static/", "/static/css/", "/.env", "/admin/", "/__debug__/", "/api/"]
)
def test_neither_folders_nor_sources_nor_tools_are_served(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_host_of_somebody_else_is_refused(client: Client) -> None:
    assert client.get("/", headers={"Host": "ailleurs.example"}).status_code == 400


def test_signing_out_empties_what_the_browser_kept(client: Client) -> None:
    sign_in(client, UserFactory())
    assert client.post("/connexion/deconnexion/")["Clear-Site-Data"] == '"cache", "storage"'
