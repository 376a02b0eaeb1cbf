"""The files of the look: named by their content once gathered, kept for good by browsers, never silently missing."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.test import RequestFactory
from whitenoise.middleware import WhiteNoiseMiddleware

from entremise.config import cli_data, environment
from entremise.config.console import CommandRefused
from entremise.config.environment import Environment

pytestmark = pytest.mark.django_db
NAME = re.compile(r"/static/(css/1-base)\.[0-9a-f]{12}\.css")
FOR_GOOD = "max-age=315360000, public, immutable"


@pytest.fixture
def site(tmp_path: Path, settings: Any) -> Environment:
    """Give an installation of which nothing is gathered yet."""
    settings.STATIC_ROOT = tmp_path / "static"
    settings.WHITENOISE_USE_FINDERS = False
    return dataclasses.replace(environment.load(), var=tmp_path)


@pytest.fixture
def gathered(site: Environment) -> Environment:
    cli_data._static(site)
    return site


def kept(path: str) -> str:
    """Return how long a browser may keep what is at this address; nothing when nothing is there."""
    server = WhiteNoiseMiddleware(lambda request: HttpResponse(status=404))
    with contextlib.closing(server(RequestFactory().get(path))) as answer:
        return str(answer.headers.get("Cache-Control", ""))


def manifest(site: Environment) -> dict[str, str]:
    paths: dict[str, str] = json.loads((site.var / "static" / "staticfiles.json").read_text())["paths"]
    return paths


def test_before_anything_is_gathered_a_file_keeps_its_own_name(site: Environment) -> None:
    assert staticfiles_storage.url("css/1-base.css") == "/static/css/1-base.css"


def test_a_page_calls_a_file_by_a_name_made_from_its_content(gathered: Environment) -> None:
    page = render_to_string("500.html")
    assert NAME.search(page)
    assert "/static/css/1-base.css" not in page


def test_a_file_named_by_its_content_is_kept_for_good_and_another_for_a_while(gathered: Environment) -> None:
    address = staticfiles_storage.url("css/1-base.css")
    assert NAME.fullmatch(address)
    assert kept(address) == FOR_GOOD
    assert kept("/static/css/1-base.css") == "max-age=86400, public"
    assert kept("/static/css/1-base.000000000000.css") == ""


def test_what_a_style_sheet_calls_for_is_kept_for_good_too(gathered: Environment) -> None:
    sheet = (gathered.var / "static" / manifest(gathered)["css/3-controls.css"]).read_text()
    (picture,) = re.findall(r'url\("\.\./(img/chevron\.[0-9a-f]{12}\.svg)"\)', sheet)
    assert kept(f"/static/{picture}") == FOR_GOOD


def test_a_file_named_by_its_content_is_served_compressed(gathered: Environment) -> None:
    name = manifest(gathered)["css/1-base.css"]
    whole, small = (gathered.var / "static" / one for one in (name, f"{name}.gz"))
    assert small.stat().st_size < whole.stat().st_size / 2


def test_the_scripts_of_the_libraries_are_gathered_with_ours(gathered: Environment) -> None:
    assert {"js/entremise.js", "django_htmx/htmx-2.min.js", "mfa/js/webauthn-json.js"} <= set(manifest(gathered))


def test_a_second_start_gathers_nothing(gathered: Environment) -> None:
    file = gathered.var / "static" / manifest(gathered)["css/1-base.css"]
    before = file.stat().st_mtime_ns
    cli_data._static(gathered)
    assert file.stat().st_mtime_ns == before


@pytest.mark.parametrize("name", ["css/1-base.css", "img/chevron.svg"])
def test_a_file_that_was_lost_comes_back_at_the_next_start(gathered: Environment, name: str) -> None:
    file = gathered.var / "static" / manifest(gathered)[name]
    file.unlink()
    cli_data._static(gathered)
    assert file.is_file()


def test_a_page_that_calls_for_a_file_that_does_not_exist_stops_the_start(
    site: Environment, settings: Any, tmp_path: Path
) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "page.html").write_text('{% load static %}{% static "css/forgotten.css" %}')
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [*settings.TEMPLATES[0]["DIRS"], tmp_path / "pages"]}]
    with pytest.raises(CommandRefused) as refused:
        cli_data._static(site)
    assert str(refused.value) == (
        "Il manque des fichiers d'affichage du site (css/forgotten.css). Installez de nouveau Entremise."
    )


def test_a_style_sheet_that_calls_for_a_file_that_does_not_exist_stops_the_start(
    site: Environment, settings: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "broken.css").write_text('a { background: url("gone.svg") }')
    settings.STATICFILES_DIRS = [*settings.STATICFILES_DIRS, tmp_path / "more"]
    with pytest.raises(CommandRefused, match=r"préparés \(The file 'gone\.svg' could not be found"):
        cli_data._static(site)


def test_a_list_of_files_cut_short_stops_the_start_and_says_what_to_erase(site: Environment) -> None:
    (site.var / "static").mkdir()
    (site.var / "static" / "staticfiles.json").write_text('{"paths": {"css/1-')
    with pytest.raises(CommandRefused, match=f"Effacez le dossier {site.var / 'static'} et recommencez"):
        cli_data._static(site)
