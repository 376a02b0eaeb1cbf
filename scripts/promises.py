"""Print what each promise measured, and write docs/operate/promesses.md: `promises.py measures.jsonl`.

A promise that nobody measured is shown as such, never hidden. The exit code tells whether all are met.
"""

import datetime as dt
import json
import os
import platform
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

OPERATE = Path(__file__).resolve().parent.parent / "docs" / "operate"
PAGE = OPERATE / "promesses.md"
COMMAND = "make nightly"
MET, NOT_MET, NOT_MEASURED = "tenue", "NON TENUE", "non mesuré"


@dataclass(frozen=True)
class Line:
    """One promise, with what was measured of it."""

    name: str
    promise: str
    target: str
    measured: str
    verdict: str
    tests: str


def lines(kept: list[dict[str, object]]) -> list[Line]:
    """Put beside each promise everything that was measured; one measure that fails is enough not to keep it."""
    known = tomllib.loads((OPERATE / "promesses.toml").read_text(encoding="utf-8"))
    found = []
    for name, told in known.items():
        latest = {str(one["test"]): one for one in kept if one["promise"] == name}  # a test that ran again counts once
        mine = list(latest.values())
        verdict = NOT_MEASURED
        if mine:
            verdict = MET if all(one["is_met"] for one in mine) else NOT_MET
        measured = " ; ".join(str(one["measured"]) for one in mine) or NOT_MEASURED
        tests = "<br>".join(f"`{test}`" for test in latest)
        found.append(Line(name, told["promise"], told["target"], measured, verdict, tests))
    return found


def machine() -> str:
    """Say on what it was measured, without naming the machine."""
    pages, size = os.sysconf("SC_PHYS_PAGES"), os.sysconf("SC_PAGE_SIZE")
    return f"{os.cpu_count()} cœurs, {pages * size / 2**30:.0f} Gio, Python {platform.python_version()}"


def page(found: list[Line], today: dt.date) -> str:
    """Write the page."""
    met = sum(line.verdict == MET for line in found)
    text = [
        "# Ce que la plateforme promet, mesuré",
        "",
        f"Écrit par `{COMMAND}` le {today:%d/%m/%Y}, sur {machine()}. {met} promesses tenues sur {len(found)}.",
        "",
        "| | promesse | cible | mesuré | | test |",
        "|---|---|---|---|---|---|",
    ]
    text += [f"| {o.name} | {o.promise} | {o.target} | {o.measured} | {o.verdict} | {o.tests} |" for o in found]
    return "\n".join(text) + "\n"


def main(path: str) -> int:
    """Print the table and write the page."""
    file = Path(path)
    kept = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()] if file.is_file() else []
    found = lines(kept)
    for line in found:
        print(
            f"{line.name:3} {line.verdict:10} {line.promise}\n    cible  : {line.target}\n    mesuré : {line.measured}"
        )
    PAGE.write_text(page(found, dt.datetime.now(dt.UTC).date()), encoding="utf-8")
    return int(any(line.verdict != MET for line in found))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
