"""What the pages where an adviser decides share: the decision is taken, refused at its field, or a colleague's."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse

from entremise.reciprok.actions_label_following import LabelRefused
from entremise.reciprok.rules import ApplicationRefused
from entremise.web.kit.refusable import Refusable
from entremise.web.kit.responses import done, refused, respond
from entremise.web.kit.screens import ActorRequest

LIST = "adviser_moderation"


def decide(
    request: ActorRequest, page: str, form: Refusable, act: Callable[[dict[str, Any]], Any], said: str, **shown: Any
) -> HttpResponse:
    """Do what the form tells and go back to the list, or show the page; `act` takes what the form says."""
    if form.is_valid():
        try:
            act(form.cleaned_data)
            return done(request, said, LIST)
        except (ApplicationRefused, LabelRefused) as refusal:
            if not refusal.field:  # a colleague was quicker
                return refused(request, refusal.reason, LIST)
            form.refuse(refusal)
    return respond(request, page, {"form": form, **shown}, status=422 if form.errors else 200)


def posted(request: ActorRequest) -> Any:
    """Return what was sent, or nothing for a page that is only looked at."""
    return request.POST if request.method == "POST" else None
