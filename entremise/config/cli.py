"""The command `entremise`: what it understands, and how it answers when something is wrong."""

from __future__ import annotations

import argparse
import os
import re
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

import psycopg
from django.core.management.base import CommandError
from django.db import OperationalError

from entremise.config import (
    cli_backup,
    cli_badges,
    cli_data,
    cli_journal,
    cli_mail,
    cli_offers,
    cli_rights,
    cli_run,
    cli_sirene,
    cli_site,
    cli_vault,
    doctor,
)
from entremise.config.console import CommandRefused, warn
from entremise.config.environment import SettingRefused
from entremise.kernel.postgres import ServerRefused
from entremise.kernel.postgres.connection import write_private

COMMANDS = (
    cli_run, cli_data, cli_mail, cli_backup, cli_sirene, cli_offers, cli_site, cli_rights, cli_journal, cli_vault,
    cli_badges, doctor,
)  # fmt: skip
INTERRUPTED = 130
UNFORESEEN = 70
ERROR_FILE = "derniere-erreur.txt"
FRENCH = (
    (r"the following arguments are required: (.+)", r"il manque : \1"),
    (r"argument (.+?): invalid choice: (.+?) \(choose from (.+)\)", r"\1 : \2 n'est pas un choix possible (\3)"),
    (r"argument (.+?): invalid int value: (.+)", r"\1 : \2 n'est pas un nombre entier"),
    (r"argument (.+?): expected one argument", r"\1 : il manque une valeur"),
    (r"unrecognized arguments: (.+)", r"je ne comprends pas : \1"),
)


class Parser(argparse.ArgumentParser):
    """An argument parser that answers in French."""

    def error(self, message: str) -> NoReturn:
        """Say what is not understood, and how to get help."""
        for pattern, sentence in FRENCH:
            message = re.sub(pattern, sentence, message)
        self.exit(2, f"{self.prog} : {message}.\nPour l'aide : {self.prog} --help\n")

    def format_usage(self) -> str:
        """Give the usage line with a French word."""
        return super().format_usage().replace("usage: ", "utilisation : ", 1)

    def format_help(self) -> str:
        """Give the help with French titles."""
        text = super().format_help().replace("usage: ", "utilisation : ", 1)
        text = text.replace("positional arguments:", "arguments :").replace("options:", "options :")
        return text.replace("show this help message and exit", "affiche cette aide")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; give its exit code. No traceback reaches the person."""
    parser = build_parser()
    options = parser.parse_args(arguments)
    try:
        return int(options.run(options) or 0)
    except (CommandRefused, SettingRefused, ServerRefused, CommandError) as refusal:
        warn(str(refusal))
        return 1
    except (psycopg.OperationalError, OperationalError) as error:
        reason = str(error).strip().splitlines()[0]
        warn(f"La base de données ne répond pas : {reason}\nPour comprendre : entremise doctor")
        return 1
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the reader went away: nothing to say
        return 1
    except OSError as error:
        where = f" ({error.filename})" if error.filename else ""
        warn(f"Le système refuse{where} : {error.strerror or error}.")
        return 1
    except Exception:  # noqa: BLE001  # the last resort: a file for who repairs, a sentence for who uses
        return _unforeseen()


def build_parser() -> Parser:
    """Describe the commands."""
    parser = Parser(
        prog="entremise",
        description="Entremise : des compétences dites à l'emploi, preuves à l'appui.",
        epilog="Réglages : PORT, ENTREMISE_VAR (dossier des données), DATABASE_URL, SMTP_URL… (voir docs/operate/).",
    )
    commands = parser.add_subparsers(title="commandes", metavar="COMMANDE", required=True)
    for module in COMMANDS:
        module.add_commands(commands)
    return parser


def _unforeseen() -> int:
    if os.environ.get("ENTREMISE_DEBUG") == "1":
        traceback.print_exc()
        return UNFORESEEN
    path = Path(os.environ.get("ENTREMISE_VAR") or "var") / ERROR_FILE
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_private(path, traceback.format_exc())
    except OSError:
        warn(traceback.format_exc())
        return UNFORESEEN
    warn(f"Une erreur imprévue a arrêté la commande. Le détail est dans {path} : joignez-le à votre signalement.")
    return UNFORESEEN


if __name__ == "__main__":
    sys.exit(main())
