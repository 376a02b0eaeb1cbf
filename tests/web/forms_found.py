"""The forms that a page offers, as a browser reads them: where they lead, their fields, what is filled in."""

import html.parser
from dataclasses import dataclass, field
from urllib.parse import urlsplit

CHOSEN = {"radio", "checkbox"}
SILENT = {"submit", "button", "image", "reset"}


@dataclass
class FoundForm:
    """One form: its address, its fields with what they hold, and what each choice offers."""

    action: str
    method: str
    values: dict[str, list[str]] = field(default_factory=dict)
    offered: dict[str, list[str]] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)
    typed: set[str] = field(default_factory=set)

    def filled(self) -> dict[str, list[str]]:
        """Return the fields as they stand, with the first choice where none is made."""
        chosen = {name: values[:1] for name, values in self.offered.items() if not self.values.get(name)}
        return {name: list(values) for name, values in self.values.items()} | chosen


class _Reader(html.parser.HTMLParser):
    def __init__(self, path: str) -> None:
        super().__init__()
        self.path = path
        self.forms: list[FoundForm] = []
        self.open: FoundForm | None = None
        self.select = self.area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "form":
            method = told.get("method", "get").lower()
            self.open = FoundForm(urlsplit(told.get("action") or self.path).geturl(), method)
            self.forms.append(self.open)
        elif self.open is not None:
            self._field(self.open, tag, told)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.open = None
        self.select = "" if tag == "select" else self.select
        self.area = "" if tag == "textarea" else self.area

    def handle_data(self, data: str) -> None:
        if self.open is not None and self.area:
            self.open.values[self.area] = [self.open.values.get(self.area, [""])[0] + data]

    def _field(self, form: FoundForm, tag: str, told: dict[str, str]) -> None:
        name, kind = told.get("name", ""), told.get("type", "text")
        if tag == "button" and name:
            form.buttons.append((name, told.get("value", "")))
        elif tag == "select":
            self.select = name
        elif tag == "option" and self.select:
            form.offered.setdefault(self.select, []).append(told.get("value", ""))
            if "selected" in told:
                form.values.setdefault(self.select, []).append(told.get("value", ""))
        elif tag == "textarea":
            self.area = name
            form.typed.add(name)
            form.values.setdefault(name, [""])
        elif tag == "input" and name and kind not in SILENT | {"file"}:
            self._input(form, name, kind, told)

    def _input(self, form: FoundForm, name: str, kind: str, told: dict[str, str]) -> None:
        value = told.get("value", "on" if kind in CHOSEN else "")
        if kind in CHOSEN:
            form.offered.setdefault(name, []).append(value)
            if "checked" in told:
                form.values.setdefault(name, []).append(value)
            return
        form.values.setdefault(name, []).append(value)
        if kind != "hidden":
            form.typed.add(name)


def forms_of(page: str, path: str) -> list[FoundForm]:
    """Return the forms of a page."""
    reader = _Reader(path)
    reader.feed(page)
    return reader.forms
