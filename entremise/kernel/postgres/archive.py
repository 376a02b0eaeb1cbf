"""The write-ahead log, kept piece by piece as PostgreSQL finishes them: a backup can then be brought to any instant.

Whether it is kept is a property of the data folder (its `archive` folder exists), not of a command: a server started
for a moment by another command without it would leave a hole that no recovery can cross.
"""

from __future__ import annotations

import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

from entremise.kernel.postgres.placement import Placement, make_folder

LONGEST_WAIT_SECONDS = 60  # a piece is closed at least this often while something is written: what a fire may take


def turn_on(placement: Placement) -> None:
    """Keep the log from the next start of the server on."""
    folder = archive_folder(placement)
    if not folder.exists():
        make_folder(folder, 0o700)
        placement.account.give(folder)


def turn_off(placement: Placement) -> None:
    """Keep it no more; nobody takes the pieces away, they would fill the disk."""
    shutil.rmtree(archive_folder(placement), ignore_errors=True)


def is_on(placement: Placement) -> bool:
    """Tell whether the log of this data folder is kept."""
    return archive_folder(placement).is_dir()


def archive_folder(placement: Placement) -> Path:
    """Return where PostgreSQL puts the finished pieces, until they are taken away."""
    return placement.home / "archive"


def settings(placement: Placement) -> dict[str, str]:
    """Return the settings of a server whose log is kept, or nothing."""
    if not is_on(placement):
        return {}
    return {
        "archive_mode": "on",
        "archive_timeout": f"{LONGEST_WAIT_SECONDS}s",
        "archive_command": command(archive_folder(placement)),
    }


def command(folder: Path) -> str:
    """Return the shell command that keeps one piece: whole and on the disk, or not at all; twice is once.

    A piece kept already is asked for again after a crash: the same is fine, another one under its name is refused.
    """
    where = shlex.quote(str(folder)).replace("%", "%%")
    return (
        f"cmp -s %p {where}/%f || {{ test ! -e {where}/%f && cp %p {where}/.%f.new && sync {where}/.%f.new"
        f" && mv {where}/.%f.new {where}/%f && sync {where}; }}"
    )


def fetch_command(folder: Path) -> str:
    """Return the shell command with which a server in recovery takes a piece."""
    where = shlex.quote(str(folder)).replace("%", "%%")
    return f"cp {where}/%f %p"


def finished_pieces(placement: Placement) -> Iterator[Path]:
    """Give the finished pieces, the oldest first."""
    if is_on(placement):
        yield from sorted(path for path in archive_folder(placement).iterdir() if not path.name.startswith("."))
