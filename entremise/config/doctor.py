"""`doctor`: says what is wrong on this machine, and the remedy."""

from __future__ import annotations

import argparse
import datetime as dt
import os
import shutil
import smtplib
import socket
import ssl
import sys
import zoneinfo
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from functools import partial
from pathlib import Path

import psycopg

from entremise.config import backups, environment
from entremise.config.console import Subcommands, say
from entremise.config.environment import Environment, Sms, Smtp
from entremise.kernel import pdf, postgres
from entremise.kernel.keyring import KEY_BYTES, KEY_FILE
from entremise.kernel.sms import reach

MIN_PYTHON = (3, 11)
MIN_SERVER_VERSION = 180000  # casefold, the builtin locale and uuidv7 come with PostgreSQL 18
MIN_FREE_BYTES = 1_000_000_000
LONGEST_WITHOUT = dt.timedelta(hours=28)  # of a backup: one a night, and the time it takes
BROWSER_NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")


class Verdict(Enum):
    """What a check found."""

    GOOD = "✓"
    WARNING = "!"
    BAD = "✗"


@dataclass(frozen=True)
class Finding:
    """One line of the report."""

    verdict: Verdict
    fact: str
    remedy: str = ""


def _good(fact: str) -> Finding:
    return Finding(Verdict.GOOD, fact)


def _bad(fact: str, remedy: str) -> Finding:
    return Finding(Verdict.BAD, fact, remedy)


def _warning(fact: str, remedy: str) -> Finding:
    return Finding(Verdict.WARNING, fact, remedy)


