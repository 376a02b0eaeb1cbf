"""What a recruiter space has in common with others: a number, a mailbox, a name, a SIRET."""

from collections.abc import Iterator

from entremise.employers.enums_spaces import Gravity, SpaceState, VigilanceKind
from entremise.employers.rules_vigilance_facts import (
    LONGEST_EVIDENCE,
    Member,
    OtherSpace,
    Point,
    SpaceFacts,
    box_of,
    is_known_number,
    key_of,
    name_of,
    shown_number,
)
from entremise.lib import mailboxes

MANY_UNITS = 3  # legal units behind one free mailbox: neither an accountant nor a group uses that
OVER = frozenset({SpaceState.CLOSED, SpaceState.REFUSED, SpaceState.BLOCKED})


def shared(facts: SpaceFacts) -> Iterator[Point]:
    """Yield what a space has in common with others."""
    others = [other for other in facts.others if other.space_id != facts.space_id]
    for other in others:
        for member in facts.members:
            for one in other.members:
                yield from _same_phone(facts, member, other, one)
                yield from _same_email(facts, member, other, one)
                yield from _same_name(facts, member, other, one)
        yield from _second_claim(facts, other)
    for member in facts.members:
        yield from _many_units(facts, member, others)


def _same_phone(facts: SpaceFacts, member: Member, other: OtherSpace, one: Member) -> Iterator[Point]:
    if not member.phone or member.phone != one.phone:
        return
    is_fraud = other.state == SpaceState.BLOCKED or (
        member.phone not in facts.phones and _is_under_another_name(member, other, one)
    )
    if _is_family(facts, other) and not is_fraud:
        return
    usual = Gravity.INFORMATION if member.phone in facts.phones else Gravity.ATTENTION
    evidence = f"{shown_number(member.phone)} est aussi le numéro de {_where(other)}."
    gravity = Gravity.HOLD if is_fraud else usual
    yield _point(VigilanceKind.SAME_PHONE, gravity, evidence, other, member.phone)


def _same_email(facts: SpaceFacts, member: Member, other: OtherSpace, one: Member) -> Iterator[Point]:
    if box_of(member.email) != box_of(one.email):
        return
    domain = mailboxes.domain_of(member.email)
    is_own = any(mailboxes.is_within(domain, known) for known in facts.known_domains)  # an « info@ » has many hands
    is_fraud = other.state == SpaceState.BLOCKED or (not is_own and _is_under_another_name(member, other, one))
    if _is_family(facts, other) and not is_fraud:
        return
    evidence = f"{member.email} est aussi l'adresse de {_where(other)}."
    gravity = Gravity.HOLD if is_fraud else Gravity.ATTENTION
    yield _point(VigilanceKind.SAME_EMAIL, gravity, evidence, other, box_of(member.email))


def _same_name(facts: SpaceFacts, member: Member, other: OtherSpace, one: Member) -> Iterator[Point]:
    """Yield a name met elsewhere: many people bear one, so that only a fraud's name tells something by itself."""
    is_fraud = other.state == SpaceState.BLOCKED
    if name_of(member) != name_of(one) or not name_of(member) or (_is_family(facts, other) and not is_fraud):
        return
    is_tied = is_known_number(member.phone, facts.phones) or not mailboxes.is_free_mail(member.email)
    gravity = Gravity.INFORMATION
    if is_fraud:
        gravity = Gravity.ATTENTION if is_tied else Gravity.HOLD
    evidence = f"{member.first_name} {member.last_name} est aussi le nom d'un membre de {_where(other)}."
    yield _point(VigilanceKind.SAME_NAME, gravity, evidence, other, " ".join(name_of(member)))


def _second_claim(facts: SpaceFacts, other: OtherSpace) -> Iterator[Point]:
    """Yield a SIRET asked for twice: the later one waits for an answer, so that nobody takes the first one down."""
    if other.siret != facts.siret or other.state in OVER:
        return
    is_later = (facts.created_at, facts.space_id) > (other.created_at, other.space_id)
    gravity = Gravity.ATTENTION
    if is_later and not _are_colleagues(facts, other):
        gravity = Gravity.HOLD
    evidence = f"Le même SIRET a aussi {_where(other)}."
    yield _point(VigilanceKind.SECOND_CLAIM, gravity, evidence, other, "")


def _are_colleagues(facts: SpaceFacts, other: OtherSpace) -> bool:
    """Tell whether both write from a domain that the file knows as the company's."""
    known = facts.known_domains
    both = [*facts.members, *other.members]
    return bool(known) and all(
        any(mailboxes.is_within(mailboxes.domain_of(member.email), domain) for domain in known) for member in both
    )


def _many_units(facts: SpaceFacts, member: Member, others: list[OtherSpace]) -> Iterator[Point]:
    """Yield one free mailbox, or one mobile, that recruits for many companies."""
    if not mailboxes.is_free_mail(member.email):
        return
    alike = [
        other
        for other in others
        if not _is_family(facts, other)
        and any(
            box_of(one.email) == box_of(member.email) or (member.phone and one.phone == member.phone)
            for one in other.members
        )
    ]
    if len({other.siret[:9] for other in alike}) + 1 < MANY_UNITS:
        return
    count = len({other.siret[:9] for other in alike}) + 1
    evidence = f"{member.email} et son téléphone recrutent pour {count} entreprises différentes."
    names = tuple(sorted(other.space_id for other in alike))
    yield Point(VigilanceKind.SAME_EMAIL, Gravity.HOLD, evidence, names, key_of("units", box_of(member.email)))


def _is_under_another_name(member: Member, other: OtherSpace, one: Member) -> bool:
    """Tell whether who was refused comes back as somebody else: the number or the mailbox stays, the name changes."""
    return other.state == SpaceState.REFUSED and name_of(member) != name_of(one)


def _is_family(facts: SpaceFacts, other: OtherSpace) -> bool:
    return other.siret[:9] == facts.siren


def _where(other: OtherSpace) -> str:
    return f"l'espace de {other.name or other.siret} ({SpaceState(other.state).label})"


def _point(kind: VigilanceKind, gravity: Gravity, evidence: str, other: OtherSpace, value: str) -> Point:
    return Point(kind, gravity, evidence[:LONGEST_EVIDENCE], (other.space_id,), key_of(other.space_id, value))
