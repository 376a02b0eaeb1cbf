"""The shared diagnosis of an offer: started with what we know, written, sent, its versions, its PDF."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from entremise.desk.queries_diagnosis import prefilled
from entremise.employers.models import Contact
from entremise.employers.queries import contacts_for
from entremise.offers import actions_diagnosis as actions
from entremise.offers import queries_diagnosis as queries
from entremise.offers.actions import OfferRefused
from entremise.offers.models_followup import Diagnosis
from entremise.web.adviser.offers import found_offer
from entremise.web.kit.diagnosis import DiagnosisForm, levels, on_paper, refusals
from entremise.web.kit.once import once
from entremise.web.kit.responses import done, refused, respond
from entremise.web.kit.screens import ActorRequest, screen


class SendForm(forms.Form):
    """To whom a diagnosis is sent."""

    contact = forms.ChoiceField(label=gettext_lazy("Envoyer à"))

    def __init__(self, *args: Any, contacts: list[Contact], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.contacts = {str(one.pk): one for one in contacts if one.email}
        choices = [(pk, f"{one.name} ({one.email})") for pk, one in self.contacts.items()]
        self.fields["contact"].choices = choices  # type: ignore[attr-defined]


@screen("offers.view")
@require_GET
def offer_diagnosis(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Show the diagnosis of an offer, or invite to start it."""
    return _page(request, pk)


@screen("offers.edit_followup")
@require_POST
@once
def diagnosis_start(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Start a diagnosis, or its next version, with what the platform knows."""
    offer = found_offer(request, pk)
    actions.start(offer, actor=request.actor, prefilled=prefilled(offer, request.actor))
    return done(request, _("Ce que nous savons est déjà écrit : corrigez et complétez."), "offer_diagnosis", pk=pk)


@screen("offers.write_diagnosis")
@require_POST
@once
def diagnosis_write(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Keep what the adviser wrote."""
    found = _found(request, pk)
    form = DiagnosisForm(request.POST, diagnosis=found)
    if not form.is_valid():
        return _page(request, found.offer_id, form=form)
    try:
        actions.write(found, actor=request.actor, answers=form.cleaned_data)
    except OfferRefused as refusal:
        return refused(request, refusal.reason, "offer_diagnosis", pk=found.offer_id)
    return done(request, _("Le diagnostic est enregistré."), "offer_diagnosis", pk=found.offer_id)


@screen("offers.write_diagnosis")
@require_POST
@once
def diagnosis_send(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Send a diagnosis to a contact of the employer."""
    found = _found(request, pk)
    form = SendForm(request.POST, contacts=list(contacts_for(found.offer.establishment, request.actor)))
    if form.is_valid():
        try:
            actions.send(found, actor=request.actor, contact=form.contacts[form.cleaned_data["contact"]])
            return done(request, _("Le diagnostic est parti."), "offer_diagnosis", pk=found.offer_id)
        except OfferRefused as refusal:
            form.add_error("contact", refusal.reason)
    return _page(request, found.offer_id, send_form=form)


@screen("offers.view")
@require_GET
def diagnosis_paper(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Give a diagnosis as a PDF."""
    found = _found(request, pk)
    return on_paper(request, found, reverse("offer_diagnosis", args=[found.offer_id]))


def _page(
    request: ActorRequest, pk: UUID, *, form: DiagnosisForm | None = None, send_form: SendForm | None = None
) -> HttpResponse:
    offer = found_offer(request, pk)
    versions = queries.diagnoses(offer, request.actor)
    last = versions[0] if versions else None
    context: dict[str, Any] = {"offer": offer, "versions": versions, "diagnosis": last} | refusals(offer)
    if last is not None:
        contacts = list(contacts_for(offer.establishment, request.actor))
        shown = form or (DiagnosisForm(diagnosis=last) if last.sent_at is None else None)
        context |= {
            "levels": levels(last, shown),
            "form": shown,
            "send_form": send_form or SendForm(contacts=contacts),
            "has_contact": any(one.email for one in contacts),
        }
    return respond(request, "web/adviser/offer_diagnosis.html", context, status=422 if form or send_form else 200)


def _found(request: ActorRequest, pk: UUID) -> Diagnosis:
    try:
        return queries.diagnosis(pk, request.actor)
    except Diagnosis.DoesNotExist as missing:
        raise Http404 from missing
