"""Writes of the follow-up: somebody presented, what the recruiter said, tasks planned, done and put off."""

import datetime as dt
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from entremise.accounts.models import User
from entremise.kernel import clock
from entremise.kernel.actions import Done, action
from entremise.kernel.actors import Actor
from entremise.offers import rules_followup as rules
from entremise.offers.actions import OfferRefused
from entremise.offers.enums import OfferState, Verb
from entremise.offers.enums_followup import Feedback, IntroductionOrigin, NotKept, TaskKind
from entremise.offers.models import Offer
from entremise.offers.models_followup import FollowUpTask, Introduction
from entremise.people import actions as people
from entremise.people import queries as people_queries
from entremise.people.enums import ActKind
from entremise.people.models import Person

WHY = "the policy decided on this offer"
ENDS = frozenset({Feedback.HIRED, Feedback.NOT_KEPT, Feedback.ABSENT, Feedback.WITHDREW})


@action(Verb.INTRODUCED, may="offers.introduce")
def introduce(
    offer: Offer, *, actor: Actor, person: Person, origin: str = IntroductionOrigin.PRESENTED, note: str = ""
) -> Done:
    """Present somebody for an open offer, and plan to ask the recruiter what came of it."""
    rows: Any = Offer.objects.unscoped(WHY).select_for_update(of=("self",), no_key=True)
    locked = rows.get(pk=offer.pk)
    if locked.state != OfferState.OPEN:
        raise OfferRefused(_("Cette offre n'est pas ouverte : on n'y présente personne."))
    if people_queries.promotion_consents().filter(person=person).first() is None:
        raise OfferRefused(_("Cette personne n'a pas donné son accord pour être présentée à des employeurs."))
    now = clock.now()
    try:
        with transaction.atomic():
            rows_of_people: Any = Introduction.objects.unscoped("a new row")
            made: Introduction = rows_of_people.create(
                offer=locked, person=person, origin=IntroductionOrigin(origin), adviser_id=actor.user_id,
                agency_id=locked.agency_id, at=now, note=note.strip()[:500],
            )  # fmt: skip
    except IntegrityError as twice:
        raise OfferRefused(_("Cette personne a déjà été présentée pour cette offre.")) from twice
    people.record_act(
        person, actor=actor, kind=ActKind.INTRODUCTION, agency=locked.agency,
        establishment_id=locked.establishment_id,
    )  # fmt: skip
    due_on = clock.local(now).date() + dt.timedelta(days=rules.FEEDBACK_DAYS)
    _plan_once(locked, TaskKind.FEEDBACK, due_on, actor)
    _done_by_itself(locked, {TaskKind.CANDIDATES, TaskKind.NOBODY_CAME}, actor)
    return Done(made, data={"offer": str(locked.pk), "origin": str(made.origin)})


@action(Verb.FEEDBACK_NOTED, may="offers.note_feedback")
def note_feedback(
    introduction: Introduction, *, actor: Actor, feedback: str, not_kept: str = "", note: str = ""
) -> Done:
    """Keep what the recruiter says of somebody; a refusal has a reason that the person can be told."""
    if feedback not in Feedback.values:
        raise OfferRefused(_("Dites ce que le recruteur a répondu."), "feedback")
    if (feedback == Feedback.NOT_KEPT) != bool(not_kept):
        message = _("Dites pourquoi cette personne n'est pas retenue : elle a droit à une réponse.")
        raise OfferRefused(message if not not_kept else _("Une raison ne se donne que pour un refus."), "not_kept")
    if not_kept and not_kept not in NotKept.values:
        raise OfferRefused(_("Choisissez une des raisons proposées."), "not_kept")
    rows: Any = Introduction.objects.unscoped(WHY).select_for_update(of=("self",), no_key=True)
    locked: Introduction = rows.select_related("person", "offer").get(pk=introduction.pk)
    is_hired_now = feedback == Feedback.HIRED and locked.feedback != Feedback.HIRED
    locked.feedback, locked.not_kept = Feedback(feedback), not_kept
    locked.note, locked.feedback_at = note.strip()[:500] or locked.note, clock.now()
    locked.save()
    if is_hired_now:
        people.record_act(
            locked.person, actor=actor, kind=ActKind.HIRE, agency=locked.agency,
            establishment_id=locked.offer.establishment_id,
        )  # fmt: skip
    if not _waiting(locked.offer):
        _done_by_itself(locked.offer, {TaskKind.FEEDBACK}, actor)
    return Done(locked, data={"feedback": feedback, "not_kept": not_kept})


@action(Verb.INTRODUCED, may="offers.tend")
def note_application(offer: Offer, *, actor: Actor, person: Person) -> Done:
    """Count somebody who applied by themselves among the people of an offer; who was presented already stays so."""
    rows: Any = Introduction.objects.unscoped("the platform counts who applied")
    made, is_new = rows.get_or_create(
        offer=offer,
        person=person,
        defaults={"origin": IntroductionOrigin.APPLIED, "agency_id": offer.agency_id, "at": clock.now()},
    )
    if is_new:
        _done_by_itself(offer, {TaskKind.NOBODY_CAME}, actor)
    return Done(made, data={"offer": str(offer.pk), "origin": str(made.origin)})


