"""Badges given from a spreadsheet: tried first, line by line, then given in the background; taken back at once."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from entremise.credentials import actions_files, queries_issuing, rules_issuing
from entremise.credentials.models_files import AwardFile
from entremise.credentials.rules import CredentialRefused
from entremise.kernel import clock
from entremise.kernel.spreadsheets import SpreadsheetRefused
from entremise.web.issuer.badges import own_badge
from entremise.web.issuer.desk import page
from entremise.web.issuer.forms import FileForm
from entremise.web.kit.exports import spreadsheet
from entremise.web.kit.once import once
from entremise.web.kit.responses import done, refused
from entremise.web.kit.screens import ActorRequest, screen
from entremise.web.kit.step_up import fresh

UNREADABLE = 422
FAULTS_SHOWN = 100
S = AwardFile.State


@screen("credentials.award")
@once
def file_new(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Receive a spreadsheet and say what it would do."""
    badge_class = own_badge(request, pk)
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data["file"]
        try:
            file = actions_files.receive(badge_class, actor=request.actor, filename=sent.name, content=sent.file)
            return done(request, "", "issuer_file", file.pk)
        except (SpreadsheetRefused, CredentialRefused) as refusal:
            form.add_error("file", refusal.reason)
    context = {
        "issuer": badge_class.issuer,
        "badge": badge_class,
        "form": form,
        "files": queries_issuing.files_of(badge_class.issuer)[:20],
        "largest": settings.MAX_SPREADSHEET_BYTES // 1_000_000,
        "kept_days": rules_issuing.FILE_DAYS,
    }
    return page(request, "file_new.html", "badges", context, status=UNREADABLE if form.errors else 200)


@screen("credentials.award")
@require_GET
def file_example(request: ActorRequest) -> HttpResponse:
    """Give a model to fill in, with two lines of example."""
    titles = [_("Prénom"), _("Nom"), _("Adresse électronique"), _("Date"), _("Comment")]
    rows = [
        [
            _("Awa"),
            "Diallo",
            "awa.diallo@exemple.fr",
            "20/11/2026",
            _("Vue en situation d'accueil pendant deux jours."),
        ],
        [_("Karim"), "Benali", "karim.benali@exemple.fr", "20/11/2026", ""],
    ]
    return spreadsheet(request, _("Modèle de badges à remettre"), titles, rows)


@screen("credentials.award")
@require_GET
def file(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Show where a file stands: what it would do, its progress, its report."""
    found = own_file(request, pk)
    faults = sorted(((int(line), said) for line, said in found.faults.items()))
    skipped = [(int(line), [said]) for line, said in found.results.items() if not rules_issuing.is_reference(said)]
    context: dict[str, Any] = {
        "issuer": found.badge_class.issuer,
        "file": found,
        "line_count": len(found.rows),
        "faults": faults[:FAULTS_SHOWN],
        "fault_count": len(faults),
        "skipped": sorted(skipped)[:FAULTS_SHOWN],
        "is_running": found.state in (S.RUNNING, S.UNDOING),
        "total": found.awarded_count if found.state == S.UNDOING else len(found.rows),
        "progress": found.undone_count if found.state == S.UNDOING else found.next_row,
        "may_undo": found.state == S.DONE and rules_issuing.may_undo(found.done_at, clock.now()),
        "undo_days": rules_issuing.UNDO_DAYS,
        "kept_days": rules_issuing.FILE_DAYS,
        "is_forgotten": not found.rows and not found.faults,
    }
    if getattr(request, "htmx", False):
        return page(request, "_file.html", "badges", context)
    return page(request, "file.html", "badges", context)


@screen("credentials.award")
@require_POST
@once
def file_start(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Give the badges of the lines that were understood."""
    try:
        actions_files.start(own_file(request, pk), actor=request.actor)
    except CredentialRefused as refusal:
        return refused(request, refusal.reason, "issuer_file", pk)
    return done(request, "", "issuer_file", pk)


@screen("credentials.award")
@require_POST
@fresh
@once
def file_undo(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Take back every badge that a file gave."""
    try:
        actions_files.undo(own_file(request, pk), actor=request.actor)
    except CredentialRefused as refusal:
        return refused(request, refusal.reason, "issuer_file", pk)
    return done(request, "", "issuer_file", pk)


@screen("credentials.award")
@require_GET
@fresh
def file_report(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Give what became of each line, with the reference of each badge: the issuer's own register."""
    found = own_file(request, pk)
    titles = [_("Ligne"), _("Nom"), _("Adresse électronique"), _("Résultat"), _("Référence du badge")]
    return spreadsheet(request, _("Badges remis"), titles, _report(found))


def own_file(request: ActorRequest, pk: UUID) -> AwardFile:
    """Return one spreadsheet of the actor's own organisation, or 404."""
    found = queries_issuing.file_for(pk, request.actor)
    if found is None:
        raise Http404
    return found


def _report(found: AwardFile) -> Iterator[list[Any]]:
    rows = {row["line"]: row for row in found.rows}
    for line in sorted({*rows, *(int(one) for one in found.faults)}):
        row = rows.get(line, {"name": "", "email": ""})
        said = found.results.get(str(line), "")
        is_given = bool(rules_issuing.is_reference(said))
        told = (
            " ".join(found.faults.get(str(line), []))
            or ("" if is_given else said)
            or (_("remis") if is_given else _("à remettre"))
        )
        yield [line, row["name"], row["email"], told, said if is_given else ""]
