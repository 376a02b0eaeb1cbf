"""The commands, run as a person runs them: another process, an empty folder, a free port."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import psycopg
import pytest

from entremise.kernel.postgres import Cluster, Options
from tests.factories.installed import install
from tests.factories.sms import LocalGateway

START_SECONDS = 120.0
REFUSED_SMS = (
    "INSERT INTO kernel_outboxmessage (id, kind, channel, recipient, language, subject, text, html, about_type,"
    " about_id, state, created_at, not_before_at, attempt_count, last_error) VALUES (gen_random_uuid(), 'test.hello',"
    " 'sms', '+33612345678', 'fr', '', 'Bonjour', '', '', '', 'waiting', now(), now(), 1, 'HTTP 400')"
)
ANSWER_SECONDS = 120.0  # a slow machine with other workers on it


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


class Installation:
    """An empty folder in which the commands are run."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        kept = {"PATH", "HOME", "LANG", "TMPDIR"}
        self.environment = {name: value for name, value in os.environ.items() if name in kept} | {
            "PYTHONPATH": str(Path(__file__).resolve().parents[2]),
            "PORT": str(self.port),
            "PYTHONIOENCODING": "utf-8",
        }

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "entremise.config.cli", *arguments]

    def do(self, *arguments: str, text: str = "", **settings: str) -> subprocess.CompletedProcess[str]:
        """Run a command to its end."""
        return subprocess.run(
            self.command(*arguments),
            cwd=self.folder,
            env=self.environment | settings,
            input=text,
            capture_output=True,
            text=True,
            timeout=START_SECONDS,
            check=False,
        )

    def run(self, output: int | IO[str]) -> subprocess.Popen[bytes]:
        """Start the site, without the people of the demo."""
        settings = self.environment | {"ENTREMISE_DEMO": "0"}
        return subprocess.Popen(self.command("run"), cwd=self.folder, env=settings, stdout=output, stderr=output)

    def answers(self) -> bool:
        """Tell whether the site answers well."""
        with contextlib.suppress(OSError):
            opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
            with opener.open(f"http://127.0.0.1:{self.port}/sante/", timeout=5) as answer:
                return bool(answer.status == 200)
        return False

    def wait_answer(self, seconds: float = ANSWER_SECONDS) -> None:
        """Wait for the site to answer well."""
        limit = time.monotonic() + seconds
        while not self.answers():
            assert time.monotonic() < limit, "the site does not answer"
            time.sleep(0.05)


@pytest.fixture
def installation() -> Iterator[Installation]:
    with tempfile.TemporaryDirectory(prefix="essai ") as folder:
        Path(folder).chmod(0o755)
        yield Installation(Path(folder))


@pytest.fixture
def made(installation: Installation) -> Installation:
    """An installation whose base is made."""
    install(installation.folder / "var")
    return installation


def assert_refused(done: subprocess.CompletedProcess[str], sentence: str) -> None:
    assert done.returncode == 1, done.stdout + done.stderr
    assert sentence in done.stderr
    assert "Traceback" not in done.stdout + done.stderr


def test_a_command_that_is_not_understood_is_told_in_french(installation: Installation) -> None:
    done = installation.do("import", "départements", "x.csv")
    assert done.returncode == 2
    assert "n'est pas un choix possible" in done.stderr
    assert "Pour l'aide : entremise import --help" in done.stderr


def test_a_bad_setting_stops_the_command_with_its_sentence(installation: Installation) -> None:
    assert_refused(installation.do("run", PORT="http"), "PORT doit être un numéro de port")


def test_a_busy_port_is_told_with_another_one(installation: Installation) -> None:
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", installation.port))
        busy.listen()
        done = installation.do("run")
    assert_refused(done, f"Le port {installation.port} est déjà utilisé par un autre programme")
    assert f"PORT={installation.port + 1}" in done.stderr


def test_a_folder_that_cannot_be_written_is_told(installation: Installation) -> None:
    done = installation.do("run", ENTREMISE_VAR="/proc/nulle-part")
    assert_refused(done, "ne peut pas être écrit")


