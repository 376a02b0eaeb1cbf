"""`backup`, `restore`, `check`: the base and the files put in safety, brought back, looked at page by page."""

from __future__ import annotations

import argparse
import contextlib
import datetime as dt
import json
import os
import time
from pathlib import Path
from zoneinfo import ZoneInfo

import psycopg

from entremise.config import backups, environment, integrity, restoring
from entremise.config.backup_files import Manifest, unpack
from entremise.config.backups import BackupSettings
from entremise.config.console import CommandRefused, Progress, Subcommands, say, warn
from entremise.config.environment import Environment
from entremise.kernel import postgres
from entremise.kernel.postgres.connection import ServerRefused, write_private
from entremise.kernel.postgres.placement import place
from entremise.lib.sealing import SealRefused, new_keys

STATUS_FILE = "sauvegardes.json"
PARIS = ZoneInfo("Europe/Paris")
NIGHT_HOUR = 2  # local: before the night's index and matching
BETWEEN_TWO = dt.timedelta(hours=20)
LONGEST_WITHOUT = dt.timedelta(hours=26)  # the machine slept through the night: the next one is not waited for
LOOK_SECONDS = 5.0
AFTER_A_FAILURE_SECONDS = 60.0


def add_commands(commands: Subcommands) -> None:
    """Declare the commands of this module."""
    backup = commands.add_parser("backup", help="sauvegarde la base et les fichiers, chiffrés")
    backup.add_argument("folder", nargs="?", type=Path, metavar="DOSSIER", help="où écrire la sauvegarde")
    backup.add_argument("--key", default="", metavar="CLÉ", help="clé publique (sinon, celle des réglages)")
    backup.add_argument(
        "--new-key", type=Path, metavar="FICHIER", help="fait une clé ; la part secrète va dans FICHIER"
    )
    backup.add_argument("--verify", type=Path, metavar="SAUVEGARDE", help="relit une sauvegarde en entier")
    backup.add_argument("--secret", type=Path, metavar="FICHIER", help="la clé secrète, pour --verify")
    backup.add_argument("--watch", action="store_true", help="sauvegarde chaque nuit, et le journal en continu")
    backup.set_defaults(run=run_backup)
    restore = commands.add_parser("restore", help="rétablit une sauvegarde dans un dossier neuf")
    restore.add_argument("backup", type=Path, metavar="SAUVEGARDE")
    restore.add_argument("folder", type=Path, metavar="DOSSIER", help="le nouveau dossier des données, vide ou absent")
    restore.add_argument("--secret", type=Path, required=True, metavar="FICHIER", help="la clé secrète")
    restore.add_argument(
        "--until", default="", metavar="INSTANT", help="s'arrêter là : 2026-11-24T10:30, heure de Paris"
    )
    restore.set_defaults(run=run_restore)
    check = commands.add_parser("check", help="vérifie chaque page de la base, chaque index et chaque lien")
    check.set_defaults(run=run_check)


def run_backup(options: argparse.Namespace) -> int:
    """Do what is asked of backups."""
    if options.new_key:
        return _new_key(options.new_key)
    if options.verify:
        return _verify(options.verify, _secret(options.secret))
    settings = environment.load()
    if options.watch:
        return _watch(settings)
    chosen = _chosen(options)
    with _server(settings):
        path = _make(settings, chosen)
    for gone in backups.let_go(chosen.folder):
        say(f"Ancienne sauvegarde supprimée : {gone.name}")
    say(f"Sauvegarde faite : {path} ({path.stat().st_size / 1_000_000:.1f} Mo).")
    return 0


def run_restore(options: argparse.Namespace) -> int:
    """Bring a backup back."""
    secret, until = _secret(options.secret), _instant(options.until)
    try:
        kind = restoring.restore(options.backup, options.folder, secret, until, lambda step: say(f"{step}…"))
    except SealRefused as refusal:
        raise CommandRefused(str(refusal)) from refusal
    if kind == backups.DUMP:
        say(
            f"Les fichiers sont dans {options.folder}. La base est dans {restoring.DUMP_FILE} : créez la base et ses "
            "deux comptes, puis chargez-la avec pg_restore (voir docs/operate/exploiter.md)."
        )
        return 0
    say(f"Rétabli. Pour l'utiliser : ENTREMISE_VAR={options.folder} entremise run")
    say(
        "Avant d'ouvrir le site, lisez « Rétablir » dans docs/operate/exploiter.md : "
        "les messages qui attendaient alors partiront."
    )
    return 0


