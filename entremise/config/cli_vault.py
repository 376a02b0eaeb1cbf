"""`vault`: what only the owner of the database does about the vault."""

from __future__ import annotations

import argparse

from entremise.config.console import CommandRefused, Subcommands, say
from entremise.config.database import as_owner, django_ready

MOST = 500


def add_commands(commands: Subcommands) -> None:
    """Declare the commands of this module."""
    vault_parser = commands.add_parser("vault", help="protection des identités")
    parts = vault_parser.add_subparsers(title="commandes", metavar="QUOI", required=True)
    canaries_parser = parts.add_parser(
        "canaries", help="crée des dossiers témoins, que personne n'a de raison d'ouvrir"
    )
    canaries_parser.add_argument("--count", type=int, default=20, metavar="N", help="combien (20)")
    canaries_parser.set_defaults(run=canaries)


def canaries(options: argparse.Namespace) -> int:
    """Invent people whose opening raises an alert; the application cannot tell them from the others."""
    if not 1 <= options.count <= MOST:
        raise CommandRefused(f"--count : entre 1 et {MOST}.")
    with django_ready() as settings, as_owner(settings):
        from django.db import transaction  # these read the settings

        from entremise.demo.words import FIRST_NAMES, LAST_NAMES
        from entremise.people.actions_canaries import make_canaries

        with transaction.atomic():
            made = make_canaries(options.count, (FIRST_NAMES, LAST_NAMES))
    if not made:
        raise CommandRefused("Les dossiers témoins vivent là où vivent les autres : il n'y a encore personne.")
    say(f"{made} dossiers témoins sont dans le vivier. Qui en ouvre un est suspendu, et ses responsables prévenus.")
    return 0
