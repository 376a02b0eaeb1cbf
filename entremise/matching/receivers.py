"""The pool follows profiles and consents in the same transaction; what is forgotten and exported for a person."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from entremise.kernel import erasure, notices
from entremise.kernel.actors import job_actor
from entremise.kernel.erasure import Held
from entremise.kernel.models import OutboxMessage
from entremise.kernel.retention import Class, days_before
from entremise.kernel.retention import declare as keep
from entremise.matching import actions, actions_contest, actions_recruiter, queries_fits
from entremise.matching.models import PoolEntry
from entremise.matching.models_applications import ApplicationFit
from entremise.matching.models_contest import Contest
from entremise.matching.models_recruiter import MeetingWish, RecruiterAccess, RecruiterSearch

WRITES = (actions_contest, actions_recruiter)  # loaded with the domain, as its actions: transitions are registered
WHY = erasure.WHY


@notices.profile_changed.receiver
def follow_profile(person_id: UUID) -> None:
    """Write the person's row again."""
    actions.refresh([person_id])


@notices.consent_withdrawn.receiver
def leave_pool(person_id: UUID) -> None:
    """Remove the person's row at once."""
    actions.refresh([person_id])


@notices.recruiter_space_moved.receiver
def follow_space(space_id: UUID) -> None:
    """Tell the advisers whom a certified space wishes to meet; keep it from them when it is not certified any more."""
    rows: Any = RecruiterAccess.objects.unscoped("the notice names this space")
    for opened in rows.select_related("space").filter(space=space_id):
        move = actions_recruiter.release_wishes if opened.space.is_certified else actions_recruiter.hold_wishes
        move(opened, actor=job_actor("employers.spaces"))


@notices.establishment_closed.receiver
def close_searches(establishment_id: UUID) -> None:
    """Cut the recruiters' searches of an establishment that closed."""
    rows: Any = RecruiterAccess.objects.unscoped("the establishment closed: nobody searches there any more")
    for opened in rows.filter(establishment=establishment_id, revoked_at=None):
        actions_recruiter.revoke_access(opened, actor=job_actor("employers.closed"))


def erase(person_id: UUID) -> int:
    """Forget the person's row and fits, the results contested about her with their answers, who wished to meet her."""
    contests: Any = Contest.objects.unscoped(WHY).filter(person_id=person_id)
    ids = [str(pk) for pk in contests.values_list("pk", flat=True)]
    gone = erasure.forget_messages(OutboxMessage.objects.filter(about_type="matching.contest", about_id__in=ids))
    for model in (Contest, MeetingWish, PoolEntry):
        rows: Any = model.objects.unscoped(WHY)
        gone += rows.filter(person_id=person_id).delete()[0]
    fits: Any = ApplicationFit.objects.unscoped(WHY)
    return gone + int(fits.filter(application__person=person_id).delete()[0])


HERS = "Identifiant de son propre dossier."
DERIVED = "Copie calculée de son profil, donné lui-même en entier."
POOL = (
    "person", "number", "department", "commune_code", "agency_id", "mobility_km", "traits", "validated_count",
    "available_on", "confirmed_at", "last_promoted_at", "promotion_count", "occupation_codes", "experience_codes",
    "skill_numbers", "skill_facts",
)  # fmt: skip
HELD = (
    Held(
        "matching.contest",
        "person",
        (
            "id", "side", "query", "offer__title", "parts", "position", "weights_version", "reason", "words", "state",
            "created_at", "answered_at", "verdict", "answer",
        ),
        {
            "person": HERS,
            "author": "Donnée d'un professionnel quand ce n'est pas elle : « contesté par » le dit.",
            "answered_by": "Donnée d'un professionnel, pas d'elle.",
        },
        order="created_at",
    ),
    Held(
        "matching.meetingwish",
        "person",
        ("created_at", "held_at", "released_at", "set_aside_at"),
        {"id": HERS, "person": HERS, "access": "Qui a cherché : l'employeur n'est dit que s'il la rencontre."},
        order="created_at",
    ),
    Held("matching.poolentry", "person", (), dict.fromkeys(POOL, DERIVED)),
    Held("matching.applicationfit", "application__person", ("application__inbox__offer__title", "percent", "at")),
    Held(
        "matching.personmatches",
        "entry__person",
        (),
        dict.fromkeys(
            ("entry", "day", "total", "employer_count", "numbers", "points"),
            "Refait chaque nuit : la page des offres le montre en clair.",
        ),
    ),
)  # fmt: skip

erasure.declare(
    erasure.Declaration(
        domain="matching",
        title=_("Vivier (copie dérivée du profil), résultats contestés, souhaits de rencontre"),
        held=HELD,
        erase=erase,
    )
)


CONTEST_DAYS, SEARCH_DAYS, WISH_DAYS = 730, 90, 365
NIGHT = "the platform's own retention job"


def _old(model: Any, before: str, days: int) -> Any:
    def rows(now: dt.datetime) -> QuerySet[Any]:
        return model.objects.unscoped(NIGHT).filter(**{f"{before}__lt": days_before(now, days)})  # type: ignore[no-any-return]

    return rows


keep(
    Class(
        "matching.contests",
        "Résultats contestés, avec leur réponse",
        "Obligation légale : expliquer un classement",
        "2 ans",
        "la réponse",
        "effacés",
        rows=_old(Contest, "answered_at", CONTEST_DAYS),
    ),
    Class(
        "matching.searches",
        "Recherches sans nom faites par des recruteurs",
        "Accord des personnes",
        "3 mois",
        "la recherche",
        "effacées",
        rows=_old(RecruiterSearch, "created_at", SEARCH_DAYS),
    ),
    Class(
        "matching.wishes",
        "Souhaits de rencontre restés sans suite",
        "Accord des personnes",
        "1 an",
        "la décision du conseiller",
        "effacés",
        rows=_old(MeetingWish, "set_aside_at", WISH_DAYS),
    ),
    Class(
        "matching.fits",
        "Adéquation d'une candidature à son offre, en pourcentage",
        "Mission d'intérêt public",
        "1 an",
        "la fin de la candidature",
        "effacée",
        rows=queries_fits.ended,
    ),
)
