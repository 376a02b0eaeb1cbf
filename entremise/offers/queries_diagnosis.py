"""Reads of the shared diagnosis."""

from typing import Any
from uuid import UUID

from entremise.kernel.actors import Actor
from entremise.kernel.models import MailLink
from entremise.offers.models import Offer
from entremise.offers.models_followup import Diagnosis


def diagnoses(offer: Offer, actor: Actor) -> list[Diagnosis]:
    """Return the versions of an offer's diagnosis, the last first, with their answers."""
    rows: Any = Diagnosis.objects.visible_to(actor).filter(offer=offer)
    return list(rows.select_related("author").prefetch_related("answers").order_by("-version"))


def diagnosis(pk: UUID, actor: Actor) -> Diagnosis:
    """Return one version, or raise Diagnosis.DoesNotExist."""
    rows: Any = Diagnosis.objects.visible_to(actor).select_related("author", *_OFFER)
    return rows.prefetch_related("answers").get(pk=pk)  # type: ignore[no-any-return]


def diagnosis_of(link: MailLink) -> Diagnosis:
    """Return the diagnosis that a link was sent about."""
    rows: Any = Diagnosis.objects.unscoped("reached through its mail link").select_related("author", *_OFFER)
    return rows.prefetch_related("answers").get(pk=link.target_id)  # type: ignore[no-any-return]


_OFFER = ("offer__establishment__commune", "offer__agency", "offer__commune", "offer__occupation")
