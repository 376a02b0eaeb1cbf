"""The tools of the demonstration, absent everywhere else: one-click sign-in, mailbox, gallery of the messages."""

import functools
import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from uuid import UUID

from allauth.account.internal.flows.logout import logout
from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from entremise.accounts import queries
from entremise.accounts.queries import DemoAccount
from entremise.kernel import mail
from entremise.kernel.actors import Role
from entremise.kernel.mail import Channel
from entremise.kernel.models import OutboxMessage
from entremise.web.kit.responses import respond
from entremise.web.kit.screens import PUBLIC, ActorRequest, screen
from entremise.web.kit.sign_in import AccountAdapter, prove_second_factor

MESSAGES_A_PAGE = 30
SHOWN_AT_ONCE = 2
MAIL_CSP = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'"  # mails style inline
ADDRESS = re.compile(r"https?://\S+")
View = Callable[..., HttpResponse]
TO_TRY: dict[str, tuple[Any, Any, str]] = {
    Role.JOBSEEKER: (
        _("Demandeur d'emploi"),
        _("Ajoutez une expérience, faites valider vos compétences, donnez votre accord pour être promu."),
        "user",
    ),
    Role.PLACEMENT_ADVISER: (
        _("Conseiller à dominante demandeurs"),
        _("Suivez votre portefeuille et aidez chacun à compléter son profil."),
        "users",
    ),
    Role.BUSINESS_ADVISER: (
        _("Conseiller à dominante entreprises"),
        _("Cherchez dans le vivier et promouvez un profil auprès de deux entreprises, en trois gestes."),
        "briefcase",
    ),
    Role.RECRUITER: (
        _("Recruteur"),
        _("Déposez une offre, cherchez des profils sans nom, présentez votre entreprise."),
        "building",
    ),
    Role.ISSUER: (
        _("Remise de badges"),
        _("Dessinez un badge, remettez-le à une personne ou à tout un groupe, suivez ce qu'il devient."),
        "award",
    ),
    Role.TEAM_LEAD: (
        _("Responsable d'équipe"),
        _("Lisez les indicateurs de l'agence, invitez un collègue, importez un tableau."),
        "chart",
    ),
    Role.DIRECTOR: (_("Direction"), _("Comparez les agences et exportez les chiffres."), "target"),
    Role.MODERATOR: (_("Modération du référentiel"), _("Réglez la sécurité de votre compte."), "shield"),
    Role.ADMIN: (_("Administration"), _("Gérez les membres de toutes les agences."), "settings"),
}


@dataclass(frozen=True, slots=True)
class DemoGroup:
    """The demonstration accounts of one role."""

    label: Any
    to_try: Any
    icon: str
    accounts: list[DemoAccount]

    @property
    def first(self) -> list[DemoAccount]:
        """Return those shown at once; a role has enough with two."""
        return self.accounts[:SHOWN_AT_ONCE]

    @property
    def others(self) -> list[DemoAccount]:
        """Return those that a tap shows."""
        return self.accounts[SHOWN_AT_ONCE:]


@dataclass(frozen=True, slots=True)
class Preview:
    """One kind of message as it would be sent."""

    kind: str
    channel: str
    message: mail.Rendered


def demo_only(view: View) -> View:
    """Make a page exist in the demonstration only."""

    @functools.wraps(view)
    def run(request: ActorRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.DEMO:
            raise Http404
        return view(request, *args, **kwargs)

    return screen(PUBLIC)(run)


@demo_only
def demo_sign_in(request: ActorRequest) -> HttpResponse:
    """Offer one account of each role, and sign in with one click."""
    if request.method == "POST":
        return _sign_in_as(request, request.POST.get("account", ""))
    groups = [
        DemoGroup(*TO_TRY[role], list(accounts))
        for role, accounts in groupby(queries.demo_accounts(), key=lambda account: account.role)
    ]
    return respond(request, "web/public/demo_sign_in.html", {"groups": groups})


@demo_only
def mailbox(request: ActorRequest) -> HttpResponse:
    """Show what would have been sent, newest first."""
    filters = {"recipient": request.GET.get("destinataire", "").strip(), "channel": request.GET.get("canal", "")}
    messages = mail.outbox(**filters)
    page = Paginator(messages, MESSAGES_A_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "channels": Channel.choices, **filters}
    return respond(request, "web/public/demo_mailbox.html", context, part="web/public/_demo_messages.html")


@demo_only
def mailbox_message(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Show one message as text, with its links as buttons."""
    message = _message(pk)
    addresses = list(dict.fromkeys(ADDRESS.findall(message.text)))
    links = [{"href": a, "is_ours": a.startswith(settings.BASE_URL)} for a in addresses]
    return respond(request, "web/public/demo_message.html", {"message": message, "links": links})


@demo_only
def mailbox_html(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Show one message as its recipient's mail program would."""
    return _as_mail(_message(pk).html)


@demo_only
def mail_gallery(request: ActorRequest) -> HttpResponse:
    """Show an example of every message the site can send."""
    language = _language(request)
    kinds = sorted(mail.KINDS.items())
    previews = [Preview(kind, str(Channel(cls.channel).label), mail.preview(kind, language)) for kind, cls in kinds]
    context = {"previews": previews, "language": language, "languages": settings.LANGUAGES}
    return respond(request, "web/public/mail_gallery.html", context)


@demo_only
def mail_gallery_html(request: ActorRequest, kind: str) -> HttpResponse:
    """Show the HTML of one example."""
    if kind not in mail.KINDS:
        raise Http404
    return _as_mail(mail.preview(kind, _language(request)).html)


def _sign_in_as(request: ActorRequest, account: str) -> HttpResponse:
    try:
        user = queries.demo_account(UUID(account))
    except ValueError:
        user = None
    if user is None:
        raise Http404
    logout(request, show_message=False)
    AccountAdapter(request).login(request, user)
    if queries.is_professional(user):
        prove_second_factor(request)
    return redirect("home")


def _message(pk: UUID) -> OutboxMessage:
    message = mail.outbox().filter(pk=pk).first()
    if message is None:
        raise Http404
    return message


def _language(request: ActorRequest) -> str:
    asked = request.GET.get("langue", "fr")
    return asked if asked in dict(settings.LANGUAGES) else "fr"


def _as_mail(html: str) -> HttpResponse:
    response = HttpResponse(html)
    response["Content-Security-Policy"] = MAIL_CSP
    return response
