"""An adviser opens a recruiter space for an employer who asked; a colleague certifies it."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from entremise.accounts.queries import primary_agency
from entremise.employers import actions_spaces, queries
from entremise.employers.actions_spaces import SpaceRefused
from entremise.employers.models import Establishment
from entremise.kernel import access
from entremise.web.kit.once import once
from entremise.web.kit.responses import done, respond
from entremise.web.kit.screens import ActorRequest, screen
from entremise.web.recruiter.forms import OnBehalfForm


@screen("employers.open_space_for")
@require_http_methods(["GET", "HEAD", "POST"])
@once
def space_open_for(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Ask who recruits there, and send them the link that opens the space."""
    try:
        place = queries.establishment(pk)
    except Establishment.DoesNotExist as missing:
        raise Http404 from missing
    if not access.decide("employers.open_space_for", request.actor, place):
        raise Http404
    form = OnBehalfForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            actions_spaces.create_on_behalf(
                place, actor=request.actor, agency=primary_agency(request.actor),
                identity=form.identity(told["email"]), purpose=told["purpose"],
            )  # fmt: skip
            sentence = _("L'espace est ouvert, et le lien est parti à %(email)s. Un collègue le certifie.")
            return done(request, sentence % {"email": told["email"]}, "establishment", pk=pk)
        except SpaceRefused as refusal:
            form.refuse(refusal)
    context = {"form": form, "establishment": place}
    return respond(request, "web/adviser/space_open_for.html", context, status=422 if form.errors else 200)
