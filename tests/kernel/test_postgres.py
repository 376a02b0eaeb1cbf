"""The embedded server: started, killed, moved, doubled, and never losing what it acknowledged."""

from __future__ import annotations

import os
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from entremise.kernel.postgres import (
    APP_ROLE,
    OWNER_ROLE,
    AlreadyRunning,
    Cluster,
    Options,
    ServerRefused,
    is_running,
    read_connection_file,
    serving,
)

RESTART_SECONDS = 20.0
QUICK = Options(durable=False)  # what is proved does not depend on fsync, except under kills
KILL_COUNT = 10
NIGHTLY_KILL_COUNT = 100
needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root steps down to another account")


@pytest.fixture
def var() -> Iterator[Path]:
    """Give a data folder with a space and accents in its path, open to other accounts as usual ones are."""
    with tempfile.TemporaryDirectory(prefix="là bas ") as folder:  # short: pytest's own make the socket move
        Path(folder).chmod(0o755)
        yield Path(folder)


@pytest.fixture
def cluster(var: Path) -> Iterator[Cluster]:
    """Give a running server."""
    with Cluster(var, QUICK) as running:
        yield running


@pytest.fixture
def durable_cluster(var: Path) -> Iterator[Cluster]:
    """Give a running server with the settings of production."""
    with Cluster(var) as running:
        yield running


def connect(cluster: Cluster) -> psycopg.Connection:
    """Connect as the application, waiting for a restart if there is one."""
    limit = time.monotonic() + RESTART_SECONDS
    while True:
        cluster.tend()
        try:
            return psycopg.connect(cluster.connection.app_url, autocommit=True, connect_timeout=5)
        except psycopg.OperationalError:
            if time.monotonic() > limit:
                raise
            time.sleep(0.02)


def make_table(cluster: Cluster) -> None:
    """Create, as the owner, a table for the application."""
    with psycopg.connect(cluster.connection.owner_url) as owner:
        owner.execute("CREATE TABLE note (id int PRIMARY KEY)")


def processes(cluster: Cluster) -> list[int]:
    """List the postmaster and its children, by number."""
    assert cluster.pid is not None
    children = Path(f"/proc/{cluster.pid}/task/{cluster.pid}/children").read_text().split()
    return [cluster.pid, *map(int, children)]


def test_french_text_is_compared_as_french(cluster: Cluster) -> None:
    with connect(cluster) as app:
        row = app.execute(
            "SELECT lower('ÉÀ'), casefold('Straße'), current_setting('server_version_num')::int"
        ).fetchone()
    assert row is not None
    assert row[:2] == ("éà", "strasse")
    assert row[2] >= 180000


def test_checksums_are_on_and_nothing_listens_on_the_network(cluster: Cluster) -> None:
    with connect(cluster) as app:
        rows = app.execute("SELECT current_setting('data_checksums'), current_setting('listen_addresses')").fetchall()
    assert rows == [("on", "")]


def test_the_application_is_neither_owner_nor_powerful(cluster: Cluster) -> None:
    with connect(cluster) as app:
        row = app.execute(
            "SELECT rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, pg_get_userbyid(datdba)"
            " FROM pg_roles, pg_database WHERE rolname = current_user AND datname = current_database()"
        ).fetchone()
        assert row == (APP_ROLE, False, False, False, False, OWNER_ROLE)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute("CREATE TABLE intrusion (id int)")


def test_the_application_writes_in_the_owners_tables_but_cannot_empty_them_at_once(cluster: Cluster) -> None:
    make_table(cluster)
    with connect(cluster) as app:
        app.execute("INSERT INTO note VALUES (1)")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute("TRUNCATE note")


def test_a_wrong_password_is_refused(cluster: Cluster) -> None:
    url = cluster.connection.app_url.replace("entremise_app:", "entremise_app:x")
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(url)


def test_socket_and_secrets_are_closed_to_other_accounts(cluster: Cluster) -> None:
    assert stat.S_IMODE(cluster.sockets.stat().st_mode) == 0o700
    assert stat.S_IMODE(cluster.placement.data.stat().st_mode) == 0o700
    for name in (cluster.var / "connection.json", cluster.placement.home / "passwords.json"):
        assert stat.S_IMODE(name.stat().st_mode) == 0o600


def test_nothing_acknowledged_is_lost_over_kills_of_any_process(durable_cluster: Cluster) -> None:
    survive_kills(durable_cluster, KILL_COUNT)


@pytest.mark.nightly
def test_nothing_acknowledged_is_lost_over_a_hundred_kills(durable_cluster: Cluster) -> None:
    survive_kills(durable_cluster, NIGHTLY_KILL_COUNT)


def survive_kills(cluster: Cluster, kill_count: int) -> None:
    """Write without pause, kill one process after the other with -9, then count what was acknowledged."""
    make_table(cluster)
    acknowledged: list[int] = []
    number = 0
    for turn in range(kill_count):
        app = connect(cluster)
        for _ in range(20):
            number += 1
            app.execute("INSERT INTO note VALUES (%s)", [number])
            acknowledged.append(number)
        victims = processes(cluster)
        victim = victims[0] if turn % 2 == 0 else victims[turn % len(victims)]
        os.kill(victim, signal.SIGKILL)
        app.close()
        wait_gone(victim, cluster)
    with connect(cluster) as app:
        kept = {row[0] for row in app.execute("SELECT id FROM note")}
    assert set(acknowledged) - kept == set()
    assert cluster.restart_count >= kill_count // 2


