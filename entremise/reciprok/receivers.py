"""What stops applications from below, and what is kept, forgotten and exported for a person."""

import datetime as dt
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from entremise.kernel import erasure, links, notices
from entremise.kernel.actors import job_actor
from entremise.kernel.erasure import Held
from entremise.kernel.models import MailLink, OutboxMessage
from entremise.kernel.retention import Class, days_before
from entremise.kernel.retention import declare as keep
from entremise.people import queries as people
from entremise.reciprok import actions, actions_inbox, actions_links, queries
from entremise.reciprok.actions_apply import NEEDS_CONSENT
from entremise.reciprok.links import CONTEST, INBOX
from entremise.reciprok.models import Application
from entremise.reciprok.models_following import AbuseReport, Meeting, Rating, Recommendation
from entremise.reciprok.models_label import CountContest

WHY = erasure.WHY
SENT_AGAIN = actions_links.send_again  # imported here, so that dead links are sent again wherever the domain is
WORDS_DAYS = 730
NO_WORDS = dict.fromkeys(("words", "answer_words", "note", "team_note", "reply"), "")
HERS = "Identifiant de son propre dossier."
OF_ANOTHER = "Donnée d'un professionnel ou d'un employeur, pas d'elle."
TECHNICAL = "Identifiant technique, sans information sur elle."


people.EMPLOYERS_BEHIND["reciprok.application"] = queries.employers_of


@notices.consent_withdrawn.receiver
def stop_for_consent(person_id: UUID) -> None:
    """Withdraw what others sent for the person; what she sent herself is hers to withdraw."""
    for application in queries.under_way(person_id):
        if application.origin in NEEDS_CONSENT:
            actions.withdraw(application, actor=job_actor("people.consent"))


@notices.establishment_closed.receiver
def stop_for_closure(establishment_id: UUID) -> None:
    """Close what nobody will answer, with honest words; it is not counted."""
    for application in queries.under_way_at(establishment_id):
        actions.close_unanswered(application, actor=job_actor("employers.closed"))


@notices.offers_over.receiver
def ask_to_answer(offer_ids: Sequence[UUID]) -> None:
    """Note that the recruitment is over: who does not answer meanwhile is asked to, in a few minutes."""
    for box in queries.inboxes_of(offer_ids):
        actions_inbox.note_over(box, actor=job_actor("offers.over"))


@notices.recruiter_space_moved.receiver
def close_the_door(space_id: UUID) -> None:
    """Revoke the links of the inboxes of a space that is not certified any more."""
    for box in queries.inboxes_without_reader(space_id):
        links.revoke(INBOX, box.pk)


def erase(person_id: UUID) -> int:
    """Forget the words about a person and what ran; bare facts stay, so that nobody's figures change."""
    for application in queries.under_way(person_id):
        actions.withdraw(application, actor=job_actor("people.erasure"))
    rows: Any = Application.objects.unscoped(WHY).filter(person_id=person_id)
    ids = list(rows.values_list("pk", flat=True))
    gone: int = rows.update(**NO_WORDS, words_digest="", cv=None, parts=[])
    for table in (Meeting, Recommendation, AbuseReport):
        of_hers: Any = table.objects.unscoped(WHY)
        gone += of_hers.filter(application__in=ids).delete()[0]
    ratings: Any = Rating.objects.unscoped(WHY)
    gone += ratings.filter(application__in=ids).update(words="", judged_words="")
    contests: Any = CountContest.objects.unscoped(WHY)
    gone += contests.filter(application__in=ids).update(words="", outcome="")
    gone += MailLink.objects.filter(purpose=CONTEST.name, target_id__in=ids).delete()[0]
    about = OutboxMessage.objects.filter(about_type="reciprok.application", about_id__in=[str(pk) for pk in ids])
    return gone + erasure.forget_messages(about)


HELD = (
    Held(
        "reciprok.application",
        "person",
        (
            "id", "establishment__siret", "establishment__name", "inbox__offer__title", "origin", "state", "parts",
            "words", "sent_at", "acknowledged_at", "read_at", "answered_at", "changed_at", "expires_at", "closed_at",
            "channel", "reason", "answer_words", "step", "reply", "replied_at", "is_current", "count", "counted_at",
            "aside_reason",
        ),
        {
            "person": HERS,
            "adviser": OF_ANOTHER,
            "cv": "Le CV lui-même est dans la partie des CV.",
            "words_digest": TECHNICAL,
            "note": "Note de travail de l'employeur, donnée sur demande à l'agence.",
            "team_note": "Note de travail entre conseillers, donnée sur demande à l'agence.",
        },
        order="sent_at",
    ),
    Held(
        "reciprok.meeting",
        "application__person",
        ("id", "kind", "slots", "minutes", "place", "words", "state", "chosen_at", "proposed_at", "answered_at"),
        {"application": TECHNICAL, "sequence": TECHNICAL},
        order="proposed_at",
    ),
    Held(
        "reciprok.recommendation",
        "application__person",
        ("id", "target__establishment__name", "words", "state", "asked_at", "answered_at"),
        {"application": TECHNICAL, "made": TECHNICAL},
        order="asked_at",
    ),
    Held(
        "reciprok.rating",
        "application__person",
        ("id", "establishment__name", "courtesy", "clarity", "speed", "words", "state", "given_at", "judged_at",
         "judged_words"),
        {"application": TECHNICAL, "judged_by": OF_ANOTHER},
        order="given_at",
    ),
    Held(
        "reciprok.abusereport",
        "person",
        ("id", "kind", "words", "state", "reported_at", "due_on", "judged_at", "outcome"),
        {"person": HERS, "application": TECHNICAL, "judged_by": OF_ANOTHER},
        order="reported_at",
    ),
    Held(
        "reciprok.countcontest",
        "application__person",
        ("id", "establishment__name", "words", "state", "contested_at", "due_on", "judged_at", "outcome"),
        {
            "application": TECHNICAL,
            "contested_by": OF_ANOTHER,
            "judged_by": OF_ANOTHER,
        },
        order="contested_at",
    ),
)  # fmt: skip

erasure.declare(
    erasure.Declaration(
        domain="reciprok",
        title=_("Candidatures"),
        held=HELD,
        erase=erase,
        kept=_("Les dates et les réponses restent sans aucun mot, pour que la note des employeurs reste juste."),
    )
)


def _worded(now: dt.datetime) -> QuerySet[Any]:
    old: Any = Application.objects.unscoped("the platform's own retention job")
    closed = old.filter(closed_at__lt=days_before(now, WORDS_DAYS))
    return closed.exclude(**NO_WORDS)  # type: ignore[no-any-return]


keep(
    Class(
        "reciprok.words",
        "Mots d'une candidature et de sa réponse, note entre conseillers",
        "Mission d'intérêt public",
        "2 ans",
        "la fin de la candidature",
        "vidés ; les dates et les réponses restent sans un mot",
        rows=_worded,
        let_go=lambda rows: rows.update(**NO_WORDS),
    )
)
