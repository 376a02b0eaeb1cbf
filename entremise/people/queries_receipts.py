"""Receipts of consents: what a person said yes to, word for word, when, and how to take it back.

The fields follow ISO/IEC TS 27560 (consent record and receipt): header, processing, party, event.
"""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from entremise.kernel.actors import Actor
from entremise.people.enums import Visibility
from entremise.people.models import Consent

SCHEMA = "ISO/IEC TS 27560:2023"


def receipts(actor: Actor) -> list[Consent]:
    """Return the consents a person ever gave, the newest first."""
    rows = Consent.objects.visible_to(actor).filter(person__user=actor.user_id)
    return list(rows.select_related("text", "person").order_by("-given_at"))


def receipt_of(pk: UUID, actor: Actor) -> Consent | None:
    """Return one of a person's own consents."""
    return next((one for one in receipts(actor) if one.pk == pk), None)


def receipt(consent: Consent) -> dict[str, Any]:
    """Return the receipt of a consent, for machines; its sentences are in the active language."""
    events = [{"event_state": "given", "event_time": consent.given_at.isoformat()}]
    if consent.withdrawn_at:
        events.append({"event_state": "withdrawn", "event_time": consent.withdrawn_at.isoformat()})
    is_named = consent.visibility == Visibility.NAMED
    return {
        "schema_version": SCHEMA,
        "record_id": f"urn:uuid:{consent.pk}",
        "pii_principal_id": consent.person.reference,
        "pii_controller": settings.BRAND.name,
        "privacy_notice": settings.BASE_URL,
        "notice": {
            "version": consent.text.version,
            "language": consent.text.language,
            "published": consent.text.published_on.isoformat(),
            "text": consent.text.body,
        },
        "purposes": [
            {
                "purpose": consent.kind,
                "description": consent.get_kind_display(),
                "lawful_basis": "consent",
                "visibility": consent.visibility,
                "pii_information": [
                    _("compétences et preuves"), _("expériences"), _("commune et mobilité"), _("disponibilité"),
                    *([_("nom et coordonnées")] if is_named else []),
                ],
                "withdrawal_method": _("Dans votre espace, page « Mon accord », en un clic, à tout moment."),
                "storage": _("Le temps de votre compte ; effacé avec lui."),
            }
        ],
        "events": events,
    }  # fmt: skip