@action(Verb.FEEDBACK_NOTED, may="offers.tend")
def note_answer(offer: Offer, *, actor: Actor, person: Person, feedback: str, not_kept: str = "") -> Done:
    """Keep what the recruiter answered to an application, where advisers follow the offer."""
    rows: Any = Introduction.objects.unscoped("the platform follows the answers").filter(offer=offer, person=person)
    rows.update(feedback=Feedback(feedback), not_kept=not_kept, feedback_at=clock.now())
    if not _waiting(offer):
        _done_by_itself(offer, {TaskKind.FEEDBACK}, actor)
    return Done(None, data={"feedback": str(feedback), "not_kept": str(not_kept)}, subject=offer)


@action(Verb.TASK_PLANNED, may="offers.edit_followup")
def plan_task(
    offer: Offer, *, actor: Actor, kind: str, due_on: dt.date, words: str = "", assigned_to: User | None = None
) -> Done:
    """Plan something to do about an offer."""
    if kind not in TaskKind.values:
        raise OfferRefused(_("Dites quoi faire."), "kind")
    _check_day(due_on)
    task = FollowUpTask.objects.unscoped("a new row").create(
        offer=offer, kind=TaskKind(kind), due_on=due_on, words=words.strip()[:300], created_at=clock.now(),
        assigned_to_id=assigned_to.pk if assigned_to else offer.adviser_id or actor.user_id,
    )  # fmt: skip
    return Done(task, data={"offer": str(offer.pk), "kind": kind})


@action(Verb.TASK_DONE, may="offers.do_task")
def do_task(task: FollowUpTask, *, actor: Actor, outcome: str = "") -> Done:
    """Note that a task is done; twice is once."""
    locked = _locked_task(task)
    if locked.done_at is None:
        locked.done_at, locked.done_by_id, locked.outcome = clock.now(), actor.user_id, outcome.strip()[:500]
        locked.save()
    return Done(locked, data={"kind": str(locked.kind)})


@action(Verb.TASK_PUT_OFF, may="offers.do_task")
def put_off(task: FollowUpTask, *, actor: Actor, due_on: dt.date) -> Done:
    """Do a task on another day."""
    _check_day(due_on)
    locked = _locked_task(task)
    if locked.done_at is not None:
        raise OfferRefused(_("Cette tâche est déjà faite."))
    locked.due_on = due_on
    locked.save()
    return Done(locked, data={"kind": str(locked.kind), "due_on": due_on.isoformat()})


@action(Verb.TASKS_OF_OPENING, may="offers.tend")
def plan_opening(offer: Offer, *, actor: Actor) -> Done:
    """Plan what the opening of an offer calls for; opened again, what is still to do is not doubled."""
    opened_on = clock.local(offer.opened_at).date() if offer.opened_at else clock.today()
    start = max(opened_on, clock.today())
    planned = rules.opening_tasks(start, offer.promised_on, offer.expires_on)
    made = [one for one in planned if _plan_once(offer, one.kind, one.due_on, actor)]
    return Done(offer, data={"kinds": [str(one.kind) for one in made]})


@action(Verb.TASKS_OF_OPENING, may="offers.tend")
def alert_deserted(offer: Offer, *, actor: Actor) -> Done:
    """Ask to review an offer for which nobody comes."""
    made = _plan_once(offer, TaskKind.NOBODY_CAME, clock.today(), actor)
    return Done(offer, data={"kinds": [str(TaskKind.NOBODY_CAME)] if made else []})


def _plan_once(offer: Offer, kind: TaskKind, due_on: dt.date, actor: Actor) -> bool:
    rows: Any = FollowUpTask.objects.unscoped(WHY)
    if rows.filter(offer=offer, kind=kind, done_at=None).exists():
        return False
    rows.create(
        offer=offer, kind=kind, due_on=due_on, created_at=clock.now(), assigned_to_id=offer.adviser_id or actor.user_id
    )
    return True


def _done_by_itself(offer: Offer, kinds: set[TaskKind], actor: Actor) -> None:
    rows: Any = FollowUpTask.objects.unscoped(WHY).filter(offer=offer, kind__in=kinds, done_at=None)
    rows.update(done_at=clock.now(), done_by_id=actor.user_id)


def _waiting(offer: Offer) -> bool:
    rows: Any = Introduction.objects.unscoped(WHY).filter(offer=offer)
    return bool(rows.exclude(feedback__in=ENDS).exists())


def _locked_task(task: FollowUpTask) -> FollowUpTask:
    rows: Any = FollowUpTask.objects.unscoped(WHY).select_for_update(of=("self",), no_key=True)
    locked: FollowUpTask = rows.get(pk=task.pk)
    return locked


def _check_day(due_on: dt.date) -> None:
    if not rules.is_due_date_possible(due_on, clock.today()):
        raise OfferRefused(_("Une tâche se prévoit à partir d'aujourd'hui, et dans l'année."), "due_on")
