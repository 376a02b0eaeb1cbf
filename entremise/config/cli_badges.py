"""`badges`: the keys that sign badges, what waits for a signature, the lists of withdrawn badges."""

from __future__ import annotations

import argparse
import getpass
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from entremise.config.console import CommandRefused, Progress, Subcommands, say
from entremise.config.database import django_ready
from entremise.kernel.keyring import KeyringRefused
from entremise.kernel.passphrases import PassphraseRefused
from entremise.kernel.postgres.connection import write_private

if TYPE_CHECKING:  # they read the settings
    from entremise.credentials.models import Issuer, SigningKey
    from entremise.kernel.actors import Actor

PLATFORM = "service"


def add_commands(commands: Subcommands) -> None:
    """Declare the commands of this module."""
    parser = commands.add_parser(
        "badges", help="clés qui signent les badges, signatures en attente, listes de retrait"
    )
    parts = parser.add_subparsers(title="actions", metavar="ACTION", required=True)
    keys_parser = parts.add_parser("keys", help="montre les clés de chaque émetteur")
    keys_parser.set_defaults(run=keys)
    rotate_parser = parts.add_parser("rotate", help="publie les clés suivantes, qui signeront le lendemain")
    compromised_parser = parts.add_parser("compromised", help="abandonne une clé et signe de nouveau ses badges")
    compromised_parser.add_argument("name", metavar="CLÉ", help="nom de la clé, par exemple ed25519-2026-1")
    compromised_parser.add_argument("--sure", action="store_true", help="ne demande pas de confirmation")
    export_parser = parts.add_parser("export", help="écrit les clés d'un émetteur dans un fichier chiffré")
    export_parser.add_argument("file", type=Path, metavar="FICHIER")
    import_parser = parts.add_parser("import", help="reprend les clés d'un tel fichier")
    import_parser.add_argument("file", type=Path, metavar="FICHIER")
    for one in (rotate_parser, compromised_parser, export_parser, import_parser):
        one.add_argument("--issuer", default=PLATFORM, metavar="NOM", help=f"nom dans les adresses ({PLATFORM})")
    for one in (export_parser, import_parser):
        one.add_argument("--passphrase-file", type=Path, metavar="FICHIER", help="sinon, elle est demandée")
    for one, run in (
        (rotate_parser, rotate),
        (compromised_parser, compromised),
        (export_parser, export),
        (import_parser, bring),
    ):
        one.set_defaults(run=run)
    sign_parser = parts.add_parser("sign", help="signe maintenant ce qui attend")
    sign_parser.set_defaults(run=sign)
    publish_parser = parts.add_parser("publish", help="publie maintenant les listes de retrait qui ont changé")
    publish_parser.set_defaults(run=publish)


@contextmanager
def _ready() -> Iterator[Actor]:
    """Give the operator's own actor; what is refused is said as a sentence."""
    with django_ready():
        from entremise.credentials.rules import CredentialRefused  # these read the settings
        from entremise.kernel.actors import job_actor

        try:
            yield job_actor("credentials.operator")
        except CredentialRefused as refusal:
            raise CommandRefused(refusal.reason) from refusal
        except (KeyringRefused, PassphraseRefused) as refusal:
            raise CommandRefused(str(refusal)) from refusal


def keys(options: argparse.Namespace) -> int:
    """Show every key and how many badges it signed."""
    with _ready() as actor:
        from entremise.credentials import queries_rotation  # it reads the settings

        found = queries_rotation.by_issuer(actor)
        for one in found:
            say(f"{one.issuer.name} ({one.issuer.slug})")
            for line in one.lines:
                key, since = line.key, f"{line.key.active_from:%d/%m/%Y}"
                state = key.get_state_display()
                say(f"  {key.name:<18} {key.algorithm:<6} {state:<12} depuis le {since}  badges : {line.signed_count}")
            if one.left_count:
                say(f"  À signer de nouveau : {one.left_count}. C'est en cours, si les tâches de fond tournent.")
        if not found:
            say("Aucun émetteur n'a encore signé de badge.")
    return 0


def rotate(options: argparse.Namespace) -> int:
    """Publish the keys that will follow those in service."""
    with _ready() as actor:
        from entremise.credentials import actions_keys, queries_keys  # these read the settings

        issuer = _issuer(options.issuer)
        active = queries_keys.published_keys(issuer).filter(state="active")
        for one in active:
            key = actions_keys.prepare_next(issuer, actor=actor, algorithm=queries_keys.algorithm_of(one))
            say(
                f"{key.name} est publiée ; elle prendra la place de {one.name} le {key.active_from:%d/%m à %Hh%M} UTC."
            )
        if not active:
            say("Cet émetteur n'a pas encore de clé : elles se font à la première signature.")
    return 0


