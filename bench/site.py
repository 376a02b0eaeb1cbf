"""A new site for the time of a bench, and what its database costs."""

import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from entremise.config.database import django_ready, migrate
from entremise.config.environment import Environment


@contextlib.contextmanager
def new_site(**environment: str) -> Iterator[Environment]:
    """Give Django a new database in a temporary folder, its tables made; both are gone after the block."""
    with tempfile.TemporaryDirectory(prefix="entremise-bench-") as folder:
        Path(folder).chmod(0o711)  # the account of the server must reach its own folder inside
        (Path(folder) / "static").mkdir()
        os.environ |= {"ENTREMISE_VAR": folder, **environment}
        os.environ.pop("DATABASE_URL", None)
        with django_ready() as settings:
            migrate(settings)
            yield settings


def database_seconds() -> float:
    """Return the seconds of processor that the site's own database has taken so far; nan where nobody can tell."""
    told = Path(os.environ["ENTREMISE_VAR"]) / "postgres" / "data" / "postmaster.pid"
    if not told.exists() or not Path("/proc/self/stat").exists():
        return float("nan")
    server = told.read_text().split()[0]
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):  # it ended meanwhile: it is in what its server has waited for
            cells = stat.read_text().rpartition(")")[2].split()
            if stat.parent.name == server:
                ticks += sum(map(int, cells[11:15]))  # its own, and that of those that ended
            elif cells[1] == server:
                ticks += sum(map(int, cells[11:13]))
    return ticks / os.sysconf("SC_CLK_TCK")
