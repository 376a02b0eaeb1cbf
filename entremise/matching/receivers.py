"""The pool follows profiles and consents in the same transaction; what is forgotten and exported for a person."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from entremise.kernel import erasure, notices
from entremise.kernel.actors import job_actor
from entremise.kernel.models import OutboxMessage
from entremise.matching import actions, actions_contest, actions_recruiter
from entremise.matching.models import PoolEntry
from entremise.matching.models_contest import Contest
from entremise.matching.models_recruiter import MeetingWish, RecruiterAccess

WRITES = (actions_contest, actions_recruiter)  # loaded with the domain, as its actions: transitions are registered
WHY = "erasure and export are asked by the person, for all of her rows"


@notices.profile_changed.receiver
def follow_profile(person_id: UUID) -> None:
    """Write the person's row again."""
    actions.refresh([person_id])


@notices.consent_withdrawn.receiver
def leave_pool(person_id: UUID) -> None:
    """Remove the person's row at once."""
    actions.refresh([person_id])


@notices.establishment_closed.receiver
def close_searches(establishment_id: UUID) -> None:
    """Cut the recruiters' searches of an establishment that closed."""
    rows: Any = RecruiterAccess.objects.unscoped("the establishment closed: nobody searches there any more")
    for opened in rows.filter(establishment=establishment_id, revoked_at=None):
        actions_recruiter.revoke_access(opened, actor=job_actor("employers.closed"))


def export(person_id: UUID) -> erasure.Rows:
    """Return the results contested about a person, and when recruiters wished to meet her, not who: she is not told.

    The rows of the pool are derived: the profile, exported by its own domain, says it all.
    """
    contests: Any = Contest.objects.unscoped(WHY).filter(person_id=person_id).order_by("created_at")
    wishes: Any = MeetingWish.objects.unscoped(WHY).filter(person_id=person_id).order_by("created_at")
    asked = contests.values(
        "side", "query", "offer__title", "parts", "position", "weights_version", "reason", "words", "state",
        "created_at", "answered_at", "verdict", "answer",
    )  # fmt: skip
    return [*asked, *wishes.values("created_at", "set_aside_at")]


def erase(person_id: UUID) -> int:
    """Forget the person's row, the results contested about her with their answers, and who wished to meet her."""
    contests: Any = Contest.objects.unscoped(WHY).filter(person_id=person_id)
    ids = [str(pk) for pk in contests.values_list("pk", flat=True)]
    gone = OutboxMessage.objects.filter(about_type="matching.contest", about_id__in=ids).delete()[0]
    for model in (Contest, MeetingWish, PoolEntry):
        rows: Any = model.objects.unscoped(WHY)
        gone += rows.filter(person_id=person_id).delete()[0]
    return gone


erasure.declare(
    erasure.Declaration(
        domain="matching",
        title=_("Vivier (copie dérivée du profil), résultats contestés, souhaits de rencontre"),
        tables=("matching.poolentry", "matching.contest", "matching.meetingwish"),
        export=export,
        erase=erase,
    )
)
