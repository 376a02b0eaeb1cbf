"""Two profiles of the pool side by side, for one search."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from entremise.kernel import access
from entremise.matching.queries_compare import SIDES, Comparison, Side, comparison
from entremise.matching.queries_criteria import parse
from entremise.matching.queries_rank import NotInPool
from entremise.people import actions
from entremise.people.enums import ContractKind, Language, Licence, Schedule, WorkingTime
from entremise.web.kit.responses import respond
from entremise.web.kit.screens import ActorRequest, screen
from entremise.web.kit.typed import identifiers

CHOSEN = "profil"  # the parameter of each box that is ticked


@screen("desk.search_pool")
@require_GET
def pool_compare(request: ActorRequest) -> HttpResponse:
    """Compare the two profiles ticked, and journal the look at each, as opening a profile does."""
    criteria, chosen = parse(request.GET.urlencode()), _chosen(request)
    query = criteria.query_string()
    if len(chosen) != SIDES:
        return _refused(request, _how_many(len(chosen)), query, 422)
    try:
        both = comparison(chosen, criteria, actor=request.actor)
    except NotInPool as refusal:
        return _refused(request, refusal.reason, query, 404)
    for side in both.sides:
        actions.read_card(side.person, actor=request.actor)
    context = {
        "both": both,
        "conditions": _conditions(both),
        "query": query,
        "may_promote": bool(access.decide("promotions.promote", request.actor)),
    }
    return respond(request, "web/adviser/pool_compare.html", context)


def _chosen(request: ActorRequest) -> list[UUID]:
    """Return the profiles ticked, once each; what is no identifier is left out."""
    return list(dict.fromkeys(identifiers(request.GET.getlist(CHOSEN))))


def _how_many(count: int) -> str:
    if count < SIDES:
        return _("Cochez deux profils de la liste, puis « Comparer ».")
    return ngettext(
        "Vous avez coché %(count)d profil : la comparaison en montre deux. Gardez-en deux.",
        "Vous avez coché %(count)d profils : la comparaison en montre deux. Gardez-en deux.",
        count,
    ) % {"count": count}


def _refused(request: ActorRequest, reason: str, query: str, status: int) -> HttpResponse:
    context: dict[str, Any] = {"title": _("Comparer deux profils"), "reason": reason, "query": query}
    return respond(request, "web/adviser/pool_refused.html", context, status=status)


def _conditions(both: Comparison) -> list[tuple[str, str, str]]:
    """Return what each accepts and holds, in words."""
    told = [
        (_("Contrats"), "contract", ContractKind, _("Peu importe")),
        (_("Temps de travail"), "working_time", WorkingTime, "–"),
        (_("Horaires"), "schedule", Schedule, _("À préciser")),
        (_("Permis"), "licence", Licence, _("Aucun")),
        (_("Langues"), "language", Language, _("À préciser")),
    ]
    return [
        (title, _words(both.left, name, kinds, none), _words(both.right, name, kinds, none))
        for title, name, kinds, none in told
    ]


def _words(side: Side, name: str, kinds: Any, none: str) -> str:
    values = side.traits.get(name, [])
    return ", ".join(str(label) for value, label in kinds.choices if value in values) or none
