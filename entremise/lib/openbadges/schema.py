"""The JSON Schema of 1EdTech for AchievementCredential, kept here; nothing is fetched.

It says what the vocabulary cannot: which members are compulsory, which are arrays, how codes are written. Formats are
not checked by it (times and addresses are, where they are used).
"""

from __future__ import annotations

import functools
import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from jsonschema import Draft201909Validator, ValidationError

from entremise.lib.openbadges import limits
from entremise.lib.openbadges.reasons import Refused

MAX_FAULTS = 5
_FILE = Path(__file__).parent / "schemas" / "ob_v3p0_achievementcredential_schema.json"


def check_achievement(document: dict[str, Any]) -> None:
    """Refuse a credential that is not an AchievementCredential of Open Badges 3.0; `where` says the first fault."""
    _check(document, _validator())


def check_endorsement(document: dict[str, Any]) -> None:
    """Refuse a credential that is not an EndorsementCredential of Open Badges 3.0."""
    _check(document, _validator("EndorsementCredential"))


def faults(document: dict[str, Any]) -> list[str]:
    """Return where a credential leaves the schema: the first few places."""
    limits.check(document)
    return [_place(error) for error in islice(_errors(document, _validator()), MAX_FAULTS)]


def _check(document: dict[str, Any], validator: Draft201909Validator) -> None:
    limits.check(document)
    try:
        error = next(_errors(document, validator), None)
    except RecursionError:  # the caller's own stack may be deep already
        raise Refused("too_deep") from None
    if error is not None:
        raise Refused("schema", where=_place(error), rule=str(error.validator))


def _errors(document: dict[str, Any], validator: Draft201909Validator) -> Iterator[ValidationError]:
    errors: Iterator[ValidationError] = validator.iter_errors(document)
    return errors


def _place(error: ValidationError) -> str:
    return "/".join(str(step) for step in error.absolute_path)[:200] or "/"


@functools.cache
def _validator(definition: str = "") -> Draft201909Validator:
    """Return the validator of the whole schema, or of one of its definitions; all its references are local."""
    schema: dict[str, Any] = json.loads(_FILE.read_bytes())
    part = {**schema["$defs"][definition], "$defs": schema["$defs"]} if definition else schema
    return Draft201909Validator(part)
