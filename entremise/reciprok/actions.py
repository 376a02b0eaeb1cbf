"""Writes of the answers: read, favourable, refused, hired, withdrawn, closed without answer."""

import datetime as dt
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from entremise.kernel import clock
from entremise.kernel.actions import Done, action
from entremise.kernel.actors import Actor, ActorKind, job_actor
from entremise.kernel.workflow import TransitionRefused
from entremise.lib import courtesy
from entremise.offers import actions_followup as followup
from entremise.offers.enums_followup import Feedback, NotKept
from entremise.people import actions as people
from entremise.people.enums import ActKind, RevealPurpose, Visibility
from entremise.reciprok import actions_messages as messages
from entremise.reciprok import actions_messages_meetings as messages_meetings
from entremise.reciprok import queries, queries_meetings, queries_words, rules, rules_label
from entremise.reciprok.enums import (
    ABOUT_THE_PERSON,
    AnswerChannel,
    ApplicationState,
    AsideReason,
    Count,
    MeetingState,
    RefusalReason,
    Step,
    Verb,
)
from entremise.reciprok.mails_meetings import About
from entremise.reciprok.models import Application, Inbox
from entremise.reciprok.models_following import Meeting
from entremise.reciprok.queries_courtesy import objection
from entremise.reciprok.rules import ApplicationRefused
from entremise.reciprok.workflow import FLOW, RUNNING, has_moved, reads_as_member

PLATFORM = job_actor("reciprok.platform")
NOT_KEPT = {
    RefusalReason.SKILLS: NotKept.SKILLS,
    RefusalReason.EXPERIENCE: NotKept.EXPERIENCE,
    RefusalReason.DISTANCE: NotKept.MOBILITY,
    RefusalReason.AVAILABILITY: NotKept.AVAILABILITY,
    RefusalReason.OTHER_KEPT: NotKept.OTHER_KEPT,
    RefusalReason.FILLED: NotKept.FILLED,
}
SEEN_AS = {
    Step.MEETING: Feedback.INTERVIEW,
    Step.CALL: Feedback.INTERVIEW,
    Step.TEST: Feedback.IMMERSION,
    Step.IMMERSION: Feedback.IMMERSION,
}


@FLOW.action("read")
def read(application: Application, *, actor: Actor) -> Done:
    """Note that somebody, not a scanner, looks at an application; the person sees « lue », and the look."""
    application.read_at = application.changed_at = clock.now()
    return _seen(application, actor)


@action(Verb.CARD_READ, may="reciprok.read_card")
def read_card(application: Application, *, actor: Actor) -> Done:
    """Leave in the person's journal a further look of an employer, or one that goes with an answer."""
    return _seen(application, actor)


@FLOW.action("favour")
def favour(
    application: Application, *, actor: Actor, step: str, words: str = "", note: str = "", seen: str = ""
) -> Done:
    """Give a favourable opinion with what comes next; it counts as an answer once something follows.

    Here and below, `seen` is the state that the answerer had before their eyes: a colleague's answer, given meanwhile,
    is not replaced unread.
    """
    _check_unmoved(application, seen)
    if step not in Step.values:
        raise ApplicationRefused(_("Dites ce que vous proposez : un entretien, un appel, un essai…"), "step")
    _check_words(words, "")
    _look(application, actor)
    _answer(application, actor, words, note)
    application.step, application.reason = Step(step), ""
    if not application.count:
        application.expires_at = clock.now() + rules_label.UNFOLLOWED
    _note_followup(application, SEEN_AS[application.step])
    messages.tell_person(application, ApplicationState.FAVOURABLE)
    return _codes(application, step=step)


@FLOW.action("refuse")
def refuse(
    application: Application,
    *,
    actor: Actor,
    reason: str,
    words: str = "",
    note: str = "",
    has_seen: bool = False,
    seen: str = "",
) -> Done:
    """Answer that a candidate is not kept: a reason of the grid, kind words for her, a note between advisers."""
    _check_unmoved(application, seen)
    if reason not in RefusalReason.values:
        raise ApplicationRefused(_("Choisissez une raison : la personne a droit à une réponse."), "reason")
    if reason == RefusalReason.OTHER and not words.strip():
        raise ApplicationRefused(_("Expliquez cette raison en quelques mots à la personne."), "words")
    _check_words(words, reason)
    _check_read(application, reason, actor, has_seen=has_seen)
    before = application.count
    if application.state == ApplicationState.FAVOURABLE and not before:
        application.answered_at = None  # an opinion that nothing followed is no answer: the delay is this refusal's
    _answer(application, actor, words, note)
    application.reason, application.step = RefusalReason(reason), ""
    application.closed_at = clock.now()
    _count(application, Count.ANSWERED)
    _note_followup(application, Feedback.NOT_KEPT, NOT_KEPT.get(application.reason, NotKept.OTHER))
    messages.tell_person(application, ApplicationState.REFUSED)
    return _codes(application, reason=reason, counted=application.count != before)


