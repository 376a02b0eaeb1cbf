"""`relay`, `mail`: what carries messages to the mail server, and what reads the reports of failure."""

from __future__ import annotations

import argparse
import signal
import time
from pathlib import Path
from types import FrameType

from entremise.config import environment
from entremise.config.console import CommandRefused, Subcommands, say
from entremise.config.database import django_ready
from entremise.config.environment_mail import load_mailing, mail_server
from entremise.kernel.relay import AnotherRelay, Relay
from entremise.kernel.spool import Spool

IDLE_SECONDS = 0.5


def add_commands(commands: Subcommands) -> None:
    """Declare the commands of this module."""
    relay_parser = commands.add_parser("relay", help="remet les courriels au serveur de messagerie")
    relay_parser.set_defaults(run=relay)
    mail_parser = commands.add_parser("mail", help="comptes des courriels")
    parts = mail_parser.add_subparsers(title="commandes", metavar="QUOI", required=True)
    bounces_parser = parts.add_parser("bounces", help="lit les avis de non-remise et les plaintes")
    bounces_parser.add_argument("mailbox", type=Path, metavar="BOÎTE", help="dossier Maildir ou fichier mbox")
    bounces_parser.set_defaults(run=bounces)


def relay(options: argparse.Namespace) -> int:
    """Carry messages from the spool to the mail server until asked to stop."""
    asked: list[int] = []

    def stop(number: int, frame: FrameType | None) -> None:
        asked.append(number)

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    server = mail_server()
    if server is None:
        while not asked:  # nothing leaves from here; the supervisor keeps us, so that a setting is enough to begin
            time.sleep(IDLE_SECONDS)
        return 0
    try:
        Relay(Spool(environment.load().var / "spool"), server, load_mailing().pace).run(lambda: bool(asked))
    except AnotherRelay as error:
        raise CommandRefused("Un autre relais travaille déjà sur ce dossier de données.") from error
    return 0


def bounces(options: argparse.Namespace) -> int:
    """Read the reports of failure of a mailbox, and stop the addresses that do not work."""
    if not options.mailbox.exists():
        raise CommandRefused(f"La boîte {options.mailbox} n'existe pas.")
    with django_ready():
        from entremise.kernel.mail_returns import read_mailbox  # it reads the settings

        told = read_mailbox(options.mailbox)
    say(
        f"Messages lus : {told.read}. Adresses qui ne fonctionnent pas : {told.final}, refus passagers : {told.soft}, "
        f"plaintes : {told.complaints}, non reconnus : {told.unknown}."
    )
    return 0