def test_a_missing_file_is_told_before_anything_is_read(installation: Installation) -> None:
    done = installation.do("import", "rome", "absent.zip")
    assert_refused(done, "Le fichier absent.zip n'existe pas")


def test_an_address_that_does_not_answer_is_told_with_another_way(installation: Installation) -> None:
    done = installation.do("import", "rome", f"http://127.0.0.1:{installation.port}/rome.zip")
    assert_refused(done, "n'a pas pu être téléchargé")
    assert "téléchargez le fichier vous-même" in done.stderr


def test_a_file_of_something_else_is_refused_with_a_reason(made: Installation) -> None:
    (made.folder / "x.zip").write_bytes(b"not a zip")
    done = made.do("import", "rome", "x.zip")
    assert done.returncode == 1
    assert done.stderr.strip()
    assert "imprévue" not in done.stderr


def test_demo_people_never_mix_with_real_ones(installation: Installation) -> None:
    server = "postgresql://entremise_app:x@127.0.0.1:1/entremise"
    done = installation.do("demo", DATABASE_URL=server)
    assert_refused(done, "ne se mélangent pas à celles de vraies personnes")


def test_a_server_that_does_not_answer_is_told_and_doctor_gives_the_remedy(installation: Installation) -> None:
    server = "postgresql://entremise_app:x@127.0.0.1:1/entremise"
    assert_refused(installation.do("migrate", DATABASE_URL=server), "La base de données ne répond pas")
    done = installation.do("doctor", DATABASE_URL=server)
    assert done.returncode == 1
    assert "Remède : vérifiez DATABASE_URL" in done.stdout


def test_an_outside_server_is_prepared_by_its_owner_only(installation: Installation) -> None:
    elsewhere = installation.folder / "ailleurs"
    elsewhere.mkdir(mode=0o755)
    with Cluster(elsewhere, Options(durable=False, tcp_port=free_port())) as server:
        application = {"DATABASE_URL": server.connection.app_url, "ENTREMISE_BASE_URL": "https://emploi.example"}
        owner = application | {"DATABASE_OWNER_URL": server.connection.owner_url}
        assert_refused(installation.do("init", **application), "Indiquez DATABASE_OWNER_URL")
        done = installation.do("init", **owner)
        assert done.returncode == 0, done.stderr
        assert installation.do("init", **application).returncode == 0  # up to date: the owner is not needed
        as_owner = installation.do("doctor", DATABASE_URL=server.connection.owner_url)
    assert as_owner.returncode == 1
    assert "est trop puissant : propriétaire" in as_owner.stdout
    assert "Aucun serveur de messagerie : les messages attendent, personne ne reçoit rien." in as_owner.stdout
    assert "Aucun SMS ne part" in as_owner.stdout


def test_doctor_tells_what_the_sms_gateway_says(made: Installation) -> None:
    elsewhere = made.folder / "ailleurs"
    elsewhere.mkdir(mode=0o755)
    with contextlib.ExitStack() as stack:
        gateway = stack.enter_context(LocalGateway())
        empty, server = (
            stack.enter_context(Cluster(folder, Options(durable=False, tcp_port=free_port())))
            for folder in (elsewhere, made.folder / "var")
        )
        sms = {"ENTREMISE_SMS_URL": gateway.url, "ENTREMISE_SMS_TOKEN": "s3cr3t"}
        bare = sms | {"DATABASE_URL": empty.connection.app_url, "DATABASE_OWNER_URL": empty.connection.owner_url}
        settings = sms | {"DATABASE_URL": server.connection.app_url, "DATABASE_OWNER_URL": server.connection.owner_url}
        assert "passerelle SMS 127.0.0.1 répond" in made.do("doctor", **bare).stdout  # before any table
        with psycopg.connect(server.connection.app_url) as base:
            base.execute(REFUSED_SMS)
        refused = made.do("doctor", **settings).stdout
        gateway.status = 401
        closed = made.do("doctor", **settings).stdout
    assert {one.method for one in gateway.received} == {"HEAD"}
    assert "SMS que la passerelle n'a pas pris depuis hier : 1 (dernière raison : HTTP 400)" in refused
    assert "La liaison avec la passerelle SMS n'est pas chiffrée." in refused
    assert "La passerelle SMS 127.0.0.1 ne répond pas bien : HTTP 401" in closed
    assert "s3cr3t" not in refused + closed
    assert "+33612345678" not in refused


