"""The issuer's own pages start here: in whose name one acts, what was given, what to do next."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from entremise.accounts import queries as accounts
from entremise.accounts.actions import AccountRefused
from entremise.accounts.queries_issuing import only_issues
from entremise.credentials import actions_issuers, queries_issuing
from entremise.credentials.enums import IssuerKind
from entremise.credentials.models import Issuer
from entremise.credentials.rules import CredentialRefused
from entremise.kernel import access, clock
from entremise.web.components.charts import Series, line_chart
from entremise.web.issuer.forms import IssuerForm, OpenForm
from entremise.web.kit.exports import spreadsheet
from entremise.web.kit.once import once
from entremise.web.kit.responses import done, refused, respond
from entremise.web.kit.screens import ActorRequest, screen

SLOT = "issuer"  # which issuer was chosen last, in the session
MONTHS_SHOWN = 12
Context = dict[str, Any]


def chosen_issuer(request: ActorRequest) -> Issuer | None:
    """Return the issuer asked for, else the one chosen last, else the first; nothing when none is open."""
    issuers = queries_issuing.issuers_for(request.actor)
    asked = request.GET.get("emetteur", "")
    if any(one.slug == asked for one in issuers):
        request.session[SLOT] = asked
    wanted = request.session.get(SLOT, "")
    return next((one for one in issuers if one.slug == wanted), next(iter(issuers), None))


def my_issuer(request: ActorRequest) -> Issuer:
    """Return the issuer in whose name the page acts, or 404 when none is open yet."""
    issuer = chosen_issuer(request)
    if issuer is None:
        raise Http404
    return issuer


def page(request: ActorRequest, template: str, tab: str, context: Context, *, status: int = 200) -> HttpResponse:
    """Answer with a page of the desk: its tabs, the issuer in whose name it acts."""
    frame = {
        "tab": tab,
        "issuer": context.get("issuer") or chosen_issuer(request),
        "issuers": queries_issuing.issuers_for(request.actor),
        "shows_tabs": not only_issues(request.actor),
    }
    return respond(request, f"web/issuer/{template}", frame | context, status=status)


@screen("credentials.desk")
@require_GET
def home(request: ActorRequest) -> HttpResponse:
    """Say what was given and what to do next; propose to open an issuer where there is none."""
    issuer = chosen_issuer(request)
    may_open = bool(access.decide("credentials.open_issuer", request.actor))
    context: Context = {
        "may_open": may_open,
        "partners": queries_issuing.partners_for(request.actor) if may_open else [],
    }
    if issuer is not None:
        since = clock.today() - dt.timedelta(days=31 * (MONTHS_SHOWN - 1))
        context |= {
            "issuer": issuer,
            "counts": queries_issuing.counts(issuer),
            "months": _chart(issuer, since),
            "latest": queries_issuing.badges_of(issuer)[:5],
            "writes_certificates": issuer.kind == IssuerKind.EMPLOYER
            and bool(access.decide("credentials.write_certificate", request.actor, issuer)),
            "public_url": reverse("issuer_page", args=[issuer.slug]),
        }
    return page(request, "home.html", "home", context)


@screen("credentials.open_issuer")
@once
def open_own(request: ActorRequest) -> HttpResponse:
    """Open an issuer for the actor's own organisation."""
    agency = accounts.primary_agency(request.actor)
    if agency is None:
        raise Http404
    form = OpenForm(request.POST or None, initial={"name": agency.organisation.name})
    if request.method == "POST" and form.is_valid():
        try:
            issuer = actions_issuers.open_issuer(
                agency.organisation, actor=request.actor, department=agency.department, **form.told()
            )
            request.session[SLOT] = issuer.slug
            return done(request, _("L'émetteur est ouvert. Préparez son premier badge."), "issuer_home")
        except CredentialRefused as refusal:
            form.refuse(refusal)
    context = {"form": form, "organisation": agency.organisation}
    return page(request, "open.html", "home", context, status=422 if form.errors else 200)


@screen("credentials.desk")
@once
def edit(request: ActorRequest) -> HttpResponse:
    """Correct what an issuer says of itself."""
    issuer = my_issuer(request)
    form = IssuerForm(request.POST or None, initial={name: getattr(issuer, name) for name in IssuerForm.base_fields})
    if request.method == "POST" and form.is_valid():
        actions_issuers.change(issuer, actor=request.actor, **form.cleaned_data)
        return done(
            request, _("La présentation est enregistrée. Les badges déjà signés ne changent pas."), "issuer_home"
        )
    context = {"form": form, "issuer": issuer}
    return page(request, "edit.html", "home", context, status=422 if form.errors else 200)


@screen("credentials.stop_issuer")
@require_POST
@once
def stop(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Stop an issuer, or start it again: its own people's or a partner's."""
    issuer = _overseen(request, pk)
    try:
        if issuer.stopped_at:
            actions_issuers.start(issuer, actor=request.actor)
            return done(request, _("%(name)s remet de nouveau des badges.") % {"name": issuer.name}, "issuer_home")
        actions_issuers.stop(issuer, actor=request.actor)
    except (CredentialRefused, AccountRefused) as refusal:
        return refused(request, refusal.reason, "issuer_home")
    sentence = _("%(name)s ne remet plus de badges. Ceux qui ont été remis restent valables.")
    return done(request, sentence % {"name": issuer.name}, "issuer_home")


@screen("credentials.desk")
@require_GET
def figures_export(request: ActorRequest) -> HttpResponse:
    """Give the counts of each month as a spreadsheet: nobody is named in it."""
    issuer = my_issuer(request)
    months = queries_issuing.months(issuer, issuer.created_at.date())
    rows = [[f"{one.first_day:%Y-%m}", one.awarded, one.taken, one.revoked] for one in months]
    titles = [_("Mois"), _("Badges remis"), _("dont pris par la personne"), _("dont retirés ou refusés")]
    return spreadsheet(request, _("Badges par mois"), titles, rows)


def _overseen(request: ActorRequest, pk: UUID) -> Issuer:
    own = next((one for one in queries_issuing.issuers_for(request.actor) if one.pk == pk), None)
    found = own or queries_issuing.partner_for(pk, request.actor)
    if found is None:
        raise Http404
    return found


def _chart(issuer: Issuer, since: dt.date) -> Any:
    told = {one.first_day: one for one in queries_issuing.months(issuer, since)}
    days = [_month_before(clock.today(), back) for back in reversed(range(MONTHS_SHOWN))]
    labels = [formats.date_format(day, "M Y") for day in days]
    awarded = [float(told[day].awarded) if day in told else 0.0 for day in days]
    taken = [float(told[day].taken) if day in told else 0.0 for day in days]
    return line_chart(labels, [Series(_("Remis"), awarded), Series(_("Pris par la personne"), taken)])


def _month_before(today: dt.date, back: int) -> dt.date:
    year, month = divmod(today.year * 12 + today.month - 1 - back, 12)
    return dt.date(year, month + 1, 1)
