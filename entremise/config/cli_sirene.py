"""`sirene import`: the official stock files of establishments and legal units."""

from __future__ import annotations

import argparse
from pathlib import Path

from entremise.config.console import CommandRefused, Progress, Subcommands, say, warn
from entremise.config.database import django_ready, refresh_statistics

CUT = 1


def add_commands(commands: Subcommands) -> None:
    """Declare the commands of this module."""
    parser = commands.add_parser("sirene", help="annuaire des entreprises : fichiers stock de l'Insee")
    parts = parser.add_subparsers(title="actions", metavar="ACTION", required=True)
    import_parser = parts.add_parser("import", help="met l'annuaire à jour d'après un fichier StockEtablissement")
    import_parser.add_argument("file", type=Path, metavar="FICHIER", help="StockEtablissement_utf8, en csv, gz ou zip")
    import_parser.add_argument(
        "--units", type=Path, metavar="FICHIER", help="StockUniteLegale_utf8 : les raisons sociales"
    )
    import_parser.add_argument(
        "--department", nargs="+", default=[], metavar="CODE", help="seulement ces départements, par exemple 75 2A 971"
    )
    import_parser.add_argument("--open-only", action="store_true", help="laisse de côté ce qui est déjà fermé")
    import_parser.add_argument("--dry-run", action="store_true", help="dit ce qui changerait, sans rien écrire")
    import_parser.set_defaults(run=import_stock)


def import_stock(options: argparse.Namespace) -> int:
    """Load the files; say what changed and what was left aside. A file cut in the middle is an error at the end."""
    for path in (options.file, options.units):
        if path is not None and not path.is_file():
            raise CommandRefused(f"Le fichier {path} n'existe pas (ou n'est pas un fichier).")
    with django_ready() as settings:
        from entremise.employers import actions_sirene  # it reads the settings
        from entremise.kernel.reference_files import SourceRefused
        from entremise.territories.models import Department

        unknown = set(options.department) - set(Department.objects.values_list("code", flat=True))
        if unknown:
            raise CommandRefused(f"Département inconnu : {', '.join(sorted(unknown))}. Exemples : 75, 2A, 971.")
        try:
            with Progress("Essai : annuaire Sirene" if options.dry_run else "Annuaire Sirene") as progress:
                report = actions_sirene.load_stock(
                    options.file, units=options.units, departments=options.department,
                    open_only=options.open_only, dry_run=options.dry_run, progress=progress,
                )  # fmt: skip
        except SourceRefused as refusal:
            raise CommandRefused(refusal.reason) from refusal
        if not options.dry_run and report.has_written:
            refresh_statistics(settings)
        for sentence in report.sentences():  # translated: needs the settings
            say(sentence)
        if report.is_cut:
            warn(report.cut_sentence())
    if options.dry_run:
        say("Essai à blanc : rien n'a été écrit.")
    return CUT if report.is_cut else 0
