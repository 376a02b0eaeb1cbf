"""`user`, `env`, `manage`: what an operator does now and then."""

from __future__ import annotations

import argparse
import getpass
import os
import shlex
import sys
from typing import TYPE_CHECKING

from entremise.config import environment
from entremise.config.console import CommandRefused, Subcommands, say
from entremise.config.database import SETTINGS_MODULE, as_owner, django_ready

if TYPE_CHECKING:  # the models can only be imported once Django is ready
    from entremise.accounts.models import Agency
    from entremise.kernel.actors import Actor

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
    user_parser.add_argument("--password-stdin", action="store_true", help="lit le mot de passe sur l'entrée standard")
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
    """Create a professional account; the second factor is set at the first sign-in."""
    with django_ready():
        from django.core.exceptions import ValidationError  # these read the settings

        from entremise.accounts.actions import AccountRefused, create_professional
        from entremise.accounts.rules import IdentifierUnusable, parse_email
        from entremise.kernel.actors import job_actor

        actor = job_actor("commands.user")
        try:
            email = parse_email(options.email)
            password = _chosen_password(options)
            create_professional(
                _agency(options, actor),
                actor=actor,
                email=email,
                first_name=options.first_name,
                last_name=options.last_name,
                role=options.role,
                password=password,
            )
        except IdentifierUnusable as refusal:
            raise CommandRefused(refusal.message % refusal.params) from refusal
        except AccountRefused as refusal:
            raise CommandRefused(refusal.reason) from refusal
        except ValidationError as refusal:
            raise CommandRefused("Ce mot de passe ne convient pas. " + " ".join(refusal.messages)) from refusal
    say(f"Le compte {email} est prêt. À la première connexion, il demandera de choisir un second facteur.")
    return 0


def _agency(options: argparse.Namespace, actor: Actor) -> Agency:
    from entremise.accounts.actions import open_agency
    from entremise.accounts.enums import OrganisationKind
    from entremise.accounts.models import Agency
    from entremise.territories.models import Commune

    known = Agency.objects.filter(name=options.agency, organisation__name=options.organisation).first()
    if known is not None:
        return known
    commune = Commune.objects.filter(code=options.commune.upper()).first()
    if commune is None:
        raise CommandRefused(
            f"L'agence « {options.agency} » n'existe pas encore. Pour la créer, indiquez le code INSEE de sa commune, "
            "par exemple : --commune 26362."
        )
    kind = OrganisationKind.EMPLOYMENT_SERVICE
    agency: Agency = open_agency(
        commune, actor=actor, name=options.agency, organisation=options.organisation, kind=kind
    )
    return agency


def _chosen_password(options: argparse.Namespace) -> str:
    from django.contrib.auth.password_validation import validate_password

    if options.password_stdin:
        password = sys.stdin.readline().rstrip("\n")
    else:
        password = getpass.getpass("Mot de passe (12 caractères au moins) : ")
        if getpass.getpass("Le même, encore une fois : ") != password:
            raise CommandRefused("Les deux mots de passe ne sont pas les mêmes.")
    validate_password(password)
    return password