def run_check(options: argparse.Namespace) -> int:
    """Look at the whole base, while it serves."""
    settings = environment.load()
    if not settings.embedded:
        raise CommandRefused("Cette vérification est celle de la base fournie. Pour la vôtre : pg_amcheck.")
    with postgres.serving(settings.var), Progress("Vérification de la base") as progress:
        faults = integrity.faults(settings.var, progress)
    for fault in faults:
        warn(fault)
    if not faults:
        say("Chaque page, chaque index et chaque lien de la base sont bons.")
    return 1 if faults else 0


def _new_key(path: Path) -> int:
    if path.exists():
        raise CommandRefused(f"Le fichier {path} existe déjà : une clé ne s'écrase pas, elle ouvre des sauvegardes.")
    public, secret = new_keys()
    write_private(path, secret + "\n")
    say(f"Clé publique, à mettre dans les réglages (ENTREMISE_BACKUP_KEY) : {public}")
    say(f"La clé secrète est dans {path}. Gardez-la ailleurs, en deux endroits : sans elle, rien ne se rétablit.")
    return 0


def _verify(path: Path, secret: str) -> int:
    try:
        with path.open("rb") as source, Progress("Relecture") as progress:
            manifest: Manifest = unpack(source, secret, lambda name: None)
            progress(len(manifest.files))
    except SealRefused as refusal:
        raise CommandRefused(str(refusal)) from refusal
    say(f"Cette sauvegarde est entière : {len(manifest.files)} fichiers, faite le {manifest.made_at}.")
    return 0


def _watch(settings: Environment) -> int:
    """Back up each night and take the log away all day; started by the supervisor, until asked to stop."""
    chosen = backups.load()
    if chosen is None:
        raise CommandRefused("Indiquez ENTREMISE_BACKUP_FOLDER et ENTREMISE_BACKUP_KEY.")
    while True:
        pause = LOOK_SECONDS
        try:
            _take_turn(settings, chosen)
        except (OSError, psycopg.Error, ServerRefused, CommandRefused) as error:
            reason = str(error).strip().splitlines()[0]
            warn(f"Attention : la sauvegarde n'a pas pu être faite, elle sera tentée à nouveau. {reason}")
            _note(settings.var, error=reason)
            pause = AFTER_A_FAILURE_SECONDS
        time.sleep(pause)


def _take_turn(settings: Environment, chosen: BackupSettings) -> None:
    known = backups.backups_of(chosen.folder)
    now = dt.datetime.now(dt.UTC)
    if is_due(known[-1].at if known else None, now):
        path = _make(settings, chosen)
        backups.let_go(chosen.folder)
        _note(settings.var, made_at=now.isoformat(timespec="seconds"), file=path.name, error="")
    if settings.embedded and backups.take_log(place(settings.var), chosen):
        _note(settings.var, log_at=now.isoformat(timespec="seconds"))


def is_due(last: dt.datetime | None, now: dt.datetime) -> bool:
    """Tell whether it is time for a backup: the first at once, then each night, sooner after a night missed."""
    if last is None or now - last > LONGEST_WITHOUT:
        return True
    return now - last > BETWEEN_TWO and now.astimezone(PARIS).hour == NIGHT_HOUR


def _note(var: Path, **facts: str) -> None:
    path = var / STATUS_FILE
    known = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    write_private(path, json.dumps(known | facts, ensure_ascii=False))


def _make(settings: Environment, chosen: BackupSettings) -> Path:
    with Progress("Sauvegarde") as progress:
        return backups.make(settings, chosen, lambda done, total: progress(done // 1_000_000, total // 1_000_000))


def _server(settings: Environment) -> contextlib.AbstractContextManager[object]:
    return postgres.serving(settings.var) if settings.embedded else contextlib.nullcontext()


def _chosen(options: argparse.Namespace) -> BackupSettings:
    values = {
        "ENTREMISE_BACKUP_FOLDER": str(options.folder or os.environ.get("ENTREMISE_BACKUP_FOLDER", "")),
        "ENTREMISE_BACKUP_KEY": options.key or os.environ.get("ENTREMISE_BACKUP_KEY", ""),
    }
    chosen = backups.load(values)
    if chosen is None:
        raise CommandRefused("Dites où et pour quelle clé : entremise backup DOSSIER --key CLÉ (clé : --new-key).")
    return chosen


def _secret(path: Path | None) -> str:
    if path is None:
        raise CommandRefused("Indiquez le fichier de la clé secrète : --secret FICHIER.")
    return path.read_text(encoding="utf-8").strip()


def _instant(text: str) -> dt.datetime | None:
    if not text:
        return None
    try:
        found = dt.datetime.fromisoformat(text)
    except ValueError as error:
        raise CommandRefused(f"--until : écrivez un instant comme 2026-11-24T10:30 (reçu : « {text} »).") from error
    return found if found.tzinfo else found.replace(tzinfo=PARIS)
