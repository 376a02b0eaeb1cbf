"""What a crowd is drawn from, as columns: homes by population, occupations, their skills, agencies and companies."""

import datetime as dt
import itertools
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import numpy as np
from django.db.models import QuerySet
from numpy.typing import NDArray

from entremise.accounts.models import Agency
from entremise.demo import crowd_network, words
from entremise.demo.crowd_copy import Bytes, Words
from entremise.employers.models import Establishment
from entremise.people.enums import ConsentKind
from entremise.people.models import ConsentText, Person
from entremise.skills.models import OccupationSkill
from entremise.territories.models import Commune

Numbers = NDArray[Any]
COMMON_SKILLS = 60  # those that most occupations call for
ZIPF_SHIFT, ZIPF_POWER = 4.0, 0.9


@dataclass(frozen=True)
class Groups:
    """Lists of numbers, one a group, end to end."""

    at: Numbers
    of: Numbers

    def draw(self, groups: Numbers, shares: Numbers) -> Numbers:
        """Return the number of each group that is at this share of its length (from 0, below 1)."""
        start = self.at[groups]
        found: Numbers = self.of[start + (shares * (self.at[groups + 1] - start)).astype(np.int64)]
        return found


@dataclass(frozen=True)
class World:
    """Everything by rank: communes, departments, agencies, companies, occupations (in ROME order), skills."""

    now: int  # seconds since 1970
    commune_codes: Words
    commune_department: Numbers
    homes: Numbers  # shares of the people who live in the communes up to this one
    departments: Words
    agencies: Bytes
    agencies_of: Groups  # by department
    companies: Bytes
    company_names: Words
    company_domains: Words
    companies_of: Numbers  # department × trade × number
    occupations: Bytes
    occupation_labels: Words
    trade: Numbers  # in which an occupation is exercised
    popularity: Numbers  # shares of the people who wish the occupations up to this one, in the order of `popular`
    popular: Numbers
    skills: Bytes
    skills_of: Groups  # by occupation, the most needed first
    common: Numbers
    text_id: int
    taken: Numbers  # references of people outside the crowd


def world(seed: int, now: dt.datetime, others: QuerySet[Person]) -> World:
    """Read what a crowd is drawn from, beside the people who are not of it."""
    towns = crowd_network.towns_by_department()
    departments = sorted(towns)
    text = ConsentText.objects.filter(kind=ConsentKind.PROMOTION, language="fr").latest("version")
    return World(
        now=int(now.timestamp()),
        departments=Words(departments),
        text_id=text.pk,
        taken=np.array(list(others.values_list("reference", flat=True)), "S9"),
        **_communes(departments),
        **_agencies(departments),
        **_companies(departments, crowd_network.department_ranks(towns)),
        **_occupations(seed),
    )


def _communes(departments: Sequence[str]) -> dict[str, Any]:
    placed = Commune.objects.filter(latitude__isnull=False, longitude__isnull=False, retired_on=None)
    told = list(placed.order_by("code").values_list("code", "department_id", "population"))
    rank = {code: number for number, code in enumerate(departments)}
    people = np.array([population for _code, _department, population in told], np.float64)
    people = people if people.sum() else people + 1
    return {
        "commune_codes": Words([code for code, _department, _population in told]),
        "commune_department": np.array([rank[department] for _code, department, _population in told]),
        "homes": _shares(people),
    }


def _agencies(departments: Sequence[str]) -> dict[str, Any]:
    told = list(Agency.objects.order_by("organisation__name", "name").values_list("pk", "department_id"))
    by_department = [[n for n, (_pk, of) in enumerate(told) if of == department] for department in departments]
    return {"agencies": _uuids([pk for pk, _department in told]), "agencies_of": _groups(by_department)}


def _companies(departments: Sequence[str], ranks: dict[str, int]) -> dict[str, Any]:
    shape = (len(departments), len(words.TRADES), crowd_network.COMPANIES_A_TRADE)
    sirets = [crowd_network.siret_of(ranks[departments[d]], t, n) for d, t, n in np.ndindex(shape)]
    known = Establishment.objects.in_bulk(sirets, field_name="siret")
    made = [known[siret] for siret in sirets]
    return {
        "companies": _uuids([one.pk for one in made]),
        "company_names": Words([one.name for one in made]),
        "company_domains": Words([one.email_domain for one in made]),
        "companies_of": np.arange(len(made)).reshape(shape),
    }


def _occupations(seed: int) -> dict[str, Any]:
    links = OccupationSkill.objects.filter(occupation__retired_on=None, skill__retired_on=None).values_list(
        "occupation__rome_code", "occupation_id", "occupation__label", "skill_id"
    )
    told = list(links.order_by("occupation__rome_code", "-weight", "skill__external_id", "skill_id"))
    counts = Counter(skill for *_occupation, skill in told)
    skills = list(counts)  # in the order of the referential: identifiers differ from one database to another
    rank = {skill: number for number, skill in enumerate(skills)}
    grouped = [
        (key, [rank[link[3]] for link in group]) for key, group in itertools.groupby(told, lambda link: link[:3])
    ]
    popularity = 1 / (np.arange(len(grouped)) + ZIPF_SHIFT) ** ZIPF_POWER
    return {
        "occupations": _uuids([pk for (_code, pk, _label), _skills in grouped]),
        "occupation_labels": Words([label[:250] for (_code, _pk, label), _skills in grouped]),
        "trade": np.array([_trade(code) for (code, _pk, _label), _skills in grouped]),
        "popularity": _shares(popularity),
        "popular": np.random.default_rng([seed]).permutation(len(grouped)),
        "skills": _uuids(skills),
        "skills_of": _groups([numbers for _occupation, numbers in grouped]),
        "common": np.array([rank[skill] for skill, _count in counts.most_common(COMMON_SKILLS)]),
    }


def _trade(rome_code: str) -> int:
    """Return the trade that employs an occupation, or one that employs its family, or any one."""
    ranks = range(len(words.TRADES))
    exact = [rank for rank in ranks if rome_code in words.TRADES[rank].romes]
    near = [rank for rank in ranks if any(code[0] == rome_code[0] for code in words.TRADES[rank].romes)]
    choices = exact or near or list(ranks)
    return choices[int(rome_code[1:]) % len(choices)]


def _groups(lists: Sequence[Sequence[int]]) -> Groups:
    at = np.concatenate([np.zeros(1, np.int64), np.cumsum([len(one) for one in lists])])
    return Groups(at, np.fromiter(itertools.chain.from_iterable(lists), np.int64))


def _uuids(ids: Sequence[UUID]) -> Bytes:
    return np.frombuffer(b"".join(one.bytes for one in ids), np.uint8).reshape(len(ids), 16)


def _shares(weights: Numbers) -> Numbers:
    total = np.cumsum(weights)
    shares: Numbers = total / total[-1]
    return shares
