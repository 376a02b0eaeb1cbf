"""Writes of prospecting: a day of visits made, ordered, changed; what came of each visit."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from entremise.accounts.models import Agency
from entremise.desk import rules_prospecting as rules
from entremise.desk.actions import DeskRefused
from entremise.desk.enums import Verb
from entremise.desk.enums_desk import VisitResult
from entremise.desk.models import Visit, VisitPlan
from entremise.desk.queries_prospecting import stop_at, visits
from entremise.employers import actions as employers
from entremise.employers.enums import LogChannel, LogPurpose
from entremise.employers.models import Establishment
from entremise.kernel import clock
from entremise.kernel.actions import Done, action
from entremise.kernel.actors import Actor

FURTHEST_DAYS = 180
WHY = "the policy decided on this plan"


@action(Verb.PLAN_MADE, may="desk.make_plan")
def make_plan(
    agency: Agency,
    *,
    actor: Actor,
    on: dt.date,
    starts_at: dt.time,
    establishments: Sequence[Establishment],
    note: str = "",
) -> Done:
    """Plan a day of visits, in the order of the shortest road."""
    today = clock.today()
    if not today <= on <= today + dt.timedelta(days=FURTHEST_DAYS):
        raise DeskRefused(_("Des visites se prévoient à partir d'aujourd'hui, dans les six mois."), "on")
    _check_stops(establishments, actor)
    plans: Any = VisitPlan.objects.unscoped("a new row")
    plan = plans.create(
        adviser_id=actor.user_id, agency=agency, on=on, starts_at=starts_at, note=note.strip()[:300],
        created_at=clock.now(),
    )  # fmt: skip
    order = rules.route(stop_at(agency.commune), [stop_at(one.commune) for one in establishments])
    Visit.objects.unscoped("a new row").bulk_create(
        [Visit(plan=plan, establishment=establishments[stop], rank=rank) for rank, stop in enumerate(order, start=1)]
    )
    return Done(plan, data={"on": on.isoformat(), "visits": len(establishments)})


@action(Verb.PLAN_CHANGED, may="desk.change_plan")
def add_visit(plan: VisitPlan, *, actor: Actor, establishment: Establishment) -> Done:
    """Add an establishment at the end of a plan."""
    held = visits(_locked(plan))
    if establishment.pk in {one.establishment_id for one in held}:
        raise DeskRefused(_("Cet établissement est déjà dans le plan."), "employer")
    _check_stops([*(one.establishment for one in held), establishment], actor)
    rank = max((one.rank for one in held), default=0) + 1
    made = Visit.objects.unscoped("a new row").create(plan=plan, establishment=establishment, rank=rank)
    return Done(plan, data={"added": str(made.establishment_id)})


@action(Verb.PLAN_CHANGED, may="desk.change_plan")
def shorten_road(plan: VisitPlan, *, actor: Actor) -> Done:
    """Put the visits that are still to do in the order of the shortest road."""
    held = [one for one in visits(_locked(plan)) if one.done_at is None]
    start = stop_at(plan.agency.commune)
    order = rules.route(start, [stop_at(one.establishment.commune) for one in held])
    ranks = sorted(one.rank for one in held)
    for rank, stop in zip(ranks, order, strict=True):
        held[stop].rank = rank
    Visit.objects.unscoped(WHY).bulk_update(held, ["rank"])
    return Done(plan, data={"visits": len(held)})


@action(Verb.PLAN_CHANGED, may="desk.change_visit")
def remove_visit(visit: Visit, *, actor: Actor) -> Done:
    """Take an establishment out of a plan."""
    if visit.done_at is not None:
        raise DeskRefused(_("Cette visite est faite : elle reste dans le plan."))
    pk = visit.establishment_id
    rows: Any = Visit.objects.unscoped(WHY)
    rows.filter(pk=visit.pk, done_at=None).delete()
    return Done(visit.plan, data={"removed": str(pk)})


@action(Verb.VISIT_NOTED, may="desk.change_visit")
def note_result(
    visit: Visit,
    *,
    actor: Actor,
    result: str,
    words: str = "",
    next_action: str = "",
    next_on: dt.date | None = None,
) -> Done:
    """Note what came of a visit, here and in the establishment's log of conversations."""
    if result not in VisitResult.values:
        raise DeskRefused(_("Dites ce que la visite a donné."), "result")
    rows: Any = Visit.objects.unscoped(WHY).select_for_update(of=("self",), no_key=True)
    locked: Visit = rows.select_related("plan__agency", "establishment__commune").get(pk=visit.pk)
    if locked.plan.on > clock.today():
        raise DeskRefused(_("Cette visite n'a pas encore eu lieu."), "result")
    is_first = locked.done_at is None
    locked.result, locked.words, locked.done_at = result, words.strip()[:500], clock.now()
    locked.save()
    if is_first:
        outcome = f"{VisitResult(result).label}. {locked.words}".strip()
        try:
            employers.log_contact(
                locked.establishment, actor=actor, channel=LogChannel.VISIT, purpose=LogPurpose.PROSPECTING,
                outcome=outcome, agency=locked.plan.agency, next_action=next_action, next_on=next_on,
            )  # fmt: skip
        except employers.ContactRefused as refusal:
            raise DeskRefused(refusal.reason, refusal.field) from refusal
    return Done(locked, data={"result": result})


def _check_stops(establishments: Sequence[Establishment], actor: Actor) -> None:
    if not establishments:
        raise DeskRefused(_("Choisissez au moins un établissement."), "establishments")
    if len(establishments) > rules.MOST_STOPS:
        message = _("Une journée compte au plus %(count)s visites.") % {"count": rules.MOST_STOPS}
        raise DeskRefused(message, "establishments")
    for one in establishments:
        if one.commune.department_id not in actor.departments:
            raise DeskRefused(_("%(name)s relève d'un autre territoire que le vôtre.") % {"name": one.name})
        if not one.is_open:
            raise DeskRefused(_("%(name)s est fermé : on n'y trouvera personne.") % {"name": one.name})


def _locked(plan: VisitPlan) -> VisitPlan:
    rows: Any = VisitPlan.objects.unscoped(WHY).select_for_update(of=("self",), no_key=True)
    locked: VisitPlan = rows.get(pk=plan.pk)
    return locked
