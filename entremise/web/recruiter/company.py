"""The page of the company: written in the space, shown to everybody once the space is certified."""

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from entremise.employers import actions_spaces
from entremise.employers import queries_own_spaces as own
from entremise.employers.actions_spaces import SpaceRefused
from entremise.employers.models_spaces import RecruiterSpace
from entremise.indicators.queries_company import welcomed_count
from entremise.kernel import clock
from entremise.offers import queries_own_offers
from entremise.reciprok.queries_label import marks_of
from entremise.reciprok.queries_voice import shown_ratings
from entremise.web.kit.once import once
from entremise.web.kit.responses import done, respond
from entremise.web.kit.screens import PUBLIC, ActorRequest, screen
from entremise.web.recruiter.forms import CompanyForm
from entremise.web.recruiter.space import in_space, page


@in_space("employers.own_space")
@once
def company_edit(request: ActorRequest, space: RecruiterSpace) -> HttpResponse:
    """Write the page of the company."""
    form = CompanyForm(request.POST or None, initial={name: getattr(space, name) for name in CompanyForm.base_fields})
    if request.method == "POST" and form.is_valid():
        try:
            actions_spaces.present(space, actor=request.actor, **form.cleaned_data)
            text = (
                _("La page est enregistrée et visible.")
                if space.is_certified
                else _("La page est enregistrée. Elle sera visible une fois l'espace certifié.")
            )
            return done(request, text, "recruiter_company")
        except SpaceRefused as refusal:
            form.refuse(refusal)
    return page(request, "company_edit.html", space, {"form": form}, status=422 if form.errors else 200)


@screen(PUBLIC)
@require_GET
def company(request: ActorRequest, siret: str) -> HttpResponse:
    """Show what a certified employer says of itself, and its open offers."""
    space = own.company_page(siret)
    if space is None:
        raise Http404
    context = {
        "space": space,
        "offers": queries_own_offers.open_at(space.establishment),
        "ratings": shown_ratings(space.establishment_id),
        "welcomed": welcomed_count(space.establishment_id, clock.now()),
        "mark": marks_of([space.establishment_id]).get(space.establishment_id),
    }
    return respond(request, "web/recruiter/company.html", context)