def compromised(options: argparse.Namespace) -> int:
    """Give a key up, and sign again at once what it signed."""
    with _ready() as actor:
        from entremise.credentials import actions_keys, jobs  # these read the settings

        issuer = _issuer(options.issuer)
        key = _key(issuer, options.name)
        count = actions_keys.signed_by(key).count()
        if not options.sure:
            say(f"Badges signés par {key.name}, qui seront refusés puis signés de nouveau : {count}.")
            if input("Écrivez « remplacer » pour continuer : ").strip().lower() != "remplacer":
                raise CommandRefused("Rien n'a été changé.")
        if key.state != "compromised":
            actions_keys.give_up(issuer, actor=actor, key=key)
        with Progress("Signatures refaites") as progress:
            progress(jobs.reissue_all(key), count)
        published = jobs.publish_all()
    say(f"{options.name} n'est plus publiée. Listes publiées de nouveau : {published}.")
    return 0


def sign(options: argparse.Namespace) -> int:
    """Sign every award that waits."""
    with _ready():
        from entremise.credentials import jobs  # it reads the settings

        with Progress("Signatures") as progress:
            progress(jobs.sign_all())
        jobs.publish_all()
    return 0


def publish(options: argparse.Namespace) -> int:
    """Sign the lists of withdrawn badges that changed."""
    with _ready():
        from entremise.credentials import jobs  # it reads the settings

        count = jobs.publish_all()
    say(f"Listes publiées : {count}." if count else "Les listes publiées sont à jour.")
    return 0


def export(options: argparse.Namespace) -> int:
    """Write an issuer's keys in a file that a passphrase opens."""
    if options.file.exists():
        raise CommandRefused(f"{options.file} existe déjà : choisissez un autre nom.")
    passphrase = _passphrase(options.passphrase_file, is_new=True)
    with _ready() as actor:
        from entremise.credentials import actions_keys_files  # it reads the settings

        made: bytes = actions_keys_files.export(_issuer(options.issuer), actor=actor, passphrase=passphrase)
    write_private(options.file, made.decode())
    say(f"Les clés sont dans {options.file}. Qui a ce fichier et la phrase signe à la place de l'émetteur.")
    return 0


def bring(options: argparse.Namespace) -> int:
    """Take the keys of such a file."""
    try:
        file = options.file.read_bytes()
    except FileNotFoundError as error:
        raise CommandRefused(f"{options.file} n'existe pas.") from error
    passphrase = _passphrase(options.passphrase_file)
    with _ready() as actor:
        from entremise.credentials import actions_keys_files  # it reads the settings

        brought: list[str] = actions_keys_files.bring(
            _issuer(options.issuer), actor=actor, file=file, passphrase=passphrase
        )
    say(f"Clés reprises : {', '.join(brought)}." if brought else "Ces clés étaient déjà là : rien n'a changé.")
    return 0


def _issuer(slug: str) -> Issuer:
    from entremise.credentials import queries_keys  # it reads the settings

    found = queries_keys.issuer_by_slug(slug)
    if found is None:
        raise CommandRefused(f"Aucun émetteur ne s'appelle « {slug} ». Leurs noms : entremise badges keys")
    return found


def _key(issuer: Issuer, name: str) -> SigningKey:
    key: SigningKey | None = issuer.keys.filter(name=name).select_related("issuer").first()
    if key is None:
        raise CommandRefused(f"Cet émetteur n'a pas de clé « {name} ». Ses clés : entremise badges keys")
    return key


def _passphrase(file: Path | None, *, is_new: bool = False) -> str:
    """Read the passphrase in a file, else ask for it, twice when it is new."""
    if file is not None:
        try:
            return file.read_text(encoding="utf-8").strip()
        except FileNotFoundError as error:
            raise CommandRefused(f"{file} n'existe pas.") from error
    if not os.isatty(0):
        raise CommandRefused("Indiquez --passphrase-file : il n'y a pas de terminal où demander la phrase.")
    typed = getpass.getpass("Phrase secrète : ")
    if is_new and getpass.getpass("Encore une fois : ") != typed:
        raise CommandRefused("Les deux phrases diffèrent : rien n'a été écrit.")
    return typed
