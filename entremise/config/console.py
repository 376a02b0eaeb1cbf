"""What the commands say to people in a terminal: sentences, a progress bar, refusals."""

from __future__ import annotations

import argparse
import shutil
import sys
import time
from typing import TypeAlias

Subcommands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001  # it has no other name
BAR_WIDTH = 30
REFRESH_SECONDS = 0.1


class CommandRefused(Exception):
    """A command cannot do what is asked; the message says why and what to do, in French."""


def say(text: str = "") -> None:
    """Write a line for the person."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def warn(text: str) -> None:
    """Write a line about something that went wrong."""
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


class Progress:
    """A progress bar; outside a terminal, one line at the end."""

    def __init__(self, label: str) -> None:
        self.label = label
        self.done_count = 0
        self.total_count: int | None = None
        self._started_at = time.monotonic()
        self._drawn_at = 0.0
        self._is_live = sys.stdout.isatty()

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: object) -> None:
        if self._is_live and self._drawn_at:
            sys.stdout.write("\r\033[K")
        if error is None:
            elapsed = time.monotonic() - self._started_at
            counted = f", {self.done_count} éléments" if self.done_count else ""
            say(f"{self.label} : terminé en {elapsed:.1f} s{counted}.".replace(".", ",", 1))

    def __call__(self, done_count: int, total_count: int | None = None, label: str = "") -> None:
        """Note how far the work is; draw at most ten times a second."""
        self.done_count, self.total_count = done_count, total_count
        now = time.monotonic()
        if not self._is_live or now - self._drawn_at < REFRESH_SECONDS:
            return
        self._drawn_at = now
        line = f"\r{self._bar()} {label or self.label}"
        sys.stdout.write(line[: shutil.get_terminal_size().columns] + "\033[K")
        sys.stdout.flush()

    def _bar(self) -> str:
        if not self.total_count:
            return f"{self.done_count:>9}"
        share = min(self.done_count / self.total_count, 1.0)
        filled = round(share * BAR_WIDTH)
        return f"{'█' * filled}{'·' * (BAR_WIDTH - filled)} {share:4.0%}"
