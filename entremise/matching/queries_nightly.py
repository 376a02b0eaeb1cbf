"""Reads for and of the nightly matching: what a run needs to know, how many employers look for whom."""

from collections.abc import Collection
from typing import Any

import numpy as np
from django.db import connection
from django.db.models import Sum
from numpy.typing import NDArray

from entremise.kernel.actors import Actor
from entremise.matching import rules, rules_traits
from entremise.matching.engine import batch
from entremise.matching.models_nightly import NightlyRun, PersonMatches
from entremise.matching.queries_rows_offers import last_number
from entremise.skills.enums import MobilityKind
from entremise.skills.models import Mobility


def last_run() -> NightlyRun | None:
    """Return the last run that was finished, None before the first."""
    return NightlyRun.objects.filter(finished_at__isnull=False).order_by("-day").first()


def looking_for(numbers: Collection[int], actor: Actor) -> dict[int, int]:
    """Return how many employers look for each of these people of the pool, by number, as the last night counted."""
    if not numbers:
        return {}
    rows = PersonMatches.objects.visible_to(actor).filter(entry__in=list(numbers))
    counted: Any = rows.values_list("entry_id", "employer_count")
    return dict(counted)


def shared_setting(today: int, fresh_since: int, wanted: int) -> batch.Setting:
    """Return what all searches of a run share; the files are told by who opens them."""
    return batch.Setting(
        root="",
        generation="",
        today=today,
        fresh_since=fresh_since,
        wanted=wanted,
        near=near_numbers(),
        siblings={rules_traits.place(name): rules_traits.siblings(name) for name in rules_traits.required()},
        open_bit=rules_traits.OPEN_OFFER_BIT,
    )


def near_numbers(*, is_reverse: bool = False) -> dict[int, list[int]]:
    """Return, for each occupation, those a short move away, or those from which it is one: numbers of the engine."""
    ends = ["source__rome_code", "target__rome_code"]
    moves = Mobility.objects.filter(kind=MobilityKind.CLOSE).order_by(*ends)
    near: dict[int, list[int]] = {}
    for pair in moves.values_list(*ends):
        code, other = map(rules.occupation_number, reversed(pair) if is_reverse else pair)
        near.setdefault(code, []).append(other)
    return near


def employer_of_offers() -> NDArray[np.int64]:
    """Return a number for the establishment of each offer, by the number of the offer; 0 where there is none."""
    found = np.zeros(last_number() + 2, np.int64)
    with connection.cursor() as cursor:
        cursor.execute("select number, dense_rank() over (order by establishment_id) from offers_offer")
        for number, employer in cursor.fetchall():
            if number < len(found):
                found[number] = employer
    return found


def done_counts(run: NightlyRun) -> tuple[int, int]:
    """Return how many offers and how many people a run has done."""
    sums: Any = run.chunks.order_by().values_list("are_offers").annotate(Sum("row_count"))
    done = dict(sums)
    return done.get(True, 0), done.get(False, 0)
