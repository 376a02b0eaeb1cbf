"""The ambassadors of certified spaces are contacts of their establishment, as long as they are; never of another.

Whoever wrote these lines proved nothing by it: the vigilance and the numbers to call leave them out (`is_from_space`).
"""

from typing import Any
from uuid import UUID

from entremise.employers import queries, queries_own_spaces
from entremise.employers.enums_events import EventKind, EventSource
from entremise.employers.models import Contact
from entremise.employers.models_events import EstablishmentEvent
from entremise.employers.models_spaces import SpaceMember
from entremise.kernel import clock

WHY = "the contacts of an establishment follow the spaces that the policy decided on"
USED_IN = ("contact_logs", "promotions", "visits", "satisfactions", "recruiter_accesses")


def follow_ambassadors(establishment_id: UUID) -> None:
    """Make contacts of the ambassadors of the certified spaces of an establishment, and of them only."""
    rows: Any = Contact.objects.unscoped(WHY)
    ambassadors = {one.email.casefold(): one for one in queries_own_spaces.ambassadors_at(establishment_id)}
    known = {one.email.casefold(): one for one in rows.filter(establishment=establishment_id).exclude(email="")}
    new = [member for address, member in ambassadors.items() if address not in known]
    if new:
        rows.bulk_create([_contact(establishment_id, member) for member in new], ignore_conflicts=True)
        event = EstablishmentEvent(kind=EventKind.CONTACT, source=EventSource.ADVISER, at=clock.now())
        event.establishment_id = establishment_id
        event.save(force_insert=True)
    gone = [one.pk for address, one in known.items() if one.is_from_space and address not in ambassadors]
    if gone:
        _let_go(gone)


def _contact(establishment_id: UUID, member: SpaceMember) -> Contact:
    return Contact(
        establishment_id=establishment_id, name=member.full_name[:160], role=member.job[:120], email=member.email,
        phone=member.phone, is_from_space=True, opposed_at=clock.now() if queries.is_opposed(member.email) else None,
    )  # fmt: skip


def _let_go(gone: list[UUID]) -> None:
    """Delete contacts; of those that something was done with, the name stays and nothing can reach them."""
    rows: Any = Contact.objects.unscoped(WHY).filter(pk__in=gone)
    unused = rows.filter(**dict.fromkeys(USED_IN)).distinct()
    Contact.objects.unscoped(WHY).filter(pk__in=list(unused.values_list("pk", flat=True))).delete()
    rows.update(email="", phone="", is_from_space=False, is_privileged=False)
