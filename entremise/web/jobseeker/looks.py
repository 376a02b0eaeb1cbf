"""Who looked at one's file: the page, the list to keep, the proof that nothing was changed in it."""

import io
import json
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from entremise.kernel import seal_proofs
from entremise.kernel.seal_files import SealRefused
from entremise.kernel.spreadsheets import write_csv
from entremise.people import actions, queries
from entremise.people.actions import ProfileRefused
from entremise.people.queries import Look
from entremise.web.jobseeker.owner import my_person
from entremise.web.kit.responses import done, refused, respond
from entremise.web.kit.screens import ActorRequest, screen
from entremise.web.kit.typed import whole_number

ALL, NAMED, ASKED = "tout", "nom", "questions"
LAST = 3


@dataclass(frozen=True, slots=True)
class Choice:
    """A part of the list that may be shown alone."""

    code: str
    label: str
    count: int
    is_chosen: bool


@screen("people.see_own")
def my_access(request: ActorRequest) -> HttpResponse:
    """Show every look at the file, day by day; ask why about one."""
    person = my_person(request)
    if request.method == "POST":
        return _question(request)
    parts = _parts(queries.access_history(person))
    chosen = request.GET.get("voir", ALL)
    chosen = chosen if chosen in parts else ALL
    labels = {ALL: _("Tout"), NAMED: _("Avec mon nom"), ASKED: _("Mes questions")}
    context = {
        "person": person,
        "looks": parts[chosen],
        "has_looks": bool(parts[ALL]),
        "choices": [Choice(code, labels[code], len(looks), code == chosen) for code, looks in parts.items()],
    }
    return respond(request, "web/jobseeker/access.html", context)


@screen("people.see_own")
@require_GET
def my_last_looks(request: ActorRequest) -> HttpResponse:
    """Show the last looks in the person's first page, which asks for them once it is there."""
    if not getattr(request, "htmx", False):
        return redirect("my_access")
    looks = queries.access_history(my_person(request), limit=LAST)
    return respond(request, "web/jobseeker/_last_looks.html", {"looks": looks})


@screen("people.see_own")
@require_GET
def my_access_file(request: ActorRequest) -> HttpResponse:
    """Give the whole list as a table."""
    headings = [_("Quand"), _("Qui"), _("Rôle"), _("Lieu"), _("Ce qui a été vu"), _("Pourquoi"), _("Réponse")]
    looks = queries.access_history(my_person(request))
    rows = [[one.when, one.who, one.role, one.place, one.what, one.why, one.answer] for one in looks]
    out = io.StringIO(newline="")
    write_csv(out, headings, rows)
    return _file(out.getvalue().encode(), "consultations.csv", "text/csv; charset=utf-8")


@screen("people.see_own")
@require_GET
def my_access_proof(request: ActorRequest) -> HttpResponse:
    """Give the person's lines of the journal with the proof that they are sealed in it."""
    try:
        proof = seal_proofs.proof_about(my_person(request).pk)
    except SealRefused:
        return refused(request, _("La preuve n'est pas encore prête. Réessayez dans une minute."), "my_access")
    text = json.dumps(proof, ensure_ascii=False, indent=1)
    return _file(text.encode(), "preuve-du-journal.json", "application/json")


def _parts(looks: list[Look]) -> dict[str, list[Look]]:
    return {
        ALL: looks,
        NAMED: [one for one in looks if one.has_identity],
        ASKED: [one for one in looks if one.is_questioned],
    }


def _file(content: bytes, name: str, kind: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _question(request: ActorRequest) -> HttpResponse:
    entry_id = whole_number(request.POST.get("entry", ""))
    try:
        told = actions.question_access(my_person(request), actor=request.actor, entry_id=entry_id)
    except ProfileRefused as refusal:
        return refused(request, refusal.reason, "my_access")
    if not told:
        return done(request, _("Votre question est inscrite dans votre dossier, avec la date."), "my_access")
    said = ngettext(
        "Votre question est inscrite dans votre dossier et envoyée à la personne responsable de cette agence.",
        "Votre question est inscrite dans votre dossier et envoyée aux %(count)d responsables de cette agence.",
        told,
    )
    return done(request, said % {"count": told}, "my_access")
