"""The body of a request as an operator writes it, JSON or a form, with `{names}` to fill in.

Words fill values only, after the template was read: nothing they contain can add a field.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

_PLACE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class BodyTemplate:
    """A body waiting for its words; a form is a list of (field, value)."""

    content: Any
    is_json: bool

    @property
    def names(self) -> frozenset[str]:
        """Return the names to fill in."""
        return frozenset(name for text in _texts(self.content) for name in _PLACE.findall(text))

    def filled(self, words: Mapping[str, str]) -> Any:
        """Return the body with its words: a JSON value, or the fields of a form."""
        content = _filled(self.content, words)
        return content if self.is_json else dict(content)


def parse_body(text: str) -> BodyTemplate:
    """Read a template: JSON when it begins like an object or a list, else `field=value&field=value`."""
    if text.strip().startswith(("{", "[")):
        return BodyTemplate(json.loads(text), is_json=True)
    fields = parse_qsl(text.strip(), keep_blank_values=True, strict_parsing=True)
    if not fields or len(dict(fields)) < len(fields):
        raise ValueError("no field, or one there twice")
    return BodyTemplate(fields, is_json=False)


def _texts(content: Any) -> Iterator[str]:
    if isinstance(content, str):
        yield content
    elif isinstance(content, Mapping):
        for value in content.values():
            yield from _texts(value)
    elif isinstance(content, (list, tuple)):
        for value in content:
            yield from _texts(value)


def _filled(content: Any, words: Mapping[str, str]) -> Any:
    if isinstance(content, str):
        return _PLACE.sub(lambda place: words[place[1]], content)
    if isinstance(content, Mapping):
        return {key: _filled(value, words) for key, value in content.items()}
    if isinstance(content, (list, tuple)):
        return [_filled(value, words) for value in content]
    return content
