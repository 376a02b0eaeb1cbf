"""What is unusual in what an account looks at: each sign, what cuts by itself, and the false alarms of honest days."""

import datetime as dt
import random
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entremise.people import rules_vigilance as rules
from entremise.people.rules_vigilance import Facts, Habits, Look, Sign, Verdict, Weight, judge

NOON = dt.datetime(2026, 11, 24, 11, 0, tzinfo=dt.UTC)
SETTLED = Habits(days=60, hour=4, day=12, peers_day=14, elsewhere=0.3)


def looks(count: int, *, seconds: float = 240, shuffled: bool = True, **facts: bool) -> tuple[Look, ...]:
    numbers = list(range(count))
    if shuffled:
        random.Random(5).shuffle(numbers)
    start = NOON - dt.timedelta(seconds=seconds * count)
    return tuple(Look(start + dt.timedelta(seconds=seconds * n), numbers[n], **facts) for n in range(count))


def facts(**told: object) -> Facts:
    return Facts(**({"now": NOON, "allowed": 40, "habits": SETTLED} | told))  # type: ignore[arg-type]


def weights(told: Facts) -> dict[Sign, Weight]:
    return {signal.sign: signal.weight for signal in judge(told).signals}


@pytest.mark.parametrize(
    ("told", "sign", "weight"),
    [
        ({"canaries": 1}, Sign.CANARY, Weight.STRONG),
        ({"looks": looks(20, seconds=1.9)}, Sign.MACHINE, Weight.STRONG),
        ({"looks": looks(20, seconds=3)}, Sign.MACHINE, Weight.STRONG),
        ({"cards": looks(20, seconds=1)}, Sign.MACHINE, Weight.STRONG),
        ({"looks": looks(20, shuffled=False)}, Sign.IN_ORDER, Weight.STRONG),
        ({"cards": looks(20, shuffled=False)[::-1]}, Sign.IN_ORDER, Weight.STRONG),
        ({"looks": looks(16, seconds=60)}, Sign.BUSY_HOUR, Weight.MEDIUM),
        ({"looks": looks(31, seconds=60)}, Sign.BUSY_HOUR, Weight.STRONG),
        ({"looks": looks(41, seconds=900)}, Sign.BUSY_DAY, Weight.MEDIUM),
        ({"looks": looks(15, is_followed=False)}, Sign.ELSEWHERE, Weight.WEAK),
        ({"looks": looks(30, is_followed=False)}, Sign.ELSEWHERE, Weight.MEDIUM),
        ({"looks": looks(8, is_open=False)}, Sign.CLOSED, Weight.MEDIUM),
        ({"looks": looks(20, is_open=False)}, Sign.CLOSED, Weight.STRONG),
        ({"cards": looks(150, seconds=20)}, Sign.CARDS, Weight.MEDIUM),
        ({"cards": looks(400, seconds=8)}, Sign.CARDS, Weight.STRONG),
        ({"knocks": 8}, Sign.KNOCKS, Weight.MEDIUM),
        ({"knocks": 20}, Sign.KNOCKS, Weight.STRONG),
        ({"spent": 40}, Sign.SPENT, Weight.WEAK),
        ({"looks": looks(5), "is_new_device": True}, Sign.NEW_DEVICE, Weight.WEAK),
    ],
)
def test_a_sign_is_seen_with_its_weight(told: dict[str, object], sign: Sign, weight: Weight) -> None:
    assert weights(facts(**told))[sign] == weight


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"looks": looks(19, seconds=3.2), "habits": Habits(hour=7)},
        {"looks": looks(15, seconds=60)},
        {"looks": looks(14, is_followed=False)},
        {"looks": looks(30, is_followed=False), "habits": Habits(elsewhere=0.9)},
        {"looks": looks(7, is_open=False)},
        {"cards": looks(149, seconds=20)},
        {"knocks": 7},
        {"spent": 39},
        {"spent": 0, "allowed": 0},
        {"looks": looks(4), "is_new_device": True},
        {"looks": looks(60, seconds=200), "raised_to": 60, "allowed": 60, "spent": 59},
    ],
)
def test_just_below_nothing_is_seen(told: dict[str, object]) -> None:
    assert judge(facts(**told)).signals == ()


def test_one_s_own_habits_move_the_bounds() -> None:
    busy = looks(40, seconds=60)
    assert Sign.BUSY_HOUR in weights(facts(looks=busy))
    assert Sign.BUSY_HOUR not in weights(facts(looks=busy, habits=Habits(days=60, hour=14, day=40)))


