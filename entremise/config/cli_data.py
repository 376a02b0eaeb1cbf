"""`init`, `migrate`, `demo`, `import`: the tables and what they hold."""

from __future__ import annotations

import argparse
import functools
import importlib
import importlib.metadata
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
from django.core.management import call_command

import entremise
from entremise.config import cli_demo, environment, stamps
from entremise.config.console import CommandRefused, Progress, Subcommands, say
from entremise.config.database import agree_on_the_vault, django_ready, migrate, refresh_statistics
from entremise.config.environment import Environment

PACKAGE = Path(entremise.__file__).parent
BUILTIN_FOLDERS = tuple(PACKAGE / domain / "builtin" for domain in ("territories", "skills", "people"))
# Called by import path at call time: the commands know the names of the domains' actions, not their modules.
BUILTIN_LOADERS = {
    "entremise.territories.actions.load_builtin": "Communes et secteurs d'activité",
    "entremise.skills.actions.load_builtin": "Métiers et compétences",
    "entremise.people.actions.load_builtin": "Textes de consentement",
}
IMPORTERS = {
    "rome": ("entremise.skills.actions.import_rome", "le référentiel ROME"),
    "esco": ("entremise.skills.actions.import_esco", "le référentiel ESCO"),
    "communes": ("entremise.territories.actions.import_communes", "les communes"),
    "naf": ("entremise.territories.actions.import_naf", "la nomenclature NAF"),
}
POOL_WRITER = "entremise.matching.actions.fill_empty_pool"
LOST_FILES = "entremise.web.kit.hashed_files.lost"
STATIC_PACKAGES = ("django-allauth", "django-htmx")  # their scripts are served with ours
DEMO_PEOPLE = cli_demo.STORY_PEOPLE
DEMO_SEED = 1
DOWNLOAD_SECONDS = 60.0


def add_commands(commands: Subcommands) -> None:
    """Declare the commands of this module."""
    init_parser = commands.add_parser("init", help="prépare la base : tables et référentiel fourni")
    init_parser.set_defaults(run=init)
    migrate_parser = commands.add_parser("migrate", help="met les tables à jour (compte propriétaire)")
    migrate_parser.set_defaults(run=migrate_only)
    demo_parser = commands.add_parser("demo", help="invente des personnes et des entreprises pour essayer")
    many = "combien de personnes : 300 d'habitude, jusqu'à tout un pays"
    demo_parser.add_argument("--people", type=int, default=DEMO_PEOPLE, metavar="N", help=many)
    demo_parser.add_argument("--seed", type=int, default=DEMO_SEED, metavar="S", help="un même nombre, les mêmes gens")
    demo_parser.set_defaults(run=demo)
    index_parser = commands.add_parser("index", help="écrit l'index de recherche du vivier (fait chaque nuit)")
    index_parser.set_defaults(run=write_index)
    match_parser = commands.add_parser("match", help="rapproche offres et profils du pays (fait chaque nuit)")
    match_parser.add_argument("--cluster", metavar="ADRESSE", default="", help="ordonnanceur Dask, tcp://machine:8786")
    match_parser.add_argument(
        "--workers", type=int, default=os.cpu_count() or 1, metavar="N", help="processus de cette machine (0 : aucun)"
    )
    match_parser.add_argument("--again", action="store_true", help="recommence celui d'aujourd'hui")
    match_parser.set_defaults(run=match)
    import_parser = commands.add_parser("import", help="charge un fichier officiel : rome, esco, communes ou naf")
    import_parser.add_argument("kind", choices=sorted(IMPORTERS), help="ce que contient le fichier")
    import_parser.add_argument("source", help="fichier, archive zip ou adresse https://…")
    import_parser.add_argument("--dry-run", action="store_true", help="dit ce qui changerait, sans rien écrire")
    import_parser.set_defaults(run=import_official)


def init(options: argparse.Namespace) -> int:
    """Bring tables, built-in referential and, in a demo, demo data up to date; do only what is missing."""
    with django_ready() as settings:
        _tables(settings)
        _builtin(settings)
        _static(settings)
        _engine(settings)
        if settings.demo:
            _first_demo(settings)
    return 0


def migrate_only(options: argparse.Namespace) -> int:
    """Bring the tables up to date."""
    with django_ready() as settings:
        if not _tables(settings):
            say("Les tables sont déjà à jour.")
    return 0


def demo(options: argparse.Namespace) -> int:
    """Fill the database with invented people and companies."""
    cli_demo.check(options.people, options.seed)
    os.environ.setdefault("ENTREMISE_DEMO", "0" if os.environ.get("DATABASE_URL") else "1")
    with django_ready() as settings:
        if not settings.demo:
            raise CommandRefused(
                "Les données de démonstration ne se mélangent pas à celles de vraies personnes. "
                "Si cette base ne sert qu'à essayer, indiquez-le : ENTREMISE_DEMO=1."
            )
        _tables(settings)
        _builtin(settings)
        _engine(settings)
        cli_demo.fill(settings, options.people, options.seed)
    say("Pour voir le site : entremise run")
    return 0


def write_index(options: argparse.Namespace) -> int:
    """Write the search index of the pool for all processes."""
    with django_ready() as settings:
        _tables(settings)
        _engine(settings)
        with Progress("Index de recherche du vivier") as progress:
            progress(action("entremise.matching.actions.write_index")())
    return 0