def is_working(pid: int) -> bool:
    """Tell whether a process exists and is more than the trace of a dead one."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def wait_gone(pid: int, cluster: Cluster) -> None:
    """Wait until a killed process is gone, so that the next write meets the new server."""
    limit = time.monotonic() + RESTART_SECONDS
    while is_working(pid):
        cluster.tend()
        assert time.monotonic() < limit
        time.sleep(0.01)


def test_the_server_ends_when_its_supervisor_is_killed(var: Path) -> None:
    program = (
        "import sys, time, pathlib\n"
        "from entremise.kernel.postgres import Cluster\n"
        "with Cluster(pathlib.Path(sys.argv[1])) as cluster:\n"
        "    print(cluster.pid, flush=True)\n"
        "    time.sleep(60)\n"
    )
    supervisor = subprocess.Popen([sys.executable, "-c", program, str(var)], stdout=subprocess.PIPE, text=True)
    assert supervisor.stdout is not None
    server = int(supervisor.stdout.readline())
    assert is_running(var)
    supervisor.kill()
    supervisor.wait()
    supervisor.stdout.close()
    with Cluster(var, QUICK) as next_one:  # started at once: it waits for the orphan to end
        assert next_one.pid != server
        assert not is_working(server)
        connect(next_one).close()


def test_a_second_supervisor_is_refused_in_french(cluster: Cluster) -> None:
    with pytest.raises(AlreadyRunning, match="Entremise fonctionne déjà sur ce dossier de données"):
        Cluster(cluster.var)


def test_a_command_uses_the_server_that_runs(cluster: Cluster) -> None:
    with serving(cluster.var) as connection:
        assert connection == cluster.connection
    assert cluster.pid is not None
    connect(cluster).close()


def test_a_command_runs_a_server_when_there_is_none(var: Path) -> None:
    with serving(var) as connection, psycopg.connect(connection.app_url) as app:
        app.execute("SELECT 1")
    assert not is_running(var)
    assert read_connection_file(var) == connection


def test_a_pid_file_naming_another_program_is_cleared(var: Path) -> None:
    with Cluster(var, QUICK) as cluster:
        data = cluster.placement.data
        owner = cluster.placement.account
    pid_file = data / "postmaster.pid"
    pid_file.write_text(f"{os.getppid()}\n{data}\n{int(time.time())}\n5432\n")
    pid_file.chmod(0o600)
    owner.give(pid_file)
    with Cluster(var, QUICK) as cluster:
        connect(cluster).close()


def test_an_interrupted_first_start_is_made_again(var: Path) -> None:
    half_made = var / "postgres" / "data.new"
    half_made.mkdir(parents=True)
    (half_made / "PG_VERSION").write_text("18\n")
    (var / "postgres").chmod(0o711)
    with Cluster(var, QUICK) as cluster:
        connect(cluster).close()
    assert not half_made.exists()


def test_a_very_deep_folder_gets_a_short_socket_elsewhere(var: Path) -> None:
    deep = var
    for _ in range(6):
        deep = deep / "un-dossier-au-nom-bien-long"
        deep.mkdir(mode=0o755)
    with Cluster(deep, QUICK) as cluster:
        assert not cluster.sockets.is_relative_to(deep)
        connect(cluster).close()
    assert not cluster.sockets.exists()


def test_a_folder_with_a_comma_works_too(var: Path) -> None:
    awkward = var / 'a,b"c'
    awkward.mkdir(mode=0o755)
    with Cluster(awkward, QUICK) as cluster:
        connect(cluster).close()
    assert not cluster.sockets.exists()


def test_a_socket_folder_that_is_not_ours_is_refused(var: Path) -> None:
    (var / "postgres").mkdir(mode=0o711)
    (var / "postgres" / "run").mkdir(mode=0o755)
    with pytest.raises(ServerRefused, match="n'est pas réservé au serveur PostgreSQL d'Entremise"):
        Cluster(var)


def test_a_damaged_configuration_is_told_with_the_servers_own_words(var: Path) -> None:
    with Cluster(var, QUICK) as cluster:
        configuration = cluster.placement.data / "postgresql.conf"
    configuration.write_text("this is not a setting\n")
    with pytest.raises(ServerRefused, match=r"n'a pas démarré(.|\n)*syntax error"):
        Cluster(var).start()
    assert not is_running(var)


def test_an_unreadable_password_file_is_told_with_its_remedy(var: Path) -> None:
    with Cluster(var, QUICK) as cluster:
        passwords = cluster.placement.home / "passwords.json"
    passwords.write_text("{")
    with pytest.raises(ServerRefused, match=r"est illisible\. Supprimez-le"):
        Cluster(var)
    assert not is_running(var)


def test_the_same_binaries_play_a_real_server_over_tcp(var: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with Cluster(var, Options(durable=False, tcp_port=port)) as cluster:
        assert f"127.0.0.1&port={port}" in cluster.connection.app_url
        with connect(cluster) as app:
            assert app.execute("SELECT current_user, inet_server_port()").fetchone() == (APP_ROLE, port)


@needs_root
def test_root_steps_down_to_an_account_without_power(cluster: Cluster) -> None:
    status = Path(f"/proc/{cluster.pid}/status").read_text()
    owners = next(line for line in status.splitlines() if line.startswith("Uid:")).split()[1:]
    assert "0" not in owners


@needs_root
def test_a_folder_closed_to_others_stays_closed_and_the_server_lives_elsewhere(var: Path) -> None:
    var.chmod(0o700)
    with Cluster(var, QUICK) as cluster:
        home = cluster.placement.home
        assert not home.is_relative_to(var)
        assert "fermé aux autres comptes" in cluster.placement.moved_because
        assert stat.S_IMODE(var.stat().st_mode) == 0o700
        connect(cluster).close()
    subprocess.run(["rm", "-r", str(home)], check=True)
