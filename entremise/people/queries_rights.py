"""Reads for people's rights: what names somebody, unused accounts, who was erased."""

import hashlib
from uuid import UUID

from entremise.accounts.models import User
from entremise.kernel import erasure, vault
from entremise.kernel.models import OutboxMessage
from entremise.people.enums import Handling
from entremise.people.models import Identity, Person
from entremise.people.rules_rights import Traces


def traces(person_id: UUID) -> Traces:
    """Return what names a person in files that others wrote, to find them before she is erased."""
    with vault.handled([person_id], purpose=Handling.RIGHTS):
        identity = Identity.objects.unscoped(erasure.WHY).filter(pk=person_id).first() or Identity()
    account = User.objects.filter(person=person_id).first()
    person = Person.objects.unscoped(erasure.WHY).filter(pk=person_id).first()
    marks = {identity.email, identity.phone, person.reference if person else ""}
    marks |= {account.email or "", account.phone or ""} if account else set()
    return Traces(identity.first_name, identity.last_name, tuple(sorted(marks - {""})))


def person_digest(person_id: UUID) -> str:
    """Return what is kept of an erased person's identifier: enough to recognise it, not to find it."""
    return hashlib.sha256(b"entremise.erased " + person_id.bytes).hexdigest()


def way_to_write(person: Person) -> tuple[str, str]:
    """Return at which address or number we write to a person, and by which channel; nothing when there is none."""
    with vault.handled([person.pk], purpose=Handling.TO_HERSELF):
        identity = Identity.objects.unscoped(erasure.WHY).filter(pk=person.pk).first() or Identity()
    account = User.objects.filter(person=person.pk).first()
    email = identity.email or (account.email if account else "") or ""
    phone = identity.phone or (account.phone if account else "") or ""
    if email:
        return email, OutboxMessage.Channel.EMAIL
    return (phone, OutboxMessage.Channel.SMS) if phone else ("", "")
