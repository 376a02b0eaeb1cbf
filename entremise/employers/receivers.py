"""What is loaded with the domain: the actions of the recruiter spaces, whose transitions and links are registered."""

from typing import Any
from uuid import UUID

from django.db.models import Q

from entremise.employers import (
    actions_certification,
    actions_fraud,
    actions_members,
    actions_space_checks,
    actions_space_contacts,
    actions_spaces,
    actions_vigilance,
    queries_vigilance,
)
from entremise.employers.enums_spaces import SpaceState
from entremise.employers.models_spaces import FraudReport, RecruiterSpace, SpaceMember
from entremise.kernel import notices
from entremise.kernel.retention import Class, days_before
from entremise.kernel.retention import declare as keep

WRITES = (actions_certification, actions_fraud, actions_members, actions_space_checks, actions_spaces)


@notices.establishment_closed.receiver
def look_at_spaces(establishment_id: UUID) -> None:
    """Hold the certified spaces of a place that was found closed."""
    for space in queries_vigilance.spaces_of(establishment_id):
        actions_vigilance.examine(space)


@notices.recruiter_space_moved.receiver
def follow_ambassadors(space_id: UUID) -> None:
    """Make the ambassadors of a certified space contacts of its establishment, until it is not certified any more."""
    rows: Any = RecruiterSpace.objects.unscoped("a space that has just moved")
    actions_space_contacts.follow_ambassadors(rows.values_list("establishment", flat=True).get(pk=space_id))


WHY = "what is kept too long of recruiters"
MEMBERS_DAYS, REPORTS_DAYS = 2 * 365, 5 * 365
OVER = (SpaceState.CLOSED, SpaceState.REFUSED)


def _former_members(now: Any) -> Any:
    """Return who left two years ago, or whose space was refused or closed then; those of a blocked one are kept."""
    limit = days_before(now, MEMBERS_DAYS)
    rows: Any = SpaceMember.objects.unscoped(WHY)
    return rows.filter(Q(left_at__lt=limit) | Q(space__state__in=OVER, space__decided_at__lt=limit))


def _old_reports(now: Any) -> Any:
    rows: Any = FraudReport.objects.unscoped(WHY)
    return rows.filter(created_at__lt=days_before(now, REPORTS_DAYS)).exclude(facts="")


keep(
    Class(
        "employers.members",
        "Membres des espaces recruteurs : nom, fonction, coordonnées professionnelles",
        "Mission d'intérêt public",
        "2 ans",
        "le départ de la personne, le refus ou la fermeture de l'espace",
        "effacés ; l'espace et ses vérifications restent, sans ce nom",
        rows=_former_members,
    ),
    Class(
        "employers.fraud_reports",
        "Signalements de fraude : les faits",
        "Obligation légale : signaler, et pouvoir en répondre",
        "5 ans",
        "le signalement",
        "vidés ; la date et l'espace restent",
        rows=_old_reports,
        let_go=lambda rows: rows.update(facts=""),
    ),
)
