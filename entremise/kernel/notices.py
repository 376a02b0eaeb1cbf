"""The product's hooks; there are few, ask before adding one."""

from collections.abc import Sequence
from uuid import UUID

from entremise.kernel.hooks import Hook


@Hook
def profile_changed(person_id: UUID) -> None:
    """Something that search shows changed: skills, wishes, mobility, availability, consent or promotions."""


@Hook
def consent_withdrawn(person_id: UUID) -> None:
    """The person withdrew the promotion consent: everything open stops now."""


@Hook
def establishment_closed(establishment_id: UUID) -> None:
    """An establishment was found closed."""


@Hook
def message_undeliverable(kind: str, about_type: str, about_id: str) -> None:
    """A message will not arrive: its address does not work, or its owner wants none."""


@Hook
def evidence_recorded(evidence_id: UUID) -> None:
    """A proof of a skill was given, or corrected by who gave it."""


@Hook
def evidence_revoked(evidence_id: UUID) -> None:
    """A proof of a skill was taken back."""


@Hook
def recruiter_space_moved(space_id: UUID) -> None:
    """A recruiter space was certified, or is not certified any more: what waits leaves, or what is under way stops."""


@Hook
def offers_over(offer_ids: Sequence[UUID]) -> None:
    """Offers are closed or expired: who applied to them and still waits is to be answered."""
