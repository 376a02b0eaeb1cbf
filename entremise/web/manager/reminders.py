"""The reminders of a territory: each kind in words with an example, its days, and how many in a week."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from entremise.accounts import actions_reminders
from entremise.accounts.actions_reminders import ReminderRefused
from entremise.kernel import clock, reminders
from entremise.kernel.reminders import Described
from entremise.lib.reminders import FLOOR_DAYS, MOST_PER_WEEK, Step
from entremise.territories import queries as territories
from entremise.territories.models import Department
from entremise.web.kit.once import once
from entremise.web.kit.responses import done, respond
from entremise.web.kit.screens import ActorRequest, screen
from entremise.web.manager.reminders_forms import CapForm, RuleForm

PAGE = "manager_reminders"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of request on the page: its rule in words, an example from today, the form that changes it."""

    told: Described
    steps: list[Step]
    form: RuleForm


@screen("reminders.manage")
@require_GET
def manager_reminders(request: ActorRequest) -> HttpResponse:
    """Show how the requests of a territory are recalled."""
    return _shown(request, _place(request))


@screen("reminders.manage")
@require_POST
@once
def reminders_set(request: ActorRequest) -> HttpResponse:
    """Give the territory its own rule for one kind."""
    place, name = _place(request), _name(request)
    form = RuleForm(request.POST, prefix=name)
    if form.is_valid():
        try:
            actions_reminders.set_reminders(place, actor=request.actor, name=name, **form.cleaned_data)
            return _back(request, _("La règle est enregistrée. Elle vaut pour ce qui part désormais."), place)
        except ReminderRefused as refusal:
            form.add_error(refusal.field or None, refusal.reason)
    return _shown(request, place, {name: form}, status=422)


@screen("reminders.manage")
@require_POST
@once
def reminders_usual(request: ActorRequest) -> HttpResponse:
    """Go back to the rule of the installation."""
    place = _place(request)
    actions_reminders.restore_usual_reminders(place, actor=request.actor, name=_name(request))
    return _back(request, _("La règle commune à tous les territoires s'applique de nouveau."), place)


@screen("reminders.manage")
@require_POST
@once
def reminders_cap(request: ActorRequest) -> HttpResponse:
    """Say how many reminders an address gets in a week at most."""
    place, form = _place(request), CapForm(request.POST)
    if form.is_valid():
        try:
            actions_reminders.set_weekly_cap(place, actor=request.actor, most=form.cleaned_data["most"])
            return _back(request, _("Le plafond est enregistré."), place)
        except ReminderRefused as refusal:
            form.add_error("most", refusal.reason)
    return _shown(request, place, cap=form, status=422)


def _shown(
    request: ActorRequest,
    place: Department,
    forms: dict[str, RuleForm] | None = None,
    cap: CapForm | None = None,
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = {
        "place": place,
        "places": _places(request),
        "kinds": _kinds(place, forms or {}),
        "cap": cap or CapForm(initial={"most": reminders.weekly_cap(place.pk)}),
        "most": reminders.weekly_cap(place.pk),
        "usual_most": MOST_PER_WEEK,
        "floor_days": FLOOR_DAYS,
    }
    return respond(request, "web/manager/reminders.html", context, status=status)


def _kinds(place: Department, forms: dict[str, RuleForm]) -> list[Kind]:
    calendar = territories.calendar_for(place)
    sent_at = calendar.next_opening(clock.now())
    return [
        Kind(told, told.policy.steps(sent_at, calendar), forms.get(told.name) or RuleForm.of(told))
        for told in reminders.all_policies(place.pk)
    ]


def _places(request: ActorRequest) -> list[Department]:
    return list(territories.departments(request.actor.departments))


def _place(request: ActorRequest) -> Department:
    asked = request.POST.get("departement") or request.GET.get("departement", "")
    places = _places(request)
    found = next((place for place in places if not asked or place.pk == asked), None)
    if found is None:
        raise Http404
    return found


def _name(request: ActorRequest) -> str:
    name = request.POST.get("name", "")
    if name not in reminders.names():
        raise Http404
    return name


def _back(request: ActorRequest, said: str, place: Department) -> HttpResponse:
    response = done(request, said, PAGE)
    response["Location"] = f"{response['Location']}?departement={place.pk}"
    return response
