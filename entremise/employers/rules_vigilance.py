"""What makes somebody look twice at a recruiter space, each with its evidence: it may hold, it never certifies.

Free mail, a mobile, a switchboard or a recruiter shared by several places are what honest employers look like: told,
and never held. What holds is an imitation, a known fraud, or nothing that ties the recruiter to the file.
"""

import datetime as dt
from collections.abc import Iterator

from entremise.employers import rules_vigilance_facts as read
from entremise.employers.enums_spaces import Gravity, SpaceState, VigilanceKind
from entremise.employers.rules_vigilance_facts import ContactChange, Member, OtherSpace, Point, SpaceFacts
from entremise.employers.rules_vigilance_shared import shared
from entremise.lib import lookalikes, mailboxes
from entremise.lib.lookalikes import Likeness

__all__ = ["ContactChange", "Member", "OtherSpace", "Point", "SpaceFacts", "holding", "points"]
RECENT = dt.timedelta(days=182)
NEW_MEMBER = dt.timedelta(days=30)
CONTACT_WAIT = dt.timedelta(hours=72)
MANY_VIEWS, TOO_MANY_VIEWS = 120, 250  # profiles looked at in one day
MANY_OFFERS, TOO_MANY_OFFERS = 40, 80  # in one week
SUDDEN_OFFERS = 8  # in one week, by a company of less than six months
FREE_OFFERS = 20  # in one week, under a free mailbox
_HOW = {
    Likeness.HOMOGRAPH: "se lit comme lui",
    Likeness.LETTER: "n'en diffère que d'une lettre ou deux",
    Likeness.ENDING: "a le même nom et une autre fin",
    Likeness.HYPHEN: "a les mêmes lettres, coupées autrement",
    Likeness.ADDED: "y ajoute un mot",
}


def points(facts: SpaceFacts) -> list[Point]:
    """Return every reason to look twice at a space, the gravest first, each fact once."""
    found = [
        *_place(facts), *_banned(facts), *shared(facts), *_domains(facts), *_phones(facts),
        *_contact(facts), *_new_members(facts), *_volumes(facts),
    ]  # fmt: skip
    once: dict[tuple[str, str], Point] = {}
    for point in found:
        known = once.get((point.kind, point.key))
        if known is None or point.gravity > known.gravity:
            once[point.kind, point.key] = point
    return sorted(once.values(), key=lambda point: -point.gravity)


def holding(found: list[Point]) -> list[Point]:
    """Return the points that hold a space until somebody answers."""
    return [point for point in found if point.gravity == Gravity.HOLD]


def is_recent(opened_on: dt.date | None, now: dt.datetime) -> bool:
    """Tell whether a company is known to be young; an unknown date says nothing."""
    return opened_on is not None and now.date() - opened_on < RECENT


def _place(facts: SpaceFacts) -> Iterator[Point]:
    if facts.closed_on is not None and facts.closed_on <= facts.now.date():
        evidence = f"L'établissement est fermé depuis le {facts.closed_on:%d/%m/%Y}."
        yield Point(VigilanceKind.CLOSED_PLACE, Gravity.HOLD, evidence, key=facts.closed_on.isoformat())
    if facts.opened_on is not None and is_recent(facts.opened_on, facts.now):
        evidence = f"L'entreprise a été créée le {facts.opened_on:%d/%m/%Y}."
        yield Point(VigilanceKind.RECENT_SIREN, Gravity.INFORMATION, evidence, key=facts.opened_on.isoformat())


def _banned(facts: SpaceFacts) -> Iterator[Point]:
    words = {"siret": "Le SIRET", "email": "L'adresse", "domain": "Le domaine", "phone": "Le téléphone"}
    for kind, value in facts.excluded:
        evidence = f"{words[kind]} {value} a été exclu après une fraude."
        yield Point(VigilanceKind.BANNED, Gravity.HOLD, evidence, key=read.key_of(kind, value))


