"""For who holds a letter or a dead link: the code of the letter, and a new link sent to the recorded address."""

from allauth.core import ratelimit
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from entremise.kernel import links
from entremise.kernel.models import MailLink
from entremise.web.kit.link_pages import keep, kept, link_refused
from entremise.web.kit.responses import respond
from entremise.web.kit.screens import PUBLIC, ActorRequest, screen
from entremise.web.public.forms import ShortCodeForm


@screen(PUBLIC)
def short_code(request: ActorRequest) -> HttpResponse:
    """Ask for the code of a letter and open the page it leads to."""
    form = ShortCodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not ratelimit.consume(request, action="short_code"):
            form.add_error("code", _("Trop de codes ont été essayés. Attendez une heure, puis recommencez."))
            return respond(request, "web/public/short_code.html", {"form": form}, status=429)
        try:
            purpose, link = links.find_code(form.cleaned_data["code"])
            return redirect(purpose.url_name, token=keep(request, purpose, links.token(link)))
        except links.LinkRefused as refusal:
            if refusal.link:
                keep(request, links.PURPOSES[refusal.link.purpose], links.token(refusal.link))
                return link_refused(request, refusal)
            unknown = _("Ce code n'est pas reconnu. Recopiez les dix caractères imprimés sur votre lettre.")
            form.add_error("code", unknown)
    return respond(request, "web/public/short_code.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
@screen(PUBLIC)
def link_again(request: ActorRequest) -> HttpResponse:
    """Send a new link to the address recorded with a dead one; the answer is always the same."""
    purpose = links.PURPOSES.get(request.POST.get("purpose", ""))
    if purpose:
        try:
            links.read(purpose, kept(request, purpose, request.POST.get("link", "")))
        except links.LinkRefused as refusal:
            _send_again(request, refusal.link)
    return redirect("link_sent_again")


@screen(PUBLIC)
def link_sent_again(request: ActorRequest) -> HttpResponse:
    """Say where the new link goes."""
    return respond(request, "web/public/link_sent_again.html")


def _send_again(request: ActorRequest, link: MailLink | None) -> None:
    if link is None or not links.can_be_sent_again(link):
        return
    if ratelimit.consume(request, action="link_again", key=str(link.pk)):
        links.send_again(link)
