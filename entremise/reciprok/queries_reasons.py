"""What refusals say of an occupation: the grid of reasons, and what it suggests to who writes an offer."""

import datetime as dt
from typing import Any

from django.db.models import Count as Total
from django.utils.translation import gettext_lazy

from entremise.kernel import clock
from entremise.offers.models import Offer
from entremise.reciprok import queries_label
from entremise.reciprok.enums import RefusalReason
from entremise.reciprok.models import Application
from entremise.reciprok.rules_reasons import Hint, Reasons, hints, publishable

_QUESTIONS: dict[str, Any] = {
    RefusalReason.EXPERIENCE: gettext_lazy(
        "Sur %(total)d refus pour ce métier, %(count)d pour l'expérience : l'offre la demande-t-elle vraiment ?"
    ),
    RefusalReason.SKILLS: gettext_lazy(
        "Sur %(total)d refus pour ce métier, %(count)d pour une compétence : laquelle s'apprend sur place ?"
    ),
    RefusalReason.DISTANCE: gettext_lazy(
        "Sur %(total)d refus pour ce métier, %(count)d pour le trajet : un transport, un logement ou d'autres "
        "horaires sont-ils possibles ?"
    ),
    RefusalReason.AVAILABILITY: gettext_lazy(
        "Sur %(total)d refus pour ce métier, %(count)d pour la disponibilité : les horaires ou la date peuvent-ils "
        "bouger ?"
    ),
}


def since(now: dt.datetime) -> dt.datetime:
    """Return the first moment of the twelve sliding months."""
    return queries_label.since(now)


def refusals(now: dt.datetime) -> Any:
    """Return the refusals of twelve months that gave a reason, whoever they are about."""
    rows: Any = Application.objects.unscoped("figures of an occupation, never of fewer than eleven people")
    return rows.exclude(reason="").filter(answered_at__gte=since(now), answered_at__lte=now)


def reasons_for(offer: Offer) -> Reasons | None:
    """Return why people are refused for the occupation of an offer, nothing when they are too few to be told."""
    rows = refusals(clock.now()).filter(inbox__offer__occupation=offer.occupation_id)
    return publishable(dict(rows.order_by().values_list("reason").annotate(n=Total("person", distinct=True))))


def questions_for(offer: Offer) -> list[str]:
    """Return what the refusals of this occupation suggest to ask of an offer, in words."""
    return [worded(hint) for hint in hints(reasons_for(offer))]


def worded(hint: Hint) -> str:
    """Say in words what a frequent reason asks of an offer."""
    return str(_QUESTIONS[hint.reason]) % {"total": hint.total, "count": hint.count}
