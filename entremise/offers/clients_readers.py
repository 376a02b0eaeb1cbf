"""Who reads the words of a file's offers: this process, or, when they are many, one process for each core."""

import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing.connection import wait

from entremise.lib.nearduplicates import Signature
from entremise.offers.rules_words import Asked, WordsRead, read_asked

MANY = 500  # offers to read at once from which other processes are worth their start, about a second each
TOGETHER = 50  # offers given to a process at a time
MOST = 4  # processes: what is left is the time of the database


class Readers:
    """Reads the offers of a file; its processes start at the first large batch, an unchanged file needs none."""

    def __init__(self, count: int | None = None, many: int = MANY) -> None:
        self.count, self.many = min(cores(), MOST) if count is None else count, many
        self._pool: ProcessPoolExecutor | None = None

    def read(self, asked: Sequence[Asked]) -> list[tuple[WordsRead | None, Signature]]:
        """Return what was asked of each offer, in order."""
        if self.count < 2 or len(asked) < self.many:
            return read_asked(asked)
        if self._pool is None:
            # They start anew: threads and connections to the database do not survive a fork.
            context = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(self.count, mp_context=context, initializer=_start)
        parts = [asked[at : at + TOGETHER] for at in range(0, len(asked), TOGETHER)]
        try:
            return [one for part in self._pool.map(read_asked, parts) for one in part]
        except BrokenProcessPool:  # one was killed, for its memory for instance: the file is read all the same
            self.count = 1
            return read_asked(asked)

    def close(self) -> None:
        """End the processes."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None


@contextmanager
def readers(count: int | None = None, many: int = MANY) -> Iterator[Readers]:
    """Give who reads a file, for the time of the file."""
    made = Readers(count, many)
    try:
        yield made
    finally:
        made.close()


def cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _start() -> None:
    """Prepare a reading process: who started it ends it; killed, it takes its readers along."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
