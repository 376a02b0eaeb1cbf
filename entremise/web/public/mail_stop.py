"""The page that stops a family of messages, reached from one; mail programs do it in one click (RFC 8058)."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from entremise.accounts import actions_mail
from entremise.kernel import suppression
from entremise.kernel.actors import Role, link_actor
from entremise.web.kit.responses import respond
from entremise.web.kit.screens import PUBLIC, ActorRequest, screen

ONE_CLICK = "One-Click"


@csrf_exempt  # mail programs post here without any page of ours; the token is the proof
@screen(PUBLIC)
@require_http_methods(["GET", "HEAD", "POST"])
def mail_stop(request: ActorRequest, token: str) -> HttpResponse:
    """Say what would stop; stop it, or let it leave again, by POST only."""
    stop = suppression.read_token(token)
    if stop is None:
        return respond(request, "web/public/mail_stop.html", {"stop": None}, status=404)
    if request.method == "POST":
        bearer = link_actor(stop.bearer, Role.MAILBOX_OWNER)
        is_undone = request.POST.get("action") == "resume"
        act = actions_mail.resume_messages if is_undone else actions_mail.stop_messages
        act(stop, actor=bearer)
        if request.POST.get("List-Unsubscribe") == ONE_CLICK:
            return HttpResponse(status=204)
        return redirect("mail_stop", token=token)
    context = {"stop": stop, "is_stopped": suppression.is_stopped_by(stop)}
    return respond(request, "web/public/mail_stop.html", context)