@FLOW.action("hire")
def hire(application: Application, *, actor: Actor, words: str = "", note: str = "", seen: str = "") -> Done:
    """Say that this candidate is hired: the fact enters the indicators, the person is told."""
    _check_unmoved(application, seen)
    _check_words(words, "")
    before = application.count
    _look(application, actor)
    _answer(application, actor, words, note)
    application.reason = ""
    application.closed_at = clock.now()
    _count(application, Count.ANSWERED)
    _note_followup(application, Feedback.HIRED)
    is_elsewhere = actor.is_professional and application.person.department_id not in actor.departments
    people.record_act(
        application.person, actor=PLATFORM if is_elsewhere else actor, kind=ActKind.HIRE,
        agency=application.inbox.agency, establishment_id=application.establishment_id,
    )  # fmt: skip
    messages.tell_person(application, ApplicationState.HIRED)
    return _codes(application, counted=application.count != before)


@FLOW.action("withdraw")
def withdraw(application: Application, *, actor: Actor) -> Done:
    """Withdraw an application: the employer sees nothing of the person any more."""
    before = application.count
    _free_the_moment(application)
    _close(application, ApplicationState.WITHDRAWN, AsideReason.WITHDRAWN)
    application.is_current = False
    _note_followup(application, Feedback.WITHDREW)
    return _codes(application, counted=application.count != before)


@FLOW.action("close_unanswered")
def close_unanswered(application: Application, *, actor: Actor) -> Done:
    """Stop waiting after two months: honest words to the person, and a silence that counts."""
    before = application.count
    if application.establishment.is_open:
        _close(application, ApplicationState.UNANSWERED, AsideReason.WITHDRAWN)
    else:
        application.closed_at = application.changed_at = clock.now()
        if not application.count:
            _put_aside(application, AsideReason.CLOSED)
    messages.tell_person(application, ApplicationState.UNANSWERED)
    return _codes(application, counted=application.count != before)


@action(Verb.ANSWERED_MANY, may="reciprok.answer_many")
def refuse_many(
    inbox: Inbox,
    *,
    actor: Actor,
    ids: Iterable[UUID],
    reason: str,
    words: str = "",
    note: str = "",
    seen_at: dt.datetime | None = None,
) -> Done:
    """Answer several candidates at once with the same reason; those who moved meanwhile are left as they are.

    `seen_at` is when the answerer read the list: who got a favourable opinion since keeps it.
    """
    wanted = set(ids)
    if not wanted:
        raise ApplicationRefused(_("Choisissez au moins une candidature."), "ids")
    rows = queries.in_inbox(inbox).filter(pk__in=wanted, state__in=RUNNING).order_by("sent_at")
    if seen_at is not None:
        rows = rows.filter(Q(answered_at=None) | Q(answered_at__lte=seen_at))
    done = 0
    for one in rows:
        with suppress(TransitionRefused):  # withdrawn, or answered by a colleague, a second ago
            refuse(one, actor=actor, reason=reason, words=words, note=note)
            done += 1
    return Done(Many(done, len(wanted) - done), data={"count": done, "reason": reason}, subject=inbox)


@dataclass(frozen=True, slots=True)
class Many:
    """How many candidates were answered at once, and how many had moved meanwhile."""

    done: int
    skipped: int


def follow(application: Application) -> bool:
    """Count a favourable opinion as an answer: something follows it; tell whether it was not counted yet.

    The caller's action holds the row and saves it.
    """
    if application.count or application.state != ApplicationState.FAVOURABLE:
        return False
    _count(application, Count.ANSWERED)
    return True


