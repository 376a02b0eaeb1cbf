"""Promoting a profile: three gestures, choose, tick, send. Everything works in one form, without JavaScript."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from entremise.accounts.queries import primary_agency
from entremise.employers import actions as employers
from entremise.employers import queries as directory
from entremise.employers.models import Establishment
from entremise.passport.queries_card import card_of
from entremise.passport.rules_card import Card
from entremise.people.enums import Visibility
from entremise.people.models import Person
from entremise.people.queries import visibility_now
from entremise.promotions import actions, queries, queries_draft
from entremise.promotions.queries_contacts import Suggestion, contacts, contacts_at, suggested_contacts
from entremise.web.adviser.promote_forms import NewContactForm, PromoteForm
from entremise.web.kit.once import once
from entremise.web.kit.responses import done, respond
from entremise.web.kit.screens import ActorRequest, screen


@dataclass
class Desk:
    """What the page needs while a profile is being promoted."""

    person: Person
    card: Card
    allowed: Visibility
    suggestions: list[Suggestion]
    chosen: list[Suggestion]  # contacts of establishments that the adviser looked for
    found: list[Establishment] = field(default_factory=list)
    opened: list[Establishment] = field(default_factory=list)
    new_contact: NewContactForm = field(default_factory=NewContactForm)

    @property
    def last_opened(self) -> Establishment | None:
        """Return the establishment where a new contact would be added."""
        return self.opened[-1] if self.opened else None


@screen("promotions.promote")
@require_http_methods(["GET", "HEAD", "POST"])
@once
def promote(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Show whom to ask with a message made of facts, then send to those who are ticked."""
    try:
        person = queries.promotable(pk, request.actor)
    except Person.DoesNotExist as missing:
        raise Http404 from missing
    allowed = visibility_now(person.pk, Visibility.NAMED)
    if allowed is None:
        return respond(request, "web/adviser/promote_closed.html", {"person": person}, status=409)
    desk = _desk(request, person, allowed)
    if request.method != "POST":
        return _page(request, desk, _form(desk, initial=_initial(request, desk)))
    if request.POST.get("step") in _STEPS:
        return _STEPS[request.POST["step"]](request, desk)
    return _send(request, desk)


def _send(request: ActorRequest, desk: Desk) -> HttpResponse:
    form = _form(desk, request.POST)
    if form.is_valid():
        chosen = contacts([UUID(pk) for pk in form.cleaned_data["contacts"]], request.actor)
        agency = primary_agency(request.actor)
        facts = {name: form.cleaned_data[name] for name in ("message", "visibility", "acknowledged")}
        try:
            sent = actions.send(desk.person, actor=request.actor, agency=agency, contacts=chosen, **facts)
        except actions.PromotionRefused as refusal:
            form.add_error(refusal.field or None, refusal.reason)
        else:
            text = ngettext(
                "Le profil est présenté à un employeur.", "Le profil est présenté à %(count)d employeurs.", len(sent)
            )
            return done(request, text % {"count": len(sent)}, "promotions")
    return _page(request, desk, form, status=422)


def _search(request: ActorRequest, desk: Desk) -> HttpResponse:
    """Look for another establishment, keeping what is ticked and written."""
    form = _form(desk, request.POST)
    desk.found = directory.search(request.POST.get("q", ""), request.actor)
    if not desk.found:
        form.add_error("q", _("Aucun établissement ne porte ce nom dans l'annuaire. Essayez son numéro SIRET."))
    return _page(request, desk, form)


def _show(request: ActorRequest, desk: Desk) -> HttpResponse:
    """Show the contacts of the establishment that was looked for."""
    return _page(request, desk, _form(desk, request.POST))


def _add_contact(request: ActorRequest, desk: Desk) -> HttpResponse:
    """Add a contact to the establishment that was looked for, and tick it."""
    desk.new_contact = NewContactForm(request.POST, prefix="new")
    ticked = request.POST.copy()
    if desk.opened and desk.new_contact.is_valid():
        facts = {name: desk.new_contact.cleaned_data[name] for name in ("name", "role", "email")}
        try:
            added = employers.save_contact(desk.opened[-1], actor=request.actor, **facts)
        except employers.ContactRefused as refusal:
            desk.new_contact.add_error(refusal.field or None, refusal.reason)
        else:
            desk.new_contact = NewContactForm(prefix="new")
            desk.chosen = _chosen(request, desk.person, desk.card, [e.pk for e in desk.opened])
            ticked.appendlist("contacts", str(added.pk))
    return _page(request, desk, _form(desk, ticked), status=422 if desk.new_contact.errors else 200)


_STEPS = {"search": _search, "show": _show, "add_contact": _add_contact}


def _desk(request: ActorRequest, person: Person, allowed: Visibility) -> Desk:
    card = card_of(person, Visibility.ANONYMOUS)
    opened = _opened(request)
    shown = _chosen(request, person, card, [establishment.pk for establishment in opened])
    known = {one.contact.pk for one in shown}
    suggested = [s for s in suggested_contacts(person, request.actor, card.rome_codes) if s.contact.pk not in known]
    return Desk(person, card, allowed, suggested, shown, opened=opened, new_contact=NewContactForm(prefix="new"))


def _opened(request: ActorRequest) -> list[Establishment]:
    """Return the establishments that the adviser looked for, by the address or by the form."""
    asked = [*request.POST.getlist("opened"), request.POST.get("etab", ""), request.GET.get("etablissement", "")]
    found = []
    for text in dict.fromkeys(asked):
        try:
            found.append(directory.establishment(UUID(text)))
        except (ValueError, Establishment.DoesNotExist):
            continue
    return found


def _chosen(request: ActorRequest, person: Person, card: Card, ids: list[UUID]) -> list[Suggestion]:
    return contacts_at(ids, person, request.actor, card.rome_codes) if ids else []


def _form(desk: Desk, posted: Any = None, **kwargs: Any) -> PromoteForm:
    people = [*desk.chosen, *desk.suggestions]
    return PromoteForm(posted, people=people, may_be_named=desk.allowed == Visibility.NAMED, **kwargs)


def _initial(request: ActorRequest, desk: Desk) -> dict[str, Any]:
    establishment = desk.opened[0] if desk.opened else None
    message = queries_draft.draft_message(desk.person, establishment, request.actor, desk.card)
    return {"message": message, "visibility": desk.allowed}


def _page(request: ActorRequest, desk: Desk, form: PromoteForm, *, status: int = 200) -> HttpResponse:
    context = {"desk": desk, "form": form, "person": desk.person, "card": desk.card}
    return respond(request, "web/adviser/promote.html", context, part="web/adviser/_promote.html", status=status)
