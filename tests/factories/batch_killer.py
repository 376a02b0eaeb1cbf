"""Work of a batch whose worker dies once: imported by workers, so it needs nothing but the engine."""

import os
import signal
import time

from entremise.matching.engine import batch


def kill_once(setting: batch.Setting, chunk: batch.Chunk, marker: str) -> batch.Best:
    """Die the first time, as a worker that the system kills; work from then on."""
    try:
        os.close(os.open(marker, os.O_CREAT | os.O_EXCL))
    except FileExistsError:
        return batch.run(setting, chunk)
    os.kill(os.getpid(), signal.SIGKILL)
    time.sleep(60)
    raise AssertionError("not reached")
