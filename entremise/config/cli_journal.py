"""`journal`: verify the journal, prove a person's lines, check such a proof."""

from __future__ import annotations

import argparse
import datetime as dt
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from entremise.config.console import CommandRefused, Progress, Subcommands, say
from entremise.config.database import django_ready
from entremise.kernel.postgres.connection import write_private
from entremise.lib import seals

if TYPE_CHECKING:  # it reads the settings
    from entremise.kernel.seal_checks import Finding, Report

MOST_NAMED = 20
WRONG = 1
SENTENCES = {
    "changed": "Lot n° {head} ({when}) : {lines} a été modifiée après avoir été scellée.",
    "changed_many": "Lot n° {head} ({when}) : {lines} ont été modifiées après avoir été scellées.",
    "removed": "Lot n° {head} ({when}) : il manque 1 ligne{around}.",
    "removed_many": "Lot n° {head} ({when}) : il manque {count} lignes{around}.",
    "added": "Lot n° {head} ({when}) : {lines} a été ajoutée après coup.",
    "added_many": "Lot n° {head} ({when}) : {lines} ont été ajoutées après coup.",
    "swapped": "Lot n° {head} ({when}) : {lines} ont échangé leurs contenus.",
    "misdated": "{lines} : la date écrite n'est pas celle de l'inscription au journal{batch}.",
    "from_the_future": "{lines} : la transaction indiquée n'a pas encore eu lieu ; la ligne a été écrite à la main.",
    "unexplained": "Lot n° {head} ({when}) : ses {count} lignes ne sont plus celles qui ont été scellées, et ce qui "
    "permettrait de dire lesquelles a été modifié aussi.",
    "head_altered": "La tête n° {head} ({when}) a été modifiée : elle ne prolonge pas la précédente, ou ne décrit "
    "pas son lot.",
    "head_missing": "Il manque {count} tête(s) juste avant la n° {head} ({when}).",
    "unsigned": "La tête n° {head} ({when}) n'est signée par aucune clé de cette installation : le journal a été "
    "refait sans la clé, ou la clé a changé sans être gardée.",
    "cut": "La fin du journal a été coupée : la base s'arrête à la tête n° {head}{since}, alors que {file} en connaît "
    "{count} de plus, bien signées.",
    "file_altered": "{file} ne dit pas la même chose que la base à partir de la tête n° {head} : ce fichier ou la "
    "base a été modifié.",
    "file_behind": "{file} s'arrête avant la tête n° {head} ({when}), qui aurait dû y être copiée.",
    "file_missing": "{file} n'existe pas : les têtes signées n'y sont pas.",
}
COMPLETE = (
    "Ce que cela prouve : ces lignes étaient au journal à la date de leur scellé, et n'ont pas changé depuis.",
    "Ce que cela ne prouve pas : qu'aucune autre ligne ne concerne cette personne ; pour cela, vérifiez le journal "
    "entier là où il est (entremise journal verify).",
)


def add_commands(commands: Subcommands) -> None:
    """Declare the commands of this module."""
    parser = commands.add_parser("journal", help="vérifie le journal, prouve les lignes d'une personne")
    actions = parser.add_subparsers(title="actions", metavar="ACTION", required=True)
    verify_parser = actions.add_parser("verify", help="vérifie le journal et ses scellés ; dit ce qui ne va pas, où")
    verify_parser.add_argument("--since", metavar="AAAA-MM-JJ", help="à partir de ce jour (tout, si rien n'est dit)")
    verify_parser.add_argument("--key", metavar="CLÉ", help="clé publique gardée ailleurs, plutôt que celle d'ici")
    verify_parser.set_defaults(run=verify)
    proof_parser = actions.add_parser("proof", help="écrit la preuve des lignes d'une personne")
    proof_parser.add_argument("reference", help="référence du profil, par exemple K7MA-2QXP")
    proof_parser.add_argument("--to", metavar="FICHIER", help="fichier à écrire (preuve-RÉFÉRENCE.json d'habitude)")
    proof_parser.set_defaults(run=proof)
    check_parser = actions.add_parser("check", help="vérifie une preuve, sans la base")
    check_parser.add_argument("file", metavar="FICHIER", help="fichier écrit par « journal proof » ou téléchargé")
    check_parser.add_argument("--key", metavar="CLÉ", required=True, help="clé publique (entremise journal key)")
    check_parser.set_defaults(run=check)
    key_parser = actions.add_parser("key", help="montre la clé publique qui vérifie les signatures")
    key_parser.add_argument("--new", action="store_true", help="signe désormais avec une nouvelle clé")
    key_parser.set_defaults(run=key)
    resume_parser = actions.add_parser("resume", help="après une sauvegarde restaurée : repart des têtes de la base")
    resume_parser.set_defaults(run=resume)


def verify(options: argparse.Namespace) -> int:
    """Verify the journal; say what is wrong."""
    since = _day(options.since)
    with django_ready():
        from entremise.kernel import clock, seal_checks, seal_files  # these read the settings

        keys = _keys(options.key) if options.key else seal_files.trusted_keys()
        start = dt.datetime.combine(since, dt.time(), clock.local(clock.now()).tzinfo) if since else None
        with Progress("Vérification du journal") as progress:
            report = seal_checks.verify(keys, since=start, progress=progress)
        _tell(report)
    return WRONG if report.findings else 0


