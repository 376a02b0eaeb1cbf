"""A new site for the time of a bench."""

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
