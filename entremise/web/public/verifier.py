"""The public page that verifies a badge, from here or from elsewhere: no account, nothing kept, the verdict first."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from entremise.credentials import actions_verifying, queries_own
from entremise.credentials.clients import Busy
from entremise.credentials.enums import Channel
from entremise.lib.openbadges import sentences
from entremise.lib.openbadges.content import Content, RecipientKind
from entremise.lib.openbadges.reasons import Check, Outcome
from entremise.lib.openbadges.report import Report, Verdict
from entremise.web.kit.responses import respond
from entremise.web.kit.screens import PUBLIC, ActorRequest, screen

MOST_BYTES = 6 * 2**20
MOST_TEXT = 1_500_000
# Colour, icon and word: none of them is alone to say it.
LOOKS = {
    Verdict.VALID: ("success", "check-circle", _("Valable")),
    Verdict.REFUSED: ("danger", "x", _("Refusé")),
    Verdict.UNDECIDED: ("warning", "help", _("À revoir")),
}
MARKS = {
    Outcome.PASSED: ("success", "check-circle", _("Vérifié")),
    Outcome.FAILED: ("danger", "x", _("Ne va pas")),
    Outcome.UNKNOWN: ("warning", "help", _("Pas pu être vérifié")),
    Outcome.SKIPPED: ("", "dot", _("Rien à vérifier")),
}
RECIPIENTS = {
    RecipientKind.NOBODY: _("Le badge ne nomme personne : c'est voulu, il ne dit rien de trop."),
    RecipientKind.WALLET: _("Le badge est lié au portefeuille numérique de la personne."),
    RecipientKind.EMAIL_HASHED: _("Le badge est lié à une adresse électronique, qu'il ne montre pas."),
    RecipientKind.OTHER_HASHED: _("Le badge est lié à une identité, qu'il ne montre pas."),
}


class VerifierForm(forms.Form):
    """A badge in one of its shapes, and, if one wishes, the address it should belong to."""

    file = forms.FileField(
        label=_("Le fichier du badge"),
        help_text=_("Une image PNG ou SVG, un fichier JSON ou un jeton."),
        required=False,
        allow_empty_file=True,  # the verification says it, like the rest
        widget=forms.ClearableFileInput(attrs={"accept": ".png,.svg,.json,.jsonld,.jwt,.txt,image/*"}),
    )
    text = forms.CharField(
        label=_("Ou son texte, ou son adresse"),
        help_text=_("Collez ici l'adresse du badge (https://…), son contenu JSON ou son jeton."),
        required=False,
        max_length=MOST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false", "autocapitalize": "off"}),
    )
    recipient = forms.CharField(
        label=_("À qui ce badge devrait-il être ?"),
        help_text=_("Certains badges sont liés à une adresse électronique : indiquez celle de la personne."),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )

    def clean(self) -> dict[str, Any]:
        """Ask for something to verify."""
        cleaned = super().clean() or {}
        file = cleaned.get("file")
        if file is None and not cleaned.get("text") and not self.errors:
            self.add_error("file", _now("Choisissez un fichier, ou collez le texte ou l'adresse d'un badge."))
        if file is not None and file.size > MOST_BYTES:
            self.add_error("file", _now("Ce fichier est trop gros pour être un badge (plus de 6 Mo)."))
        return cleaned


@dataclass(frozen=True, slots=True)
class Line:
    """One check, as the page shows it."""

    tone: str
    icon: str
    mark: Any
    step: str
    sentence: str


@screen(PUBLIC)
@require_http_methods(["GET", "HEAD", "POST"])
def verifier(request: ActorRequest) -> HttpResponse:
    """Show the form; verify what it brings, and answer on the same page."""
    if request.method != "POST":
        return _page(request, {"form": VerifierForm()})
    form = VerifierForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, {"form": form}, status=422)
    file = form.cleaned_data["file"]
    given = file.read() if file is not None else form.cleaned_data["text"]
    try:
        report = actions_verifying.verify(given, channel=Channel.PAGE, recipient=form.cleaned_data["recipient"])
    except Busy:
        form.add_error(None, _now("Beaucoup de badges sont vérifiés en ce moment : recommencez dans un instant."))
        return _page(request, {"form": form}, status=503)
    return _page(request, {"form": VerifierForm(), **_told(report), **_own_page(given)})


def _page(request: ActorRequest, context: dict[str, Any], status: int = 200) -> HttpResponse:
    response = respond(request, "web/public/verifier.html", context, status=status)
    response["Cache-Control"] = "no-store"  # what is verified stays in no cache
    return response


def _told(report: Report) -> dict[str, Any]:
    language = get_language() or "fr"
    tone, icon, word = LOOKS[report.verdict]
    return {
        "verdict": report.verdict.value,
        "tone": tone,
        "icon": icon,
        "word": word,
        "headline": sentences.headline(report, language),
        "reason": sentences.sentence(report.reason, language),
        "form_name": sentences.form(report.form, language) if report.form else "",
        "content": report.content,
        "whose": _whose(report.content) if report.content else "",
        "picture": _picture(report.content) if report.content else "",
        "lines": [_line(one, language) for one in report.checks],
        "endorsements": [(_line(one.check, language), one.content) for one in report.endorsements],
    }


def _line(check: Check, language: str) -> Line:
    tone, icon, mark = MARKS[check.outcome]
    return Line(tone, icon, mark, sentences.step(check.step, language), sentences.sentence(check, language))


def _whose(content: Content) -> Any:
    named = content.recipient.name
    return _now("Le badge nomme : %(name)s.") % {"name": named} if named else RECIPIENTS.get(content.recipient.kind)


def _picture(content: Content) -> str:
    """Return an image that this page may show: one of ours, or one that the badge carries; nothing is fetched."""
    own = queries_own.path_of(content.achievement_id)
    if own.startswith("/achievements/"):
        return f"{own}/image.svg"
    return content.image_url if content.image_url.startswith("data:") else ""


def _own_page(given: bytes | str) -> dict[str, str]:
    """Lead to a page of ours whose address was given in place of a badge: a share, a certified CV."""
    path = queries_own.path_of(given.strip()) if isinstance(given, str) else ""
    is_page = path.endswith("/") and path.isascii() and path.isprintable()
    return {"own_page": path} if is_page else {}
