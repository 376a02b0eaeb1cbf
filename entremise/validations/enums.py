"""Closed lists of the validations domain."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class RequestState(models.TextChoices):
    """Where a request stands."""

    DRAFT = "draft", _("en préparation")
    SENT = "sent", _("envoyée")
    OPENED = "opened", _("ouverte")
    ANSWERED = "answered", _("répondue")
    DECLINED = "declined", _("déclinée")
    EXPIRED = "expired", _("expirée")
    WITHDRAWN = "withdrawn", _("retirée")
    BOUNCED = "bounced", _("non distribuée")


class Verdict(models.TextChoices):
    """What the validator says of one skill."""

    PENDING = "pending", _("pas encore répondu")
    CONFIRMED = "confirmed", _("je confirme")
    NOT_CONFIRMED = "not_confirmed", _("je ne confirme pas")
    CANNOT_JUDGE = "cannot_judge", _("je ne peux pas me prononcer")


class DeclineReason(models.TextChoices):
    """Why a contact does not answer."""

    NOT_ME = "not_me", _("ce n'est pas moi")
    REFUSE = "refuse", _("je ne souhaite pas répondre")
    ABUSE = "abuse", _("je signale un abus")


class Verb(StrEnum):
    """What happens beside the workflow, in the journal."""

    PREPARED = "validations.prepared"
    CHANGED = "validations.changed"
    RECTIFIED = "validations.rectified"
    REMINDED = "validations.reminded"
    FORWARDED = "validations.forwarded"
    OPPOSED = "validations.opposed"
    CHECKED = "validations.checked"
    FRAUD_PROVED = "validations.fraud_proved"