def match(options: argparse.Namespace) -> int:
    """Match the whole country, or go on with today's run where it was stopped."""
    if options.workers < 0:
        raise CommandRefused("--workers doit être un nombre positif, ou zéro.")
    with django_ready() as settings:
        _tables(settings)
        _engine(settings)
        from entremise.matching import actions_nightly  # reads the settings
        from entremise.matching import clients_workers as workers

        chosen: Any = workers.here
        if options.cluster:
            chosen = functools.partial(workers.cluster, options.cluster)
        elif options.workers:
            chosen = functools.partial(workers.processes, options.workers)
        try:
            with Progress("Rapprochement du pays") as progress:
                run = actions_nightly.match_everything(chosen, again=options.again, progress=progress)
        except (actions_nightly.MatchRefused, workers.ClusterRefused) as refusal:
            raise CommandRefused(str(refusal)) from refusal
    say(f"{run.offer_count} offres et {run.person_count} profils rapprochés le {run.day:%d/%m/%Y}.")
    return 0


def import_official(options: argparse.Namespace) -> int:
    """Load an official file; say what changed."""
    action_path, label = IMPORTERS[options.kind]
    source = _local_file(options.source, environment.load().var)
    with django_ready() as settings:
        _tables(settings)
        from entremise.kernel.reference_files import SourceRefused  # reads the settings

        try:
            with Progress(f"Essai : {label}" if options.dry_run else f"Import : {label}") as progress:
                report = action(action_path)(source, dry_run=options.dry_run, progress=progress)
        except SourceRefused as refusal:
            raise CommandRefused(refusal.reason) from refusal
        if not options.dry_run:
            refresh_statistics(settings)
        say(str(report))  # translated: needs the settings
    if options.dry_run:
        say("Essai à blanc : rien n'a été écrit.")
    return 0


def action(path: str) -> Callable[..., Any]:
    """Find an action of a domain by its path."""
    module_name, _, name = path.rpartition(".")
    found: Callable[..., Any] = getattr(importlib.import_module(module_name), name)
    return found


def _tables(settings: Environment) -> int:
    count = migrate(settings)
    if count:
        say(f"Tables de la base : {count} mises à jour appliquées.")
        action(POOL_WRITER)()  # its rows are derived: a change of their own table empties it
    agree_on_the_vault(settings)
    return count


def _builtin(settings: Environment) -> None:
    version = stamps.version_of(*BUILTIN_FOLDERS)
    if stamps.noted(settings.var, "builtin") == version:
        return
    for path, label in BUILTIN_LOADERS.items():
        with Progress(label) as progress:
            action(path)(progress=progress)
    stamps.note(settings.var, "builtin", version)


def _static(settings: Environment) -> None:
    """Gather and compress the style sheets and scripts, once per version of them, and again when one was lost."""
    version = stamps.version_of(PACKAGE / "static") + "".join(map(importlib.metadata.version, STATIC_PACKAGES))
    find_lost = action(LOST_FILES)
    try:
        if stamps.noted(settings.var, "static") != version or find_lost():
            call_command("collectstatic", interactive=False, clear=True, verbosity=0)
            stamps.note(settings.var, "static", version)
        lost = find_lost()
    except ValueError as error:  # a style sheet calls for a file that is not there, or the list cannot be read
        raise CommandRefused(
            f"Les fichiers d'affichage du site ne peuvent pas être préparés ({str(error).splitlines()[0]}). "
            f"Effacez le dossier {settings.var / 'static'} et recommencez ; si cela ne suffit pas, "
            "installez de nouveau Entremise."
        ) from error
    if lost:
        raise CommandRefused(
            f"Il manque des fichiers d'affichage du site ({', '.join(lost)}). Installez de nouveau Entremise."
        )


def _engine(settings: Environment) -> None:
    """Compile the search engine, once per version of it: a minute of work that no visitor should wait for."""
    version = stamps.version_of(PACKAGE / "matching" / "engine")
    if stamps.noted(settings.var, "engine") != version:
        with Progress("Moteur de recherche") as progress:
            progress(0, 1)
            action("entremise.matching.engine.warm.warm")()
        stamps.note(settings.var, "engine", version)


def _first_demo(settings: Environment) -> None:
    if stamps.noted(settings.var, "demo") is None:
        cli_demo.fill(settings, DEMO_PEOPLE, DEMO_SEED)


def _local_file(source: str, var: Path) -> Path:
    if source.startswith(("http://", "https://")):
        return _downloaded(source, var)
    path = Path(source).expanduser()
    if not path.is_file():
        raise CommandRefused(f"Le fichier {path} n'existe pas (ou n'est pas un fichier).")
    if not os.access(path, os.R_OK):
        raise CommandRefused(f"Le fichier {path} ne peut pas être lu : vérifiez vos droits.")
    return path


def _downloaded(url: str, var: Path) -> Path:
    target = var / "downloads" / (Path(urlsplit(url).path).name or "fichier")
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f"{target.name}.part")
    try:
        with (
            httpx.stream("GET", url, follow_redirects=True, timeout=DOWNLOAD_SECONDS) as answer,
            draft.open("wb") as file,
            Progress(f"Téléchargement de {target.name}") as progress,
        ):
            answer.raise_for_status()
            total_count = int(answer.headers.get("content-length", 0)) or None
            for chunk in answer.iter_bytes():
                file.write(chunk)
                progress(file.tell(), total_count)
    except httpx.HTTPStatusError as error:
        status = error.response.status_code
        raise CommandRefused(f"{url} répond par une erreur ({status}). Vérifiez l'adresse.") from error
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise CommandRefused(
            f"{url} n'a pas pu être téléchargé ({error}). Vérifiez l'adresse et la connexion, "
            "ou téléchargez le fichier vous-même et donnez son chemin."
        ) from error
    draft.replace(target)
    return target
