"""The JavaScript judges: installed once for each lock file, one process for a whole run."""

import hashlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.factories.judges import Judge

HERE = Path(__file__).parent
KEPT = HERE.parents[1] / ".cache" / "judges"
PACKAGES = ("package.json", "package-lock.json")
INSTALL = ("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
INSTALL_SECONDS = 300


@pytest.fixture(scope="session")
def judge() -> Iterator[Judge]:
    """Return the judges; without Node.js the tests are left out, except where changes land."""
    if missing := [name for name in ("node", "npm") if not shutil.which(name)]:
        _without(f"the JavaScript judges need {' and '.join(missing)}")
    judges = Judge(_installed())
    yield judges
    judges.close()


def _installed() -> Path:
    """Return the folder of these very packages, installed the first time; of two that try, one's is kept."""
    contents = b"".join((HERE / name).read_bytes() for name in (*PACKAGES, "judge.mjs"))
    folder = KEPT / hashlib.sha256(contents).hexdigest()[:16]
    if folder.exists():
        return folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=".", dir=folder.parent))
    for name in (*PACKAGES, "judge.mjs"):
        shutil.copy(HERE / name, draft)
    done = subprocess.run(INSTALL, cwd=draft, capture_output=True, text=True, timeout=INSTALL_SECONDS, check=False)
    if done.returncode:
        shutil.rmtree(draft)
        _without(f"the JavaScript judges cannot be installed: {done.stderr[-300:]}")
    try:
        draft.rename(folder)
    except OSError:
        shutil.rmtree(draft)
    return folder


def _without(why: str) -> None:
    if os.environ.get("CI"):
        pytest.fail(why)
    pytest.skip(why)
