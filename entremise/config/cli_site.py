"""`user`, `env`, `manage`: what an operator does now and then."""

from __future__ import annotations

import argparse
import os
import shlex

from entremise.config import environment
from entremise.config.console import CommandRefused, Subcommands, say
from entremise.config.database import SETTINGS_MODULE, as_owner, django_ready

PROFESSIONAL_CREATOR = "entremise.accounts.actions.create_professional"
PROFESSIONAL_ROLES = ("placement_adviser", "business_adviser", "team_lead", "director", "moderator", "admin")


def add_commands(commands: Subcommands) -> None:
    """Declare the commands of this module."""
    user_parser = commands.add_parser("user", help="crée un compte professionnel (ou d'administration)")
    user_parser.add_argument("email", help="adresse électronique professionnelle")
    user_parser.add_argument("--first-name", required=True, metavar="PRÉNOM")
    user_parser.add_argument("--last-name", required=True, metavar="NOM")
    user_parser.add_argument("--role", choices=PROFESSIONAL_ROLES, default="admin")
    user_parser.add_argument("--agency", required=True, metavar="AGENCE", help="nom de l'agence, créée si besoin")
    user_parser.add_argument("--organisation", default="Service public de l'emploi", metavar="NOM")
    user_parser.add_argument("--commune", default="", metavar="CODE", help="code INSEE, pour une nouvelle agence")
    user_parser.set_defaults(run=create_user)
    env_parser = commands.add_parser("env", help='écrit les réglages pour un shell : eval "$(entremise env)"')
    env_parser.set_defaults(run=print_environment)
    manage_parser = commands.add_parser("manage", help="transmet une commande à Django (pour qui développe)")
    manage_parser.add_argument("--owner", action="store_true", help="avec le compte propriétaire de la base")
    manage_parser.add_argument("rest", nargs=argparse.REMAINDER, metavar="…")
    manage_parser.set_defaults(run=manage)


def print_environment(options: argparse.Namespace) -> int:
    """Write the settings of this installation as shell exports."""
    settings = environment.load()
    if settings.database_url is None:
        raise CommandRefused("La base n'existe pas encore : lancez d'abord « entremise run » ou « entremise init ».")
    exports = {
        "ENTREMISE_VAR": str(settings.var),
        "PORT": str(settings.port),
        "DATABASE_URL": settings.database_url,
        "DATABASE_OWNER_URL": settings.database_owner_url or "",
        "ENTREMISE_DEMO": "1" if settings.demo else "0",
        "DJANGO_SETTINGS_MODULE": SETTINGS_MODULE,
    }
    for name, value in exports.items():
        say(f"export {name}={shlex.quote(value)}")
    return 0


def manage(options: argparse.Namespace) -> int:
    """Pass a command on to Django, on the right database."""
    from django.core.management import execute_from_command_line

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS_MODULE)
    with django_ready() as settings:
        if options.owner:
            with as_owner(settings):
                execute_from_command_line(["entremise manage", *options.rest])
        else:
            execute_from_command_line(["entremise manage", *options.rest])
    return 0


def create_user(options: argparse.Namespace) -> int:
    """Create a professional account; its owner chooses a password and a second factor at first sign-in."""
    with django_ready():
        raise NotImplementedError
