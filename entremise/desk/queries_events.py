"""What happened lately to the establishments that an adviser works with."""

import datetime as dt

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Left

from entremise.employers.enums_events import EventKind
from entremise.employers.models import ContactLog
from entremise.employers.models_events import EstablishmentEvent
from entremise.kernel.actors import Actor
from entremise.offers.models import Offer
from entremise.offers.workflow import PUBLIC_LIFE
from entremise.promotions.models import Promotion

SIREN = 9


def news_of_establishments(actor: Actor, since: dt.datetime) -> QuerySet[EstablishmentEvent]:
    """Return what happened since a moment where the actor talked, has an offer under way or presented somebody.

    A new establishment is told to those who talked with another one of its company.
    """
    events = EstablishmentEvent.objects.visible_to(actor).filter(at__gte=since)
    talks = ContactLog.objects.visible_to(actor).filter(author_id=actor.user_id)
    under_way = Q(state__in=PUBLIC_LIFE) | Q(closed_at__gte=since)  # a closure may just have ended it
    offers = Offer.objects.visible_to(actor).filter(under_way, adviser_id=actor.user_id)
    presented = Promotion.objects.visible_to(actor).filter(adviser_id=actor.user_id)
    here = OuterRef("establishment_id")
    sister = talks.annotate(siren=Left("establishment__siret", SIREN)).filter(siren=Left(OuterRef("siret"), SIREN))
    rows = events.annotate(siret=Left("establishment__siret", 14))
    concerned = (
        Exists(talks.filter(establishment_id=here))
        | Exists(offers.filter(establishment_id=here))
        | Exists(presented.filter(establishment_id=here))
        | Q(kind=EventKind.CREATED) & Exists(sister)
    )
    found: QuerySet[EstablishmentEvent] = rows.filter(concerned).order_by("-at", "-pk")
    return found
