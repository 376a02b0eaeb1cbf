"""An employer says, by the inbox's link, why people got no answer. A GET shows; only a POST acts."""

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from entremise.kernel import clock
from entremise.reciprok import actions_label_following as actions
from entremise.reciprok import queries_label_following as following
from entremise.reciprok import rules_label_following as rules
from entremise.reciprok.actions_label_following import LabelRefused
from entremise.reciprok.enums import SilenceReason
from entremise.web.employer.inbox import at_the_inbox
from entremise.web.kit.board import Place
from entremise.web.kit.once import once
from entremise.web.kit.refusable import Refusable
from entremise.web.kit.responses import done, respond
from entremise.web.kit.screens import ActorRequest


class SilenceForm(Refusable):
    """Why nobody got an answer, in one touch; a word and advice when they are wanted."""

    reason = forms.ChoiceField(
        label=gettext_lazy("La raison principale"),
        choices=SilenceReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choisissez la raison la plus proche.")},
    )
    words = forms.CharField(
        label=gettext_lazy("Un mot de plus"), required=False, max_length=rules.LONGEST_SILENCE, widget=forms.Textarea
    )
    is_advice_wanted = forms.BooleanField(
        label=gettext_lazy("Je veux un conseil de recrutement, gratuit"),
        required=False,
        help_text=gettext_lazy("Un conseiller de votre agence vous appelle."),
    )


@at_the_inbox
@require_http_methods(["GET", "HEAD", "POST"])
@once
def inbox_silence(request: ActorRequest, place: Place) -> HttpResponse:
    """Ask why there was no answer, and keep what is said."""
    inbox = place.box
    form = SilenceForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.explain_silence(inbox, actor=request.actor, **form.cleaned_data)
            return done(request, _("Merci, c'est noté."), "inbox_silence", token=place.token)
        except LabelRefused as refusal:
            form.refuse(refusal)
    context = {
        "inbox": inbox,
        "silence": following.silence_of(inbox),
        "silent_count": following.silent_lately(inbox.establishment_id, clock.now()),
        "form": form,
        "days": rules.ANSWER_DAYS,
        "token": place.token,
    }
    return respond(request, "web/employer/silence.html", context, status=422 if form.errors else 200)
