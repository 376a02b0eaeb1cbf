"""One throw-away PostgreSQL for the whole run; migrations run as its owner, tests as the application role."""

from __future__ import annotations

import atexit
import gc
import itertools
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Generator, Iterator
from pathlib import Path

import django
import psycopg
import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.core.management import call_command
from django.test import TransactionTestCase
from django.utils import translation
from pytest_django.plugin import DjangoDbBlocker

from entremise.config import environment
from entremise.kernel.postgres import (
    APP_ROLE,
    AlreadyRunning,
    Cluster,
    ConnectionFile,
    Options,
    grant_application_role,
)
from tests import migrated

ROOT = Path(__file__).resolve().parent.parent
THROW_AWAY = Options(durable=False, owner_may_create_databases=True)
OWNER_URL_VARIABLE = "ENTREMISE_TEST_OWNER_URL"
pytest_plugins = ["tests.promises"]
SETTINGS_OF_THE_TESTS = {
    "ENTREMISE_SHARED", "ENTREMISE_CHROMIUM", "ENTREMISE_SCREENSHOTS", "ENTREMISE_PROMISES", "ENTREMISE_KILLS",
}  # fmt: skip
MEMORY = Path("/dev/shm")
ENOUGH_BYTES = 8 * 2**30
SWEEP_EVERY = 100
TURNS = itertools.count(1)
RARE_COLLECTIONS = (10_000, 10, 10)  # small things wait a little longer than in a process that serves
WARM = "from entremise.matching.engine.warm import warm; warm()"
LONG = ("tests/browser/", "tests/crash/", "tests/config/test_commands.py", "tests/config/test_demo_command.py")
SEALING = ("tests/kernel/test_seal", "tests/config/test_journal_command.py")  # a batch waits for older transactions
LOST_SETTINGS = ("ENTREMISE_", "SMTP_URL", "PORT", "DATABASE_")


def work_in_memory() -> None:
    """Write what the tests write in memory, where there is room: other jobs keep the disk of a machine waiting.

    The nightly proofs stay on the disk: they measure how long it takes.
    """
    if "ENTREMISE_KILLS" in os.environ or "PYTEST_XDIST_WORKER" in os.environ or not MEMORY.is_dir():
        return
    room, memory = os.statvfs(MEMORY), os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    if room.f_flag & os.ST_NOEXEC or room.f_bavail * room.f_frsize < ENOUGH_BYTES or memory < 2 * ENOUGH_BYTES:
        return
    folder = tempfile.mkdtemp(prefix="entremise-tests-", dir=MEMORY)
    Path(folder).chmod(0o711)  # the account of a database server must reach its own folder inside
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    os.environ["TMPDIR"] = folder
    tempfile.tempdir = None  # asked again


class Server:
    """The server of this run: started by the first pytest process, found in the environment by its xdist workers."""

    def __init__(self) -> None:
        self.folder: Path | None = None
        self.cluster: Cluster | None = None

    def start(self) -> None:
        """Start the server, unless a parent process already did, and say where it is."""
        if OWNER_URL_VARIABLE in os.environ:
            return
        self.folder = Path(tempfile.mkdtemp(prefix="entremise-"))
        self.folder.chmod(0o711)  # the account of the server must reach its own folder inside
        (self.folder / "static").mkdir()  # what `collectstatic` fills in an installation
        atexit.register(self.stop)
        self.cluster = self._kept() if "--reuse-db" in sys.argv else None
        self.cluster = self.cluster or Cluster(self.folder, THROW_AWAY)
        self.cluster.start()
        self._publish(self.cluster.connection, self.folder)

    def stop(self) -> None:
        """Stop the server and remove what this run wrote."""
        if self.cluster is not None:
            self.cluster.stop()
        if self.folder is not None:
            shutil.rmtree(self.folder, ignore_errors=True)

    def _kept(self) -> Cluster | None:
        try:
            return Cluster(ROOT / ".cache" / "tests", THROW_AWAY)
        except AlreadyRunning:  # another run uses it: this one takes a new server
            return None

    def _publish(self, connection: ConnectionFile, folder: Path) -> None:
        for name in list(os.environ):
            if name.startswith(LOST_SETTINGS) and name not in SETTINGS_OF_THE_TESTS:
                del os.environ[name]  # what the person set for the site is not for the tests
        os.environ["DATABASE_URL"] = connection.app_url
        os.environ["DATABASE_OWNER_URL"] = os.environ[OWNER_URL_VARIABLE] = connection.owner_url
        os.environ["ENTREMISE_VAR"] = str(folder)


def _do_meanwhile() -> None:
    """Compile the kernels and migrate a base once for all workers of a long run, while they read the tests."""
    begun = [subprocess.Popen([sys.executable, "-c", WARM], cwd=ROOT, stderr=subprocess.DEVNULL)]
    if "--reuse-db" not in sys.argv:  # the base of another version may be there
        begun.append(migrated.make_meanwhile(os.environ[OWNER_URL_VARIABLE]))
    for process in begun:
        atexit.register(process.wait)
        atexit.register(process.kill)  # the last one said is the first one done


def _flush(case: TransactionTestCase) -> None:
    """Empty the tables after a test that commits; Django would fill permissions again, which nothing here asks for."""
    call_command("flush", verbosity=0, interactive=False, reset_sequences=False, inhibit_post_migrate=True)


def _is_about_lib_only() -> bool:
    """Tell whether only `tests/lib` is asked for: it is pure Python and needs neither Django nor a server."""
    paths = [Path(argument.partition("::")[0]) for argument in sys.argv[1:] if not argument.startswith("-")]
    asked = [path.resolve() for path in paths if path.exists()]
    return bool(asked) and all(path.is_relative_to(ROOT / "tests" / "lib") for path in asked)