def proof(options: argparse.Namespace) -> int:
    """Write the proof of a person's lines."""
    with django_ready():
        from entremise.kernel import seal_proofs  # these read the settings
        from entremise.kernel.seal_files import SealRefused
        from entremise.people.models import Person

        reference = options.reference.strip().upper()
        people = Person.objects.unscoped("the operator proves one person's lines, at her request")
        person_id = people.filter(reference=reference).values_list("pk", flat=True).first()
        if person_id is None:
            raise CommandRefused(f"Aucun profil ne porte la référence {reference}.")
        try:
            made = seal_proofs.proof_about(person_id)
        except SealRefused as refusal:
            raise CommandRefused(str(refusal)) from refusal
    target = Path(options.to or f"preuve-{reference}.json")
    write_private(target, json.dumps(made, ensure_ascii=False, indent=1))
    say(f"{len(made['lines'])} lignes prouvées dans {target}, à vérifier avec : entremise journal check {target}")
    if made["unsealed_count"]:
        say(f"{made['unsealed_count']} lignes ne sont pas encore scellées : elles le seront dans la minute.")
    return 0


def check(options: argparse.Namespace) -> int:
    """Check a proof with a public key, and nothing else."""
    try:
        given = json.loads(Path(options.file).read_text(encoding="utf-8"))
    except (ValueError, FileNotFoundError) as error:
        raise CommandRefused(f"Le fichier {options.file} ne peut pas être lu comme une preuve.") from error
    try:
        lines = seals.check_proof(given, _keys(options.key))
    except seals.ProofRefused as refusal:
        raise CommandRefused(f"Cette preuve ne tient pas. {refusal}") from refusal
    head = seals.Head.of(given["head"])
    for columns in lines:
        say(_shown(columns))
    say(f"La preuve tient : {len(lines)} lignes, scellées dans le journal de {head.total_count} lignes, tête du "
        f"{_when(head.at)}.")  # fmt: skip
    say("\n".join(COMPLETE))
    return 0


def key(options: argparse.Namespace) -> int:
    """Show the public key, after having made a new one if asked."""
    with django_ready():
        from entremise.kernel import seal_files  # it reads the settings

        if options.new:
            seal_files.replace_key()
        say(seals.public_text(seal_files.private_key().public_key()))
    return 0


def resume(options: argparse.Namespace) -> int:
    """Put the files of heads aside and seal on from what the database knows."""
    with django_ready():
        from entremise.kernel import seals as sealing  # it reads the settings

        aside = sealing.start_files_again()
    for path in aside:
        say(f"Les têtes connues jusqu'ici sont gardées dans {path}.")
    say("Le journal est de nouveau scellé, à la suite de ce que dit la base.")
    return 0


def _tell(report: Report) -> None:
    for finding in report.findings:
        say(sentence(finding))
    last = f", dernier scellé du {_when(report.last.at)}" if report.last else ""
    waiting = f" En attente de leur scellé : {report.unsealed_count}." if report.unsealed_count else ""
    say(f"{report.line_count} lignes vérifiées dans {report.head_count} lots{last}.{waiting}")
    if report.findings:
        say("Le journal n'est pas intact. Gardez la base et les fichiers tels quels, et prévenez la personne chargée "
            "de la protection des données.")  # fmt: skip
    else:
        say("Le journal est intact.")


def sentence(finding: Finding) -> str:
    """Say one thing that is wrong."""
    many = len(finding.ids) > 1 if finding.kind in ("changed", "added") else finding.count > 1
    wording = SENTENCES.get(f"{finding.kind}_many" if many else finding.kind, SENTENCES[finding.kind])
    text = wording.format(
        head=finding.head,
        when=_when(finding.until),
        since=f" ({_when(finding.since)})" if finding.since else "",
        lines=_lines(finding.ids),
        count=finding.count,
        around=_around(finding.ids),
        batch=f" (lot n° {finding.head}, {_when(finding.until)})" if finding.head else " (pas encore scellée)",
        file=finding.file,
    )
    return text[:1].upper() + text[1:]


def _lines(ids: Sequence[str]) -> str:
    if len(ids) == 1:
        return f"la ligne n° {ids[0]}"
    more = f" et {len(ids) - MOST_NAMED} autres" if len(ids) > MOST_NAMED else ""
    return "les lignes n° " + ", ".join(ids[:MOST_NAMED]) + more


def _around(ids: Sequence[str]) -> str:
    if len(ids) == 2:  # one on each side
        return f", la première entre les lignes n° {ids[0]} et n° {ids[1]}"
    return f", près de la ligne n° {ids[0]}" if ids else ""


def _when(instant: str) -> str:
    if not instant:
        return "date inconnue"
    return dt.datetime.fromisoformat(instant).astimezone().strftime("%d/%m/%Y à %H:%M:%S")


def _shown(columns: Sequence[str | None]) -> str:
    line: Mapping[str, Any] = dict(zip(seals.COLUMNS, columns, strict=True))
    why = f", motif « {line['purpose']} »" if line["purpose"] else ""
    return f"  {_when(line['at'])}  {line['verb']}  par {line['actor_kind']} {line['actor_id']}{why}"


def _keys(text: str) -> dict[str, Ed25519PublicKey]:
    try:
        found = seals.public_key(text)
    except ValueError as error:
        raise CommandRefused(
            "La clé publique doit être les 64 signes que montre « entremise journal key »."
        ) from error
    return {seals.key_id(found): found}


def _day(text: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError as error:
        raise CommandRefused(f"« {text} » n'est pas une date comme 2026-11-22.") from error
