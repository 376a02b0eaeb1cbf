"""Contesting, as an adviser, what a search of the pool says of a person; the answer comes back on the same page."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from entremise.kernel.workflow import TransitionRefused
from entremise.matching import actions_contest, queries_contest
from entremise.matching.models_contest import Contest
from entremise.matching.queries_criteria import PoolCriteria, parse
from entremise.people.models import Person
from entremise.web.kit.contesting import ContestForm, in_words, shown
from entremise.web.kit.once import once
from entremise.web.kit.responses import done, refused, respond
from entremise.web.kit.screens import ActorRequest, screen


@screen("matching.contest")
@require_http_methods(["GET", "HEAD", "POST"])
@once
def contest_pool(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Say what the result is made of, take what seems wrong, show what was answered."""
    person, criteria = _person(request, pk), parse(request.GET.urlencode())
    form = ContestForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            kept = actions_contest.contest_search(person, actor=request.actor, criteria=criteria, **form.cleaned_data)
        except actions_contest.ContestRefused as refusal:
            form.refuse(refusal)
        else:
            text = _("Votre contestation est partie. Une personne de l'équipe vous répond sous sept jours.")
            return done(request, text, "contest_mine", pk=kept.pk)
    return _page(request, person, criteria, form)


@screen("matching.contest")
@require_GET
def contest_mine(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Lead to the page of a result that one contested."""
    return redirect(_address(_contest(request, pk)))


@screen("matching.contest")
@require_POST
def contest_withdraw(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Take a contest back."""
    found = _contest(request, pk)
    try:
        actions_contest.withdraw(found, actor=request.actor)
    except TransitionRefused as refusal:
        return refused(request, refusal.reason, _address(found))
    return done(request, _("Votre contestation est retirée."), _address(found))


def _page(request: ActorRequest, person: Person, criteria: PoolCriteria, form: ContestForm) -> HttpResponse:
    result = queries_contest.result_of_search(person, criteria, request.actor)
    query = criteria.query_string()
    mine = shown(queries_contest.mine(person, request.actor, query=query), request.actor)
    context = {
        **in_words(result),
        "person": person,
        "result": result,
        "query": query,
        "mine": mine,
        "may_contest": result.is_in_pool and not any(one.contest.state == "received" for one in mine),
        "form": form,
    }
    return respond(request, "web/adviser/contest.html", context, status=422 if form.errors else 200)


def _person(request: ActorRequest, pk: UUID) -> Person:
    try:
        return queries_contest.person_in_territory(pk, request.actor)
    except Person.DoesNotExist as missing:
        raise Http404 from missing


def _contest(request: ActorRequest, pk: UUID) -> Contest:
    try:
        return queries_contest.contest_of(pk, request.actor)
    except Contest.DoesNotExist as missing:
        raise Http404 from missing


def _address(contest: Contest) -> str:
    return f"{reverse('contest_pool', args=[contest.person_id])}?{contest.query}"
