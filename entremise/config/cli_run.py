"""`run`, `worker`: the site and its background worker."""

from __future__ import annotations

import argparse
import contextlib
import importlib
import json
import logging
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

import entremise
from entremise.config import backups, environment
from entremise.config.console import CommandRefused, Subcommands, say, warn
from entremise.config.environment import Environment
from entremise.config.supervisor import Service, Supervisor
from entremise.kernel.postgres import AlreadyRunning, Cluster, archive
from entremise.kernel.postgres.connection import write_private

RUNNING_FILE = "running.json"
HEALTH_PATH = "/sante/"
ANSWER_SECONDS = 60.0
LEFTOVER_SECONDS = 15.0  # what a killed supervisor leaves ends within gunicorn's own patience
WORKER_JOBS = 4  # at once
WORKER_PATIENCE_SECONDS = 10.0
PRODUCTION_SETTINGS = ("DATABASE_URL", "SMTP_URL", "ENTREMISE_BASE_URL")


def add_commands(commands: Subcommands) -> None:
    """Declare the commands of this module."""
    run_parser = commands.add_parser("run", help="lance tout : base de données, site et tâches de fond")
    run_parser.set_defaults(run=run)
    worker_parser = commands.add_parser("worker", help="lance seulement les tâches de fond (envois, relances)")
    worker_parser.set_defaults(run=worker)


def run(options: argparse.Namespace) -> int:
    """Run everything under one supervisor until Ctrl-C."""
    if "ENTREMISE_DEMO" not in os.environ and not any(os.environ.get(name) for name in PRODUCTION_SETTINGS):
        os.environ["ENTREMISE_DEMO"] = "1"  # nothing says that real people will use this site
    settings = environment.load()
    with contextlib.ExitStack() as stack:
        cluster = _cluster(settings)
        if cluster is not None:
            stack.callback(cluster.stop)
        chosen = backups.load()
        _check_port(settings)
        if cluster is not None:
            if cluster.placement.moved_because:
                say(cluster.placement.moved_because)
            (archive.turn_on if chosen else archive.turn_off)(cluster.placement)
            cluster.start()
        _prepare(settings)
        write_private(settings.var / RUNNING_FILE, json.dumps({"address": _address(settings)}))
        stack.callback((settings.var / RUNNING_FILE).unlink, missing_ok=True)
        services = [
            Service("le site", _gunicorn(), _child_environment(settings)),
            Service("le service des tâches de fond", _this_command("worker"), _child_environment(settings), True),
            *_relay(settings),
            *_saving(settings, chosen),
        ]
        return Supervisor(cluster, services).run(_announcer(settings))


def worker(options: argparse.Namespace) -> int:
    """Run the background jobs until asked to stop."""
    from entremise.config.database import django_ready, limit_statements  # Django is for the children, not for `run`

    with django_ready():
        limit_statements(statement_seconds=3600, lock_seconds=60)
        from procrastinate.contrib.django import app
        from procrastinate.exceptions import ConnectorException

        for handler in logging.getLogger().handlers:
            handler.addFilter(_without_lost_connections)
        try:
            with app.replace_connector(app.connector.get_worker_connector()):  # type: ignore[attr-defined]
                app.run_worker(concurrency=WORKER_JOBS, shutdown_graceful_timeout=WORKER_PATIENCE_SECONDS)
        except ConnectorException as error:
            raise CommandRefused("Les tâches de fond s'arrêtent : la base de données ne répond plus.") from error
    return 0


def _without_lost_connections(record: logging.LogRecord) -> bool:
    """Keep out of the log the tracebacks that only say that the database went away: the supervisor says it."""
    error = record.exc_info[1] if record.exc_info else None
    return type(error).__name__ != "ConnectorException"


def _cluster(settings: Environment) -> Cluster | None:
    if not settings.embedded:
        return None
    try:
        return Cluster(settings.var)
    except AlreadyRunning as error:
        raise CommandRefused(
            f"Entremise fonctionne déjà sur ce dossier de données{_known_address(settings.var)}. "
            "Pour en lancer un autre, choisissez un autre dossier (ENTREMISE_VAR) et un autre port (PORT)."
        ) from error


def _known_address(var: Path) -> str:
    with contextlib.suppress(OSError, ValueError, KeyError):
        return " : " + str(json.loads((var / RUNNING_FILE).read_text(encoding="utf-8"))["address"])
    return ""


def _check_port(settings: Environment) -> None:
    """Refuse a port that another program holds; the site of a killed supervisor, which is ending, is waited for."""
    limit = time.monotonic() + (LEFTOVER_SECONDS if (settings.var / RUNNING_FILE).exists() else 0.0)
    while True:
        try:
            return _try_port(settings)
        except CommandRefused:
            if time.monotonic() > limit:
                raise
        time.sleep(0.05)


