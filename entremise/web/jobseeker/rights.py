"""What a person does with her own data: take them away, take them back, read her receipts, have all erased."""

import json
from typing import Any
from uuid import UUID

from allauth.account.internal.flows.logout import logout
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from entremise.kernel import clock
from entremise.lib import archives
from entremise.people import actions_rights, queries_receipts
from entremise.people.actions import ProfileRefused
from entremise.web.jobseeker.archive import bundle
from entremise.web.jobseeker.forms import posted
from entremise.web.jobseeker.owner import my_person
from entremise.web.jobseeker.proof import is_fresh, to_proof
from entremise.web.jobseeker.rights_forms import ArchiveForm, EraseForm
from entremise.web.kit.once import once
from entremise.web.kit.responses import done, refused, respond
from entremise.web.kit.screens import PUBLIC, ActorRequest, screen

PAGE = "web/jobseeker/rights.html"


@screen("people.see_own")
@require_GET
def my_data(request: ActorRequest) -> HttpResponse:
    """Show what a person may do with her data, and the receipts of her consents."""
    return _page(request, ArchiveForm())


def _page(request: ActorRequest, form: ArchiveForm, status: int = 200) -> HttpResponse:
    person = my_person(request)
    context: dict[str, Any] = {
        "person": person,
        "form": form,
        "is_fresh": is_fresh(request),
        "consents": queries_receipts.receipts(request.actor),
        "may_take_back": actions_rights.may_take_back(person),
    }
    return respond(request, PAGE, context, status=status)


@require_POST
@screen("people.take_archive")
def my_archive(request: ActorRequest) -> HttpResponse:
    """Give everything that is kept about her, as a file; nothing of it stays on the server."""
    if not is_fresh(request):
        return to_proof(request, reverse("my_data"))
    person = my_person(request)
    tables = actions_rights.take_archive(person, actor=request.actor)
    response = HttpResponse(bundle(person, request.actor, tables), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="mes-donnees-{clock.today():%Y-%m-%d}.zip"'
    return response


@require_POST
@screen("people.take_back")
@once
def my_take_back(request: ActorRequest) -> HttpResponse:
    """Take back an archive into an empty profile."""
    form = ArchiveForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form, status=422)
    try:
        tables = archives.read(form.cleaned_data["file"].read())
        lost = actions_rights.take_back(my_person(request), actor=request.actor, tables=tables)
    except archives.ArchiveRefused as refusal:
        form.add_error("file", _(refusal.message))
        return _page(request, form, status=422)
    except ProfileRefused as refusal:
        return refused(request, refusal.reason, "my_data")
    said = _("Votre profil est repris. Relisez-le : c'est vous qui le dites, vos preuves sont à redemander.")
    return done(request, " ".join([said, *lost]), "my_home")


@screen("people.see_own")
@require_GET
def my_receipt(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Show the receipt of a consent, or give it to a machine (`?format=json`)."""
    consent = queries_receipts.receipt_of(pk, request.actor)
    if consent is None:
        raise Http404
    found = queries_receipts.receipt(consent)
    if request.GET.get("format") == "json":
        text = json.dumps(found, ensure_ascii=False, indent=1)
        response = HttpResponse(text, content_type="application/json; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="recu-{consent.given_at:%Y-%m-%d}.json"'
        return response
    return respond(request, "web/jobseeker/receipt.html", {"consent": consent, "receipt": found})


@screen("people.erase")
def my_erasure(request: ActorRequest) -> HttpResponse:
    """Say what will be erased and what stays, then erase everything."""
    person = my_person(request)
    form = EraseForm(posted(request))
    if form.is_valid():
        if not is_fresh(request):
            return to_proof(request, reverse("my_erasure"))
        try:
            actions_rights.erase(person, actor=request.actor)
        except ProfileRefused as refusal:
            return refused(request, refusal.reason, "my_data")
        logout(request, show_message=False)
        return redirect("erased")
    context = {"form": form, "is_fresh": is_fresh(request), "promises": actions_rights.what_stays()}
    return respond(request, "web/jobseeker/erasure.html", context, status=422 if form.errors else 200)


@screen(PUBLIC)
@require_GET
def erased(request: ActorRequest) -> HttpResponse:
    """Say that everything is gone."""
    return respond(request, "web/jobseeker/erased.html")
