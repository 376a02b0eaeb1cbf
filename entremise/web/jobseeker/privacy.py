"""What employers may see, and who looked."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from entremise.passport.queries_card import card_of
from entremise.people import actions, queries
from entremise.people.actions import ConsentRefused
from entremise.people.enums import Visibility
from entremise.people.models import Person
from entremise.web.jobseeker import undo
from entremise.web.jobseeker.forms import ConsentForm, posted
from entremise.web.jobseeker.owner import my_person
from entremise.web.kit.responses import done, refused, respond
from entremise.web.kit.screens import ActorRequest, screen


@screen("people.consent")
def my_consent(request: ActorRequest) -> HttpResponse:
    """Read the text, see what an employer would see, decide."""
    person = my_person(request)
    current, language = queries.current_consent(person), get_language() or "fr"
    wanted = request.GET.get("visibility") or (current.visibility if current else Visibility.ANONYMOUS)
    form = ConsentForm(posted(request), initial={"visibility": wanted})
    if form.is_valid():
        visibility = form.cleaned_data["visibility"]
        try:
            actions.give_consent(person, actor=request.actor, visibility=visibility, language=language)
        except ConsentRefused as refusal:
            return refused(request, refusal.reason, "my_consent")
        return done(request, _("Votre accord est enregistré, avec la date d'aujourd'hui."), "my_home")
    context = _consent_context(person, form["visibility"].value(), language)
    return respond(request, "web/jobseeker/consent.html", {**context, "form": form, "current": current})


def _consent_context(person: Person, seen: str, language: str) -> dict[str, Any]:
    return {
        "person": person,
        "text": queries.current_text(language=language),
        "is_named": seen == Visibility.NAMED,
        "is_anonymous": seen != Visibility.NAMED,
        "card": card_of(person, seen),
        "history": queries.consent_history(person),
    }


@require_POST
@screen("people.consent")
def my_visibility(request: ActorRequest) -> HttpResponse:
    """Close or narrow at once, in one click; open or widen goes through the text first."""
    person = my_person(request)
    before, wanted = getattr(person, "shared", None) or "none", request.POST.get("visibility", "")
    if wanted == before:
        return redirect("my_consent")
    if wanted not in {"none", Visibility.ANONYMOUS} or before == "none":
        return redirect(f"{reverse('my_consent')}?{urlencode({'visibility': wanted})}")
    language = get_language() or "fr"
    version = getattr(person, "text_version", None)
    facts = {"visibility": before, "language": language, "version": version}
    if wanted == "none":
        actions.withdraw_consent(person, actor=request.actor)
        said = _("Votre profil est fermé. Les employeurs ne le voient plus.")
    else:
        told = {"visibility": wanted, "language": language, "same_text": version}
        actions.give_consent(person, actor=request.actor, **told)
        said = _("Les employeurs ne voient plus votre nom.")
    undo.offer(request, "consent", facts, said)
    return done(request, "", "my_consent")
