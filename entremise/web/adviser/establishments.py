"""The directory of establishments, and what concerns the contacts of one."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from entremise.accounts.queries import primary_agency
from entremise.employers import actions, queries
from entremise.employers.models import Contact
from entremise.web.adviser.establishment_forms import CloseForm, ContactForm, ContactLogForm
from entremise.web.adviser.establishment_page import found_establishment, page
from entremise.web.adviser.export_columns import establishment_columns
from entremise.web.kit.exports import column_choice
from entremise.web.kit.once import once
from entremise.web.kit.responses import done, refused, respond
from entremise.web.kit.screens import ActorRequest, screen

SHOWN = 40  # establishments found


@screen("employers.view")
@require_GET
def establishments(request: ActorRequest) -> HttpResponse:
    """Search the directory by name, city or SIRET."""
    typed = request.GET.get("q", "").strip()[:120]
    found = queries.search(typed, request.actor, limit=SHOWN) if typed else []
    siret, why_not = "", ""
    if typed and not found and typed.replace(" ", "").isdigit():
        try:
            siret = queries.checked_siret(typed)
        except queries.SiretRefused as refusal:
            why_not = refusal.reason
    export = column_choice(request, reverse("establishments_export"), establishment_columns())
    context = {"typed": typed, "found": found, "siret": siret, "why_not": why_not, "export": export}
    return respond(request, "web/adviser/establishments.html", context, part="web/adviser/_establishments.html")


@screen("employers.add")
@require_POST
def establishment_add(request: ActorRequest) -> HttpResponse:
    """Fetch an establishment from the outside directory by its SIRET."""
    try:
        added = actions.add_from_siret(request.POST.get("siret", ""), actor=request.actor)
    except queries.EstablishmentRefused as refusal:
        return refused(request, refusal.reason, "establishments")
    return done(request, _("L'établissement est dans l'annuaire."), "establishment", pk=added.pk)


@screen("employers.view")
@require_GET
def establishment(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Show the file of an establishment."""
    return page(request, found_establishment(pk))


@screen("employers.contact_save")
@require_POST
@once
def contact_add(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Add a contact."""
    found, form = found_establishment(pk), ContactForm(request.POST)
    if form.is_valid():
        try:
            actions.save_contact(found, actor=request.actor, **form.cleaned_data)
            return done(request, _("Le contact est enregistré."), "establishment", pk=pk)
        except actions.ContactRefused as refusal:
            form.add_error(refusal.field or None, refusal.reason)
    return page(request, found, contact_form=form)


@screen("employers.contact_log")
@require_POST
@once
def contact_log_add(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Keep a conversation and what comes next."""
    found = found_establishment(pk)
    form = ContactLogForm(request.POST, contacts=list(queries.contacts_for(found, request.actor)))
    if form.is_valid():
        try:
            agency = primary_agency(request.actor)
            actions.log_contact(found, actor=request.actor, agency=agency, **form.told())
            return done(request, _("L'échange est enregistré."), "establishment", pk=pk)
        except actions.ContactRefused as refusal:
            form.add_error(refusal.field or None, refusal.reason)
    return page(request, found, log_form=form)


@screen("employers.oppose")
@require_POST
def contact_oppose(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Note, when told on the telephone, that a contact does not want to be solicited any more."""
    try:
        contact = queries.contact(pk, request.actor)
    except Contact.DoesNotExist as missing:
        raise Http404 from missing
    actions.oppose(contact, actor=request.actor)
    text = _("C'est noté : %(name)s ne sera plus sollicité.") % {"name": contact.name}
    return done(request, text, "establishment", pk=contact.establishment_id)


@screen("employers.close")
@require_POST
def establishment_close(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Note that an establishment closed: what waits for its answer stops."""
    found, form = found_establishment(pk), CloseForm(request.POST)
    if form.is_valid():
        try:
            actions.close(found, actor=request.actor, closed_on=form.cleaned_data["closed_on"])
            return done(request, _("La fermeture est enregistrée."), "establishment", pk=pk)
        except queries.EstablishmentRefused as refusal:
            form.add_error("closed_on", refusal.reason)
    return page(request, found, close_form=form)
