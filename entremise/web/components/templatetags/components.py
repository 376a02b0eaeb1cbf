"""Tags and filters the component templates are written with."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from typing import Any

from django import template
from django.forms.boundfield import BoundField
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from entremise.kernel.wording import once_per_language
from entremise.web.components import choices, flash, icons

register = template.Library()

SEAL_LABELS = (
    _("Déclarée"),
    _("Confirmée, adresse personnelle"),
    _("Confirmée par l'entreprise"),
    _("Vérifiée par un conseiller"),
    _("Signée par un organisme certifié"),
)
TONE_ICONS = {"info": "info", "success": "check-circle", "warning": "alert", "danger": "alert", "progress": "clock"}
COMPACT_INPUTS = frozenset({"date", "month", "number", "tel", "time"})


@register.simple_tag
def icon(name: str, css_class: str = "") -> str:
    """Draw a decorative icon; always put a word beside it."""
    # Safe: the markup comes from our own table and the class from a template author.
    return mark_safe(icons.svg(name, str(conditional_escape(css_class))))  # noqa: S308


@register.simple_tag
def html_attrs(attrs: Mapping[str, Any], **defaults: Any) -> SafeString:
    """Write passed-through attributes, escaped (cotton's own `{{ attrs }}` is not); false and none are left out."""
    passed = attrs.attrs_dict() if hasattr(attrs, "attrs_dict") else dict(attrs)
    merged = {**{key.replace("_", "-"): value for key, value in defaults.items()}, **passed}
    merged.pop("class", None)  # written by the component, beside its own classes
    kept = [(key, value) for key, value in merged.items() if value not in (False, None)]
    return _written(kept)


@register.simple_tag
def data_script(written: str) -> SafeString:
    """Return JSON-LD for search engines: data, which no browser runs and which nothing inside it can end."""
    inert = written.translate({ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"})
    return format_html('<script type="application/ld+json">{}</script>', SafeString(inert))


@register.simple_tag
def control(field: BoundField, **attrs: Any) -> SafeString:
    """Draw the control of a form field with its class, its link to help and errors, and the attributes given."""
    wanted = {key.replace("_", "-"): value for key, value in attrs.items() if value not in ("", None, False)}
    kind = getattr(field.field.widget, "input_type", "")
    own = "control control-compact" if kind in COMPACT_INPUTS else "control"
    known = str(field.field.widget.attrs.get("class", ""))
    if described := described_by(field):
        wanted["aria-describedby"] = described
    return field.as_widget(attrs={**wanted, "class": f"{own} {known}".strip()})


@register.filter
def described_by(field: BoundField) -> str:
    """Name the elements that explain a field: its help, then its errors."""
    parts = [f"{field.auto_id}_helptext" if field.help_text else "", f"{field.auto_id}_error" if field.errors else ""]
    return " ".join(filter(None, parts))


@register.filter
def widget_kind(field: BoundField) -> str:
    """Tell how a field must be laid out: line, check, radios, checks, file or hidden."""
    kind = getattr(field.field.widget, "input_type", "") or "line"
    if kind == "checkbox":
        return "checks" if getattr(field.field.widget, "allow_multiple_selected", False) else "check"
    return {"radio": "radios", "file": "file", "hidden": "hidden"}.get(kind, "line")


@register.filter
def focus_id(field: BoundField) -> str:
    """Name the element to jump to when a field is wrong: its control, or its first option."""
    return f"{field.auto_id}_0" if widget_kind(field) in ("radios", "checks") else field.auto_id


@register.filter
def grouped_options(field: BoundField) -> list[choices.ChoiceGroup]:
    """Give the options of a radio or checkbox field by group."""
    return choices.grouped_options(field)


@register.simple_tag
def option_input(option: Any, **attrs: Any) -> SafeString:
    """Draw the bare radio button or box of one option (its label is written by the component)."""
    drawn = {**option.data["attrs"], **{k.replace("_", "-"): v for k, v in attrs.items() if v not in ("", None)}}
    pairs = [(key, value) for key, value in drawn.items() if value not in (False, None)]
    kind = "checkbox" if getattr(option.parent_widget, "allow_multiple_selected", False) else "radio"
    rest = _written(pairs)
    checked = SafeString(" checked") if option.data["selected"] else ""
    name, value = option.data["name"], option.data["value"]
    return format_html('<input type="{}" name="{}" value="{}"{}{}>', kind, name, value, rest, checked)


@register.simple_tag
def kept(name: str, **facts: Hashable) -> SafeString:
    """Include a template whose words depend on the language and these values alone: drawn once for each of them.

    It is drawn without the request: neither the actor nor the token of a form can be read, hence none is kept.
    """
    return _drawn(name, tuple(facts), *facts.values())


@once_per_language
def _drawn(name: str, names: tuple[str, ...], *values: Hashable) -> SafeString:
    return render_to_string(name, dict(zip(names, values, strict=True)))


@register.filter
def seal_label(level: int | str) -> str:
    """Say an assurance level, from 0 to 4, in words."""
    return str(SEAL_LABELS[int(level)])


@register.filter
def tone_icon(tone: str) -> str:
    """Choose the icon that goes with a tone."""
    return TONE_ICONS.get(tone, "info")


@register.simple_tag(takes_context=True)
def nav_state(context: template.Context, href: str, *, is_exact: bool = False) -> SafeString:
    """Mark a link of the navigation when it leads to the current page or to its section."""
    request: HttpRequest | None = context.get("request")
    if request is None or not href:
        return SafeString("")
    if request.path == href:
        return SafeString(' aria-current="page"')
    inside = not is_exact and href != "/" and request.path.startswith(href)
    return SafeString(' aria-current="true"') if inside else SafeString("")


@register.simple_tag(takes_context=True)
def pending_flashes(context: template.Context) -> list[flash.Flash]:
    """Take the sentences to show once to this visitor."""
    request: HttpRequest | None = context.get("request")
    return flash.pending(request) if request is not None else []


def _written(pairs: Iterable[tuple[str, Any]]) -> SafeString:
    drawn = (format_html(" {}", key) if value is True else format_html(' {}="{}"', key, value) for key, value in pairs)
    return format_html_join("", "{}", ((attribute,) for attribute in drawn))
