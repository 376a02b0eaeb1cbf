"""Child processes that end with their parent, however it ends."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Callable

PR_SET_PDEATHSIG = 1


def ends_with_parent(signal_number: int) -> Callable[[], None] | None:
    """Make the `preexec_fn` of a child that must get this signal when we die, even by kill -9.

    The kernel watches the thread that forks: call `Popen` from a thread that lives as long as the process.
    """
    if not sys.platform.startswith("linux"):
        return None
    parent = os.getpid()
    libc = ctypes.CDLL(None)

    def step() -> None:
        libc.prctl(PR_SET_PDEATHSIG, signal_number)
        if os.getppid() != parent:  # it died in between: nobody would tell us
            os._exit(1)

    return step
