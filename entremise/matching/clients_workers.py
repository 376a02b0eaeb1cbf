"""Who does the work of a batch: this process, processes of this machine, or the workers of a Dask cluster."""

import multiprocessing
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from typing import Any

from django.utils.translation import gettext as _


class ClusterRefused(Exception):
    """The cluster cannot be used; the message is a sentence for who runs the command."""


class _Here(Executor):
    """Does at once what it is given."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Do it; the future is already there."""
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as fault:  # noqa: BLE001  # told by the future, as any executor does
            future.set_exception(fault)
        return future


@contextmanager
def here() -> Iterator[tuple[Executor, int]]:
    """Work in this process."""
    yield _Here(), 1


@contextmanager
def processes(count: int) -> Iterator[tuple[Executor, int]]:
    """Work in processes of this machine; they start anew, since threads and connections do not survive a fork."""
    with ProcessPoolExecutor(count, mp_context=multiprocessing.get_context("spawn")) as executor:
        yield executor, count


@contextmanager
def cluster(address: str) -> Iterator[tuple[Executor, int]]:
    """Work on a Dask cluster, whose machines have the same version and the same folder of index files."""
    try:
        from distributed import Client as Typed
    except ImportError as fault:
        raise ClusterRefused(_("Dask n'est pas installé ici : pip install 'entremise[cluster]'.")) from fault
    Client: Any = Typed  # noqa: N806  # the library says no types
    try:
        client = Client(address, set_as_default=False, timeout=10)
    except (OSError, TimeoutError) as fault:
        raise ClusterRefused(
            _("Aucun ordonnanceur Dask ne répond à l'adresse %(address)s.") % {"address": address}
        ) from fault
    with client:
        count = sum(client.ncores().values())
        if not count:
            raise ClusterRefused(
                _("L'ordonnanceur Dask à l'adresse %(address)s n'a aucun travailleur.") % {"address": address}
            )
        with client.get_executor(pure=False) as executor:
            yield executor, count
