"""The keys that sign badges: which one signs, which one follows, which one is given up and what is signed again."""

from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from entremise.credentials import actions_keys, queries_rotation
from entremise.credentials.queries_keys import algorithm_of
from entremise.credentials.queries_rotation import KeyLine
from entremise.credentials.rules import NEXT_HOURS
from entremise.web.kit.once import once
from entremise.web.kit.responses import done, refused, respond
from entremise.web.kit.screens import ActorRequest, screen
from entremise.web.kit.step_up import fresh

WORD = gettext_lazy("remplacer")  # typed out: what follows cannot be undone


class GiveUpForm(forms.Form):
    """The word that says that it was meant."""

    word = forms.CharField(label=gettext_lazy("Pour confirmer, écrivez le mot « remplacer »"), max_length=30)

    def clean_word(self) -> str:
        """Compare with the word asked for."""
        typed: str = self.cleaned_data["word"].strip().lower()
        if typed != str(WORD):
            raise forms.ValidationError(_("Ce n'est pas le mot demandé : rien n'a été changé."))
        return typed


@screen("credentials.keys")
@require_GET
def badge_keys(request: ActorRequest) -> HttpResponse:
    """Show the keys of the organisation's issuers."""
    context = {"issuers": queries_rotation.by_issuer(request.actor), "hours": NEXT_HOURS}
    return respond(request, "web/manager/badge_keys.html", context)


@screen("credentials.keys")
@require_POST
@fresh
@once
def badge_key_next(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Publish the key that will follow this one."""
    line = _line(request, pk)
    if not line.is_in_service:
        return refused(request, _("Cette clé n'est pas en service : rien ne la suit."), "badge_keys")
    key = actions_keys.prepare_next(line.key.issuer, actor=request.actor, algorithm=algorithm_of(line.key))
    said = _("La clé %(name)s est publiée. Elle signera dans %(hours)s heures, d'elle-même.")
    return done(request, said % {"name": key.name, "hours": NEXT_HOURS}, "badge_keys")


@screen("credentials.keys")
@require_http_methods(["GET", "POST"])
@fresh
@once
def badge_key_give_up(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Say what happens when a key may have been seen; give it up when the word is typed."""
    line = _line(request, pk)
    if line.is_given_up:
        return refused(request, _("Cette clé est déjà abandonnée."), "badge_keys")
    form = GiveUpForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        count = actions_keys.give_up(line.key.issuer, actor=request.actor, key=line.key)
        said = _("La clé n'est plus publiée. Badges à signer de nouveau, en cours : %(count)s.")
        return done(request, said % {"count": count}, "badge_keys")
    context = {"line": line, "form": form}
    return respond(request, "web/manager/badge_key_give_up.html", context, status=422 if form.errors else 200)


def _line(request: ActorRequest, pk: UUID) -> KeyLine:
    line = queries_rotation.key_for(pk, request.actor)
    if line is None:
        raise Http404
    return line