def _try_port(settings: Environment) -> None:
    family = socket.AF_INET6 if ":" in settings.bind else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.bind, settings.port))
        except PermissionError as error:
            raise CommandRefused(
                f"Le système réserve le port {settings.port}. Choisissez-en un autre, par exemple : PORT=8080."
            ) from error
        except OSError as error:
            raise CommandRefused(
                f"Le port {settings.port} est déjà utilisé par un autre programme (ou l'adresse {settings.bind} n'est "
                f"pas celle de cette machine). Choisissez un autre port, par exemple : PORT={settings.port + 1}."
            ) from error


def _prepare(settings: Environment) -> None:
    """Prepare tables and data in another process: this one stays small and single-threaded for its whole life."""
    done = subprocess.run(_this_command("init"), env=_child_environment(settings), check=False)  # noqa: S603
    if done.returncode:
        raise CommandRefused("La préparation n'a pas abouti : le site n'est pas lancé.")


def _announcer(settings: Environment) -> Callable[[], bool]:
    limit = time.monotonic() + ANSWER_SECONDS
    next_try = 0.0

    def is_announced() -> bool:
        nonlocal next_try
        now = time.monotonic()
        if now < next_try:
            return False
        next_try = now + 0.5
        if _answers(settings):
            say(_welcome(settings))
            return True
        if now > limit:
            warn(f"Le site ne répond pas encore sur {_address(settings)} : ses messages disent peut-être pourquoi.")
            return True
        return False

    return is_announced


def _answers(settings: Environment) -> bool:
    request = urllib.request.Request(  # our own address
        f"http://{_local_host(settings)}:{settings.port}{HEALTH_PATH}", headers={"Host": settings.allowed_hosts[0]}
    )
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=2) as answer:
            return bool(answer.status < 500)
    except urllib.error.HTTPError as error:
        return error.code < 500
    except OSError:
        return False


def _welcome(settings: Environment) -> str:
    lines = ["", f"{settings.brand.name} est prêt : {_address(settings)}"]
    if settings.demo:
        lines.append("Démonstration : toutes les personnes et entreprises sont inventées, aucun message ne part.")
        lines += [f"  {label} : {login}" for label, login in _demo_accounts()]
    lines.append("Pour arrêter : Ctrl-C.")
    return "\n".join(lines)


def _demo_accounts() -> list[tuple[str, str]]:
    with contextlib.suppress(ImportError, AttributeError):
        accounts: list[tuple[str, str]] = list(importlib.import_module("entremise.demo.accounts").ACCOUNTS)
        return accounts
    return []


def _address(settings: Environment) -> str:
    if "ENTREMISE_BASE_URL" in os.environ:
        return settings.base_url
    return f"http://{_local_host(settings)}:{settings.port}"


def _local_host(settings: Environment) -> str:
    if settings.bind in ("0.0.0.0", "::"):  # noqa: S104  # the operator's choice, asked here through the loopback
        return "127.0.0.1"
    return f"[{settings.bind}]" if ":" in settings.bind else settings.bind


def _gunicorn() -> list[str]:
    return [
        sys.executable,
        "-m",
        "gunicorn",
        "-c",
        "python:entremise.config.gunicorn",
        "entremise.config.wsgi:application",
    ]


def _relay(settings: Environment) -> list[Service]:
    """Return the service that carries mail, where there is a mail server; a demonstration sends nothing."""
    if settings.smtp is None or settings.demo:
        return []
    return [Service("le relais des courriels", _this_command("relay"), _child_environment(settings))]


def _saving(settings: Environment, chosen: backups.BackupSettings | None) -> list[Service]:
    """Return the service that backs up each night and takes the log away all day, where a folder is chosen for it."""
    if chosen is None:
        return []
    return [Service("le service des sauvegardes", _this_command("backup", "--watch"), _child_environment(settings))]


def _this_command(*words: str) -> list[str]:
    return [sys.executable, "-m", "entremise.config.cli", *words]


def _child_environment(settings: Environment) -> dict[str, str]:
    package_parent = str(Path(entremise.__file__).resolve().parent.parent)
    known_paths = os.environ.get("PYTHONPATH", "")
    return os.environ | {
        "ENTREMISE_VAR": str(settings.var),
        "PORT": str(settings.port),
        "PYTHONPATH": os.pathsep.join(filter(None, [package_parent, known_paths])),
        "PYTHONUNBUFFERED": "1",
    }
