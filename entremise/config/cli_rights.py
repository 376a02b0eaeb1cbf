"""`retention`: what is kept too long goes, as each night; `--essai` only counts."""

from __future__ import annotations

import argparse

from entremise.config.console import Progress, Subcommands, say
from entremise.config.database import django_ready


def add_commands(commands: Subcommands) -> None:
    """Declare the commands of this module."""
    parser = commands.add_parser("retention", help="efface ce qui est gardé depuis trop longtemps (fait chaque nuit)")
    parser.add_argument("--essai", action="store_true", help="compte ce qui partirait, sans rien effacer")
    parser.set_defaults(run=retention)


def retention(options: argparse.Namespace) -> int:
    """Let go what is kept too long, or count it."""
    with django_ready():
        from entremise.kernel.retention import classes  # these read the settings
        from entremise.people.jobs import run_retention

        with Progress("Essai de la conservation" if options.essai else "Conservation") as progress:
            found = run_retention(is_trial=options.essai, progress=progress)
        for one in classes():
            if one.code in found:
                say(f"{found[one.code]:>8}  {one.what} ({one.kept} après {one.since})")
    if options.essai:
        say("Essai à blanc : rien n'a été effacé, personne n'a été prévenu.")
    return 0
