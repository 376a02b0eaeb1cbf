"""Writes of the meetings: moments proposed after a favourable opinion, one chosen, none suiting, cancelled."""

import datetime as dt
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from entremise.kernel import clock
from entremise.kernel.actions import Done, action
from entremise.kernel.actors import Actor
from entremise.reciprok import actions_messages_meetings as messages
from entremise.reciprok import queries_meetings, rules
from entremise.reciprok.actions import follow
from entremise.reciprok.enums import ApplicationState, MeetingState, Step, Verb
from entremise.reciprok.mails_meetings import About
from entremise.reciprok.models import Application
from entremise.reciprok.models_following import Meeting
from entremise.reciprok.queries_courtesy import objection
from entremise.reciprok.rules import ApplicationRefused

WHY = "the policy decided on this application"
LONGEST_WORDS, LONGEST_PLACE = 500, 250
WITHOUT_PLACE = frozenset({Step.CALL})  # the employer calls the person's own number


@action(Verb.MEETING_PROPOSED, may="reciprok.propose_meeting")
def propose_meeting(
    application: Application,
    *,
    actor: Actor,
    kind: str,
    slots: Sequence[dt.datetime],
    minutes: int = 30,
    place: str = "",
    words: str = "",
) -> Done:
    """Propose a few moments to somebody who has a favourable opinion; her word on them makes it an answer."""
    locked = _locked(application.pk)
    if locked.state != ApplicationState.FAVOURABLE:
        raise ApplicationRefused(_("Donnez d'abord un avis favorable à cette candidature."))
    if queries_meetings.current(locked) is not None:
        raise ApplicationRefused(_("Un rendez-vous est déjà proposé à cette personne. Annulez-le d'abord."))
    good = _checked_slots(slots)
    _check_how(kind, minutes, place, words)
    rows: Any = Meeting.objects.unscoped("a new row, of the application that the policy decided on")
    made: Meeting = rows.create(
        application=locked, kind=Step(kind), slots=good, minutes=minutes, place=place.strip()[:LONGEST_PLACE],
        words=words.strip(), proposed_at=clock.now(),
    )  # fmt: skip
    data: dict[str, Any] = {"kind": kind, "slots": len(good), "establishment": str(locked.establishment_id)}
    messages.tell_person(made, About.PROPOSED, made.words)
    return Done(made, data=data, subject=locked)


@action(Verb.MEETING_CHOSEN, may="reciprok.choose_meeting")
def choose_slot(meeting: Meeting, *, actor: Actor, slot: dt.datetime) -> Done:
    """Choose one of the moments proposed; both sides get it for their calendars."""
    locked = _held(meeting)
    _check_going_on(locked, MeetingState.PROPOSED)
    if slot not in locked.slots:
        raise ApplicationRefused(_("Choisissez un des créneaux proposés."), "slot")
    if slot <= clock.now():
        raise ApplicationRefused(_("Ce créneau est passé. Choisissez-en un autre, ou dites qu'aucun ne va."), "slot")
    fixed = _moved(locked, state=MeetingState.CHOSEN, chosen_at=slot, answered_at=clock.now())
    messages.tell_person(fixed, About.CHOSEN, fixed.words)
    messages.tell_employer(fixed, About.CHOSEN)
    return Done(fixed, data=_codes(fixed) | _followed(fixed), subject=fixed.application)


@action(Verb.MEETING_DECLINED, may="reciprok.choose_meeting")
def decline_slots(meeting: Meeting, *, actor: Actor, words: str = "") -> Done:
    """Say that no moment suits, or not any more; the employer is told, with a word from the person."""
    locked = _held(meeting)
    _check_going_on(locked, MeetingState.PROPOSED, MeetingState.CHOSEN)
    _check_words(words)
    was_fixed = locked.chosen_at is not None
    moved = _moved(locked, state=MeetingState.DECLINED, answered_at=clock.now(), sequence=locked.sequence + 1)
    messages.tell_employer(moved, About.DECLINED, words.strip())
    codes = _codes(moved) | _followed(moved) | {"was_fixed": was_fixed}
    return Done(moved, data=codes, subject=moved.application)


