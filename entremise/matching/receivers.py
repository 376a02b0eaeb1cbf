"""The pool follows profiles and consents in the same transaction; nothing of it is kept for a person who leaves."""

from typing import Any
from uuid import UUID

from entremise.kernel import erasure, notices
from entremise.matching import actions
from entremise.matching.models import PoolEntry


@notices.profile_changed.receiver
def follow_profile(person_id: UUID) -> None:
    """Write the person's row again."""
    actions.refresh([person_id])


@notices.consent_withdrawn.receiver
def leave_pool(person_id: UUID) -> None:
    """Remove the person's row at once."""
    actions.refresh([person_id])


def _export(person_id: UUID) -> list[dict[str, Any]]:
    return []  # derived rows: the profile, exported by its own domain, says it all


def _erase(person_id: UUID) -> int:
    rows = PoolEntry.objects.unscoped("erasure of one person").filter(pk=person_id)
    return rows.delete()[0]


erasure.declare(
    erasure.Declaration(
        domain="matching",
        title="Vivier (copie dérivée du profil)",
        tables=("matching.poolentry",),
        export=_export,
        erase=_erase,
    )
)
