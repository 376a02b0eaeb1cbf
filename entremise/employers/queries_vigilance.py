"""Reads of the vigilance: the facts of a space, whoever may have something in common with it, the points found."""

import re
from typing import Any
from uuid import UUID

from django.db.models import CharField, F, Func, Q, QuerySet, Value
from django.db.models.functions import Concat, Lower

from entremise.employers import rules_certification, rules_vigilance_facts
from entremise.employers.enums import SizeBand
from entremise.employers.enums_spaces import Gravity, SpaceState, VigilanceKind
from entremise.employers.models import Contact, Establishment
from entremise.employers.models_spaces import (
    Exclusion,
    KnownContactChange,
    RecruiterSpace,
    SpaceMember,
    VigilancePoint,
)
from entremise.employers.rules_vigilance import ContactChange, Member, OtherSpace, Point, SpaceFacts
from entremise.kernel import clock, suppression
from entremise.lib import mailboxes
from entremise.lib.identifiers import IdentifierRefused, parse_phone
from entremise.lib.text import normalise

MOST_ALIKE = 200
WHY = "the vigilance compares every space, whatever its territory"
# What an upper part of the platform told: a new look at the space does not make it untrue.
TOLD = frozenset(
    {VigilanceKind.MANY_VIEWS, VigilanceKind.MANY_OFFERS, VigilanceKind.OFFER_PATTERN, VigilanceKind.NEW_DEVICE}
)
LARGE = frozenset({SizeBand.LARGE, SizeBand.VERY_LARGE})
ACCENTS = ("àâäáãåçéèêëíìîïñóòôöõúùûüýÿœæ", "aaaaaaceeeeiiiinooooouuuuyyoa")


def facts_of(space: RecruiterSpace) -> SpaceFacts:
    """Return everything from which a space is judged."""
    here = _row(space)
    place, now = here.establishment, clock.local(clock.now())  # days are those of the site
    members = _members(here)
    contacts = _contacts(place)
    return SpaceFacts(
        space_id=str(here.pk), siret=place.siret, state=here.state, now=now, created_at=here.clock_at,
        members=members, email_domain=place.email_domain.casefold(), phones=_phones(place, contacts),
        emails=tuple(contact.email for contact in contacts if contact.email), group_domains=_group_domains(place),
        is_large=place.size_band in LARGE, opened_on=_opened_on(place), closed_on=place.closed_on,
        others=_alike(here, members),
        excluded=_excluded(place.siret, members), contact_changes=_changes(place),
        decided_at=here.decided_at if here.is_certified else None,
    )  # fmt: skip


def digest(kind: str, value: str) -> str:
    """Return what is kept of something excluded."""
    return suppression.address_hash(f"{kind}:{value}")


def excludable(siret: str, members: tuple[Member, ...]) -> list[tuple[str, str]]:
    """Return what a fraud may exclude: the SIRET, and the mailboxes, domains and numbers of its members."""
    found = [("siret", siret)]
    for member in members:
        found.append(("email", rules_vigilance_facts.box_of(member.email)))
        if not mailboxes.is_free_mail(member.email):
            found.append(("domain", mailboxes.domain_of(member.email)))
        if member.phone:
            found.append(("phone", member.phone))
    return list(dict.fromkeys(found))


def points_of(space: RecruiterSpace) -> QuerySet[VigilancePoint]:
    """Return what is still true of a space, the gravest first, with the other spaces concerned."""
    rows: Any = VigilancePoint.objects.unscoped("the space was checked by the policy")
    found: QuerySet[VigilancePoint] = rows.filter(space=space, gone_at=None)
    return found.select_related("answered_by").order_by("-gravity", "kind", "found_at", "pk")


def holding(space: RecruiterSpace) -> QuerySet[VigilancePoint]:
    """Return the points that hold a space: nobody has answered them yet."""
    return points_of(space).filter(gravity=Gravity.HOLD, answered_at=None)


def has_news(space: RecruiterSpace, found: list[Point]) -> bool:
    """Tell whether what was found is not what is written."""
    rows = points_of(space).exclude(kind__in=TOLD).order_by()
    written = {(kind, key, gravity) for kind, key, gravity in rows.values_list("kind", "key", "gravity")}
    return written != {(str(point.kind), point.key, int(point.gravity)) for point in found}


def joined(space: RecruiterSpace) -> list[Any]:
    """Return since when each member is there; those who were invited and have not come have no date."""
    return [member.joined_at for member in _members(space)]


def known_values(place: Establishment) -> set[str]:
    """Return the addresses, domains and numbers that are the company's own, as the file knows them."""
    contacts = _contacts(place)
    boxes = {rules_vigilance_facts.box_of(contact.email) for contact in contacts if contact.email}
    domains = {mailboxes.domain_of(box) for box in boxes}
    return {place.email_domain.casefold(), *boxes, *domains, *_phones(place, contacts), *_group_domains(place)} - {""}


def chance_of(space: RecruiterSpace) -> float:
    """Return the day's draw for a space, between 0 and 1: nobody without the server's key foresees it."""
    return int(digest("draw", f"{space.pk} {clock.today().isoformat()}")[:12], 16) / 16**12


def worth_examining() -> QuerySet[RecruiterSpace]:
    """Return the living spaces, the oldest look first."""
    rows = RecruiterSpace.objects.unscoped("the nightly look at every living space")
    return rows.exclude(state__in=[SpaceState.CLOSED, SpaceState.BLOCKED, SpaceState.REFUSED]).order_by("pk")


def spaces_of(establishment_id: UUID) -> list[RecruiterSpace]:
    """Return the living spaces of an establishment."""
    return list(worth_examining().filter(establishment=establishment_id))


