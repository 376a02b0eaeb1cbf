"""A recruiter reads, completes and approves a shared diagnosis by a link. A GET shows; only a POST acts."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from entremise.kernel.models import MailLink
from entremise.offers import actions_diagnosis as actions
from entremise.offers.actions import OfferRefused
from entremise.offers.links import DIAGNOSIS
from entremise.offers.models_followup import Diagnosis
from entremise.offers.queries_diagnosis import diagnosis_of
from entremise.web.kit.diagnosis import DiagnosisForm, on_paper, shown
from entremise.web.kit.link_pages import link_page, own_reference
from entremise.web.kit.once import once
from entremise.web.kit.responses import done, refused, respond
from entremise.web.kit.screens import ActorRequest


@link_page(DIAGNOSIS)
@require_http_methods(["GET", "HEAD"])
def diagnosis(request: ActorRequest, link: MailLink) -> HttpResponse:
    """Show the diagnosis."""
    return _page(request, diagnosis_of(link))


@link_page(DIAGNOSIS)
@require_POST
@once
def diagnosis_complete(request: ActorRequest, link: MailLink) -> HttpResponse:
    """Keep what the recruiter adds, and note the approval when it is given with it."""
    found = diagnosis_of(link)
    form = DiagnosisForm(request.POST, diagnosis=found, for_recruiter=True)
    if not form.is_valid():
        return _page(request, found, form)
    address = {"token": own_reference(request)}
    try:
        actions.complete(found, actor=request.actor, answers=form.cleaned_data)
    except OfferRefused as refusal:
        return refused(request, refusal.reason, "diagnosis", **address)
    if request.POST.get("approve") != "1":
        return done(request, _("Merci, vos réponses sont enregistrées."), "diagnosis", **address)
    actions.agree(found, actor=request.actor)
    return done(request, _("Merci : vous avez approuvé ce diagnostic."), "diagnosis", **address)


@link_page(DIAGNOSIS)
@require_http_methods(["GET", "HEAD"])
def diagnosis_download(request: ActorRequest, link: MailLink) -> HttpResponse:
    """Give the diagnosis as a PDF."""
    return on_paper(request, diagnosis_of(link), reverse("diagnosis", args=[own_reference(request)]))


def _page(request: ActorRequest, found: Diagnosis, form: DiagnosisForm | None = None) -> HttpResponse:
    written = None if found.agreed_at else form or DiagnosisForm(diagnosis=found, for_recruiter=True)
    context = shown(found, written, for_recruiter=True) | {"token": own_reference(request), "form": written}
    return respond(request, "web/employer/diagnosis.html", context, status=422 if form else 200)
