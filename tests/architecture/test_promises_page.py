"""The table of the promises shows each of them, measured or not, and says no when one measure says no."""

import datetime as dt
import re
from pathlib import Path

from scripts import promises
from tests.promises import known

ROOT = Path(__file__).resolve().parents[2]


def one(name: str, *, is_met: bool, test: str = "tests/a.py::test_a") -> dict[str, object]:
    return {"promise": name, "measured": f"mesure de {name}", "is_met": is_met, "test": test}


def test_each_promise_is_measured_by_a_test_that_the_night_runs() -> None:
    (listed,) = re.findall(r"grep -rlE '(.*)' tests", (ROOT / "Makefile").read_text(encoding="utf-8"))
    texts = [path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py")]
    run = [text for text in texts if re.search(listed, text)]
    assert set(known()) <= {name for text in run for name in re.findall(r'promise\(\s*"([RS]\d)"', text)}


def test_what_nobody_measured_is_shown_as_such() -> None:
    found = promises.lines([one("R1", is_met=True)])
    assert [line.name for line in found] == list(known())
    assert [line.name for line in found if line.verdict == promises.NOT_MEASURED] == [n for n in known() if n != "R1"]
    page = promises.page(found, dt.date(2026, 11, 24))
    assert page.count("| non mesuré | non mesuré |") == len(known()) - 1  # what was measured, and the verdict
    assert f"1 promesses tenues sur {len(known())}" in page


def test_one_measure_that_fails_is_enough() -> None:
    kept = [one("S7", is_met=True), one("S7", is_met=False, test="tests/b.py::test_b")]
    verdicts = {line.name: line.verdict for line in promises.lines(kept)}
    assert verdicts["S7"] == promises.NOT_MET


def test_a_test_that_ran_again_counts_once_by_its_last_run() -> None:
    kept = [one("S7", is_met=False), one("S7", is_met=True)]
    (line,) = [line for line in promises.lines(kept) if line.name == "S7"]
    assert (line.verdict, line.measured) == (promises.MET, "mesure de S7")
