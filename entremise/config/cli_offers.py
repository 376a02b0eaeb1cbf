"""`offers feed`: a partner's file of offers, put there each day by a planned task."""

from __future__ import annotations

import argparse
from pathlib import Path

from entremise.config.console import CommandRefused, Subcommands, say, warn
from entremise.config.database import django_ready

LEFT = 1


def add_commands(commands: Subcommands) -> None:
    """Declare the commands of this module."""
    parser = commands.add_parser("offers", help="offres d'emploi des partenaires")
    parts = parser.add_subparsers(title="actions", metavar="ACTION", required=True)
    feed_parser = parts.add_parser("feed", help="reçoit et lit le fichier d'offres d'un partenaire")
    feed_parser.add_argument("partner", metavar="PARTENAIRE", help="son nom, comme dans « Partenaires d'offres »")
    feed_parser.add_argument("file", type=Path, metavar="FICHIER", help="json, csv ou xml, compressé (.gz) ou non")
    feed_parser.set_defaults(run=feed)


def feed(options: argparse.Namespace) -> int:
    """Receive the file, read it at once, say what became of it; lines left aside are an error at the end."""
    if not options.file.is_file():
        raise CommandRefused(f"Le fichier {options.file} n'existe pas (ou n'est pas un fichier).")
    with django_ready():
        from entremise.offers import actions_feeds, jobs_feeds, queries_feeds  # they read the settings
        from entremise.offers.actions_aggregated import FEEDS

        partner = queries_feeds.partner_named(options.partner)
        if partner is None:
            raise CommandRefused(f"Aucun partenaire ne s'appelle « {options.partner} ».")
        try:
            with options.file.open("rb") as content:
                received = actions_feeds.receive(partner, actor=FEEDS, filename=options.file.name, content=content)
        except actions_feeds.FeedNotTaken as refusal:
            raise CommandRefused(refusal.reason) from refusal
        jobs_feeds.run_feed(received.pk)
        done = queries_feeds.feed_for_job(received.pk) or received
        say(f"Fichier {done.get_state_display()}.")
        say(
            f"Publiées : {done.created_count} ; mises à jour : {done.updated_count} ; sans changement : "
            f"{done.unchanged_count} ; doublons : {done.duplicate_count} ; rejetées : {done.refused_count} ; "
            f"retirées : {done.withdrawn_count}."
        )
        if done.failure:
            warn(done.failure)
    return LEFT if done.failure or done.is_truncated or done.refused_count else 0