def _free_the_moment(application: Application) -> None:
    """Cancel the meeting that both had: who would wait for her is told that she does not come."""
    meeting = queries_meetings.current(application)
    if meeting is None:
        return
    rows: Any = Meeting.objects.unscoped("the person withdraws").filter(pk=meeting.pk)
    rows.update(state=MeetingState.DECLINED, answered_at=clock.now(), sequence=meeting.sequence + 1)
    if meeting.chosen_at is not None:
        messages_meetings.tell_employer(meeting, About.DECLINED, _("La personne a retiré sa candidature."))


def _check_unmoved(application: Application, seen: str) -> None:
    if has_moved(application.state, seen):
        raise TransitionRefused(_("Quelqu'un vient de répondre : voici ce qui a été dit."))


def _check_words(words: str, reason: str) -> None:
    proposal = queries_words.draft(reason)
    if len(words) > rules.LONGEST_ANSWER:
        raise ApplicationRefused(_("Ce message est trop long : 1 000 caractères au plus."), "words")
    if words.strip() and courtesy.is_nonsense(words):
        raise ApplicationRefused(
            _("Ces mots ne disent rien à la personne. Gardez ceux qui vous sont proposés."), "words", proposal
        )
    if reason_against := objection(words):
        raise ApplicationRefused(reason_against, "words", proposal)


def _seen(application: Application, actor: Actor) -> Done:
    """Return what the journal keeps of a look: whether it bore her name."""
    is_named = queries.names_are_shown(application, is_member=reads_as_member(actor, application.inbox))
    shown = Visibility.NAMED if is_named else Visibility.ANONYMOUS
    return Done(application, data={"visibility": str(shown)}, purpose=RevealPurpose.APPLICATION)


def _look(application: Application, actor: Actor) -> None:
    """Note that an employer looks at an application for the first time; who notes a call saw nothing."""
    if application.read_at is None and not actor.is_professional:
        application.read_at = clock.now()
        read_card(application, actor=actor)


def _check_read(application: Application, reason: str, actor: Actor, *, has_seen: bool) -> None:
    """While people are looked for, nobody is refused unread; once it is over, only reasons that are not about them."""
    if has_seen:
        _look(application, actor)
    if application.read_at is not None or actor.is_professional:
        return
    offer = application.inbox.offer
    if offer is None or queries.is_open_to_applications(offer) or reason in ABOUT_THE_PERSON:
        raise ApplicationRefused(
            _("Ouvrez d'abord cette candidature : on ne refuse pas une personne sans avoir lu son profil."), "ids"
        )


def _answer(application: Application, actor: Actor, words: str, note: str) -> None:
    now = clock.now()
    application.answered_at = application.answered_at or now
    application.changed_at = now
    application.answer_words = words.strip()[: rules.LONGEST_ANSWER]
    _write_note(application, actor, note.strip()[: rules.LONGEST_ANSWER])
    by = AnswerChannel.LINK if actor.kind is ActorKind.LINK else AnswerChannel.SITE
    application.channel = AnswerChannel.PHONE if actor.is_professional else by


def _write_note(application: Application, actor: Actor, note: str) -> None:
    """Keep a note: the employer's for their colleagues and the agency, the agency's for itself only."""
    if actor.is_professional:
        application.team_note = note or application.team_note
    else:
        application.note = note or application.note


def _count(application: Application, count: Count) -> None:
    """Decide once what an application counts for."""
    if not application.count:
        application.count, application.counted_at = count, clock.now()


def _put_aside(application: Application, reason: AsideReason) -> None:
    for name, value in rules_label.aside(reason, clock.now()).items():
        setattr(application, name, value)


def _close(application: Application, state: ApplicationState, aside: AsideReason) -> None:
    now = clock.now()
    application.closed_at = application.changed_at = now
    if application.count:
        return
    decided = rules_label.count_of_silence(state, application.sent_at, now, is_answered=False)
    if decided == Count.ASIDE:
        _put_aside(application, aside)
    else:
        _count(application, Count.SILENT)


def _codes(application: Application, *, counted: bool = False, **codes: Any) -> Done:
    if counted:
        codes["count"] = str(application.count)
    return Done(None, data={**codes, "establishment": str(application.establishment_id)})


def _note_followup(application: Application, feedback: str, not_kept: str = "") -> None:
    offer = application.inbox.offer
    if offer is not None:
        followup.note_answer(offer, actor=PLATFORM, person=application.person, feedback=feedback, not_kept=not_kept)