def _row(space: RecruiterSpace) -> RecruiterSpace:
    rows = RecruiterSpace.objects.unscoped(WHY).select_related("establishment")
    found: RecruiterSpace = rows.get(pk=space.pk)
    return found


def _members(space: RecruiterSpace) -> tuple[Member, ...]:
    rows: Any = SpaceMember.objects.unscoped(WHY)
    return tuple(_member(row) for row in rows.filter(space=space, left_at=None).order_by("invited_at", "pk"))


def _member(row: SpaceMember) -> Member:
    return Member(row.first_name, row.last_name, row.email, row.phone, row.joined_at)


def _contacts(place: Establishment) -> list[Contact]:
    """Return the contacts of a place, but those that a space brought: what it says of itself proves nothing."""
    rows = Contact.objects.unscoped(WHY).filter(establishment=place, is_from_space=False)
    return list(rows.order_by("-is_privileged", "pk"))


def _phones(place: Establishment, contacts: list[Contact]) -> tuple[str, ...]:
    told = (_number(text) for text in (place.phone, *(contact.phone for contact in contacts)))
    return tuple(dict.fromkeys(number for number in told if number))


def _number(text: str) -> str:
    try:
        return parse_phone(text).e164
    except IdentifierRefused:
        return ""


def _group_domains(place: Establishment) -> tuple[str, ...]:
    """Return the domains of the other places of the legal unit: those of the file, and of its certified spaces."""
    sisters = Establishment.objects.filter(siret__startswith=place.siren).exclude(pk=place.pk)
    written = sisters.exclude(email_domain="").values_list("email_domain", flat=True).distinct()[:20]
    return tuple(domain.casefold() for domain in written)


def _opened_on(place: Establishment) -> Any:
    """Return since when the company is known to exist: its first place; unknown when one of them has no date."""
    dates = Establishment.objects.filter(siret__startswith=place.siren).values_list("opened_on", flat=True)
    known = [day for day in dates[:500] if day is not None]
    return min(known) if known else None


def _alike(space: RecruiterSpace, members: tuple[Member, ...]) -> tuple[OtherSpace, ...]:
    """Return the spaces with which something may be in common; the rules compare them one by one."""
    rows: Any = SpaceMember.objects.unscoped(WHY)
    current = Q(left_at=None) | Q(space__state=SpaceState.BLOCKED)
    alike = Q(space__establishment=space.establishment_id)
    alike |= Q(phone__in=[member.phone for member in members if member.phone])
    alike |= Q(box__in=[_box_key(member.email) for member in members])
    alike |= Q(letters__in=[name for member in members for name in _orders(member)])
    found = rows.annotate(box=_box(), letters=_letters()).filter(current, alike).exclude(space=space.pk)
    ids = list(found.order_by("-space__created_at").values_list("space", flat=True).distinct()[:MOST_ALIKE])
    others: dict[Any, list[SpaceMember]] = {}
    for row in rows.filter(current, space__in=ids).select_related("space__establishment"):
        others.setdefault(row.space_id, []).append(row)
    return tuple(_other(rows_of[0].space, rows_of) for rows_of in others.values())


def _other(space: RecruiterSpace, members: list[SpaceMember]) -> OtherSpace:
    place = space.establishment
    return OtherSpace(
        str(space.pk), place.siret, space.state, space.clock_at, tuple(_member(row) for row in members), place.name
    )


def _box_key(email: str) -> str:
    """Return a mailbox without any dot nor label, to find who may have the same: the rules tell better."""
    local, _at, domain = email.casefold().rpartition("@")
    return f"{local.partition('+')[0].replace('.', '')}@{domain.replace('googlemail.com', 'gmail.com')}"


def _box() -> Concat:
    part = Func(Lower("email"), Value("@"), Value(1), function="split_part", output_field=CharField())
    local = Func(part, Value("+"), Value(1), function="split_part", output_field=CharField())
    plain = Func(local, Value("."), Value(""), function="replace", output_field=CharField())
    domain = Func(Lower("email"), Value("@"), Value(2), function="split_part", output_field=CharField())
    one = Func(domain, Value("googlemail.com"), Value("gmail.com"), function="replace", output_field=CharField())
    return Concat(plain, Value("@"), one, output_field=CharField())


def _orders(member: Member) -> set[str]:
    first, last = (re.sub(r"[^a-z]", "", normalise(name)) for name in (member.first_name, member.last_name))
    return {first + last, last + first}


def _letters() -> Func:
    whole = Lower(Concat(F("first_name"), F("last_name"), output_field=CharField()))
    plain = Func(whole, Value(ACCENTS[0]), Value(ACCENTS[1]), function="translate", output_field=CharField())
    return Func(
        plain, Value("[^a-z]"), Value(""), Value("g"), function="regexp_replace", output_field=CharField()
    )  # fmt: skip


def _excluded(siret: str, members: tuple[Member, ...]) -> tuple[tuple[str, str], ...]:
    """Return what of a space was excluded after a fraud."""
    told = {digest(kind, value): (kind, value) for kind, value in excludable(siret, members)}
    found = Exclusion.objects.filter(digest__in=told, lifted_at=None).values_list("digest", flat=True)
    return tuple(told[one] for one in sorted(found))


def _changes(place: Establishment) -> tuple[ContactChange, ...]:
    since = clock.now() - rules_certification.FORMER_CONTACT
    rows = KnownContactChange.objects.filter(contact__establishment=place, changed_at__gt=since)
    return tuple(
        ContactChange(row.contact.name, row.changed_at, _number(row.contact.phone), row.contact.email)
        for row in rows.select_related("contact").order_by("changed_at", "pk")
    )
