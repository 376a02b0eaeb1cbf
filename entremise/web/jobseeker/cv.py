"""Certified CVs: made from what the passport holds, seen, changed, copied, stopped, removed with a way back."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from entremise.credentials import actions_documents as actions
from entremise.credentials import queries_documents as queries
from entremise.credentials import rules_documents
from entremise.credentials.models_certificates import CertifiedCv
from entremise.credentials.rules import CredentialRefused
from entremise.kernel import clock, pdf
from entremise.people import queries as people
from entremise.web.jobseeker import undo
from entremise.web.jobseeker.cv_forms import CvForm
from entremise.web.jobseeker.cv_undo import facts_of_cv
from entremise.web.jobseeker.forms import posted
from entremise.web.jobseeker.owner import my_person
from entremise.web.kit import papers
from entremise.web.kit.once import once
from entremise.web.kit.responses import done, refused, respond
from entremise.web.kit.screens import ActorRequest, screen

FORM, PREVIEW = "web/jobseeker/cv_form.html", "web/jobseeker/_cv_preview.html"


@screen("credentials.hold")
def my_cvs(request: ActorRequest) -> HttpResponse:
    """List the person's CVs."""
    cvs, now = queries.cvs(my_person(request)), clock.now()
    rows = [(cv, rules_documents.is_open(until=cv.until, stopped_at=cv.stopped_at, now=now)) for cv in cvs]
    return respond(request, "web/jobseeker/cvs.html", {"rows": rows})


@screen("credentials.hold")
@once
def my_cv_add(request: ActorRequest) -> HttpResponse:
    """Make a CV, or a copy of one: choose on the left, see it on the right."""
    person = my_person(request)
    model = _mine(request, _uuid(request.GET["modele"])) if "modele" in request.GET else None
    offered = queries.offered(person)
    wishes = people.wishes(person)
    title = wishes[0].occupation.label if wishes else ""
    initial = CvForm.initial_of(queries.told_of(model)) if model else CvForm.first_choice(offered, title)
    return _edit(request, None, initial)


@screen("credentials.hold")
@once
def my_cv_change(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Change a CV; its address stays the same."""
    cv = _mine(request, pk)
    return _edit(request, cv, CvForm.initial_of(queries.told_of(cv)))


@screen("credentials.hold")
def my_cv(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Show a CV as a web page, with what can be done of it."""
    cv = _mine(request, pk)
    is_open = rules_documents.is_open(until=cv.until, stopped_at=cv.stopped_at, now=clock.now())
    context = {
        **_shown(request, cv),
        "is_open": is_open,
        "has_pdf": pdf.is_available(),
        "packages": " ".join(pdf.PACKAGES),
        "badges": queries.signed_badges(cv),
    }
    return respond(request, "web/jobseeker/cv.html", context)


@screen("credentials.hold")
def my_cv_pdf(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Give a CV as a tagged PDF, its badges inside."""
    cv = _mine(request, pk)
    if not pdf.is_available():
        return papers.unavailable(request, reverse("my_cv", args=[pk]))
    badges = [
        pdf.Attached(f"badge-{number}.json", one.award.badge_class.name, bytes(one.body))
        for number, one in enumerate(queries.signed_badges(cv), start=1)
    ]
    name = f"cv-{slugify(cv.title)[:60] or 'certifie'}.pdf"
    return papers.answer(request, "web/jobseeker/cv_paper.html", _shown(request, cv), name=name, attached=badges)


@require_POST
@screen("credentials.hold")
@once
def my_cv_stop(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Show a CV to nobody any more, with a way back."""
    return _act(request, pk, actions.stop_cv, _("Votre CV n'est plus en ligne : son adresse ne montre plus rien."))


@require_POST
@screen("credentials.hold")
@once
def my_cv_resume(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Show a stopped CV again."""
    return _act(request, pk, actions.resume_cv, _("Votre CV est de nouveau en ligne, à la même adresse."))


@require_POST
@screen("credentials.hold")
@once
def my_cv_remove(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Remove a CV, with a way back."""
    cv = _mine(request, pk)
    facts = facts_of_cv(cv)
    try:
        actions.remove_cv(cv, actor=request.actor)
    except CredentialRefused as refusal:
        return refused(request, refusal.reason, "my_cvs")
    undo.offer(request, "cv", facts, _("Le CV « %s » est retiré.") % cv.title)
    return done(request, "", "my_cvs")


def _edit(request: ActorRequest, cv: CertifiedCv | None, initial: dict[str, Any]) -> HttpResponse:
    person = my_person(request)
    offered = queries.offered(person)
    is_preview = request.POST.get("step") == "preview"
    form = CvForm(posted(request), offered=offered, initial=initial)
    if not is_preview and form.is_valid():
        try:
            if cv:
                made = actions.change_cv(cv, actor=request.actor, told=form.told())
            else:
                made = actions.certify_cv(person, actor=request.actor, told=form.told())
        except CredentialRefused as refusal:
            form.refuse(refusal)
        else:
            return done(request, _("Votre CV est prêt."), "my_cv", pk=made.pk)
    drafted = form.drafted()
    if is_preview:  # shown as filled in, without reproach
        form = CvForm(offered=offered, initial=CvForm.initial_of(drafted))
    since = cv.created_at if cv else clock.now()
    page = queries.page(person, drafted, people.own_identity(person, request.actor), since=since)
    context = {"form": form, "cv": cv, "page": page, "has_something": bool(offered.experiences or offered.skills)}
    return respond(request, FORM, context, part=PREVIEW, status=422 if form.errors else 200)


def _shown(request: ActorRequest, cv: CertifiedCv) -> dict[str, Any]:
    link = queries.link_of(cv)
    context = {"cv": cv, "page": queries.own_page(cv, request.actor), "today": clock.today()}
    return {**context, **(papers.address(request, link) if link else {})}


def _act(request: ActorRequest, pk: UUID, act: Callable[..., Any], said: str) -> HttpResponse:
    try:
        act(_mine(request, pk), actor=request.actor)
    except CredentialRefused as refusal:
        return refused(request, refusal.reason, "my_cvs")
    return done(request, said, "my_cv", pk=pk)


def _mine(request: ActorRequest, pk: UUID) -> CertifiedCv:
    cv = queries.cv_for(pk, request.actor)
    if cv is None:
        raise Http404
    return cv


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None
