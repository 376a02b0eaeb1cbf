"""Badges that others issued: brought, verified, seen before they are kept, aligned, verified again, removed."""

import base64
import binascii
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from entremise.credentials import actions_foreign, queries_foreign, rules_foreign
from entremise.credentials.clients import Busy
from entremise.credentials.models_sharing import ForeignBadge
from entremise.credentials.queries_foreign import Examined
from entremise.credentials.rules import CredentialRefused
from entremise.skills import queries as skills
from entremise.skills.models import Skill
from entremise.skills.rules import same_label
from entremise.web.jobseeker import undo
from entremise.web.jobseeker.forms import posted
from entremise.web.jobseeker.owner import my_person
from entremise.web.kit import badge_files
from entremise.web.kit.once import once
from entremise.web.kit.responses import done, refused, respond
from entremise.web.kit.screens import ActorRequest, screen

MOST_TEXT = 1_400_000


class BringForm(forms.Form):
    """A badge as a file, or as its text or address."""

    file = forms.FileField(
        label=gettext_lazy("Le fichier du badge"),
        help_text=gettext_lazy("Une image PNG ou SVG, un fichier JSON ou JWT, de moins d'un mégaoctet."),
        required=False,
        allow_empty_file=True,
        widget=forms.ClearableFileInput(attrs={"accept": ".png,.svg,.json,.jsonld,.jwt,.txt,image/*"}),
    )
    text = forms.CharField(
        label=gettext_lazy("Ou son adresse, ou son texte"),
        help_text=gettext_lazy("L'adresse du badge (https://…), ou ce que son émetteur vous a donné à copier."),
        required=False,
        max_length=MOST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false", "autocapitalize": "off"}),
    )

    def given(self) -> bytes:
        """Return what was brought, or note what is missing."""
        if not self.is_valid():
            return b""
        file, text = self.cleaned_data["file"], self.cleaned_data["text"]
        if file is None and not text:
            self.add_error("file", _("Choisissez un fichier, ou collez l'adresse ou le texte du badge."))
        elif file is not None and file.size > rules_foreign.MOST_BYTES:
            self.add_error("file", _("Ce fichier est trop gros : un mégaoctet au plus."))
        else:
            return bytes(file.read()) if file is not None else text.encode("utf-8", "replace")
        return b""


