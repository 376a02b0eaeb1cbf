"""Writes of the partners who send offers: made, corrected, ordered, given a key, stopped."""

import datetime as dt
import io
import secrets
from dataclasses import dataclass
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

from entremise.accounts.models import Agency
from entremise.kernel import clock
from entremise.kernel.actions import Done, action
from entremise.kernel.actors import Actor
from entremise.offers import queries_feeds
from entremise.offers.actions import OfferRefused
from entremise.offers.enums import Verb
from entremise.offers.models_partners import OfferPartner
from entremise.offers.rules_channels import RULES

WHY = "the policy decided on this partner"
LARGEST_LOGO, MOST_PIXELS, LOGO_SIDE = 1_000_000, 20_000_000, 200


@dataclass(frozen=True, slots=True)
class PartnerSheet:
    """What is known of a partner; `logo` is a picture just sent, nothing keeps the former."""

    name: str
    channel: str
    email: str = ""
    agreed_on: dt.date | None = None
    agreed_until: dt.date | None = None
    is_complete: bool = True
    logo: bytes | None = None


@action(Verb.PARTNER_SAVED, may="offers.partners")
def create(agency: Agency, *, actor: Actor, sheet: PartnerSheet) -> Done:
    """Make a partner that an agency answers for, the last in the order of precedence."""
    rows: Any = OfferPartner.objects.unscoped(WHY)
    last = rows.aggregate(last=Max("rank"))["last"] or 0
    partner = OfferPartner(agency=agency, rank=last + 1, created_at=clock.now())
    _write(partner, sheet)
    return Done(partner, data={"channel": sheet.channel})


@action(Verb.PARTNER_SAVED, may="offers.partners")
def save(partner: OfferPartner, *, actor: Actor, sheet: PartnerSheet) -> Done:
    """Correct what is known of a partner."""
    locked = _held(partner)
    _write(locked, sheet)
    return Done(locked, data={"channel": sheet.channel})


@action(Verb.PARTNER_MOVED, may="offers.partners")
def move(partner: OfferPartner, *, actor: Actor, is_up: bool) -> Done:
    """Let a partner win, or lose, over its neighbour when both send the same offer."""
    rows: Any = OfferPartner.objects.unscoped(WHY).select_for_update()
    order = list(rows.filter(stopped_at=None).order_by("rank", "name"))
    place = next((number for number, one in enumerate(order) if one.pk == partner.pk), None)
    if place is None:
        raise OfferRefused(_("Ce partenariat est arrêté : il n'a plus d'ordre de priorité."))
    other = place - 1 if is_up else place + 1
    if 0 <= other < len(order):
        order[place], order[other] = order[other], order[place]
    for rank, one in enumerate(order, start=1):
        one.rank = rank
    OfferPartner.objects.unscoped(WHY).bulk_update(order, ["rank"])
    return Done(partner, data={"rank": next(one.rank for one in order if one.pk == partner.pk)})


@action(Verb.PARTNER_KEY, may="offers.partners")
def renew_key(partner: OfferPartner, *, actor: Actor) -> Done:
    """Give a partner's system a new key, shown once; the former one opens nothing any more."""
    locked = _held(partner)
    if locked.stopped_at:
        raise OfferRefused(_("Ce partenariat est arrêté : il ne reçoit plus de clé."))
    key = queries_feeds.KEY_START + secrets.token_urlsafe(32)
    locked.key_hash = queries_feeds.hash_of(key)
    locked.save(update_fields=["key_hash"])
    return Done(key, subject=locked)


@action(Verb.PARTNER_STOPPED, may="offers.partners")
def stop(partner: OfferPartner, *, actor: Actor) -> Done:
    """Take nothing more from a partner; its offers stay until their last day."""
    locked = _held(partner)
    locked.stopped_at, locked.key_hash = clock.now(), ""
    locked.save(update_fields=["stopped_at", "key_hash"])
    return Done(locked)


def small_png(content: bytes) -> bytes:
    """Draw a logo again, small, as a PNG: what is kept was made here; refuse what is no picture."""
    if len(content) > LARGEST_LOGO:
        raise OfferRefused(_("Ce logo dépasse 1 Mo : choisissez une image plus petite."), "logo")
    try:
        with Image.open(io.BytesIO(content), formats=("PNG", "JPEG")) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise OfferRefused(_("Ce logo est démesuré : choisissez une image plus petite."), "logo")
            drawn = picture.convert("RGBA")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise OfferRefused(_("Le logo doit être une image PNG ou JPEG."), "logo") from None
    drawn.thumbnail((LOGO_SIDE, LOGO_SIDE))
    out = io.BytesIO()
    drawn.save(out, "PNG", optimize=True)
    return out.getvalue()


def _held(partner: OfferPartner) -> OfferPartner:
    rows: Any = OfferPartner.objects.unscoped(WHY)
    held: OfferPartner = rows.select_for_update(of=("self",)).select_related("agency").get(pk=partner.pk)
    return held


def _write(partner: OfferPartner, sheet: PartnerSheet) -> None:
    name = " ".join(sheet.name.split())
    if not name:
        raise OfferRefused(_("Donnez le nom du partenaire."), "name")
    rule = RULES.get(sheet.channel)
    if rule is None or not rule.needs_agreement:
        raise OfferRefused(_("Choisissez comment ce partenaire envoie ses offres."), "channel")
    same: Any = OfferPartner.objects.unscoped(WHY).filter(name__iexact=name).exclude(pk=partner.pk)
    if same.exists():
        raise OfferRefused(_("Un autre partenaire porte déjà ce nom."), "name")
    if sheet.agreed_on and sheet.agreed_until and sheet.agreed_until < sheet.agreed_on:
        raise OfferRefused(_("La convention ne peut pas finir avant d'avoir commencé."), "agreed_until")
    partner.name, partner.channel, partner.email = name, sheet.channel, sheet.email
    partner.agreed_on, partner.agreed_until = sheet.agreed_on, sheet.agreed_until
    partner.is_complete = sheet.is_complete
    if sheet.logo is not None:
        partner.logo = small_png(sheet.logo)
    partner.save()
