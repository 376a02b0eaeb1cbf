"""The skills passport as a wallet holds it: whose it is and each skill on its own, each to be shown or not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from entremise.lib.openbadges.sdjwt import Json, Path

APART = ("given_name", "family_name", "skills")


@dataclass(frozen=True, slots=True)
class Skill:
    """One skill of the passport and how far it is proved."""

    name: str
    code: str
    framework: str  # with its year
    level: str
    assurance: str  # how it was confirmed
    awarded_on: dt.date
    origin: str  # who said so, as the page says it


def passport(
    issuer: str,
    kind: str,
    given_name: str,
    family_name: str,
    skills: Sequence[Skill],
    issued_at: dt.datetime,
    expires_at: dt.datetime,
) -> Json:
    """Return the claims for `sdjwt.issue`; `issuer` is on https and `kind` is the `vct`. An empty name is left out."""
    names = {"given_name": given_name, "family_name": family_name}
    return {
        "iss": issuer,
        "vct": kind,
        "iat": int(issued_at.timestamp()),
        "exp": int(expires_at.timestamp()),
        **{name: text for name, text in names.items() if text},
        "skills": [asdict(skill) | {"awarded_on": skill.awarded_on.isoformat()} for skill in skills],
    }


def apart(claims: Json) -> list[Path]:
    """Return the paths shown one by one: each name, each skill."""
    paths: list[Path] = []
    for name in APART:
        value: Any = claims.get(name, [])
        paths += [(name, rank) for rank in range(len(value))] if isinstance(value, list) else [(name,)]
    return paths


def origins(claims: Json) -> list[Path]:
    """Return the paths of who confirmed each skill: a skill may be shown without them."""
    return [("skills", rank, "origin") for rank, one in enumerate(claims["skills"]) if one["origin"]]
