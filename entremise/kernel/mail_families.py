"""Families of messages: what each is worth when it is late, unwanted, or when nobody knows whether it left."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


class Family(models.TextChoices):
    """Why somebody receives a message; people stop a family, not one message."""

    SERVICE = "service", _("codes, accès et accusés de réception")
    ANSWER = "answer", _("réponses à une question posée")
    VALIDATION_NEWS = "validation_news", _("suites des demandes de confirmation de compétences")
    PROMOTION_NEWS = "promotion_news", _("suites des profils présentés aux employeurs")
    BADGES = "badges", _("badges qui vous sont remis")
    WORK = "work", _("avis de travail des conseillers")
    VALIDATION_REQUEST = "validation_request", _("demandes de confirmation de compétences")
    PROMOTION = "promotion", _("profils proposés aux employeurs")
    APPLICATIONS = "applications", _("candidatures reçues")
    CAMPAIGN = "campaign", _("campagnes d'information")


@dataclass(frozen=True, slots=True)
class Handling:
    """How one family is carried: `rank` orders what waits, the smallest first."""

    rank: int
    resends_in_doubt: bool  # sent again with the same Message-ID; else held until a person decides
    keeps_quiet_hours: bool
    can_be_stopped: bool  # by its recipient, or because the address does not work
    waits_for_pause: bool = False  # when its recipient wants a pause; reminders of every family do


_HANDLING = {
    Family.SERVICE: Handling(0, resends_in_doubt=True, keeps_quiet_hours=False, can_be_stopped=False),
    Family.ANSWER: Handling(1, resends_in_doubt=True, keeps_quiet_hours=True, can_be_stopped=False),
    Family.VALIDATION_NEWS: Handling(1, resends_in_doubt=True, keeps_quiet_hours=True, can_be_stopped=True),
    Family.PROMOTION_NEWS: Handling(1, resends_in_doubt=True, keeps_quiet_hours=True, can_be_stopped=True),
    Family.BADGES: Handling(1, resends_in_doubt=True, keeps_quiet_hours=True, can_be_stopped=True),
    Family.WORK: Handling(1, resends_in_doubt=True, keeps_quiet_hours=False, can_be_stopped=True),
    Family.VALIDATION_REQUEST: Handling(2, resends_in_doubt=False, keeps_quiet_hours=True, can_be_stopped=True),
    Family.PROMOTION: Handling(
        2, resends_in_doubt=False, keeps_quiet_hours=True, can_be_stopped=True, waits_for_pause=True
    ),
    Family.APPLICATIONS: Handling(
        2, resends_in_doubt=False, keeps_quiet_hours=True, can_be_stopped=True, waits_for_pause=True
    ),
    Family.CAMPAIGN: Handling(
        3, resends_in_doubt=False, keeps_quiet_hours=True, can_be_stopped=True, waits_for_pause=True
    ),
}


def handling(family: str) -> Handling:
    """Return how a family is carried."""
    return _HANDLING[Family(family)]
