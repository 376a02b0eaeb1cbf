"""What is asked of the pool, from and to a page's query string (saved segments keep that string)."""

import datetime as dt
import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode
from uuid import UUID

from entremise.matching.enums import PoolSort, SkillMode, Toggle
from entremise.people.enums import ContractKind, Language, Licence, Schedule

MAX_SKILLS = 10
MAX_RADIUS_KM = 200
ROME_CODE = re.compile(r"[A-Z][0-9]{4}")


@dataclass(frozen=True, slots=True)
class PoolCriteria:
    """A search of the pool; everything is optional."""

    occupations: tuple[str, ...] = ()  # ROME codes
    with_near: bool = False
    commune: str = ""  # INSEE code of the place of work
    radius_km: int | None = None  # at most this far, within the person's own mobility
    department: str = ""
    zone: str = ""
    skills: tuple[UUID, ...] = ()
    skill_mode: str = SkillMode.ANY
    toggles: frozenset[str] = frozenset()
    not_promoted_days: int | None = None
    available_by: dt.date | None = None
    contract: str = ""
    working_time: str = ""
    schedule: str = ""
    licence: str = ""
    language: str = ""
    sort: str = PoolSort.RELEVANCE

    @property
    def asked_traits(self) -> list[str]:
        """Return the filter values asked that are bits of the rows."""
        single = {
            "contract": self.contract, "schedule": self.schedule, "licence": self.licence,
            "working_time": self.working_time, "language": self.language,
        }  # fmt: skip
        asked = [f"toggle:{toggle}" for toggle in sorted(self.toggles)]
        return asked + [f"{name}:{value}" for name, value in single.items() if value]

    def query_string(self) -> str:
        """Return the search as a query string, always in the same order."""
        pairs = [("metier", code) for code in self.occupations]
        pairs += [("competence", str(skill)) for skill in self.skills]
        pairs += [(toggle, "1") for toggle in sorted(self.toggles)]
        singles = {
            "proches": "1" if self.with_near else "",
            "lieu": self.commune,
            "rayon": self.radius_km,
            "departement": self.department,
            "bassin": self.zone,
            "mode": self.skill_mode if self.skill_mode != SkillMode.ANY else "",
            "sans_promotion_jours": self.not_promoted_days,
            "disponible_au": self.available_by.isoformat() if self.available_by else "",
            "contrat": self.contract,
            "temps": self.working_time,
            "horaire": self.schedule,
            "permis": self.licence,
            "langue": self.language,
            "tri": self.sort if self.sort != PoolSort.RELEVANCE else "",
        }
        return urlencode(pairs + [(name, value) for name, value in singles.items() if value not in ("", None)])


def parse(query_string: str) -> PoolCriteria:
    """Read a query string; what cannot be understood is left out rather than refused, since people share addresses."""
    pairs = parse_qsl(query_string)
    several: dict[str, list[str]] = {}
    for name, value in pairs:
        several.setdefault(name, []).append(value.strip())
    one = {name: values[-1] for name, values in several.items()}
    return PoolCriteria(
        occupations=tuple(dict.fromkeys(filter(ROME_CODE.fullmatch, map(str.upper, several.get("metier", []))))),
        with_near=one.get("proches") == "1",
        commune=one.get("lieu", ""),
        radius_km=_number(one.get("rayon", ""), MAX_RADIUS_KM),
        department=one.get("departement", ""),
        zone=one.get("bassin", ""),
        skills=tuple(dict.fromkeys(_uuids(several.get("competence", []))))[:MAX_SKILLS],
        skill_mode=one.get("mode", "") if one.get("mode") in SkillMode.values else SkillMode.ANY.value,
        toggles=frozenset(t for t in Toggle.values if one.get(t) == "1"),
        not_promoted_days=_number(one.get("sans_promotion_jours", ""), 3650),
        available_by=_date(one.get("disponible_au", "")),
        contract=_choice(one.get("contrat", ""), ContractKind.values),
        working_time=_choice(one.get("temps", ""), ["full", "part"]),
        schedule=_choice(one.get("horaire", ""), Schedule.values),
        licence=_choice(one.get("permis", ""), Licence.values),
        language=_choice(one.get("langue", ""), Language.values),
        sort=one.get("tri", "") if one.get("tri") in PoolSort.values else PoolSort.RELEVANCE.value,
    )


def _choice(value: str, known: list[str]) -> str:
    return value if value in known else ""


def _number(value: str, maximum: int) -> int | None:
    return min(int(value), maximum) if value.isascii() and value.isdigit() and len(value) < 6 else None


def _date(value: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(value)
    except ValueError:
        return None


def _uuids(values: list[str]) -> list[UUID]:
    found = []
    for value in values:
        try:
            found.append(UUID(value))
        except ValueError:
            continue
    return found