gc.disable()  # until the tests are read: nothing is thrown away meanwhile
# At import, before any other conftest: Django reads its settings once, and the other conftests may import models.
if OWNER_URL_VARIABLE in os.environ or not _is_about_lib_only():
    work_in_memory()
    Server().start()
    os.environ["DJANGO_SETTINGS_MODULE"] = "entremise.config.settings"
    if "-n" in sys.argv and "PYTEST_XDIST_WORKER" not in os.environ:
        _do_meanwhile()
    django.setup()
    SERVED_ITERATIONS = PBKDF2PasswordHasher.iterations
    PBKDF2PasswordHasher.iterations = 1_000  # 0.3 s of a processor at each password, else
    TransactionTestCase._fixture_teardown = _flush


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what waits for the transactions of the others, then with the longest; end with the long transactions.

    So at the end no worker waits for another, one site serves all the browsers, and no batch of lines waits a minute.
    """
    items.sort(key=_turn)


def _turn(item: pytest.Item) -> int:
    if item.nodeid.startswith(SEALING):
        return 0
    if item.nodeid.startswith(LONG):
        return 1
    return 3 if "scene" in getattr(item, "fixturenames", ()) else 2


def pytest_collection_finish() -> None:
    """Set aside what stays to the end: each collection of garbage looked at all of it, a sixth of the time in all."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*RARE_COLLECTIONS)
    gc.enable()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Sweep the tables now and then: what a test takes back stays in them, and slows down all those that follow."""
    done = yield
    if item.get_closest_marker("django_db") and next(TURNS) % SWEEP_EVERY == 0:
        _sweep()
    return done


def _sweep() -> None:
    if not apps.ready:  # only `tests/lib` is asked for
        return
    from django.db import connection

    name = str(connection.settings_dict["NAME"])
    if name.startswith("test_"):  # else no test has asked for it yet
        with psycopg.connect(os.environ[OWNER_URL_VARIABLE], dbname=name, autocommit=True) as owner:
            owner.execute("vacuum")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Create the test database and run the migrations as the owner, or copy the base where they were run."""
    from django.db import connection
    from django.db.models.signals import pre_migrate

    _connect_as(os.environ[OWNER_URL_VARIABLE])
    connection.settings_dict["TEST"]["TEMPLATE"] = migrated.template(os.environ[OWNER_URL_VARIABLE])
    pre_migrate.connect(_grant_once, dispatch_uid="grant")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Hand the migrated database over to the application role, as in production, and check that it is so."""
    from django.db import connection

    with django_db_blocker.unblock():
        with connection.cursor() as cursor:
            # Only the flush between transactional tests truncates: the product's role may not.
            cursor.execute(f"GRANT TRUNCATE ON ALL TABLES IN SCHEMA public, vault TO {APP_ROLE}")
            for table in ("kernel_journalentry", "kernel_journalhead"):
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER journal_is_never_emptied")
        _connect_as(os.environ["DATABASE_URL"])
        assert _powers_of_current_role() == (APP_ROLE, False, False, False)
        connection.close()
    yield
    with django_db_blocker.unblock():
        _connect_as(os.environ[OWNER_URL_VARIABLE])


def _grant_once(**details: object) -> None:
    """Give the application role its rights on the tables to come, as `entremise migrate` does."""
    from django.db import connection
    from django.db.models.signals import pre_migrate

    pre_migrate.disconnect(dispatch_uid="grant")
    connection.ensure_connection()
    grant_application_role(connection.connection)


def _connect_as(url: str) -> None:
    from django.db import connection

    connection.close()
    address = environment.django_database(url)
    connection.settings_dict.update(USER=address["USER"], PASSWORD=address["PASSWORD"])  # in place: threads share it


def _powers_of_current_role() -> tuple[str, bool, bool, bool]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_user, rolsuper, rolbypassrls,"
            " pg_has_role(current_user, (SELECT datdba FROM pg_database WHERE datname = current_database()), 'usage')"
            " FROM pg_roles WHERE rolname = current_user"
        )
        name, is_superuser, bypasses_policies, is_owner = cursor.fetchone()
    return name, is_superuser, bypasses_policies, is_owner


@pytest.fixture
def hashes_as_served(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make hashing passwords as slow as on the site, for the test that says how slow it is."""
    monkeypatch.setattr(PBKDF2PasswordHasher, "iterations", SERVED_ITERATIONS)


@pytest.fixture(autouse=True)
def _in_french() -> Iterator[None]:
    """Speak French again after a test that was answered in English: a request leaves its language to the thread."""
    yield
    if settings.configured:  # not when only `tests/lib` is asked for
        translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture(autouse=True)
def _indexes_of_this_test(request: pytest.FixtureRequest) -> Iterator[None]:
    """Forget the indexes around a test that commits: its tables are emptied behind the back of their triggers."""
    marker = request.node.get_closest_marker("django_db")
    commits = bool(marker and marker.kwargs.get("transaction")) or "transactional_db" in request.fixturenames
    if not commits:
        yield
        return
    _forget_indexes()
    yield
    _forget_indexes()


def _forget_indexes() -> None:
    from entremise.matching import queries_feed

    for feed in queries_feed.ALL:
        feed.forget()
        shutil.rmtree(feed.root, ignore_errors=True)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the figures that tests measured on the way."""
    figures = [
        str(value)
        for report in terminalreporter.stats.get("passed", [])
        for name, value in getattr(report, "user_properties", [])
        if name == "figure" and report.when == "call"
    ]
    if figures:
        terminalreporter.section("figures")
        terminalreporter.write_line("\n".join(dict.fromkeys(figures)))