def test_the_settings_are_not_written_before_there_is_a_base(installation: Installation) -> None:
    assert_refused(installation.do("env"), "La base n'existe pas encore")


def test_a_professional_is_created_and_bad_ones_are_refused(made: Installation) -> None:
    person = ("--first-name", "Lou", "--last-name", "Martin", "--agency", "Valence", "--password-stdin")
    assert_refused(made.do("user", "lou@exemple.fr", *person, text="court\n"), "Ce mot de passe ne convient pas.")
    good = "une phrase longue et rare\n"
    assert_refused(made.do("user", "lou@exemple.fr", *person, text=good), "indiquez le code INSEE")
    done = made.do("user", "lou@exemple.fr", *person, "--commune", "26362", text=good)
    assert done.returncode == 0, done.stderr
    assert "Le compte lou@exemple.fr est prêt." in done.stdout
    again = made.do("init")
    assert (again.returncode, again.stdout) == (0, "")  # a second time has nothing to do, and is quiet


def test_the_site_starts_repairs_itself_and_stops_without_leaving_anything(installation: Installation) -> None:
    log = installation.folder / "run.log"
    with log.open("w") as output:
        run = installation.run(output)
    try:
        installation.wait_answer(START_SECONDS)
        second = installation.do("run")
        assert_refused(second, "Entremise fonctionne déjà sur ce dossier de données")
        assert f"http://127.0.0.1:{installation.port}" in second.stderr
        doctor = installation.do("doctor")
        assert "Entremise fonctionne en ce moment" in doctor.stdout
        for name in ("postgres", "gunicorn"):
            os.kill(child(run.pid, name), signal.SIGKILL)
            installation.wait_answer()
        started = family(run.pid)
        run.send_signal(signal.SIGINT)
        assert run.wait(ANSWER_SECONDS) == 0
    finally:
        run.kill()
    said = log.read_text()
    assert f"est prêt : http://127.0.0.1:{installation.port}" in said
    assert "Tout est arrêté." in said
    assert "Traceback" not in said
    assert len(started) >= 4
    assert not [what_is(pid) for pid in started if is_working(pid)]


def test_a_killed_supervisor_takes_everything_with_it(made: Installation) -> None:
    run = made.run(subprocess.DEVNULL)
    try:
        made.wait_answer(START_SECONDS)
        server, site = child(run.pid, "postgres"), child(run.pid, "gunicorn")
    finally:
        run.kill()
        run.wait()
    limit = time.monotonic() + ANSWER_SECONDS
    while is_working(server) or is_working(site):
        assert time.monotonic() < limit
        time.sleep(0.05)


def family(pid: int) -> list[int]:
    """List the descendants of a process."""
    children = [int(number) for number in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return children + [grandchild for number in children for grandchild in family(number)]


def child(pid: int, name: str) -> int:
    """Find the child of a process by a word of its command."""
    numbers = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    found = [int(number) for number in numbers if name in Path(f"/proc/{number}/cmdline").read_text()]
    assert len(found) == 1
    return found[0]


def what_is(pid: int) -> str:
    """Tell the command of a process."""
    with contextlib.suppress(FileNotFoundError, ProcessLookupError):
        return Path(f"/proc/{pid}/cmdline").read_text(encoding="utf-8").replace("\0", " ")
    return "it has just ended"


def is_working(pid: int) -> bool:
    """Tell whether a process exists and is more than the trace of a dead one."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False
