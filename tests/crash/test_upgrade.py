"""The tables change under the previous version while people write: no request fails (R7)."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.crash.site_under_load import ROOT, Site, Writer
from tests.promises import Promise

WRITERS = 3
BEFORE_SECONDS = 3.0
AFTER_SECONDS = 5.0
MIGRATIONS = ":(glob)entremise/*/migrations/*.py"


def git(*words: str) -> str:
    """Ask git about this folder; nothing when it is not one of its copies."""
    if shutil.which("git") is None:
        return ""
    done = subprocess.run(["git", "-C", str(ROOT), *words], capture_output=True, text=True, check=False)
    return done.stdout.strip()


def previous_version() -> str:
    """Return the commit before the last one that changed tables."""
    return git("rev-parse", git("log", "-1", "--format=%H", "--", MIGRATIONS) + "~1")


@pytest.fixture
def previous(tmp_path: Path) -> Path:
    """Give the code of before the last change of tables."""
    commit = previous_version()
    if not commit:
        pytest.skip("no history here: the previous version cannot be had")
    packed = tmp_path / "previous.tar"
    subprocess.run(["git", "-C", str(ROOT), "archive", "-o", str(packed), commit], check=True)
    code = tmp_path / "previous"
    code.mkdir()
    subprocess.run(["tar", "-xf", str(packed), "-C", str(code)], check=True)
    return code


@pytest.fixture
def site(previous: Path) -> Iterator[Site]:
    """Give the previous version, serving."""
    running = Site(PYTHONPATH=str(previous))
    try:
        done = running.command("demo", "--people", "20")
        assert done.returncode == 0, done.stdout + done.stderr
        running.start()
        yield running
    finally:
        running.remove()


@pytest.mark.nightly
def test_no_request_fails_while_the_tables_change_under_the_previous_version(site: Site, promise: Promise) -> None:
    writers = [Writer(site, f"w{number}") for number in range(WRITERS)]
    for writer in writers:
        writer.start()
    time.sleep(BEFORE_SECONDS)
    migrated = site.command("migrate", PYTHONPATH=str(ROOT))
    assert migrated.returncode == 0, migrated.stdout + migrated.stderr
    time.sleep(AFTER_SECONDS)
    for writer in writers:
        writer.finish()
    wrong = [fault for writer in writers for fault in writer.wrong]
    failed = len(wrong) + sum(writer.answers["503"] + writer.answers["refused"] for writer in writers)
    asked = sum(writer.answers.total() for writer in writers)
    said = migrated.stdout.strip().splitlines()[0] if migrated.stdout.strip() else "aucune"
    promise("R7", f"{failed} requête en échec sur {asked} ({said})", is_met=failed == 0 and asked > 100)
