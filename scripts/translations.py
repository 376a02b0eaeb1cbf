"""The English catalogue: `update` adds the sentences of the code, `check` refuses a missing or stale one.

Works with Babel alone: no gettext program is needed on the machine.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "entremise"
CATALOGUE = PACKAGE / "locale" / "en" / "LC_MESSAGES" / "django.po"
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
TEMPLATE_SUFFIXES = {".html", ".txt", ".svg"}


def wanted() -> Catalog:
    """Gather the sentences that the code and the templates show."""
    catalogue = Catalog(locale="en", domain="django", charset="utf-8", fuzzy=False)
    for path in sorted(PACKAGE.rglob("*")):
        if "migrations" in path.parts or not path.is_file():
            continue
        for line, ids, comments, context in _sentences(path):
            catalogue.add(
                ids, None, [(path.relative_to(ROOT).as_posix(), line)], auto_comments=comments, context=context
            )
    return catalogue


def _sentences(path: Path) -> Iterator[tuple[int, str | tuple[str, ...], list[str], str | None]]:
    if path.suffix == ".py":
        source = path.read_text(encoding="utf-8")
    elif path.suffix in TEMPLATE_SUFFIXES and "templates" in path.parts:
        code = templatize(path.read_text(encoding="utf-8"), origin=str(path))
        source = "\n".join(line.lstrip() for line in code.splitlines())  # its indentation is the page's, not Python's
    else:
        return
    yield from extract("python", io.BytesIO(source.encode()), KEYWORDS, ["Translators:"], {"encoding": "utf-8"})


def translated() -> Catalog:
    """Read the catalogue."""
    if not CATALOGUE.exists():
        return Catalog(locale="en", domain="django")
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="en", domain="django")


def problems() -> list[str]:
    """List what is missing, doubtful, useless or not compiled."""
    needed, known = wanted(), translated()
    found = [f"missing: {message.id!r}" for message in needed if message.id and not _is_translated(known, message)]
    needed_keys = {(message.id, message.context) for message in needed}
    found += [f"no longer used: {m.id!r}" for m in known if m.id and (m.id, m.context) not in needed_keys]
    found += [f"{m.id!r}: {error}" for m, errors in known.check() for error in errors]
    compiled = CATALOGUE.with_suffix(".mo")
    if not compiled.exists() or _strings_of_mo(compiled) != _strings(known):
        found.append("the compiled catalogue is stale: run `make messages`")
    return found


def update() -> int:
    """Add the new sentences, drop those no longer used, compile; give the number left to translate."""
    known = translated()
    created_at = known.creation_date
    known.update(wanted(), no_fuzzy_matching=True)
    known.creation_date = created_at  # nothing new leaves the files as they were
    known.obsolete.clear()
    known.fuzzy = False
    known.header_comment = "# English catalogue of Entremise (the sentences of the code are in French)."
    known.project, known.version = "Entremise", ""
    known.msgid_bugs_address = known.last_translator = known.language_team = ""
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    with CATALOGUE.open("wb") as file:
        write_po(file, known, width=119, sort_output=True, include_lineno=False, omit_header=False)
    with CATALOGUE.with_suffix(".mo").open("wb") as file:
        write_mo(file, known)
    return sum(not _is_translated(known, message) for message in known if message.id)


def _is_translated(catalogue: Catalog, message: Message) -> bool:
    found = catalogue.get(message.id, message.context)
    if found is None or found.fuzzy:
        return False
    return all(found.string) if isinstance(found.string, tuple | list) else bool(found.string)


def _strings_of_mo(path: Path) -> dict[object, object]:
    with path.open("rb") as file:
        return _strings(read_mo(file))


def _strings(catalogue: Catalog) -> dict[object, object]:
    return {
        (str(m.id if isinstance(m.id, str) else m.id[0]), _as_text(m.context)): _as_tuple(m.string or "")
        for m in catalogue
        if m.id and _is_translated(catalogue, m)
    }


def _as_text(context: str | bytes | None) -> str | None:
    return context.decode() if isinstance(context, bytes) else context  # Babel reads those of a .mo as bytes


def _as_tuple(string: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (string,) if isinstance(string, str) else tuple(string)


def main() -> int:
    """Run `update` or `check`."""
    if not settings.configured:
        settings.configure(USE_I18N=False)  # templatize asks whether templates are being debugged, nothing else
    if sys.argv[1:] == ["update"]:
        print(f"{CATALOGUE.relative_to(ROOT)}: {update()} sentences to translate.")
        return 0
    found = problems()
    for problem in found:
        print(problem)
    print(f"Translations: {len(found)} problems.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
