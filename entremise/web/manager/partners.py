"""The partners who send offers: their order, their key, their files and what became of each line."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from entremise.accounts.queries import agencies_of
from entremise.kernel.spreadsheets import write_csv
from entremise.offers import actions_feeds, actions_partners, queries_feeds
from entremise.offers.actions import OfferRefused
from entremise.offers.actions_feeds import FeedMoved, FeedNotTaken
from entremise.offers.enums_feeds import FeedFate
from entremise.offers.models_partners import Feed, OfferPartner
from entremise.web.kit.once import once
from entremise.web.kit.responses import done, refused, respond
from entremise.web.kit.screens import ActorRequest, screen
from entremise.web.kit.step_up import fresh
from entremise.web.kit.typed import whole_number
from entremise.web.manager.partner_forms import FeedForm, PartnerForm

UNREADABLE = 422


@screen("offers.partners")
@require_GET
def offer_partners(request: ActorRequest) -> HttpResponse:
    """List the partners, in their order of precedence."""
    partners = list(queries_feeds.partners(request.actor))
    return respond(request, "web/manager/offer_partners.html", {"partners": partners})


@screen("offers.partners")
@require_http_methods(["GET", "POST"])
@once
def offer_partner_add(request: ActorRequest) -> HttpResponse:
    """Make a partner."""
    agencies = {str(one.pk): one for one in agencies_of(request.actor)}
    form = PartnerForm(
        request.POST or None, request.FILES or None, agencies=agencies.values(), initial={"is_complete": True}
    )
    if request.method == "POST" and form.is_valid():
        try:
            agency = agencies[form.cleaned_data["agency"]]
            partner = actions_partners.create(agency, actor=request.actor, sheet=form.sheet())
        except OfferRefused as refusal:
            form.add_error(refusal.field or None, refusal.reason)
        else:
            return done(request, _("Le partenaire est enregistré."), "offer_partner", pk=partner.pk)
    status = UNREADABLE if form.errors else 200
    return respond(request, "web/manager/offer_partner_add.html", {"form": form}, status=status)


@screen("offers.partners")
@require_http_methods(["GET", "POST"])
@once
def offer_partner(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Show a partner and its files; correct what is known of it."""
    partner = _partner(request, pk)
    if request.method == "GET":
        return _page(request, partner)
    form = PartnerForm(request.POST, request.FILES, agencies=[], is_new=False)
    if form.is_valid():
        try:
            actions_partners.save(partner, actor=request.actor, sheet=form.sheet())
        except OfferRefused as refusal:
            form.add_error(refusal.field or None, refusal.reason)
        else:
            return done(request, _("C'est enregistré."), "offer_partner", pk=pk)
    return _page(request, partner, form=form, status=UNREADABLE)


@screen("offers.partners")
@require_POST
@once
def offer_partner_move(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Let a partner win, or lose, over its neighbour."""
    try:
        is_up = request.POST.get("sens") == "haut"
        actions_partners.move(_partner(request, pk), actor=request.actor, is_up=is_up)
    except OfferRefused as refusal:
        return refused(request, refusal.reason, "offer_partners")
    return done(request, _("L'ordre de priorité est changé."), "offer_partners")


@screen("offers.partners")
@require_POST
@fresh
@once
def offer_partner_key(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Give a new key, shown on this page and never again."""
    partner = _partner(request, pk)
    try:
        key = actions_partners.renew_key(partner, actor=request.actor)
    except OfferRefused as refusal:
        return refused(request, refusal.reason, "offer_partner", pk=pk)
    return respond(request, "web/manager/offer_partner_key.html", {"partner": partner, "key": key})


@screen("offers.partners")
@require_POST
@once
def offer_partner_stop(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Take nothing more from a partner."""
    actions_partners.stop(_partner(request, pk), actor=request.actor)
    return done(request, _("Plus rien n'est reçu de ce partenaire."), "offer_partner", pk=pk)


@screen("offers.receive_feed")
@require_POST
@once
def offer_feed_upload(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Receive a partner's file by hand."""
    partner, form = _partner(request, pk), FeedForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, partner, upload=form, status=UNREADABLE)
    sent = form.cleaned_data["file"]
    try:
        feed = actions_feeds.receive(partner, actor=request.actor, filename=sent.name, content=sent.file)
    except FeedNotTaken as refusal:
        form.add_error("file", refusal.reason)
        return _page(request, partner, upload=form, status=UNREADABLE)
    return done(request, _("Le fichier est reçu."), "offer_feed", pk=feed.pk)


@screen("offers.partners")
@require_GET
def offer_feed(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Show what became of each line of a file."""
    feed = _feed(request, pk)
    fate = request.GET.get("resultat", "")
    fate = fate if fate in FeedFate.values else ""
    after = whole_number(request.GET.get("apres", "")) or 0
    lines = queries_feeds.report(feed, fate=fate, after=after, limit=queries_feeds.PAGE + 1)
    more = len(lines) > queries_feeds.PAGE
    lines = lines[: queries_feeds.PAGE]
    context: dict[str, Any] = {
        "feed": feed,
        "lines": lines,
        "fate": fate,
        "fates": FeedFate.choices,
        "next_href": f"?resultat={fate}&apres={lines[-1].number}" if more else "",
        "withdrawn": queries_feeds.withdrawn(feed) if feed.withdrawn_count else [],
    }
    return respond(request, "web/manager/offer_feed.html", context)


@screen("offers.confirm_feed")
@require_POST
@once
def offer_feed_confirm(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Withdraw the offers that a file no longer holds, or keep them."""
    is_to_withdraw = request.POST.get("choix") == "retirer"
    try:
        actions_feeds.confirm(_feed(request, pk), actor=request.actor, is_to_withdraw=is_to_withdraw)
    except FeedMoved:
        return refused(request, _("Quelqu'un a déjà répondu pour ce fichier."), "offer_feed", pk=pk)
    said = _("Les offres absentes du fichier sont retirées.") if is_to_withdraw else _("Toutes les offres restent.")
    return done(request, said, "offer_feed", pk=pk)


@screen("offers.partners")
@require_GET
def offer_feed_refused(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Give the lines that were not published, as a file."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="lignes-a-corriger.csv"'
    columns = [_("Ligne"), _("Référence"), _("Intitulé"), _("À corriger")]
    write_csv(response, columns, queries_feeds.refused(_feed(request, pk)))  # type: ignore[arg-type]  # writes text
    return response


def _page(
    request: ActorRequest,
    partner: OfferPartner,
    *,
    form: PartnerForm | None = None,
    upload: FeedForm | None = None,
    status: int = 200,
) -> HttpResponse:
    names = ("name", "channel", "email", "agreed_on", "agreed_until", "is_complete")
    initial = {name: getattr(partner, name) for name in names}
    feeds = queries_feeds.feeds(request.actor).filter(partner=partner)[: queries_feeds.RECENT]
    context = {
        "partner": partner,
        "form": form or PartnerForm(initial=initial, agencies=[], is_new=False),
        "upload": upload or FeedForm(),
        "feeds": list(feeds),
        "why_not": queries_feeds.why_not(partner),
    }
    return respond(request, "web/manager/offer_partner.html", context, status=status)


def _partner(request: ActorRequest, pk: UUID) -> OfferPartner:
    try:
        return queries_feeds.partner(pk, request.actor)
    except OfferPartner.DoesNotExist:
        raise Http404 from None


def _feed(request: ActorRequest, pk: UUID) -> Feed:
    try:
        return queries_feeds.feed(pk, request.actor)
    except Feed.DoesNotExist:
        raise Http404 from None
