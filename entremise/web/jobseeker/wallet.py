"""The person's digital wallet: choose what goes there, see exactly what it gets, hand it over, take it back."""

from dataclasses import replace
from typing import Any
from uuid import UUID

import segno
from django import forms
from django.http import Http404, HttpResponse
from django.utils import formats
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from entremise.credentials import actions_wallet as actions
from entremise.credentials import queries_wallet as queries
from entremise.credentials import rules_wallet
from entremise.credentials.models import Award
from entremise.credentials.models_wallet import WalletOffer
from entremise.credentials.rules import CredentialRefused
from entremise.kernel import clock
from entremise.people.models import Person
from entremise.web.components.choices import RichLabel
from entremise.web.jobseeker.forms import posted
from entremise.web.jobseeker.owner import my_person
from entremise.web.kit.once import once
from entremise.web.kit.responses import done, respond
from entremise.web.kit.screens import ActorRequest, screen

State, Ending = WalletOffer.State, WalletOffer.Ending
UNCHANGED = 204


class PassportForm(forms.Form):
    """What goes into the wallet: chosen skills, with or without the name."""

    skills = forms.MultipleChoiceField(
        label=gettext_lazy("Vos compétences confirmées"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choisissez au moins une compétence.")},
    )
    shows_name = forms.BooleanField(
        label=gettext_lazy("Y mettre aussi mon prénom et mon nom"),
        help_text=gettext_lazy("Vous déciderez à chaque fois de les montrer ou non."),
        required=False,
    )

    def __init__(self, *args: Any, awards: list[Award], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["skills"].choices = [(str(one.pk), _label(one)) for one in awards]  # type: ignore[attr-defined]


@screen("credentials.hold")
def my_wallet(request: ActorRequest) -> HttpResponse:
    """Say what a wallet is, and what the person's holds from here."""
    person = my_person(request)
    offers = list(queries.offers(person))
    context = {
        "held": [one for one in offers if one.state == State.TAKEN],
        "withdrawn": [one for one in offers if one.state == State.WITHDRAWN],
        "open": next((one for one in offers if queries.is_living(one)), None),
        "to_take_again": any(_is_to_take_again(one) for one in offers[:1]),
        "has_skills": queries.choosable(person).exists(),
        "now": clock.now(),
    }
    return respond(request, "web/jobseeker/wallet.html", context)


@screen("credentials.hold")
@once
def my_wallet_new(request: ActorRequest) -> HttpResponse:
    """Choose what goes into the wallet, and see what it will hold."""
    person = my_person(request)
    awards = list(queries.choosable(person))
    initial: dict[str, Any] = {"skills": [str(one.pk) for one in awards[: rules_wallet.MOST_SKILLS]]}
    is_preview = request.POST.get("step") == "preview"
    form = PassportForm(posted(request), awards=awards, initial=initial)
    if not is_preview and form.is_valid():
        told = {"awards": form.cleaned_data["skills"], "shows_name": form.cleaned_data["shows_name"]}
        try:
            offer = actions.offer(person, actor=request.actor, **told)
        except CredentialRefused as refusal:
            form.add_error("skills", refusal.reason)
        else:
            return done(request, "", "my_wallet_offer", pk=offer.pk)
    if is_preview:  # shown as filled in, without reproach
        initial = {"skills": request.POST.getlist("skills"), "shows_name": "shows_name" in request.POST}
        form = PassportForm(awards=awards, initial=initial)
    context = {"form": form, "content": _content(person, awards, form), "has_skills": bool(awards)}
    part = "web/jobseeker/_wallet_content.html"
    return respond(request, "web/jobseeker/wallet_new.html", context, part=part, status=422 if form.errors else 200)


@screen("credentials.own")
def my_wallet_offer(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Hand a passport over: the link, the QR code, apart from them the six digits; then what became of it."""
    offer = _mine(request, pk)
    is_living = queries.is_living(offer)
    is_coming = offer.state == State.OPEN and offer.exchanged_at is not None and not _is_late(offer)
    seen = f"{offer.state}-{is_living:d}-{is_coming:d}-{offer.try_count}"
    if request.GET.get("vu") == seen and getattr(request, "htmx", False):
        return HttpResponse(status=UNCHANGED)  # asked every three seconds: nothing moves, nothing is read out again
    content = queries.content(queries.skills_of(offer), offer.person_id, shows_name=offer.shows_name)
    context = {
        "offer": offer,
        "seen": seen,
        "is_living": is_living,
        "is_coming": is_coming,
        "content": replace(content, valid_until=offer.valid_until or content.valid_until),
        "is_over": offer.valid_until is not None and offer.valid_until <= clock.now(),
        **(_codes(offer) if is_living else {}),
    }
    part = "web/jobseeker/_wallet_offer.html"
    return respond(request, "web/jobseeker/wallet_offer.html", context, part=part)


@require_POST
@screen("credentials.own")
def my_wallet_cancel(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Cancel what no wallet took."""
    offer = actions.cancel(_mine(request, pk), actor=request.actor)
    if offer.state != State.CANCELLED:
        return done(request, "", "my_wallet_offer", pk=pk)
    return done(request, _("L'envoi est annulé : son code et ses chiffres ne servent plus."), "my_wallet")


@require_POST
@screen("credentials.own")
def my_wallet_withdraw(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Make verifiers refuse what a wallet holds."""
    actions.withdraw(_mine(request, pk), actor=request.actor)
    said = _("Ce passeport est retiré : dans quelques minutes, il sera refusé partout où il serait montré.")
    return done(request, said, "my_wallet")


def _mine(request: ActorRequest, pk: UUID) -> WalletOffer:
    offer = queries.offer_for(pk, request.actor)
    if offer is None:
        raise Http404
    return offer


def _codes(offer: WalletOffer) -> dict[str, Any]:
    link, digits = queries.link(offer), queries.tx_code(offer)
    return {
        "link": link,
        "qr": segno.make(link, error="l").svg_data_uri(border=3, scale=4),
        "printed": rules_wallet.printed(digits),
        "spoken": rules_wallet.spoken(digits),
        "tries_left": rules_wallet.MOST_TRIES - offer.try_count,
    }


def _is_late(offer: WalletOffer) -> bool:
    return offer.token_until is None or offer.token_until <= clock.now()


def _is_to_take_again(offer: WalletOffer) -> bool:
    return offer.state == State.WITHDRAWN and offer.ending in (Ending.SKILL, Ending.KEY)


def _content(person: Person, awards: list[Award], form: PassportForm) -> rules_wallet.Content | None:
    wanted = {str(one) for one in form["skills"].value() or []}
    chosen = [one for one in awards if str(one.pk) in wanted]
    return queries.content(chosen, person.pk, shows_name=bool(form["shows_name"].value())) if chosen else None


def _label(award: Award) -> RichLabel:
    day = formats.date_format(award.awarded_on, "j F Y")
    return RichLabel(
        capfirst(award.badge_class.name), _("%(origin)s, le %(day)s") % {"origin": award.origin, "day": day}
    )