class SkillsForm(forms.Form):
    """Which skills of the referential a badge corresponds to."""

    skills = forms.MultipleChoiceField(
        label=gettext_lazy("À quelles compétences correspond-il ?"),
        help_text=gettext_lazy("Nos propositions, d'après ce que dit le badge. Cochez celles qui conviennent."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    other = forms.CharField(label=gettext_lazy("Une autre compétence"), max_length=400, required=False)
    other_id = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: object, proposed: list[Skill], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        choices = [(str(one.pk), one.label) for one in proposed]
        self.fields["skills"].choices = choices  # type: ignore[attr-defined]  # a choice field

    def clean_other(self) -> str:
        """Take the suggestion that was picked, else the skill that is called exactly so."""
        typed = str(self.cleaned_data["other"]).strip()
        if not typed:
            return ""
        for one in skills.suggest_skills(typed, limit=8):
            if one.id == self.data.get("other_id") or same_label(one.label) == same_label(typed):
                return one.id
        raise forms.ValidationError(_("Nous ne connaissons pas cette compétence : choisissez une proposition."))

    def picked(self) -> list[Skill]:
        """Return the skills that were picked."""
        chosen = [*self.cleaned_data["skills"], self.cleaned_data["other"]]
        return queries_foreign.skills_of([pk for pk in chosen if pk])


@screen("credentials.hold")
def my_badge_import(request: ActorRequest) -> HttpResponse:
    """Ask for a badge, verify it, and show it before anything is kept."""
    form = BringForm(posted(request), request.FILES or None)
    given = form.given() if request.method == "POST" else b""
    if not form.is_bound or form.errors:
        context = {"form": form}
        return respond(request, "web/jobseeker/badge_import.html", context, status=422 if form.errors else 200)
    try:
        examined = actions_foreign.examine(given, my_person(request))
    except Busy:
        form.add_error(None, _busy())
        return respond(request, "web/jobseeker/badge_import.html", {"form": form}, status=503)
    return _seen(request, examined, SkillsForm(proposed=_proposed(examined)))


@require_POST
@screen("credentials.hold")
@once
def my_badge_keep(request: ActorRequest) -> HttpResponse:
    """Keep a badge that was seen; it is verified again, since what a form carries can be changed."""
    try:
        given = base64.b64decode(request.POST.get("given", ""), validate=True)
        examined = actions_foreign.examine(given, my_person(request))
    except (binascii.Error, ValueError):
        return refused(request, _("Ce badge n'est pas arrivé entier : recommencez."), "my_badge_import")
    except Busy:
        return refused(request, _busy(), "my_badge_import")
    form = SkillsForm(request.POST, proposed=_proposed(examined))
    if not form.is_valid():
        return _seen(request, examined, form, status=422)
    try:
        badge = actions_foreign.add(my_person(request), actor=request.actor, examined=examined, skills=form.picked())
    except CredentialRefused as refusal:
        return refused(request, refusal.reason, "my_badge_import")
    return done(request, _("Le badge « %s » est sur votre mur.") % badge.name, "my_foreign_badge", pk=badge.pk)


@screen("credentials.hold")
@once
def my_foreign_badge(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Show a badge from elsewhere, with what its last verification said; say to which skills it corresponds."""
    badge = _mine(request, pk)
    chosen = list(badge.skills.all())
    form = SkillsForm(posted(request), proposed=chosen, initial={"skills": [str(one.pk) for one in chosen]})
    if form.is_valid():
        actions_foreign.align(badge, actor=request.actor, skills=form.picked())
        return done(request, _("C'est enregistré."), "my_foreign_badge", pk=pk)
    context = {
        "badge": badge,
        "form": form,
        "skills": chosen,
        "lines": rules_foreign.told(rules_foreign.read_checks(badge.codes)),
        "recipient": rules_foreign.recipient_of(badge.codes),
    }
    return respond(request, "web/jobseeker/badge_foreign.html", context, status=422 if form.errors else 200)


@screen("credentials.hold")
def my_foreign_badge_image(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Show the image of a badge from elsewhere."""
    return badge_files.picture(*badge_files.foreign_picture(_mine(request, pk)))


@require_POST
@screen("credentials.hold")
def my_foreign_badge_file(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Give a badge from elsewhere back, as it came."""
    badge = _mine(request, pk)
    if badge.image:
        ending = "png" if badge.image_type == badge_files.PNG else "svg"
        return badge_files.attachment(bytes(badge.image), badge.image_type, badge.name, ending)
    body = bytes(badge.body)
    kind = (badge_files.JSON, "json") if body.lstrip().startswith(b"{") else ("text/plain", "txt")
    return badge_files.attachment(body, kind[0], badge.name, kind[1])


@require_POST
@screen("credentials.hold")
def my_foreign_badge_check(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Verify a badge from elsewhere again, now."""
    badge = _mine(request, pk)
    try:
        report = actions_foreign.verified_again(badge)
    except Busy:
        return refused(request, _busy(), "my_foreign_badge", pk=pk)
    noted = actions_foreign.note_check(badge, actor=request.actor, report=report)
    said = {
        "valid": _("Le badge est toujours valable."),
        "refused": _("Le badge n'est plus valable : le détail est ci-dessous."),
    }
    waits = _("Nous n'avons pas pu tout vérifier. Nous réessaierons cette semaine.")
    return done(request, said.get(noted.verdict, waits), "my_foreign_badge", pk=pk)


@require_POST
@screen("credentials.hold")
def my_foreign_badge_show(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Show a badge from elsewhere to others, or keep it for oneself; with a way back."""
    badge, is_shown = _mine(request, pk), request.POST.get("shown") == "yes"
    actions_foreign.show(badge, actor=request.actor, is_shown=is_shown)
    said = _("Le badge « %s » peut être montré.") if is_shown else _("Le badge « %s » n'est plus visible que de vous.")
    undo.offer(request, "foreign_shown", {"badge": str(pk), "is_shown": not is_shown}, said % badge.name)
    return done(request, "", "my_foreign_badge", pk=pk)


@require_POST
@screen("credentials.hold")
@once
def my_foreign_badge_remove(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Remove a badge from elsewhere, with a way back."""
    badge = _mine(request, pk)
    facts, said = actions_foreign.facts_of(badge), _("Le badge « %s » est retiré de votre mur.") % badge.name
    actions_foreign.remove(badge, actor=request.actor)
    if facts is None:  # too large to be kept for that; its owner has the file
        return done(request, said, "my_badges")
    undo.offer(request, "foreign_badge", facts, said)
    return done(request, "", "my_badges")


def _mine(request: ActorRequest, pk: UUID) -> ForeignBadge:
    badge = queries_foreign.own(pk, request.actor)
    if badge is None:
        raise Http404
    return badge


def _proposed(examined: Examined) -> list[Skill]:
    return queries_foreign.proposed_skills(examined.content) if examined.may_be_kept else []


def _seen(request: ActorRequest, examined: Examined, form: SkillsForm, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "content": examined.content,
        "may_be_kept": examined.may_be_kept,
        "headline": rules_foreign.headline(examined.report),
        "why_not": "" if examined.may_be_kept else examined.why_not,
        "lines": rules_foreign.told(examined.report.checks),
        "picture": badge_files.data_uri(*badge_files.brought_picture(examined.brought, examined.content)),
        "given": base64.b64encode(examined.given).decode() if examined.may_be_kept else "",
        "recipient": rules_foreign.recipient_of(rules_foreign.written_checks(examined.report)),
    }
    return respond(request, "web/jobseeker/badge_seen.html", context, status=status)


def _busy() -> str:
    return _("Beaucoup de badges sont vérifiés en ce moment : recommencez dans un instant.")