def _domains(facts: SpaceFacts) -> Iterator[Point]:
    for member in facts.members:
        domain = mailboxes.domain_of(member.email)
        if not domain:
            continue
        if mailboxes.is_disposable(member.email):
            evidence = f"{member.email} est une adresse faite pour être jetée."
            yield Point(VigilanceKind.DISPOSABLE_MAIL, Gravity.HOLD, evidence, key=domain)
        elif mailboxes.is_free_mail(member.email):
            yield from _free_mail(facts, member, domain)
        elif not any(mailboxes.is_within(domain, known) for known in facts.known_domains):
            yield from _other_domain(facts, member, domain)


def _free_mail(facts: SpaceFacts, member: Member, domain: str) -> Iterator[Point]:
    evidence = f"{member.email} est une adresse que chacun peut ouvrir."
    if member.email.casefold() in {email.casefold() for email in facts.emails}:
        return
    gravity = Gravity.ATTENTION
    if facts.email_domain and facts.phones and not read.is_known_number(member.phone, facts.phones):
        evidence = (
            f"{member.email} est une adresse que chacun peut ouvrir ; l'entreprise écrit depuis {facts.email_domain}, "
            "et le téléphone n'est pas non plus un des siens."
        )
        gravity = Gravity.HOLD
    elif facts.is_large and facts.known_domains and not read.is_known_number(member.phone, facts.phones):
        evidence = (
            f"{member.email} est une adresse que chacun peut ouvrir ; une entreprise de cette taille a les siennes."
        )
        gravity = Gravity.HOLD
    elif _names_company(member.email, facts.known_domains):
        evidence = f"{member.email} reprend le nom de l'entreprise, qui écrit depuis {facts.known_domains[0]}."
        gravity = Gravity.HOLD
    yield Point(VigilanceKind.FREE_MAIL, gravity, evidence, key=read.key_of("free", member.email))


def _names_company(email: str, domains: tuple[str, ...]) -> bool:
    """Tell whether a free mailbox bears the name of a company that has a domain of its own."""
    local = email.rpartition("@")[0].casefold().replace(".", "").replace("-", "").replace("_", "")
    names = [lookalikes.split(domain)[0].replace("-", "") for domain in domains]
    return any(len(name) >= lookalikes.SHORTEST and name in local for name in names)


def _other_domain(facts: SpaceFacts, member: Member, domain: str) -> Iterator[Point]:
    for known in facts.known_domains:
        how = lookalikes.likeness(domain, known)
        if how is not None:
            evidence = f"{domain} n'est pas {known} et {_HOW[how]}."
            yield Point(VigilanceKind.DOMAIN_LOOKALIKE, Gravity.HOLD, evidence, key=f"{domain} {known}"[:64])
            return
    if facts.known_domains:
        is_known_phone = read.is_known_number(member.phone, facts.phones)
        gravity = Gravity.ATTENTION if is_known_phone else Gravity.HOLD
        evidence = f"{member.email} n'est pas du domaine {facts.known_domains[0]}, celui de l'entreprise."
        if gravity == Gravity.HOLD and facts.phones:
            evidence = f"{evidence} Le téléphone n'est pas non plus un des siens."
        yield Point(VigilanceKind.DOMAIN_DIFFERS, gravity, evidence, key=domain[:64])


def _phones(facts: SpaceFacts) -> Iterator[Point]:
    for member in facts.members:
        if not member.phone:
            continue
        shown = read.shown_number(member.phone)
        where = read.origin(member.phone)
        if where is not read.Origin.FRANCE:
            far = where in {read.Origin.FAR, read.Origin.PREMIUM, read.Origin.UNREAL}
            gravity = Gravity.HOLD if far else Gravity.ATTENTION
            evidence = f"{shown} est un numéro {read.ORIGIN_WORDS[where]}."
            yield Point(VigilanceKind.PHONE_ABROAD, gravity, evidence, key=read.key_of("phone", member.phone))
        elif facts.phones and not read.is_known_number(member.phone, facts.phones):
            evidence = f"{shown} n'est pas un numéro connu de l'établissement."
            key = read.key_of("phone", member.phone)
            yield Point(VigilanceKind.PHONE_UNKNOWN, Gravity.INFORMATION, evidence, key=key)


