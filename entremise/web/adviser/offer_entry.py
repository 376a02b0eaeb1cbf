"""Entering an offer and correcting it: one form, whose skills come with the job."""

from collections.abc import Mapping
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from entremise.accounts.queries import primary_agency
from entremise.offers import actions, queries
from entremise.offers.enums import Channel, Need
from entremise.offers.models import Offer
from entremise.skills.models import Occupation
from entremise.web.adviser import offer_skills
from entremise.web.adviser.offer_forms import OfferForm, half_filled, initial_of, job_of, typed_skill
from entremise.web.adviser.offers import found_offer
from entremise.web.kit.offer_writing import Telling, tell
from entremise.web.kit.once import once
from entremise.web.kit.responses import done, refused, respond
from entremise.web.kit.screens import ActorRequest, screen

METHODS = ["GET", "HEAD", "POST"]
STEPS = {"propose", "add_skill"}
CHECK = "check"


@screen("offers.create")
@require_http_methods(METHODS)
@once
def offer_add(request: ActorRequest) -> HttpResponse:
    """Enter an offer, as a draft."""
    return _entry(request, None)


@screen("offers.edit")
@require_http_methods(METHODS)
@once
def offer_edit(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Correct an offer."""
    found = found_offer(request, pk)
    if found.is_closed:
        return refused(request, _("Cette offre est close : elle ne se modifie plus."), "offer", pk=pk)
    return _entry(request, found)


def _entry(request: ActorRequest, offer: Offer | None) -> HttpResponse:
    actor = request.actor
    if request.method != "POST":
        form = OfferForm(actor=actor, offer=offer, initial=initial_of(offer) if offer else None)
        asked = {row.skill_id: row.need for row in queries.skills_asked(offer)} if offer else {}
        return _page(request, form, asked, offer.occupation if offer else None)
    needs, job = offer_skills.posted_needs(request.POST), job_of(request.POST)
    occupation = job.occupation if job else offer.occupation if offer else None
    if request.POST.get("step") == CHECK:
        channel = offer.channel if offer else Channel.ADVISER
        telling = tell(request.POST, needs, occupation=occupation, actor=actor, channel=channel)
        return _page(request, half_filled(request.POST, actor, offer), needs, occupation, telling=telling)
    if request.POST.get("step") in STEPS:
        return _page(request, half_filled(request.POST, actor, offer), _with_typed(request, needs), occupation)
    form = OfferForm(request.POST, actor=actor, offer=offer, initial=initial_of(offer) if offer else None)
    kept = _kept(request, form, needs)
    if kept is None:
        return _page(request, form, needs, occupation, status=422)
    text = _("L'offre est corrigée.") if offer else _("L'offre est enregistrée comme brouillon.")
    return done(request, text, "offer", pk=kept.pk)


def _kept(request: ActorRequest, form: OfferForm, needs: Mapping[UUID, int]) -> Offer | None:
    """Keep what the form says, or say in it why not."""
    if not form.is_valid():
        return None
    facts = {"actor": request.actor, "sheet": form.sheet(), "needs": needs}
    try:
        kept: Offer = (
            actions.edit(form.offer, **facts) if form.offer else actions.create(primary_agency(request.actor), **facts)
        )
    except actions.OfferRefused as refusal:
        form.refuse(refusal)
        return None
    return kept


def _with_typed(request: ActorRequest, needs: dict[UUID, int]) -> dict[UUID, int]:
    """Add the skill that was typed."""
    added = typed_skill(request.POST) if request.POST["step"] == "add_skill" else None
    return {**needs, added: needs.get(added, Need.ASKED)} if added else needs


def _page(
    request: ActorRequest,
    form: OfferForm,
    needs: Mapping[UUID, int],
    occupation: Occupation | None,
    *,
    status: int = 200,
    telling: Telling | None = None,
) -> HttpResponse:
    is_adding = request.POST.get("step") == "add_skill"
    typed = request.POST.get("skill", "").strip()[:200] if is_adding else ""
    context = {
        "form": form,
        "telling": telling,
        "offer": form.offer,
        "rows": offer_skills.rows(needs, occupation),
        "needs": Need.choices,
        "job": request.POST.get("title", "").strip() if not occupation else "",
        "unknown": typed if typed and typed_skill(request.POST) is None else "",
    }
    if is_adding:
        form.initial.update(skill="", skill_id="")
    page = "web/adviser/offer_form.html"
    if telling is not None:
        return respond(request, page, context, part="web/_offer_telling.html")
    part = "web/adviser/_offer_skills.html"
    is_step = request.method == "POST" and request.POST.get("step") in STEPS
    return respond(request, page, context, part=part if is_step else "", status=status)
