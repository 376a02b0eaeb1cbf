"""The look: contrasts, charts, and what the component templates write."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest
from django.template import Context, RequestContext, Template
from django.test import Client, RequestFactory
from django.utils import translation
from django_cotton.compiler_regex import CottonCompiler
from hypothesis import given
from hypothesis import strategies as st

from entremise.lib import contrast
from entremise.web.components import brand, charts, checks, choices, flash, icons

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")
PACKAGE = Path(brand.__file__).parents[2]
MAX_CSS_BYTES = 46_080  # 45 kB for the whole theme, uncompressed
MAX_JS_BYTES = 12_288  # 12 kB for the script of every page
LIGHT_BLOCK, DARK_BLOCK = 0, 1


@pytest.fixture(autouse=True)
def _french() -> Any:
    with translation.override("fr"):
        yield


def draw(source: str, **context: Any) -> str:
    """Render a piece of template that uses components, as a page would."""
    request = context.pop("request", None) or RequestFactory().get("/moi/")
    request._messages = CookieStorage(request) if not hasattr(request, "_messages") else request._messages
    template = Template("{% load components i18n %}" + CottonCompiler().process(source))
    return template.render(RequestContext(request, context))


# Contrast


def test_black_on_white_has_the_highest_contrast() -> None:
    assert contrast.contrast_ratio("#000000", "#ffffff") == pytest.approx(21)


def test_the_grey_of_the_standard_s_example_is_just_readable() -> None:
    assert contrast.contrast_ratio("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("text", ["red", "#fff", "#12345g", "#1234567", ""])
def test_a_colour_that_is_not_written_in_six_digits_is_refused(text: str) -> None:
    with pytest.raises(contrast.ColourRefused):
        contrast.channels(text)


@given(COLOURS, COLOURS)
def test_contrast_does_not_depend_on_the_order(first: str, second: str) -> None:
    assert contrast.contrast_ratio(first, second) == contrast.contrast_ratio(second, first)


@given(COLOURS, COLOURS, st.booleans())
def test_whatever_the_operator_s_colours_the_theme_is_readable(primary: str, accent: str, is_dark: bool) -> None:
    shades = contrast.shades(primary, accent, is_dark=is_dark)
    paper = contrast.DARK_PAPER if is_dark else contrast.LIGHT_PAPER
    assert contrast.contrast_ratio(shades.primary, paper) >= contrast.MIN_TEXT_RATIO
    assert contrast.contrast_ratio(shades.primary, shades.primary_soft) >= contrast.MIN_TEXT_RATIO
    assert contrast.contrast_ratio(shades.on_primary, shades.primary) >= contrast.MIN_TEXT_RATIO
    assert contrast.contrast_ratio(shades.on_primary, shades.primary_strong) >= contrast.MIN_TEXT_RATIO
    assert contrast.contrast_ratio(shades.accent_text, shades.accent_soft) >= contrast.MIN_TEXT_RATIO
    assert contrast.contrast_ratio(shades.accent, paper) >= contrast.MIN_CONTROL_RATIO


@pytest.mark.parametrize("block", [LIGHT_BLOCK, DARK_BLOCK])
def test_the_colours_of_our_style_sheet_are_readable_in_both_themes(block: int) -> None:
    colours = style_sheet_colours(block)
    papers = [colours[name] for name in ("paper", "surface", "sunken")]
    for name in ("ink", "ink-soft", "primary", "accent-text", "success-text", "warning-text", "danger-text"):
        assert all(contrast.contrast_ratio(colours[name], paper) >= 4.5 for paper in papers), name
    for tone in ("success", "warning", "danger", "accent"):
        assert contrast.contrast_ratio(colours[f"{tone}-text"], colours[f"{tone}-soft"]) >= 4.5, tone
        assert contrast.contrast_ratio(colours["ink-soft"], colours[f"{tone}-soft"]) >= 4.5, tone
    for control in ("edge", "focus", "accent"):
        assert all(contrast.contrast_ratio(colours[control], paper) >= 3 for paper in papers), control
    assert contrast.contrast_ratio(colours["on-primary"], colours["primary-strong"]) >= 4.5
    assert contrast.contrast_ratio(colours["on-danger"], colours["danger"]) >= 4.5


def style_sheet_colours(block: int) -> dict[str, str]:
    """Read the colours of the light or the dark theme in the style sheet."""
    text = (PACKAGE / "static/css/1-base.css").read_text(encoding="utf-8")
    declarations = re.findall(r":root \{(.*?)\n\s*\}", text, flags=re.DOTALL)[block]
    found = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6}|#[0-9a-f]{3});", declarations))
    return {
        name: colour if len(colour) == 7 else "#" + "".join(c * 2 for c in colour[1:])
        for name, colour in found.items()
    }


def test_what_every_page_loads_stays_light() -> None:
    layout = (PACKAGE / "templates/layouts/base.html").read_text(encoding="utf-8")
    sheets = re.findall(r'static "(css/[^"]+)"', layout)
    assert sheets
    assert sum((PACKAGE / "static" / sheet).stat().st_size for sheet in sheets) <= MAX_CSS_BYTES
    assert (PACKAGE / "static/js/entremise.js").stat().st_size <= MAX_JS_BYTES


# The operator's brand


@dataclass(frozen=True)
class Brand:
    name: str = "Emploi Drôme"
    primary: str = brand.DEFAULT_PRIMARY
    accent: str = brand.DEFAULT_ACCENT
    logo: Path | None = None


def test_the_product_s_own_colours_need_no_second_style_sheet() -> None:
    assert brand.theme_version(Brand()) == ""


def test_other_colours_get_a_style_sheet_with_a_version() -> None:
    chosen = Brand(primary="#6a1b9a")
    assert brand.theme_version(chosen)
    assert "--primary:#6a1b9a" in brand.theme_css(chosen)
    assert "prefers-color-scheme:dark" in brand.theme_css(chosen)


def test_a_pale_brand_colour_is_announced_at_start(settings: Any) -> None:
    settings.ENTREMISE_BRAND = Brand(primary="#ffe680")
    warnings = checks.brand_is_readable()
    assert {warning.id for warning in warnings} == {"components.W001"}
    assert "le site emploie une nuance plus lisible" in warnings[0].msg


def test_a_brand_colour_that_is_no_colour_stops_the_start(settings: Any) -> None:
    settings.ENTREMISE_BRAND = Brand(accent="corail")
    assert checks.brand_is_readable()[0].msg.startswith("« corail » n'est pas une couleur.")


def test_our_own_brand_raises_nothing(settings: Any) -> None:
    settings.ENTREMISE_BRAND = Brand()
    assert checks.brand_is_readable() == []


# Charts


def test_bars_share_one_scale_that_starts_at_zero() -> None:
    chart = charts.bar_chart([charts.Bar("a", 40), charts.Bar("b", 10), charts.Bar("c", None)])
    assert [bar.width for bar in chart.bars] == ["100%", "25%", "0%"]


@pytest.mark.parametrize(
    ("maximum", "ticks"),
    [(0, [0, 1]), (0.4, [0, 0.1, 0.2, 0.3, 0.4]), (3, [0, 1, 2, 3]), (52, [0, 20, 40, 60]), (9, [0, 3, 6, 9])],
)
def test_graduations_are_round(maximum: float, ticks: list[float]) -> None:
    assert charts.nice_ticks(maximum) == ticks


@given(st.floats(0, 1e9, allow_nan=False))
def test_graduations_start_at_zero_and_cover_the_maximum(maximum: float) -> None:
    ticks = charts.nice_ticks(maximum)
    assert ticks[0] == 0
    assert ticks[-1] >= maximum * (1 - 1e-6)
    assert ticks == sorted(set(ticks))
    assert len(ticks) <= 7


def test_a_missing_month_breaks_the_line() -> None:
    chart = charts.line_chart(["a", "b", "c"], [charts.Series("s", [1, None, 3])])
    assert chart.series[0].path.count("M") == 2
    assert [dot.label for dot in chart.series[0].dots] == ["a", "c"]


def test_a_line_without_any_value_says_it_is_empty() -> None:
    assert charts.line_chart(["a", "b"], [charts.Series("s", [None, None])]).is_empty
    assert charts.line_chart([], []).is_empty


def test_a_series_of_another_length_than_the_labels_is_refused() -> None:
    with pytest.raises(ValueError, match="2 values for 3 labels"):
        charts.line_chart(["a", "b", "c"], [charts.Series("s", [1, 2])])


@given(st.lists(st.one_of(st.none(), st.floats(0, 1e6)), min_size=1, max_size=40))
def test_points_stay_inside_the_drawing(values: list[float | None]) -> None:
    chart = charts.line_chart([str(i) for i in range(len(values))], [charts.Series("s", values)])
    for dot in chart.series[0].dots:
        assert 0 <= float(dot.x) <= chart.width
        assert 0 <= float(dot.y) <= chart.height


def test_heat_levels_run_from_nothing_to_the_highest() -> None:
    chart = charts.heat_chart(["a", "b", "c", "d"], [("row", [0, 1, 100, None])])
    assert [cell.level for cell in chart.rows[0].cells] == [0, 1, 5, 0]


def test_a_trend_needs_two_points() -> None:
    assert charts.sparkline([3]) == ""
    assert charts.sparkline([1, 2, 3]).startswith("M0 ")


def test_coordinates_are_never_rewritten_by_the_french_locale() -> None:
    chart = charts.line_chart(["a", "b", "c"], [charts.Series("s", [1000.5, 2000.25, 1500])])
    html = draw('<c-chart-line :chart="chart" title="T" />', chart=chart)
    assert 'viewBox="0 0 640 260"' in html
    assert all("," not in path for path in re.findall(r' d="([^"]*)"', html))


# Templates


def test_a_refused_button_cannot_be_pressed_and_says_why() -> None:
    html = draw('<c-button reason="Accord retiré." reason-id="why">Proposer</c-button>')
    assert 'type="button"' in html
    assert 'aria-disabled="true" aria-describedby="why"' in html
    assert "Accord retiré." in html


def test_an_attribute_passed_through_is_escaped() -> None:
    html = draw('<c-link-button href="/" :data-name="name">Voir</c-link-button>', name='" onmouseover="x" "')
    assert 'data-name="&quot; onmouseover=&quot;x&quot; &quot;"' in html


def test_a_text_given_to_a_component_is_escaped_once() -> None:
    html = draw(
        '<c-person-card initials="{{ name }}" name="{{ name }}" :revealed="True" />', name="<b>O'Neil & fils</b>"
    )
    assert "&lt;b&gt;O&#x27;Neil &amp; fils&lt;/b&gt;" in html
    assert "<b>" not in html


def test_a_component_does_not_see_the_variables_of_the_page() -> None:
    assert "secret" not in draw("<c-card>Texte</c-card>", title="secret", actions="secret")


def test_a_pseudonymous_card_never_writes_the_name() -> None:
    html = draw('<c-person-card initials="A. D." name="Awa Diallo" headline="cariste" place="Valence" />')
    assert "Awa" not in html
    assert "Identité protégée" in html


class SampleForm(forms.Form):
    phone = forms.CharField(label="Téléphone", help_text="Dix chiffres.")
    job = forms.CharField(label="Métier")
    job_id = forms.CharField(widget=forms.HiddenInput, required=False)
    answer = forms.ChoiceField(
        label="Réponse",
        widget=forms.RadioSelect,
        choices=[("yes", choices.RichLabel("Oui", "Tout de suite.", "check")), ("no", "Non")],
    )
    skills = forms.MultipleChoiceField(
        label="Compétences",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("Savoir-faire", [("1", "Conduire"), ("2", "Charger")]), ("Savoir-être", [("3", "Écouter")])],
    )


def test_a_field_in_error_is_linked_to_its_help_and_its_error() -> None:
    html = draw('<c-field :field="form.phone" />', form=SampleForm({}))
    assert 'aria-describedby="id_phone_helptext id_phone_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'id="id_phone_helptext"' in html
    assert 'id="id_phone_error"' in html
    assert '<label class="label" for="id_phone">' in html


def test_the_summary_of_errors_leads_to_each_field() -> None:
    html = draw('<c-form-errors :form="form" />', form=SampleForm({"phone": "06", "job": "x"}))
    assert 'href="#id_answer_0"' in html
    assert "Il reste un point à corriger" in html
    assert 'id="id_answer_0"' in draw('<c-field :field="form.answer" />', form=SampleForm())


def test_a_form_without_error_has_no_summary() -> None:
    assert "error-summary" not in draw('<c-form-errors :form="form" />', form=SampleForm())


def test_choice_cards_keep_the_answer_given_and_show_its_hint() -> None:
    html = draw('<c-field :field="form.answer" />', form=SampleForm({"answer": "yes"}))
    assert re.search(r'<input type="radio" name="answer" value="yes"[^>]* checked>', html)
    assert not re.search(r'value="no"[^>]* checked>', html)
    assert "Tout de suite." in html


def test_a_checklist_shows_its_groups_and_what_was_ticked() -> None:
    html = draw('<c-checklist :field="form.skills" max="2" />', form=SampleForm({"skills": ["3"]}))
    assert 'role="group" aria-label="Savoir-faire"' in html
    assert 'data-max="2"' in html
    assert re.findall(r'value="(\d)"[^>]* checked>', html) == ["3"]


def test_type_ahead_is_a_plain_text_field_without_script() -> None:
    html = draw('<c-typeahead-field :field="form.job" :id-field="form.job_id" suggest-url="/s/" />', form=SampleForm())
    assert '<input type="text" name="job"' in html
    assert '<input type="hidden" name="job_id"' in html
    assert 'data-suggest-url="/s/"' in html


@pytest.mark.parametrize(("level", "words"), [(0, "Déclarée"), (2, "Confirmée par l'entreprise"), (4, "Signée")])
def test_a_seal_says_its_level_in_words(level: int, words: str) -> None:
    html = draw('<c-seal :level="level" origin="Rivoire" date="12 novembre 2026" />', level=level).replace(
        "&#x27;", "'"
    )
    assert words in html
    assert "Rivoire, 12 novembre 2026" in html


@pytest.mark.parametrize(
    ("href", "state"),
    [("/moi/", 'aria-current="page"'), ("/moi/suivi/", ""), ("/", ""), ("/mo", 'aria-current="true"')],
)
def test_navigation_marks_the_current_page_and_section(href: str, state: str) -> None:
    html = draw('<c-nav-item href="{{ href }}">Page</c-nav-item>', href=href)
    assert ("aria-current" in html) is bool(state)
    assert state in html


@pytest.mark.parametrize(
    ("state", "words"), [("error", "La liste ne s"), ("loading", "Chargement en cours."), ("empty", "Rien")]
)
def test_a_table_says_when_it_has_nothing_to_show(state: str, words: str) -> None:
    html = draw('<c-table caption="C" :state="state"><c-slot name="empty">Rien</c-slot></c-table>', state=state)
    assert words in html
    assert "<table" not in html


def test_an_act_that_can_be_undone_offers_a_post() -> None:
    request = RequestFactory().get("/moi/")
    request._messages = CookieStorage(request)
    flash.say_undoable(request, "Demande retirée.", undo_url="/moi/annuler/")
    html = draw('{% include "layouts/toasts.html" %}', request=request)
    assert "Demande retirée." in html
    assert '<form method="post" action="/moi/annuler/">' in html


def test_every_icon_is_decorative_and_unknown_ones_are_refused() -> None:
    assert all('aria-hidden="true"' in icons.svg(name) for name in icons.PATHS)
    with pytest.raises(icons.UnknownIcon):
        icons.svg("licorne")


def test_no_template_carries_a_style_or_a_script_of_its_own() -> None:
    forbidden = re.compile(r"\sstyle=|<style|<script(?![^>]*\ssrc=)|\son[a-z]+=|javascript:")
    for path in [*(PACKAGE / "templates/components").glob("*.html"), *(PACKAGE / "templates/layouts").glob("*.html")]:
        assert not forbidden.search(path.read_text(encoding="utf-8")), path.name


@pytest.mark.parametrize("path", sorted((PACKAGE / "templates/components").glob("*.html")), ids=lambda path: path.stem)
def test_every_attribute_of_a_component_has_a_default(path: Path) -> None:
    declared = re.search(r"<c-vars\s([^>]*)/>", path.read_text(encoding="utf-8"))
    if declared:
        assert all("=" in attribute for attribute in re.findall(r'[^\s=]+(?:="[^"]*")?', declared.group(1)))


def test_the_page_title_and_language_are_written_by_the_layout() -> None:
    request: HttpRequest = RequestFactory().get("/")
    blocks = "{% block title %}Merci{% endblock %}{% block main %}<h1>Merci</h1>{% endblock %}"
    source = '{% extends "layouts/bare.html" %}' + blocks
    request._messages = CookieStorage(request)  # type: ignore[attr-defined]
    html = Template(source).render(RequestContext(request, {"page_dir": "rtl"}))
    assert '<html lang="fr" dir="rtl" data-audience="bare">' in html
    assert "<title>Merci · " in html
    assert html.count("<h1>") == 1


def test_a_component_needs_no_request() -> None:
    source = "{% load components %}" + CottonCompiler().process('<c-tag tone="success" icon="check">Oui</c-tag>')
    assert "Oui" in Template(source).render(Context({}))


@pytest.mark.parametrize("audience", ["public", "jobseeker", "adviser", "manager", "bare", "unknown"])
def test_the_gallery_shows_every_component_to_every_audience(client: Client, audience: str) -> None:
    response = client.get("/composants/", {"public": audience, "sens": "rtl"})
    html = response.content.decode()
    assert response.status_code == 200
    assert html.count("<h1") == 1
    assert 'dir="rtl"' in html


def test_every_component_is_in_the_gallery() -> None:
    pages = [PACKAGE / "templates/web/gallery.html", *(PACKAGE / "templates/web/gallery").glob("*.html")]
    frames = [*(PACKAGE / "templates/layouts").glob("*.html"), *(PACKAGE / "templates/components").glob("*.html")]
    shown = {name for path in [*pages, *frames] for name in re.findall(r"<c-([a-z-]+)", path.read_text("utf-8"))}
    existing = {path.stem.replace("_", "-") for path in (PACKAGE / "templates/components").glob("*.html")}
    assert existing - shown == set()


def test_the_gallery_suggests_job_titles(client: Client) -> None:
    assert [one["label"] for one in client.get("/composants/suggestions/?q=cari").json()] == ["Cariste"]


def test_a_site_without_logo_says_it_has_none(client: Client) -> None:
    assert client.get("/logo/").status_code == 404


def test_the_operator_s_colours_are_served_as_a_style_sheet(client: Client, settings: Any) -> None:
    settings.ENTREMISE_BRAND = Brand(primary="#6a1b9a")
    response = client.get("/theme.css")
    assert response["Content-Type"].startswith("text/css")
    assert b"--primary:#6a1b9a" in response.content
