"""Importing a spreadsheet of offers: send, say which column is which, check, import, take the wrong lines back."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from entremise.accounts.queries import agencies_of
from entremise.kernel.spreadsheets import SpreadsheetRefused
from entremise.offers import actions_import as actions
from entremise.offers import queries_import as queries
from entremise.offers.enums_import import ImportState, OfferField
from entremise.offers.models import OfferImport
from entremise.offers.rules_import import KEPT_DAYS
from entremise.web.adviser.offer_import_forms import DRAFT, OPEN, OfferMappingForm, OfferUploadForm
from entremise.web.kit.exports import ready_file, spreadsheet
from entremise.web.kit.once import once
from entremise.web.kit.responses import done, refused, respond
from entremise.web.kit.screens import ActorRequest, screen
from entremise.web.kit.typed import whole_number

TOO_LARGE, UNREADABLE = 413, 422
EXAMPLE = [
    ["2026-014", "Cuisinier", "G1602", "73282932000074", "26362", "26000", "Valence", "CDI", "Temps plein",
     "Journée ; week-end", "", "", "25", "Cuisiner (indispensable) ; Dresser une assiette", "Une équipe de six."],
    ["2026-015", "Conducteur de chariots", "N1101", "73282932000074", "", "26000", "Valence", "CDD", "",
     "Tôt le matin", "CACES", "Anglais", "", "", ""],
]  # fmt: skip


@screen("offers.import")
@require_GET
def offer_imports(request: ActorRequest) -> HttpResponse:
    """List the files that were sent, and take a new one."""
    return _list(request, OfferUploadForm(agencies=agencies_of(request.actor)))


@screen("offers.import")
@require_POST
@once
def offer_import_upload(request: ActorRequest) -> HttpResponse:
    """Receive a file, or say why it cannot be read."""
    agencies = {str(one.pk): one for one in agencies_of(request.actor)}
    form = OfferUploadForm(request.POST, request.FILES, agencies=agencies.values())
    if not form.is_valid():
        return _list(request, form, status=UNREADABLE)
    sent = form.cleaned_data["file"]
    agency = agencies[form.cleaned_data["agency"]]
    try:
        file = actions.receive(agency, actor=request.actor, filename=sent.name, content=sent.file)
    except SpreadsheetRefused as refusal:
        form.add_error("file", refusal.reason)
        is_large = sent.size > settings.MAX_SPREADSHEET_BYTES
        return _list(request, form, status=TOO_LARGE if is_large else UNREADABLE)
    return done(request, _("Le fichier est reçu. Rien n'est encore enregistré."), "offer_import", pk=file.pk)


@screen("offers.import")
@require_GET
def offer_import(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Show where a file stands: columns to choose, progress, what becomes of each line."""
    file = _found(request, pk)
    if file.path and (file.state == ImportState.UPLOADED or "colonnes" in request.GET):
        initial = {**queries.proposed(file), "opening": OPEN if file.is_opened_at_once else DRAFT}
        return _columns(request, file, OfferMappingForm(file.columns, initial=initial))
    return _standing(request, file)


@screen("offers.import")
@require_POST
@once
def offer_import_map(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Keep which column is which, and start the check."""
    file = _found(request, pk)
    form = OfferMappingForm(file.columns, request.POST)
    if form.is_valid():
        facts = {"mapping": form.cleaned_data, "is_opened_at_once": form.is_opened_at_once}
        try:
            actions.map_columns(file, actor=request.actor, **facts)
        except actions.ImportRefused as refusal:
            for fault in refusal.faults:
                form.add_error(fault.field, queries.sentence(fault))
            if not refusal.faults:
                return refused(request, refusal.reason, "offer_import", pk=pk)
        else:
            return done(request, "", "offer_import", pk=pk)
    return _columns(request, file, form, status=UNREADABLE) if file.path else _standing(request, file)


@screen("offers.import")
@require_POST
@once
def offer_import_start(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Import the lines that the check accepted."""
    try:
        actions.start_import(_found(request, pk), actor=request.actor)
    except actions.ImportRefused as refusal:
        return refused(request, refusal.reason, "offer_import", pk=pk)
    return done(request, "", "offer_import", pk=pk)


@screen("offers.import")
@require_GET
def offer_import_refused(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Give the wrong lines back as a workbook, each with what is wrong in front of it."""
    file = _found(request, pk)
    if not file.path or not queries.refused_path(file).exists():
        raise Http404
    return ready_file(queries.refused_path(file), _("Offres à corriger"))


@screen("offers.import")
@require_GET
def offer_import_example(request: ActorRequest) -> HttpResponse:
    """Give a model to fill in, with two lines of example; its columns are in French, as files are read."""
    with translation.override("fr"):
        columns = [str(name.label) for name in OfferField]
    return spreadsheet(request, _("Modèle de tableau d'offres"), columns, EXAMPLE)


def _found(request: ActorRequest, pk: UUID) -> OfferImport:
    try:
        return queries.file(pk, request.actor)
    except OfferImport.DoesNotExist as missing:
        raise Http404 from missing


def _list(request: ActorRequest, form: OfferUploadForm, *, status: int = 200) -> HttpResponse:
    context = {
        "form": form, "files": queries.files(request.actor)[:50], "kept_days": KEPT_DAYS,
        "largest": settings.MAX_SPREADSHEET_BYTES // 1_000_000,
    }  # fmt: skip
    return respond(request, "web/adviser/offer_imports.html", context, status=status)


def _columns(request: ActorRequest, file: OfferImport, form: OfferMappingForm, *, status: int = 200) -> HttpResponse:
    """Show the columns to choose, and the first lines as they stand and as they are understood."""
    examples = queries.examples(file, form.chosen())
    first = dict(zip(file.columns, examples[0].cells, strict=False)) if examples else {}
    context = {"file": file, "form": form, "groups": form.groups(first), "examples": examples}
    return respond(request, "web/adviser/offer_import_columns.html", context, status=status)


def _standing(request: ActorRequest, file: OfferImport) -> HttpResponse:
    after = whole_number(request.GET.get("apres", ""))
    lines = queries.report(file, after=after)
    context: dict[str, Any] = {
        "file": file, "lines": lines, "kept_days": KEPT_DAYS, "is_first": not after,
        "next": after + len(lines) if after + len(lines) < file.done_count else 0,
        "is_running": file.state in (ImportState.CHECKING, ImportState.IMPORTING),
        "good_count": file.created_count + file.updated_count,
        "has_refused_file": bool(file.path) and file.refused_count and queries.refused_path(file).exists(),
    }  # fmt: skip
    return respond(request, "web/adviser/offer_import.html", context, part="web/adviser/_offer_import.html")
