"""Importing the agency's old spreadsheet: send, say which column is which, check, import, take the errors back."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from entremise.accounts.queries import agencies_of
from entremise.kernel.spreadsheets import SpreadsheetRefused
from entremise.promotions import actions_import as actions
from entremise.promotions import queries_import as queries
from entremise.promotions.enums import ImportState
from entremise.promotions.enums_import import ImportField
from entremise.promotions.models import ImportFile
from entremise.promotions.rules_import import KEPT_DAYS
from entremise.web.kit.exports import ready_file, spreadsheet
from entremise.web.kit.once import once
from entremise.web.kit.responses import done, refused, respond
from entremise.web.kit.screens import ActorRequest, screen
from entremise.web.kit.typed import whole_number
from entremise.web.manager.import_forms import MappingForm, UploadForm

TOO_LARGE, UNREADABLE = 413, 422
EXAMPLE = [
    ["12/03/2026", "K7MA-2QXP", "73282932000074", "Rencontre", "20/03/2026", "Embauche en CDI", "01/04/2026"],
    ["13/03/2026", "awa@exemple.fr", "73282932000074", "Sans réponse", "", "", ""],
]


@screen("promotions.import")
@require_GET
def imports(request: ActorRequest) -> HttpResponse:
    """List the files that were sent, and take a new one."""
    return _list(request, UploadForm(agencies=agencies_of(request.actor)))


@screen("promotions.import")
@require_POST
@once
def import_upload(request: ActorRequest) -> HttpResponse:
    """Receive a file, or say why it cannot be read."""
    agencies = {str(one.pk): one for one in agencies_of(request.actor)}
    form = UploadForm(request.POST, request.FILES, agencies=agencies.values())
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
    return done(request, _("Le fichier est reçu. Rien n'est encore enregistré."), "import_file", pk=file.pk)


@screen("promotions.import")
@require_GET
def import_file(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Show where a file stands: columns to choose, progress, result of the check or of the import."""
    file = _found(request, pk)
    if file.state == ImportState.UPLOADED or "colonnes" in request.GET:
        return _columns(request, file, MappingForm(file.columns, initial=queries.proposed(file)))
    return _standing(request, file)


@screen("promotions.import")
@require_POST
@once
def import_map(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Keep which column is which, and start the check."""
    file = _found(request, pk)
    form = MappingForm(file.columns, request.POST)
    if form.is_valid():
        try:
            actions.map_columns(file, actor=request.actor, mapping=form.cleaned_data)
        except actions.ImportRefused as refusal:
            for fault in refusal.faults:
                form.add_error(fault.field, queries.sentence(fault))
            if not refusal.faults:
                return refused(request, refusal.reason, "import_file", pk=pk)
        else:
            return done(request, "", "import_file", pk=pk)
    return _columns(request, file, form, status=UNREADABLE)


@screen("promotions.import")
@require_POST
@once
def import_start(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Import the lines that the check accepted."""
    file = _found(request, pk)
    try:
        actions.start_import(file, actor=request.actor)
    except actions.ImportRefused as refusal:
        return refused(request, refusal.reason, "import_file", pk=pk)
    return done(request, "", "import_file", pk=pk)


@screen("promotions.import")
@require_GET
def import_errors(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Give the wrong lines back as a workbook, each with what is wrong in front of it."""
    file = _found(request, pk)
    if not file.path or not queries.errors_path(file).exists():
        raise Http404
    return ready_file(queries.errors_path(file), _("Lignes à corriger"))


@screen("promotions.import")
@require_GET
def import_example(request: ActorRequest) -> HttpResponse:
    """Give a model to fill in, with two lines of example."""
    names = (
        ImportField.SENT_ON, ImportField.REFERENCE, ImportField.SIRET, ImportField.ANSWER, ImportField.ANSWERED_ON,
        ImportField.OUTCOME, ImportField.OUTCOME_ON,
    )  # fmt: skip
    return spreadsheet(request, _("Modèle de tableau"), [str(name.label) for name in names], EXAMPLE)


def _found(request: ActorRequest, pk: UUID) -> ImportFile:
    try:
        return queries.file(pk, request.actor)
    except ImportFile.DoesNotExist as missing:
        raise Http404 from missing


def _list(request: ActorRequest, form: UploadForm, *, status: int = 200) -> HttpResponse:
    context = {
        "form": form, "files": queries.files(request.actor)[:50], "kept_days": KEPT_DAYS,
        "largest": settings.MAX_SPREADSHEET_BYTES // 1_000_000,
    }  # fmt: skip
    return respond(request, "web/manager/imports.html", context, status=status)


def _columns(request: ActorRequest, file: ImportFile, form: MappingForm, *, status: int = 200) -> HttpResponse:
    """Show the columns to choose, and the first lines as they stand and as they are understood."""
    if not file.path:
        return _standing(request, file)
    chosen = {name: form[name].value() or "" for name in form.fields}
    examples = queries.examples(file, chosen)
    first = dict(zip(file.columns, examples[0].cells, strict=False)) if examples else {}
    context = {"file": file, "form": form, "groups": form.groups(first), "examples": examples}
    return respond(request, "web/manager/import_columns.html", context, status=status)


def _standing(request: ActorRequest, file: ImportFile) -> HttpResponse:
    errors = queries.errors(file, after=whole_number(request.GET.get("apres", "")))
    context: dict[str, Any] = {
        "file": file, "errors": errors, "last": errors[-1].line_number if len(errors) == queries.PAGE else 0,
        "is_running": file.state in (ImportState.CHECKING, ImportState.IMPORTING),
        "good_count": file.created_count + file.updated_count, "kept_days": KEPT_DAYS,
        "has_errors_file": bool(file.path) and queries.errors_path(file).exists(),
    }  # fmt: skip
    return respond(request, "web/manager/import_file.html", context, part="web/manager/_import_file.html")
