"""The page that stops a family of messages, or puts it off, reached from one; mail programs stop it in one click.

(RFC 8058.)
"""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from entremise.accounts import actions_mail
from entremise.accounts.actions_mail import MailRefused
from entremise.kernel import mail, suppression
from entremise.kernel.actors import Role, link_actor
from entremise.kernel.suppression import Stop
from entremise.web.kit.responses import refused, respond
from entremise.web.kit.screens import PUBLIC, ActorRequest, screen

ONE_CLICK = "One-Click"
PAGE = "web/public/mail_stop.html"


@csrf_exempt  # mail programs post here without any page of ours; the token is the proof
@screen(PUBLIC)
@require_http_methods(["GET", "HEAD", "POST"])
def mail_stop(request: ActorRequest, token: str) -> HttpResponse:
    """Say what would stop; stop it, put it off or let it leave again, by POST only."""
    stop = suppression.read_token(token)
    if stop is None:
        return respond(request, PAGE, {"stop": None}, status=404)
    if request.method == "POST":
        try:
            _act(request, stop)
        except MailRefused as refusal:
            return refused(request, refusal.reason, "mail_stop", token=token)
        if request.POST.get("List-Unsubscribe") == ONE_CLICK:
            return HttpResponse(status=204)
        return redirect("mail_stop", token=token)
    context = {
        "stop": stop, "is_stopped": suppression.is_stopped_by(stop), "can_pause": mail.can_be_paused(stop.family),
        "paused_until": suppression.pause_of(stop.address_hash),
        "pauses": [(weeks, suppression.pause_end(weeks)) for weeks in suppression.PAUSES],
    }  # fmt: skip
    return respond(request, PAGE, context)


def _act(request: ActorRequest, stop: Stop) -> None:
    bearer, asked = link_actor(stop.bearer, Role.MAILBOX_OWNER), request.POST.get("action", "")
    if asked == "pause" and mail.can_be_paused(stop.family):
        actions_mail.pause_messages(stop, actor=bearer, weeks=request.POST.get("weeks", ""))
    elif asked == "end_pause":
        actions_mail.end_pause(stop, actor=bearer)
    elif asked == "resume":
        actions_mail.resume_messages(stop, actor=bearer)
    elif asked != "pause":
        actions_mail.stop_messages(stop, actor=bearer)
