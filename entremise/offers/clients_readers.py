"""Who reads the words of a file's offers: this process, or, when they are many, one process for each core."""

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing.connection import wait

from entremise.lib.nearduplicates import OfferText, Signature
from entremise.offers.rules_words import Asked, WordsRead, read_asked

MANY = 500  # offers to read at once from which other processes are worth their start, about a second each
TOGETHER = 50  # offers given to a process at a time
Answer = tuple[WordsRead | None, Signature]
Answers = list[Answer]
MOST = 4  # processes: what is left is the time of the database


class Readers:
    """Reads the offers of a file; its processes start at the first large batch, an unchanged file needs none.

    What is asked `ahead` is read while this process writes what comes before; it is then had from `read`, which reads
    by itself whatever differs from what was foreseen.
    """

    def __init__(self, count: int | None = None, many: int = MANY) -> None:
        self.count, self.many = min(cores(), MOST) if count is None else count, many
        self._pool: ProcessPoolExecutor | None = None
        self._begun: deque[tuple[Sequence[Asked], list[Future[Answers]]]] = deque()

    def ahead(self, asked: Sequence[Asked]) -> None:
        """Begin to read what will be asked; in the order in which it will be."""
        self._begun.append((asked, self._begin(asked)))

    def read(self, asked: Sequence[Asked]) -> Answers:
        """Return what was asked of each offer, in order."""
        ready = self._foreseen() if self._begun else {}
        there = [_answer(ready, one) for one in asked]
        missing = [one for one, answer in zip(asked, there, strict=True) if answer is None]
        rest = iter(self._ended(missing, self._begin(missing)))
        return [answer or next(rest) for answer in there]

    def _foreseen(self) -> dict[OfferText, tuple[Asked, Answer]]:
        asked, begun = self._begun.popleft()
        if asked and not begun:  # too few for other processes: read in their turn
            return {}
        pairs = list(zip(asked, self._ended(asked, begun), strict=True))
        # The same text may be there twice, its words asked once: that one answers for both.
        return {one.text: (one, answer) for one, answer in sorted(pairs, key=lambda pair: pair[0].words is not None)}

    def _begin(self, asked: Sequence[Asked]) -> list[Future[Answers]]:
        if self.count < 2 or len(asked) < self.many:
            return []
        if self._pool is None:
            # They start anew: threads and connections to the database do not survive a fork.
            context = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(self.count, mp_context=context, initializer=_start)
        parts = [asked[at : at + TOGETHER] for at in range(0, len(asked), TOGETHER)]
        try:
            return [self._pool.submit(read_asked, part) for part in parts]
        except BrokenProcessPool:
            self.count = 1
            return []

    def _ended(self, asked: Sequence[Asked], begun: list[Future[Answers]]) -> Answers:
        if not begun:
            return read_asked(asked)
        try:
            return [one for part in begun for one in part.result()]
        except BrokenProcessPool:  # one was killed, for its memory for instance: the file is read all the same
            self.count = 1
            return read_asked(asked)

    def close(self) -> None:
        """End the processes."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None


def _answer(ready: dict[OfferText, tuple[Asked, Answer]], one: Asked) -> Answer | None:
    """Return what was read ahead of an offer, unless its words are wanted and were others, or none."""
    if one.text not in ready:
        return None
    asked, answer = ready[one.text]
    return answer if one.words is None or one.words == asked.words else None


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
