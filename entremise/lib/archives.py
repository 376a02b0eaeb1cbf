"""A person's archive: rows as linked data (JSON-LD 1.1) and back, cells of an archive that nobody vouches for.

A column `skill__label` is the property `label` of the thing at the property `skill`; an identifier is a `urn:uuid:`.
"""

import datetime as dt
import io
import json
import re
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

FORMAT = 1
VOCABULARY = f"urn:entremise:terms:{FORMAT}:"
NAME = "donnees.jsonld"  # in the archive
LARGEST_BYTES = 20_000_000
MOST_ROWS = 20_000
_URN = re.compile(r"urn:uuid:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")

CONTEXT: dict[str, Any] = {
    "@version": 1.1,
    "@vocab": VOCABULARY,
    "schema": "https://schema.org/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "tables": {"@id": f"{VOCABULARY}tables", "@container": "@index"},
    "first_name": "schema:givenName",
    "last_name": "schema:familyName",
    "email": "schema:email",
    "phone": "schema:telephone",
    "label": "schema:name",
    "name": "schema:name",
    "tasks": "schema:description",
    "siret": "schema:identifier",
    "started_on": {"@id": "schema:startDate", "@type": "xsd:date"},
    "ended_on": {"@id": "schema:endDate", "@type": "xsd:date"},
    "created_at": {"@id": "schema:dateCreated", "@type": "xsd:dateTime"},
    "facts": {"@id": f"{VOCABULARY}facts", "@type": "@json"},
    "data": {"@id": f"{VOCABULARY}data", "@type": "@json"},
    "parts": {"@id": f"{VOCABULARY}parts", "@type": "@json"},
}

Flat = dict[str, Any]
Tables = Mapping[str, Sequence[Flat]]


class ArchiveRefused(ValueError):
    """The file is no archive of ours; `message` is a French sentence to translate."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def gettext_noop(text: str) -> str:
    """Mark a sentence for translation without translating it: the screen does."""
    return text


NOT_OURS = gettext_noop("Ce fichier n'est pas une archive d'Entremise : choisissez celle que vous avez téléchargée.")
TOO_LARGE = gettext_noop("Ce fichier est trop gros pour être une archive d'Entremise.")


def document(tables: Tables, *, made_at: dt.datetime, installation: str) -> dict[str, Any]:
    """Return a whole archive as one JSON-LD document."""
    return {
        "@context": CONTEXT,
        "@type": "PersonalArchive",
        "format": FORMAT,
        "made_at": made_at.isoformat(),
        "installation": installation,
        "tables": {table: [nested(row, kind_of(table)) for row in rows] for table, rows in tables.items()},
    }


def kind_of(table: str) -> str:
    """Return the type of a table's rows: `passport.heldskill` → `Heldskill`."""
    return "".join(word.capitalize() for word in table.rpartition(".")[2].split("_"))


def nested(row: Flat, kind: str) -> dict[str, Any]:
    """Return a row as a node: `a__b` under `a`, identifiers as `@id`."""
    node: dict[str, Any] = {"@type": kind}
    for column, value in row.items():
        place = node
        *path, last = column.split("__")
        for step in path:
            inner = place.setdefault(step, {})
            if not isinstance(inner, dict):  # the identifier came before what it leads to
                inner = place[step] = {"@id": inner}
            place = inner
        _put(place, last, plain(value))
    return node


def _put(place: dict[str, Any], name: str, value: Any) -> None:
    if name == "id":
        place["@id"] = value
    elif isinstance(place.get(name), dict) and isinstance(value, str):
        place[name] = {"@id": value, **place[name]}
    else:
        place[name] = value


def plain(value: Any) -> Any:
    """Return a value as JSON has it."""
    if isinstance(value, UUID):
        return f"urn:uuid:{value}"
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    return value


def flat(node: Mapping[str, Any], json_columns: frozenset[str] = frozenset({"facts", "data", "parts"})) -> Flat:
    """Return a node as a row again: the inverse of `nested` on plain values."""
    row: Flat = {}
    for name, value in node.items():
        if name == "@type":
            continue
        if name == "@id":
            row["id"] = value
        elif isinstance(value, Mapping) and name not in json_columns:
            inner = flat(value, json_columns)
            row |= {name if key == "id" else f"{name}__{key}": held for key, held in inner.items()}
        else:
            row[name] = value
    return row


def read(content: bytes) -> dict[str, list[Flat]]:
    """Return the rows of an archive (the zip, or its JSON-LD alone), table by table; raise ArchiveRefused."""
    try:
        said = json.loads(_text(content))
    except (ValueError, RecursionError, zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError) as error:
        if isinstance(error, ArchiveRefused):
            raise
        raise ArchiveRefused(NOT_OURS) from error
    tables = said.get("tables") if isinstance(said, dict) else None
    if not isinstance(tables, dict) or said.get("@type") != "PersonalArchive" or said.get("format") != FORMAT:
        raise ArchiveRefused(NOT_OURS)
    if not all(isinstance(rows, list) and all(isinstance(row, dict) for row in rows) for rows in tables.values()):
        raise ArchiveRefused(NOT_OURS)
    if sum(map(len, tables.values())) > MOST_ROWS:
        raise ArchiveRefused(TOO_LARGE)
    return {str(table): [flat(row) for row in rows] for table, rows in tables.items()}


def _text(content: bytes) -> bytes:
    if len(content) > LARGEST_BYTES:
        raise ArchiveRefused(TOO_LARGE)
    if not content.startswith(b"PK"):
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as bundle, bundle.open(NAME) as member:
        unpacked = member.read(LARGEST_BYTES + 1)  # what the zip says of its own sizes is not believed
    if len(unpacked) > LARGEST_BYTES:
        raise ArchiveRefused(TOO_LARGE)
    return unpacked


def text_at(row: Flat, column: str, longest: int) -> str:
    """Return a text of a row, cut at its longest; anything else says nothing."""
    value = row.get(column)
    return value.replace("\x00", "")[:longest] if isinstance(value, str) else ""


def day_at(row: Flat, column: str) -> dt.date | None:
    """Return a day of a row, or nothing."""
    try:
        return dt.date.fromisoformat(text_at(row, column, 10))
    except ValueError:
        return None


def moment_at(row: Flat, column: str) -> dt.datetime | None:
    """Return an instant of a row with its time zone, or nothing."""
    try:
        moment = dt.datetime.fromisoformat(text_at(row, column, 40))
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def number_at(row: Flat, column: str, default: int, *, highest: int) -> int:
    """Return a number of a row between zero and the highest."""
    value = row.get(column)
    is_number = isinstance(value, int) and not isinstance(value, bool)
    return value if is_number and 0 <= value <= highest else default  # type: ignore[return-value,operator]


def choices_at(row: Flat, column: str, known: Sequence[str]) -> list[str]:
    """Return the values of a list that are still choices, each once."""
    value = row.get(column)
    return [one for one in dict.fromkeys(map(str, value)) if one in known] if isinstance(value, list) else []


def reference_at(row: Flat, column: str) -> str:
    """Return the identifier of another row of the same archive."""
    value = row.get(column)
    return value if isinstance(value, str) and _URN.fullmatch(value) else ""