def add_commands(commands: Subcommands) -> None:
    """Declare the command of this module."""
    parser = commands.add_parser("doctor", help="dit ce qui ne va pas sur cette machine, et le remède")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Check everything; fail when something would prevent the site from working."""
    settings = environment.load()
    findings = [finding for check in CHECKS for finding in check(settings)]
    for finding in findings:
        say(f"{finding.verdict.value} {finding.fact}")
        if finding.remedy:
            say(f"    Remède : {finding.remedy}")
    bad_count = sum(finding.verdict is Verdict.BAD for finding in findings)
    say("Tout va bien." if not bad_count else f"À corriger : {bad_count}.")
    return 1 if bad_count else 0


def _python(settings: Environment) -> list[Finding]:
    version = ".".join(map(str, sys.version_info[:3]))
    findings = [_good(f"Python {version}")]
    if sys.version_info < MIN_PYTHON:
        findings = [_bad(f"Python {version} est trop ancien.", "installez Python 3.11 ou plus récent.")]
    try:
        zoneinfo.ZoneInfo("Europe/Paris")
    except zoneinfo.ZoneInfoNotFoundError:
        findings.append(_bad("Les fuseaux horaires manquent.", "installez le paquet système « tzdata »."))
    return findings


def _folder(settings: Environment) -> list[Finding]:
    if not os.access(settings.var, os.W_OK | os.X_OK):
        remedy = "donnez-vous le droit d'y écrire, ou choisissez un autre dossier avec ENTREMISE_VAR."
        return [_bad(f"Le dossier de données {settings.var} ne peut pas être écrit.", remedy)]
    free = shutil.disk_usage(settings.var).free
    fact = f"Dossier de données : {settings.var} ({free // 1_000_000_000} Go libres)"
    if free < MIN_FREE_BYTES:
        return [_bad(f"{fact} : presque plein.", "libérez au moins 1 Go.")]
    return [_good(fact)]


def _backups(settings: Environment) -> list[Finding]:
    if settings.demo:
        return []
    chosen = backups.load()
    if chosen is None:
        remedy = "indiquez ENTREMISE_BACKUP_FOLDER et ENTREMISE_BACKUP_KEY (docs/operate/exploiter.md)."
        return [_warning("Aucune sauvegarde automatique.", remedy)]
    found = backups.backups_of(chosen.folder)
    if not found or dt.datetime.now(dt.UTC) - found[-1].at > LONGEST_WITHOUT:
        last = f"la dernière est du {found[-1].at:%d/%m/%Y}" if found else "il n'y en a aucune"
        remedy = f"regardez {settings.var / 'sauvegardes.json'}, la place et les droits du dossier."
        return [_bad(f"Les sauvegardes ne se font plus : {last}.", remedy)]
    return [_good(f"Dernière sauvegarde : {found[-1].at:%d/%m/%Y à %H:%M} UTC")]


def _database(settings: Environment) -> list[Finding]:
    try:
        if not settings.embedded:
            return _server(settings)
        with postgres.serving(settings.var):
            return _server(environment.load())
    except postgres.ServerRefused as refusal:
        return [_bad("Le serveur PostgreSQL embarqué ne démarre pas.", str(refusal))]
    except psycopg.OperationalError as error:
        reason = str(error).strip().splitlines()[0]
        remedy = "vérifiez DATABASE_URL (adresse, port, nom, mot de passe) et que le serveur est lancé."
        return [_bad(f"La base de données ne répond pas : {reason}", remedy)]


def _server(settings: Environment) -> list[Finding]:
    with psycopg.connect(settings.database_url or "", connect_timeout=5) as connection:
        version = connection.info.server_version
        if version < MIN_SERVER_VERSION:
            remedy = "Entremise a besoin de PostgreSQL 18 (casefold, langue intégrée, uuidv7)."
            return [_bad(f"Le serveur PostgreSQL est en version {version // 10000}.", remedy)]
        kind = "embarqué" if settings.embedded else "extérieur"
        findings = [_good(f"PostgreSQL {version // 10000}.{version % 10000}, {kind}")]
        checks = _text(connection) + _rights(connection) + _refused_sms(connection, settings)
        checks += _badges(connection, settings)
        return findings + checks + _owner(settings)


def _text(connection: psycopg.Connection) -> list[Finding]:
    row = connection.execute(
        "SELECT pg_encoding_to_char(encoding), lower('É') FROM pg_database WHERE datname = current_database()"
    ).fetchone()
    if row == ("UTF8", "é"):
        return [_good("Textes en UTF-8, accents compris")]
    remedy = (
        "recréez la base : CREATE DATABASE … TEMPLATE template0 ENCODING 'UTF8' "
        "LOCALE_PROVIDER builtin BUILTIN_LOCALE 'PG_UNICODE_FAST';"
    )
    return [_bad("La base ne traite pas bien les accents : la recherche serait fausse.", remedy)]


def _rights(connection: psycopg.Connection) -> list[Finding]:
    row = connection.execute(
        "SELECT rolname, rolsuper, rolbypassrls, rolname = pg_get_userbyid(datdba)"
        " FROM pg_roles, pg_database WHERE rolname = current_user AND datname = current_database()"
    ).fetchone()
    name, is_superuser, bypasses_policies, is_owner = row or ("?", True, True, True)
    powers = {"superutilisateur": is_superuser, "sans cloisonnement": bypasses_policies, "propriétaire": is_owner}
    too_strong = ", ".join(word for word, is_held in powers.items() if is_held)
    if not too_strong:
        return [_good(f"Le compte de l'application ({name}) n'a que les droits nécessaires")]
    remedy = (
        f"créez un compte à part pour l'application (CREATE ROLE {postgres.APP_ROLE} LOGIN PASSWORD '…';), "
        "mettez-le dans DATABASE_URL et le propriétaire dans DATABASE_OWNER_URL : "
        "sinon la base ne peut plus protéger l'identité des personnes."
    )
    return [Finding(Verdict.BAD, f"Le compte de l'application ({name}) est trop puissant : {too_strong}.", remedy)]


def _owner(settings: Environment) -> list[Finding]:
    if settings.database_owner_url is None:
        remedy = "indiquez DATABASE_OWNER_URL, l'adresse du propriétaire de la base, pour mettre les tables à jour."
        return [_warning("Le compte propriétaire de la base n'est pas indiqué.", remedy)]
    psycopg.connect(settings.database_owner_url, connect_timeout=5).close()
    return [_good("Le compte propriétaire répond (mises à jour des tables)")]


def _port(settings: Environment) -> list[Finding]:
    if settings.embedded and postgres.is_running(settings.var):
        return [_good("Entremise fonctionne en ce moment")]
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.bind, settings.port))
        except OSError:
            remedy = f"choisissez un autre port, par exemple : PORT={settings.port + 1}."
            return [_bad(f"Le port {settings.port} est déjà utilisé.", remedy)]
    return [_good(f"Port {settings.port} libre")]


def _mail(settings: Environment) -> list[Finding]:
    if settings.demo:
        return [_good("Démonstration : aucun message ne part, ils restent dans le site")]
    is_set = settings.smtp is not None or settings.sms is not None
    if not is_set and settings.embedded and "ENTREMISE_DEMO" not in os.environ:
        return [_good("Aucun serveur de messagerie : « entremise run » lancera une démonstration")]
    return [_smtp(settings.smtp), *_sms(settings.sms)]


def _smtp(smtp: Smtp | None) -> Finding:
    if smtp is None:
        remedy = "indiquez SMTP_URL, par exemple smtp://nom:mot-de-passe@serveur:587."
        return _bad("Aucun serveur de messagerie : les messages attendent, personne ne reçoit rien.", remedy)
    try:
        _greet(smtp)
    except (OSError, smtplib.SMTPException) as error:
        remedy = "vérifiez SMTP_URL : nom du serveur, port, nom et mot de passe."
        return _bad(f"Le serveur de messagerie {smtp.host} ne répond pas bien : {error}", remedy)
    return _good(f"Le serveur de messagerie {smtp.host} répond")


def _greet(smtp: Smtp) -> None:
    context = ssl.create_default_context()  # the certificate is checked, as when messages leave
    secure, plain = partial(smtplib.SMTP_SSL, context=context), smtplib.SMTP
    with (secure if smtp.use_ssl else plain)(smtp.host, smtp.port, timeout=5) as server:
        if smtp.use_tls:
            server.starttls(context=context)
        if smtp.user:
            server.login(smtp.user, smtp.password)


def _sms(sms: Sms | None) -> list[Finding]:
    if sms is None:
        remedy = "indiquez ENTREMISE_SMS_URL, ou donnez une adresse électronique à chaque compte."
        return [_warning("Aucun SMS ne part : les codes de connexion arrivent seulement par courriel.", remedy)]
    findings = []
    if not sms.url.startswith("https://"):
        remedy = "écrivez https:// dans ENTREMISE_SMS_URL : les codes de connexion passent par là."
        findings.append(_warning("La liaison avec la passerelle SMS n'est pas chiffrée.", remedy))
    reason = reach(sms)
    if not reason:
        return [*findings, _good(f"La passerelle SMS {sms.host} répond")]
    remedy = "vérifiez ENTREMISE_SMS_URL, puis le jeton (ENTREMISE_SMS_TOKEN) ou le nom et le mot de passe."
    return [*findings, _bad(f"La passerelle SMS {sms.host} ne répond pas bien : {reason}", remedy)]


def _refused_sms(connection: psycopg.Connection, settings: Environment) -> list[Finding]:
    """Read in the outbox what the gateway said of real messages: greeting it proves neither sender nor body."""
    known = connection.execute("SELECT to_regclass('kernel_outboxmessage')").fetchone()
    if settings.demo or settings.sms is None or known is None or known[0] is None:
        return []
    row = connection.execute(
        "SELECT count(*), (array_agg(last_error ORDER BY created_at DESC))[1] FROM kernel_outboxmessage"
        " WHERE channel = 'sms' AND state <> 'sent' AND last_error <> '' AND created_at > now() - interval '1 day'"
    ).fetchone()
    count, reason = row or (0, "")
    if not count:
        return []
    remedy = (
        "comparez ENTREMISE_SMS_TOKEN, ENTREMISE_SMS_SENDER et ENTREMISE_SMS_BODY avec ce que la passerelle attend."
    )
    return [_bad(f"SMS que la passerelle n'a pas pris depuis hier : {count} (dernière raison : {reason})", remedy)]


def _badges(connection: psycopg.Connection, settings: Environment) -> list[Finding]:
    """Look at what badges need: the key that opens the issuers' keys, lists of withdrawn badges that are fresh."""
    known = connection.execute("SELECT to_regclass('credentials_signingkey')").fetchone()
    row = connection.execute("SELECT count(*) FROM credentials_signingkey").fetchone() if known and known[0] else None
    if not row or not row[0]:
        return []
    path = settings.badges_key or settings.var / "keys" / KEY_FILE
    if not path.is_file() or path.stat().st_size != KEY_BYTES:
        remedy = "remettez le fichier de vos sauvegardes à sa place : sans lui, plus aucun badge ne se signe."
        return [_bad(f"La clé des badges manque ou n'est pas la bonne : {path}", remedy)]
    if path.stat().st_mode & 0o077:
        return [_bad("D'autres comptes que celui du site peuvent lire la clé des badges.", f"chmod 600 {path}")]
    late = connection.execute(
        "SELECT count(*) FROM credentials_statuslist WHERE changed_at < now() - interval '10 minutes'"
        " AND (published_at IS NULL OR published_at < changed_at)"
    ).fetchone()
    if late and late[0]:
        remedy = "vérifiez que les tâches de fond tournent (entremise run), puis « entremise badges publish »."
        return [_bad(f"Listes de badges retirés en retard : {late[0]}", remedy)]
    return [_good("La clé des badges est là, les listes de badges retirés sont publiées")]


