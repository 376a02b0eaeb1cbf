"""Badges being designed: drafted with the image in sight, published, then never changed: a new version is made."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from entremise.credentials import actions_classes, queries_directory, queries_issuing, rules_image
from entremise.credentials.enums import BadgeState
from entremise.credentials.models import BadgeClass
from entremise.credentials.rules import CredentialRefused
from entremise.kernel import clock
from entremise.web.issuer.desk import my_issuer, page
from entremise.web.issuer.forms import BadgeForm, badge_initial, skill_by_id
from entremise.web.kit.once import once
from entremise.web.kit.responses import done, refused
from entremise.web.kit.screens import ActorRequest, screen

LONGEST_TITLE = 120


@screen("credentials.desk")
@require_GET
def badges(request: ActorRequest) -> HttpResponse:
    """List the badges of the issuer, drafts first."""
    issuer = my_issuer(request)
    order = {BadgeState.DRAFT: 0, BadgeState.PUBLISHED: 1, BadgeState.RETIRED: 2}
    rows = sorted(queries_issuing.badges_of(issuer), key=lambda one: order[BadgeState(one.state)])
    return page(request, "badges.html", "badges", {"issuer": issuer, "badges": rows})


@screen("credentials.design")
@once
def badge_new(request: ActorRequest) -> HttpResponse:
    """Begin a badge."""
    issuer = my_issuer(request)
    form = BadgeForm(request.POST or None, departments=queries_directory.departments())
    if request.method == "POST" and form.is_valid():
        skill = form.picked_skill()
        if not form.errors:
            try:
                made = actions_classes.draft(issuer, actor=request.actor, aligned=form.aligned(), **form.told(skill))
                return done(
                    request, _("Le brouillon est enregistré. Relisez-le, puis publiez-le."), "issuer_badge", made.pk
                )
            except CredentialRefused as refusal:
                form.refuse(refusal)
    return _form(request, form, None)


@screen("credentials.design")
@once
def badge_edit(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Change a draft; from a published badge, draft its next version."""
    badge_class = own_badge(request, pk)
    form = BadgeForm(
        request.POST or None, departments=queries_directory.departments(), initial=badge_initial(badge_class)
    )
    if request.method == "POST" and form.is_valid():
        skill = form.picked_skill()
        if not form.errors:
            try:
                changed = actions_classes.change(
                    badge_class, actor=request.actor, aligned=form.aligned(), **form.told(skill)
                )
                return done(
                    request, _("Le brouillon est enregistré. Relisez-le, puis publiez-le."), "issuer_badge", changed.pk
                )
            except CredentialRefused as refusal:
                form.refuse(refusal)
    return _form(request, form, badge_class)


@screen("credentials.desk")
@require_GET
def badge_sketch(request: ActorRequest) -> HttpResponse:
    """Draw the image of a badge being written."""
    issuer = my_issuer(request)
    skill = skill_by_id(request.GET.get("skill_id", ""))
    title = " ".join(request.GET.get("name", "").split())[:LONGEST_TITLE] or _("Titre du badge")
    family = skill.family if skill else ""
    face = rules_image.Face(title, family, 0, issuer.name, clock.today().year)
    return HttpResponse(rules_image.svg(face), content_type="image/svg+xml")


@screen("credentials.desk")
@require_GET
def badge(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Show a badge as its issuer sees it: what it says, what can be done with it."""
    badge_class = own_badge(request, pk)
    context = {
        "issuer": badge_class.issuer,
        "badge": badge_class,
        "versions": queries_issuing.versions(badge_class),
        "is_draft": badge_class.state == BadgeState.DRAFT,
        "is_published": badge_class.state == BadgeState.PUBLISHED,
        "public_url": reverse("achievement", args=[badge_class.series, badge_class.version]),
        "sketch": _sketch(badge_class),
    }
    return page(request, "badge.html", "badges", context)


@screen("credentials.design")
@require_POST
@once
def badge_publish(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Publish a draft."""
    badge_class = own_badge(request, pk)
    try:
        actions_classes.publish(badge_class, actor=request.actor)
    except CredentialRefused as refusal:
        return refused(request, refusal.reason, "issuer_badge", pk)
    sentence = _("Le badge est publié : vous pouvez le remettre. Ce qu'il dit ne changera plus.")
    return done(request, sentence, "issuer_badge", pk)


@screen("credentials.design")
@require_POST
@once
def badge_retire(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Award a badge no more."""
    badge_class = own_badge(request, pk)
    if badge_class.state != BadgeState.PUBLISHED:
        return refused(request, _("Ce badge n'est pas publié : il n'y a rien à arrêter."), "issuer_badge", pk)
    actions_classes.retire(badge_class, actor=request.actor)
    return done(request, _("Le badge ne se remet plus. Ceux qui ont été remis restent valables."), "issuer_badge", pk)


def own_badge(request: ActorRequest, pk: UUID) -> BadgeClass:
    """Return one badge of the actor's own issuers, or 404."""
    found = queries_issuing.badge_for(pk, request.actor)
    if found is None:
        raise Http404
    return found


def _sketch(badge_class: BadgeClass) -> str:
    query = {"name": badge_class.name, "skill_id": str(badge_class.skill_id or "")}
    return reverse("issuer_badge_sketch", query=query)


def _form(request: ActorRequest, form: BadgeForm, badge_class: BadgeClass | None) -> HttpResponse:
    if "apercu" in request.GET:
        query = {name: request.GET.get(name, "") for name in ("name", "skill_id")}
        return page(request, "_badge_sketch.html", "badges", {"sketch": reverse("issuer_badge_sketch", query=query)})
    query = {name: str(form[name].value() or "") for name in ("name", "skill_id")}
    context: dict[str, Any] = {
        "form": form,
        "badge": badge_class,
        "is_new_version": bool(badge_class and badge_class.state != BadgeState.DRAFT),
        "sketch": reverse("issuer_badge_sketch", query=query),
    }
    return page(request, "badge_form.html", "badges", context, status=422 if form.errors else 200)