@action(Verb.MEETING_CANCELLED, may="reciprok.cancel_meeting")
def cancel_meeting(meeting: Meeting, *, actor: Actor, words: str = "") -> Done:
    """Cancel what was proposed or fixed, with a word for the person; another meeting may then be proposed."""
    locked = _held(meeting)
    if locked.state not in queries_meetings.LIVE:
        raise ApplicationRefused(_("Ce rendez-vous n'est plus prévu : il n'y a rien à annuler."))
    _check_words(words)
    moved = _moved(locked, state=MeetingState.CANCELLED, sequence=locked.sequence + 1)
    if moved.application.state in queries_meetings.GOING_ON:  # who withdrew is not written to any more
        messages.tell_person(moved, About.CANCELLED, words.strip())
    return Done(moved, data=_codes(moved), subject=moved.application)


def _followed(meeting: Meeting) -> dict[str, str]:
    """Count the opinion as an answer: somebody was really waited for; one who cancels first did not answer."""
    application = _locked(meeting.application_id)
    if not follow(application):
        return {}
    application.save(update_fields=["count", "counted_at"])
    return {"count": str(application.count)}


def _checked_slots(slots: Sequence[dt.datetime]) -> list[dt.datetime]:
    good = rules.good_slots(slots, clock.now())
    if len(good) < len(set(slots)):
        raise ApplicationRefused(_("Chaque créneau doit être à venir, et dans les deux mois."), "slots")
    if not good:
        raise ApplicationRefused(_("Proposez au moins un créneau : la personne choisira."), "slots")
    if len(good) > rules.MOST_SLOTS:
        told = ngettext("Proposez %(n)d créneau au plus.", "Proposez %(n)d créneaux au plus.", rules.MOST_SLOTS)
        raise ApplicationRefused(told % {"n": rules.MOST_SLOTS}, "slots")
    return good


def _check_how(kind: str, minutes: int, place: str, words: str) -> None:
    if kind not in Step.values:
        raise ApplicationRefused(_("Dites ce que vous proposez : un entretien, un appel, un essai…"), "kind")
    if minutes not in rules.MINUTES:
        raise ApplicationRefused(_("Choisissez une des durées proposées."), "minutes")
    if not place.strip() and kind not in WITHOUT_PLACE:
        raise ApplicationRefused(_("Dites où la personne doit venir, ou à quelle adresse se connecter."), "place")
    _check_words(words)


def _check_words(words: str) -> None:
    if len(words.strip()) > LONGEST_WORDS:
        told = _("Ce message est trop long : %(n)s caractères au plus.")
        raise ApplicationRefused(told % {"n": LONGEST_WORDS}, "words")
    if reason := objection(words):
        raise ApplicationRefused(reason, "words")


def _check_going_on(meeting: Meeting, *states: MeetingState) -> None:
    if meeting.application.state not in queries_meetings.GOING_ON:
        raise ApplicationRefused(_("Cette candidature est terminée : ce rendez-vous n'a plus lieu d'être."))
    if meeting.state == MeetingState.CANCELLED:
        raise ApplicationRefused(_("L'employeur a annulé ce rendez-vous."))
    if meeting.state not in states:
        raise ApplicationRefused(_("Vous avez déjà répondu à cette proposition."))


def _locked(pk: UUID) -> Application:
    rows: Any = Application.objects.unscoped(WHY).select_related("inbox__offer", "establishment", "person")
    locked: Application = rows.select_for_update(of=("self",), no_key=True).get(pk=pk)
    return locked


def _held(meeting: Meeting) -> Meeting:
    """Return the meeting, held after its application: its answers and the application's wait for one another."""
    _locked(meeting.application_id)
    rows: Any = Meeting.objects.unscoped(WHY).select_related(*queries_meetings.WHOLE)
    held: Meeting = rows.select_for_update(of=("self",), no_key=True).get(pk=meeting.pk)
    return held


def _moved(held: Meeting, **values: Any) -> Meeting:
    rows: Any = Meeting.objects.unscoped(WHY)
    rows.filter(pk=held.pk).update(**values)
    moved: Meeting = rows.select_related(*queries_meetings.WHOLE).get(pk=held.pk)
    return moved


def _codes(meeting: Meeting) -> dict[str, Any]:
    return {"meeting": str(meeting.pk), "establishment": str(meeting.application.establishment_id)}