def _address(settings: Environment) -> list[Finding]:
    findings = []
    if not settings.demo and not settings.base_url.startswith("https://") and not settings.embedded:
        remedy = "indiquez ENTREMISE_BASE_URL=https://… : les liens des messages et les cookies en dépendent."
        findings.append(_warning("L'adresse publique du site n'est pas en https.", remedy))
    if os.geteuid() == 0:
        remedy = "lancez le site sous un compte sans pouvoir (PostgreSQL, lui, y descend tout seul)."
        findings.append(_warning("Vous êtes root.", remedy))
    return findings


def _browser(settings: Environment) -> list[Finding]:
    chosen = os.environ.get("ENTREMISE_CHROMIUM")
    found = chosen if chosen and Path(chosen).exists() else next(filter(None, map(shutil.which, BROWSER_NAMES)), None)
    if found:
        return [_good(f"Navigateur pour les tests : {found}")]
    remedy = "« make test » l'installe quand il le peut ; sinon installez le paquet « chromium »."
    return [_warning("Aucun Chromium : seuls les tests dans un navigateur en ont besoin.", remedy)]


def _documents(settings: Environment) -> list[Finding]:
    missing = pdf.missing_libraries()
    if not missing:
        return [_good("Documents PDF : les bibliothèques sont là")]
    remedy = f"installez les paquets « {' '.join(pdf.PACKAGES)} », puis relancez le site."
    fact = f"Pas de PDF (il manque {', '.join(missing)}) : les pages s'impriment depuis le navigateur."
    return [_warning(fact, remedy)]


CHECKS: tuple[Callable[[Environment], list[Finding]], ...] = (
    _python,
    _folder,
    _backups,
    _database,
    _port,
    _mail,
    _address,
    _documents,
    _browser,
)
