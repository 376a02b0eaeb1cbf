"""Writing an offer online: one page, whose skills come with the job and whose words are read as they are written."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from entremise.employers.models_spaces import RecruiterSpace
from entremise.kernel.workflow import TransitionRefused
from entremise.offers import actions_deposit, queries
from entremise.offers.actions import OfferRefused
from entremise.offers.enums import Channel, Need, OfferState
from entremise.offers.models import Offer
from entremise.skills.models import Occupation
from entremise.web.adviser import offer_skills
from entremise.web.adviser.offer_forms import initial_of, job_of, typed_skill
from entremise.web.kit import picking
from entremise.web.kit.offer_writing import Telling, tell
from entremise.web.kit.once import once
from entremise.web.kit.responses import done
from entremise.web.kit.screens import ActorRequest
from entremise.web.recruiter.offer_forms import RecruiterOfferForm
from entremise.web.recruiter.offers import found_offer
from entremise.web.recruiter.space import in_space, page

METHODS = ["GET", "HEAD", "POST"]
STEPS = {"propose", "add_skill"}
CHECK, HAND_IN = "check", "hand_in"
SEVERAL = ("schedules", "licences", "languages", "benefits")


@in_space("offers.own")
@require_http_methods(METHODS)
@once
def offer_add(request: ActorRequest, space: RecruiterSpace) -> HttpResponse:
    """Write a new offer."""
    return _entry(request, space, None)


@in_space("offers.own")
@require_http_methods(METHODS)
@once
def offer_edit(request: ActorRequest, space: RecruiterSpace, pk: UUID) -> HttpResponse:
    """Change an offer."""
    return _entry(request, space, found_offer(request, pk))


def _entry(request: ActorRequest, space: RecruiterSpace, offer: Offer | None) -> HttpResponse:
    space = offer.space if offer and offer.space else space
    told = initial_of(offer) if offer else _first(space)
    facts: dict[str, Any] = {"actor": request.actor, "offer": offer, "establishment": space.establishment}
    if request.method != "POST":
        asked = {row.skill_id: row.need for row in queries.skills_asked(offer)} if offer else {}
        form = RecruiterOfferForm(initial=told, **facts)
        return _page(request, space, form, asked, offer.occupation if offer else None)
    needs, job = offer_skills.posted_needs(request.POST), job_of(request.POST)
    occupation = job.occupation if job else offer.occupation if offer else None
    step = request.POST.get("step", "")
    if step == CHECK:
        telling = tell(request.POST, needs, occupation=occupation, actor=request.actor, channel=Channel.RECRUITER)
        return _page(request, space, _half_filled(request, facts), needs, occupation, telling=telling)
    if step in STEPS:
        return _page(request, space, _half_filled(request, facts), _with_typed(request, needs), occupation)
    form = RecruiterOfferForm(request.POST, initial=told, **facts)
    kept = _kept(request, space, form, needs)
    if kept is None:
        return _page(request, space, form, needs, occupation, status=422)
    return done(request, said(kept), "recruiter_offer", pk=kept.pk)


def said(offer: Offer) -> str:
    """Say what becomes of an offer that was just written."""
    if offer.state == OfferState.OPEN:
        return _("L'offre est publiée.")
    if offer.state != OfferState.WAITING:
        return _("L'offre est enregistrée comme brouillon : vous seul la voyez.")
    if offer.space is not None and not offer.space.is_certified:
        return _("L'offre est prête : elle paraîtra quand votre espace sera certifié.")
    return _("L'offre est remise à l'agence : un conseiller la relit avant de la publier.")


def _kept(
    request: ActorRequest, space: RecruiterSpace, form: RecruiterOfferForm, needs: Mapping[UUID, int]
) -> Offer | None:
    """Keep what the form says and hand it in when asked; or say in it why not."""
    if not form.is_valid():
        return None
    facts = {"actor": request.actor, "sheet": form.sheet(), "needs": needs}
    try:
        kept = actions_deposit.amend(form.offer, **facts) if form.offer else actions_deposit.deposit(space, **facts)
        form.offer = kept  # written already, when what follows is refused: the next attempt changes it
        if request.POST.get("step") == HAND_IN and kept.state in {OfferState.DRAFT, OfferState.RETURNED}:
            actions_deposit.hand_in(kept, actor=request.actor)
    except (OfferRefused, TransitionRefused) as refusal:
        form.refuse(OfferRefused(refusal.reason, getattr(refusal, "field", "")))
        return None
    return found_offer(request, kept.pk)


def _first(space: RecruiterSpace) -> dict[str, Any]:
    place = space.establishment.commune
    return {"commune": place.name, "commune_id": place.pk, "company": space.presentation[:2_000]}


def _half_filled(request: ActorRequest, facts: dict[str, Any]) -> RecruiterOfferForm:
    posted = request.POST
    told: dict[str, Any] = {
        name: posted.getlist(name) if name in SEVERAL else posted.get(name, "")
        for name in RecruiterOfferForm.base_fields
    }
    form = RecruiterOfferForm(initial=told, **facts)
    if told["title"].strip() and job_of(posted) is None:
        form.offer_choices("title", picking.job_title(told["title"].strip()[:250]).options)
    return form


def _with_typed(request: ActorRequest, needs: dict[UUID, int]) -> dict[UUID, int]:
    """Add the skill that was typed."""
    added = typed_skill(request.POST) if request.POST["step"] == "add_skill" else None
    return {**needs, added: needs.get(added, Need.ASKED)} if added else needs


def _page(
    request: ActorRequest,
    space: RecruiterSpace,
    form: RecruiterOfferForm,
    needs: Mapping[UUID, int],
    occupation: Occupation | None,
    *,
    status: int = 200,
    telling: Telling | None = None,
) -> HttpResponse:
    step, _judged = request.POST.get("step", ""), form.errors
    form.show_mandatory()
    typed = request.POST.get("skill", "").strip()[:200] if step == "add_skill" else ""
    context = {
        "form": form,
        "telling": telling,
        "offer": form.offer,
        "rows": offer_skills.rows(needs, occupation),
        "needs": Need.choices,
        "job": request.POST.get("title", "").strip() if not occupation else "",
        "unknown": typed if typed and typed_skill(request.POST) is None else "",
    }
    if typed:
        form.initial.update(skill="", skill_id="")
    part = "web/_offer_telling.html" if telling else "web/adviser/_offer_skills.html" if step in STEPS else ""
    return page(request, "offer_form.html", space, context, part=part, status=status)
