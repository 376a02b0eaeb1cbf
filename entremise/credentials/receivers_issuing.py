"""What giving badges keeps of people: names and addresses in claims and spreadsheets, and when they are forgotten."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from entremise.credentials import actions_claims, actions_files
from entremise.credentials.models_files import AwardFile, Claim
from entremise.credentials.rules import CLAIM_DAYS
from entremise.credentials.rules_issuing import FILE_DAYS
from entremise.kernel import erasure
from entremise.kernel.actors import job_actor
from entremise.kernel.erasure import Held
from entremise.kernel.retention import Class, days_before
from entremise.kernel.retention import declare as keep
from entremise.people.models import Person

WHY = erasure.WHY
ACTOR = job_actor("credentials.retention")
TECHNICAL = "Identifiant technique, sans information sur elle."


def _address(person_id: UUID) -> str:
    person = Person.objects.unscoped(WHY).select_related("user").filter(pk=person_id).first()
    return (person.user.email or "") if person and person.user else ""


def claims_of(person_id: UUID) -> QuerySet[Any]:
    """Return the badges that wait at a person's address."""
    address = _address(person_id)
    return Claim.objects.filter(email=address) if address else Claim.objects.none()


def files_of(person_id: UUID) -> QuerySet[Any]:
    """Return the spreadsheets in which a person's address is written."""
    address = _address(person_id)
    rows: Any = AwardFile.objects.unscoped(WHY)
    return rows.filter(rows__contains=[{"email": address}]) if address else rows.none()  # type: ignore[no-any-return]


def erase(person_id: UUID) -> int:
    """Forget the badges that wait for a person, and her lines in spreadsheets: their place stays, empty."""
    address = _address(person_id)
    gone = actions_claims.forget(list(claims_of(person_id).values_list("award_id", flat=True)))
    for file in files_of(person_id).select_for_update():
        lines = {str(row["line"]) for row in file.rows if row["email"] == address}
        file.rows = [
            row | {"name": "", "email": "", "note": ""} if row["email"] == address else row for row in file.rows
        ]
        file.results = {line: said for line, said in file.results.items() if line not in lines}
        file.save(update_fields=["rows", "results"])
        gone += len(lines)
    return gone


HELD = (
    Held(
        "credentials.claim",
        claims_of,
        ("award__badge_class__name", "award__badge_class__issuer__name", "name", "email", "sent_at", "until",
         "reminder_count"),
        {"id": TECHNICAL},
        order="sent_at",
    ),
    Held(
        "credentials.awardfile",
        files_of,
        ("badge_class__name", "badge_class__issuer__name", "created_at"),
        {
            "id": TECHNICAL,
            "rows": "Liste d'autres personnes : sa propre ligne est dans le badge qu'elle a reçu.",
            "faults": "Liste d'autres personnes.",
            "results": "Liste d'autres personnes.",
            "created_by": "Donnée d'un professionnel, pas d'elle.",
        }
        | dict.fromkeys(
            ("name", "state", "next_row", "awarded_count", "skipped_count", "undone_count", "done_at"),
            "Travail de l'émetteur, sans information sur elle.",
        ),
        order="created_at",
    ),
)  # fmt: skip


def _claims(now: dt.datetime) -> QuerySet[Any]:
    return Claim.objects.filter(until__lte=now)


def _files(now: dt.datetime) -> QuerySet[Any]:
    rows: Any = AwardFile.objects.unscoped("the platform's own retention job")
    return rows.filter(created_at__lt=days_before(now, FILE_DAYS)).exclude(name="", rows=[])  # type: ignore[no-any-return]


def _forget_files(rows: QuerySet[Any]) -> int:
    for file in rows:
        actions_files.forget(file, actor=ACTOR)
    return len(rows)


keep(
    Class(
        "credentials.claims",
        "Badges que personne n'a pris : nom et adresse donnés par l'émetteur",
        "Mission d'intérêt public",
        f"{CLAIM_DAYS} jours",
        "l'envoi",
        "effacés avec le badge, son lien et ses messages",
        rows=_claims,
        let_go=lambda rows: actions_claims.forget(list(rows.values_list("award_id", flat=True))),
    ),
    Class(
        "credentials.award_files",
        "Tableaux de personnes à qui remettre un badge",
        "Mission d'intérêt public",
        f"{FILE_DAYS} jours",
        "l'envoi du fichier",
        "les noms et les adresses sont effacés ; les nombres restent",
        rows=_files,
        let_go=_forget_files,
    ),
)
