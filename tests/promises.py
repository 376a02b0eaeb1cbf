"""What a test measured of a promise (docs/operate/promesses.toml): printed at the end, kept for promesses.md."""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

PROMISES = Path(__file__).resolve().parent.parent / "docs" / "operate" / "promesses.toml"
KEPT_IN = "ENTREMISE_PROMISES"  # the file of the nightly run
KILLS = "ENTREMISE_KILLS"
Promise = Callable[..., None]


def known() -> dict[str, dict[str, str]]:
    """Return the promises by name, with their target."""
    return tomllib.loads(PROMISES.read_text(encoding="utf-8"))


def kill_count(usual: int = 10) -> int:
    """Return how many times a test kills a process: few at each landing, a hundred in the nightly run."""
    return int(os.environ.get(KILLS, usual))


@pytest.fixture
def promise(request: pytest.FixtureRequest, record_property: Callable[[str, object], None]) -> Promise:
    """Give `promise("R1", "0 perdue sur 21 000, 20 arrêts", is_met=True)`, said once measured and asserted."""

    def say(name: str, measured: str, *, is_met: bool) -> None:
        told = {"promise": name, "measured": measured, "is_met": is_met, "test": request.node.nodeid.split("[")[0]}
        assert name in known(), f"{name} is not in {PROMISES.name}"
        record_property("figure", f"{name}: {measured}")
        if path := os.environ.get(KEPT_IN):
            with Path(path).open("a", encoding="utf-8") as kept:
                kept.write(json.dumps(told, ensure_ascii=False) + "\n")
        assert is_met, f"{name}: {measured}"

    return say
