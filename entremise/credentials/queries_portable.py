"""Reads for other platforms that a person allowed: the badges that she shows, page by page, oldest first."""

import datetime as dt
from dataclasses import dataclass
from itertools import islice
from operator import itemgetter
from typing import Any
from uuid import UUID

from entremise.credentials import rules_portable as rules
from entremise.credentials.enums import AwardState, Form
from entremise.credentials.models import Award, Credential
from entremise.credentials.models_sharing import ForeignBadge
from entremise.kernel import clock
from entremise.people.models import Person

ALLOWED = "the person allowed it to an application: what she shows, nothing else"


@dataclass(frozen=True, slots=True)
class Page:
    """One page of signed badges: JSON and tokens apart, as the interface gives them."""

    documents: list[bytes]
    tokens: list[bytes]
    total: int


def page(person: Person, *, limit: int, offset: int, since: dt.datetime | None = None) -> Page:
    """Return the badges of a person that hold and that she does not keep for herself, in the order they came here."""
    found = sorted([*_own(person, since), *_foreign(person, since)], key=itemgetter(0, 1))
    wanted = [pk for _moment, pk in islice(found, offset, offset + limit)]
    bodies = dict(Credential.objects.unscoped(ALLOWED).filter(pk__in=wanted).values_list("pk", "body"))
    brought = ForeignBadge.objects.unscoped(ALLOWED).filter(pk__in=wanted).values_list("pk", "form", "body")
    forms = {pk: form for pk, form, _body in brought}
    bodies |= {pk: body for pk, _form, body in brought}
    said = [(forms.get(pk), bytes(bodies[pk])) for pk in wanted]
    return Page(
        [body for form, body in said if form != rules.TOKEN],
        [body for form, body in said if form == rules.TOKEN],
        len(found),
    )


def held(person: Person) -> list[tuple[Award, bytes]]:
    """Return the badges given here that hold, the latest first, with their signed form: for their owner."""
    rows = person.awards.filter(state=AwardState.ISSUED, credentials__form=Form.OB3_DI)
    rows = rows.exclude(valid_until__lte=clock.now()).select_related("badge_class__issuer", "badge_class__skill")
    ordered = rows.prefetch_related("badge_class__alignments").order_by("-awarded_on", "-created_at")
    forms = Credential.objects.unscoped("read for herself, by her page").filter(award__in=ordered, form=Form.OB3_DI)
    bodies = dict(forms.values_list("award_id", "body"))
    return [(award, bytes(bodies[award.pk])) for award in ordered]


def held_elsewhere(person: Person) -> list[ForeignBadge]:
    """Return the badges from elsewhere that hold, the last added first: for their owner."""
    return list(person.foreign_badges.filter(verdict="valid").order_by("-added_at"))


def same_award(person: Person, version: rules.Version) -> Award | None:
    """Return the badge that this service gave her, when it is that one that comes back."""
    for award in person.awards.filter(public_id__in=_uuids(version.id)).select_related("badge_class__issuer"):
        return award
    return None


def same_foreign(person: Person, version: rules.Version) -> list[tuple[ForeignBadge, rules.Version]]:
    """Return the kept versions of a badge that comes again."""
    rows = person.foreign_badges.filter(issuer_id=version.issuer[:400], form__in=rules.TRAVELS)
    kept = [(row, rules.kept_version(row.form, bytes(row.body))) for row in rows.prefetch_related("skills")]
    return [(row, one) for row, one in kept if one is not None and version.is_of(one)]


def _own(person: Person, since: dt.datetime | None) -> list[Any]:
    rows = person.awards.filter(state=AwardState.ISSUED, is_shown=True, credentials__form=Form.OB3_DI)
    rows = rows.exclude(valid_until__lte=clock.now())
    rows = rows.filter(issued_at__gt=since) if since else rows
    return list(rows.values_list("issued_at", "credentials__pk"))


def _foreign(person: Person, since: dt.datetime | None) -> list[Any]:
    rows = person.foreign_badges.filter(is_shown=True, form__in=rules.TRAVELS, verdict="valid")
    rows = rows.exclude(valid_until__lte=clock.now())
    rows = rows.filter(added_at__gt=since) if since else rows
    return list(rows.values_list("added_at", "pk"))


def _uuids(name: str) -> list[UUID]:
    try:
        return [UUID(name)] if name.startswith("urn:uuid:") else []
    except ValueError:
        return []