def _contact(facts: SpaceFacts) -> Iterator[Point]:
    phones = {member.phone for member in facts.members if member.phone}
    addresses = {mailboxes.mailbox(member.email) for member in facts.members}
    for change in facts.contact_changes:
        if facts.now - change.changed_at >= CONTACT_WAIT:
            continue
        is_theirs = change.phone in phones or (bool(change.email) and mailboxes.mailbox(change.email) in addresses)
        evidence = f"Les coordonnées de {change.name} ont changé le {change.changed_at:%d/%m/%Y}."
        if is_theirs:
            evidence = f"{evidence} Ce sont maintenant celles de l'espace : appelez le numéro d'avant."
        gravity = Gravity.HOLD if is_theirs else Gravity.ATTENTION
        key = read.key_of("change", f"{change.name} {change.changed_at.isoformat()}")
        yield Point(VigilanceKind.CONTACT_CHANGED, gravity, evidence, key=key)


def _new_members(facts: SpaceFacts) -> Iterator[Point]:
    """Yield those who came after the decision, with a mailbox of their own where colleagues have the company's."""
    if facts.decided_at is None:
        return
    here = [m for m in facts.members if m.joined_at is not None and m.joined_at <= facts.decided_at]
    company = {mailboxes.domain_of(m.email) for m in here if not mailboxes.is_free_mail(m.email)}
    for member in facts.members:
        if member in here or member.joined_at is None or facts.now - member.joined_at > NEW_MEMBER:
            continue
        if mailboxes.domain_of(member.email) in company:
            continue
        is_personal = mailboxes.is_free_mail(member.email)
        if not is_personal and not company:
            continue
        evidence = f"{member.email} est arrivé le {member.joined_at:%d/%m/%Y}, après la certification"
        told = f"{evidence}, avec une adresse que l'entreprise n'utilise pas." if company else f"{evidence}."
        gravity = Gravity.HOLD if company else Gravity.ATTENTION
        yield Point(VigilanceKind.NEW_MEMBER, gravity, told, key=read.key_of("member", member.email))


def _volumes(facts: SpaceFacts) -> Iterator[Point]:
    week = f"{facts.now:%G-%V}"
    if facts.views_in_day >= MANY_VIEWS:
        gravity = Gravity.HOLD if facts.views_in_day >= TOO_MANY_VIEWS else Gravity.ATTENTION
        evidence = f"{facts.views_in_day} profils consultés en un jour."
        yield Point(VigilanceKind.MANY_VIEWS, gravity, evidence, key=f"{facts.now:%Y-%m-%d}")
    gravity_of_offers = _weight_of_offers(facts)
    if gravity_of_offers is not None:
        evidence = f"{facts.offers_in_week} offres déposées en une semaine."
        yield Point(VigilanceKind.MANY_OFFERS, gravity_of_offers, evidence, key=week)


def _weight_of_offers(facts: SpaceFacts) -> Gravity | None:
    count, is_free = facts.offers_in_week, all(mailboxes.is_free_mail(member.email) for member in facts.members)
    if count >= TOO_MANY_OFFERS or (is_recent(facts.opened_on, facts.now) and count >= SUDDEN_OFFERS):
        return Gravity.HOLD
    if is_free and count >= FREE_OFFERS:
        return Gravity.HOLD
    return Gravity.ATTENTION if count >= MANY_OFFERS else None


def gravity_told(kind: str, state: str) -> Gravity:
    """Return how much weighs what an upper part of the platform reports about a space."""
    if kind == VigilanceKind.OFFER_PATTERN:
        return Gravity.HOLD if state != SpaceState.CERTIFIED else Gravity.ATTENTION
    if kind in {VigilanceKind.MANY_VIEWS, VigilanceKind.MANY_OFFERS}:
        return Gravity.HOLD
    return Gravity.INFORMATION if kind == VigilanceKind.NEW_DEVICE else Gravity.ATTENTION
