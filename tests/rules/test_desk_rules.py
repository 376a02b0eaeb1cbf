"""The order of an adviser's day."""

import datetime as dt
from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from entremise.desk import rules
from entremise.desk.enums import Urgency

TODAY = dt.date(2026, 11, 24)
DAYS = st.dates(dt.date(2026, 10, 1), dt.date(2027, 1, 31))


@dataclass(frozen=True)
class Item:
    since: dt.date
    deadline: dt.date | None


def test_what_is_past_its_deadline_is_overdue_and_the_last_day_is_in_time() -> None:
    assert rules.urgency(TODAY - dt.timedelta(days=1), TODAY) is Urgency.OVERDUE
    assert rules.urgency(TODAY, TODAY) is Urgency.TODAY
    assert rules.urgency(TODAY + dt.timedelta(days=1), TODAY) is Urgency.COMING
    assert rules.urgency(None, TODAY) is Urgency.NEWS


@given(st.lists(st.builds(Item, since=DAYS, deadline=st.none() | DAYS)))
def test_urgencies_follow_one_another_in_the_order_of_the_list(items: list[Item]) -> None:
    ordered = rules.in_order(items)
    assert sorted(map(repr, ordered)) == sorted(map(repr, items))
    ranks = [list(Urgency).index(rules.urgency(item.deadline, TODAY)) for item in ordered]
    assert ranks == sorted(ranks)


def test_the_oldest_deadline_comes_first_and_the_newest_news() -> None:
    late, later = Item(TODAY, TODAY - dt.timedelta(days=9)), Item(TODAY, TODAY - dt.timedelta(days=2))
    old, new = Item(TODAY - dt.timedelta(days=5), None), Item(TODAY, None)
    assert rules.in_order([old, later, new, late]) == [late, later, new, old]


def test_a_share_of_nothing_is_not_zero_percent() -> None:
    assert rules.share(0, 0) is None
    assert rules.share(1, 3) == 33
