"""The person's proof wall: her badges, what each says and is worth, as files, shown or kept for herself."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from entremise.credentials import actions, actions_forms, actions_sharing, queries, queries_foreign, queries_sharing
from entremise.credentials.enums import Form
from entremise.credentials.queries_image import face_of
from entremise.credentials.queries_sharing import Worn
from entremise.credentials.rules import CredentialRefused
from entremise.credentials.rules_image import svg
from entremise.kernel.workflow import TransitionRefused
from entremise.lib.openbadges.bake import Carrier
from entremise.web.jobseeker import undo
from entremise.web.jobseeker.forms import posted
from entremise.web.jobseeker.owner import my_person
from entremise.web.kit import badge_files
from entremise.web.kit.once import once
from entremise.web.kit.responses import done, refused, respond
from entremise.web.kit.screens import ActorRequest, screen


class DeclineForm(forms.Form):
    """A word before what cannot be undone."""

    is_sure = forms.BooleanField(
        label=gettext_lazy("Oui, je refuse ce badge"),
        help_text=gettext_lazy("Il ne reviendra pas : il faudrait qu'on vous le remette à nouveau."),
    )


@screen("credentials.hold")
def my_badges(request: ActorRequest) -> HttpResponse:
    """Show every badge: those that stand, those from elsewhere, those that are over."""
    person = my_person(request)
    worn = queries_sharing.wall(person)
    choice = queries.choice(person)
    context = {
        "standing": [one for one in worn if not one.is_over],
        "over": [one for one in worn if one.is_over],
        "foreign": list(queries_foreign.badges(person)),
        "declines": bool(choice and choice.declines),
        "hosts": bool(choice and choice.hosts_v2),
        "may_host": any(one.award.badge_class.issuer.writes_v2 for one in worn),
        "is_new": request.GET.get("nouveau", ""),
    }
    return respond(request, "web/jobseeker/badges.html", context)


@screen("credentials.hold")
def my_badge(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Show one badge: what it says, how it is known, what it is worth, what can be done with it."""
    worn = _mine(request, pk)
    context = {
        "worn": worn,
        "award": worn.award,
        "badge": worn.award.badge_class,
        "alignments": worn.award.badge_class.alignments.all(),
        "endorsements": queries_sharing.endorsements(worn.award),
        "files": _files(worn),
    }
    return respond(request, "web/jobseeker/badge.html", context)


@screen("credentials.hold")
def my_badge_image(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Draw one badge."""
    return badge_files.picture(svg(face_of(_mine(request, pk).award)))


@require_POST
@screen("credentials.hold")
def my_badge_file(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Give a badge as a file; a form of it that was never asked is signed now."""
    award, kind = _mine(request, pk).award, request.POST.get("kind", "")
    if kind not in FILES:
        return refused(request, _("Choisissez sous quelle forme prendre le badge."), "my_badge", pk=pk)
    _label, form, make = FILES[kind]
    try:
        credential = actions_forms.form(award, actor=request.actor, form=form)
    except CredentialRefused as refusal:
        return refused(request, refusal.reason, "my_badge", pk=pk)
    body, media_type, ending = make(award, bytes(credential.body))
    return badge_files.attachment(body, media_type, award.badge_class.name, ending)


@require_POST
@screen("credentials.hold")
def my_badge_show(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Show a badge to others, or keep it for oneself; with a way back."""
    award, is_shown = _mine(request, pk).award, request.POST.get("shown") == "yes"
    actions_sharing.show(award, actor=request.actor, is_shown=is_shown)
    said = _("Le badge « %s » peut être montré.") if is_shown else _("Le badge « %s » n'est plus visible que de vous.")
    undo.offer(request, "badge_shown", {"award": str(pk), "is_shown": not is_shown}, said % award.badge_class.name)
    return done(request, "", "my_badge", pk=pk)


@screen("credentials.hold")
@once
def my_badge_decline(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Refuse a badge, once it is sure."""
    worn = _mine(request, pk)
    form = DeclineForm(posted(request))
    if form.is_valid():
        try:
            actions.decline(worn.award, actor=request.actor)
        except TransitionRefused as refusal:
            return refused(request, refusal.reason, "my_badge", pk=pk)
        sentence = _("Vous avez refusé le badge « %s ». Les copies qui circuleraient ne sont plus valables.")
        return done(request, sentence % worn.award.badge_class.name, "my_badges")
    context = {"worn": worn, "award": worn.award, "badge": worn.award.badge_class, "form": form}
    return respond(request, "web/jobseeker/badge_decline.html", context, status=422 if form.errors else 200)


@require_POST
@screen("credentials.choose")
def my_badges_choice(request: ActorRequest) -> HttpResponse:
    """Keep whether the person wants badges for what is confirmed from now on."""
    person = my_person(request)
    choice = queries.choice(person)
    was = (choice.declines, choice.hosts_v2) if choice else (False, False)
    declines, hosts = _chosen(request, "declines", was=was[0]), _chosen(request, "hosts", was=was[1])
    actions.choose(person, actor=request.actor, declines=declines, hosts_v2=hosts)
    if hosts != was[1]:
        return done(request, _("Votre choix est enregistré."), "my_badges")
    said = (
        _("C'est noté : vos prochaines compétences confirmées ne donneront pas de badge. Vos badges restent.")
        if declines
        else _("C'est noté : chaque compétence confirmée vous donnera son badge.")
    )
    return done(request, said, "my_badges")


def _chosen(request: ActorRequest, name: str, *, was: bool) -> bool:
    given = request.POST.get(name)
    return was if given is None else given == "yes"


def _mine(request: ActorRequest, pk: UUID) -> Worn:
    worn = queries_sharing.own_badge(pk, request.actor)
    if worn is None:
        raise Http404
    return worn


def _files(worn: Worn) -> list[tuple[str, Any]]:
    """Return the files that a badge can be taken as: a valid one, and the older form where its issuer writes it."""
    writes_v2 = worn.award.badge_class.issuer.writes_v2
    kinds = [kind for kind in FILES if writes_v2 or kind != OLDER] if worn.is_valid else []
    return [(kind, FILES[kind][0]) for kind in kinds]


def _png(award: Any, body: bytes) -> tuple[bytes, str, str]:
    return badge_files.baked_png(award, body), badge_files.PNG, "png"


def _svg(award: Any, body: bytes) -> tuple[bytes, str, str]:
    return badge_files.baked_svg(award, body), badge_files.SVG, "svg"


def _json(award: Any, body: bytes) -> tuple[bytes, str, str]:
    return body, badge_files.JSON, "json"


def _jwt(award: Any, body: bytes) -> tuple[bytes, str, str]:
    return body, badge_files.JWT, "jwt"


def _older_png(award: Any, body: bytes) -> tuple[bytes, str, str]:
    return badge_files.baked_png(award, body, Carrier.OB2), badge_files.PNG, "png"


OLDER = "ob2"
FILES = {
    "png": (gettext_lazy("Image PNG"), Form.OB3_DI, _png),
    "svg": (gettext_lazy("Image SVG"), Form.OB3_DI, _svg),
    "json": (gettext_lazy("Fichier JSON"), Form.OB3_DI, _json),
    "jwt": (gettext_lazy("Jeton JWT"), Form.OB3_JWT, _jwt),
    OLDER: (gettext_lazy("Image PNG, ancien format (2.0)"), Form.OB2_SIGNED, _older_png),
}