def test_weak_signs_alert_only_together() -> None:
    assert judge(facts(spent=40)).verdict is Verdict.NOTHING
    assert judge(facts(spent=40, looks=looks(16), is_new_device=True)).verdict is Verdict.NOTHING
    assert judge(facts(spent=40, looks=looks(16, is_followed=False), is_new_device=True)).verdict is Verdict.ALERT


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        ({"canaries": 1}, "canary"),
        ({"looks": looks(40, seconds=1), "spent": 40}, "budget_run"),
        ({"looks": looks(39, seconds=1, shuffled=False, is_open=False), "spent": 39}, "many_signs"),
    ],
)
def test_what_no_work_explains_cuts_by_itself(told: dict[str, object], reason: str) -> None:
    judgement = judge(facts(**told))
    assert (judgement.verdict, judgement.cut_for) == (Verdict.CUT, reason)


@pytest.mark.parametrize(
    "told",
    [
        {"looks": looks(39, seconds=1), "spent": 39},  # a machine's rhythm, and identities left: a person decides
        {"looks": looks(40, seconds=300), "spent": 40, "knocks": 30},  # spent slowly, and asking for more
        {"cards": looks(500, seconds=1)},
    ],
)
def test_what_somebody_may_explain_is_left_to_a_person(told: dict[str, object]) -> None:
    assert judge(facts(**told)).verdict is Verdict.ALERT


@given(st.lists(st.tuples(st.integers(0, 86_400), st.integers(0, 10_000), st.booleans(), st.booleans()), max_size=60))
def test_fewer_looks_never_weigh_more(drawn: list[tuple[int, int, bool, bool]]) -> None:
    ordered = sorted(drawn)
    seen = tuple(Look(NOON + dt.timedelta(seconds=s), n, is_followed=f, is_open=o) for s, n, f, o in ordered)
    whole = {signal.sign for signal in judge(facts(looks=seen, habits=Habits())).signals}
    part = {signal.sign for signal in judge(facts(looks=seen[: len(seen) // 2], habits=Habits())).signals}
    assert part - {Sign.ELSEWHERE} <= whole  # a share may fall when others are added


def test_every_sign_has_its_sentence_and_its_figures() -> None:
    told = facts(
        canaries=1, looks=looks(50, seconds=1, shuffled=False, is_followed=False, is_open=False), knocks=9, spent=50,
        cards=looks(200, seconds=1), is_new_device=True, habits=Habits(),
    )  # fmt: skip
    signals = judge(told).signals
    assert {signal.sign for signal in signals} == set(Sign)
    assert all(rules.SENTENCES[signal.sign] % signal.figures for signal in signals)


def a_day(rng: random.Random, minute: Callable[[], float], count: int, elsewhere: float) -> tuple[Look, ...]:
    """Draw one day of work: at which minute each identity is opened, in no order of files."""
    moments = sorted(minute() for _ in range(count))
    spread = [moment + index * rng.uniform(0.2, 1.2) for index, moment in enumerate(moments)]
    midnight = NOON.replace(hour=0)
    return tuple(
        Look(
            midnight + dt.timedelta(minutes=m),
            rng.randrange(10**9),
            is_followed=rng.random() >= elsewhere,
            is_open=6 * 60 <= m < 19 * 60,
        )
        for m in spread
    )


def ordinary_days(rng: random.Random, count: int) -> list[Facts]:
    """Draw accounts with their habits, and one day of each: one in fifty is a forum, announced or not."""
    days = []
    for _ in range(count):
        usual, elsewhere = rng.choice([3, 6, 10, 15]), rng.choice([0.1, 0.3, 0.5, 0.8])
        habits = Habits(rng.randrange(0, 80), max(2, usual // 2), 2 * usual, 2 * usual, elsewhere)
        if rng.random() < 0.02:
            drawn = a_day(rng, lambda: rng.uniform(13 * 60, 17 * 60), 60, 0.9)
            told = {"raised_to": 80, "allowed": 80} if rng.random() < 0.5 else {"allowed": 90}  # or kept quiet
        else:
            drawn = a_day(
                rng,
                lambda: rng.gauss(12.5 * 60, 150) if rng.random() < 0.97 else rng.uniform(18 * 60, 21 * 60),
                min(rng.randrange(2 * usual + 1) + (rng.random() < 0.05) * usual, 40),
                elsewhere,
            )
            told = {"allowed": max(20, 3 * habits.day) if habits.days >= 10 else 40}
        cards = a_day(rng, lambda: rng.uniform(9 * 60, 17 * 60), rng.randrange(60), elsewhere)
        days.append(
            Facts(
                NOON, looks=drawn, cards=cards, knocks=rng.choice([0] * 9 + [1, 2]), spent=len(drawn),
                is_new_device=rng.random() < 0.03, habits=habits, **told,
            )
        )  # fmt: skip
    return days


def test_a_thousand_honest_days_alert_at_most_ten_times_and_never_cut(record_property) -> None:
    verdicts = [judge(day).verdict for day in ordinary_days(random.Random(2024), 1000)]
    alerts, cuts = verdicts.count(Verdict.ALERT), verdicts.count(Verdict.CUT)
    record_property("figure", f"unusual looks: {alerts} alerts and {cuts} cuts over 1 000 simulated honest days")
    assert (alerts <= 10, cuts) == (True, 0)
