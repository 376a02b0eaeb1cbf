"""What the bearer of a link sees of the pool: anonymous cards, a few at a time, around one establishment.

A recruiter is not certified yet: whatever a person chose to show, no card carries a name, a contact, a reference, an
identifier of ours, a place, an exact distance or an exact day. A card is designated by a token that means nothing
with another link.
"""

import datetime as dt
import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from entremise.employers import queries as employers
from entremise.employers.enums_spaces import SpaceState
from entremise.employers.models import Contact, Establishment
from entremise.kernel import clock, links
from entremise.kernel.actors import ANONYMOUS, Actor
from entremise.kernel.models import MailLink
from entremise.matching import queries_feed as feed
from entremise.matching import rules, rules_recruiter
from entremise.matching.enums import PartName
from entremise.matching.models import PoolEntry
from entremise.matching.models_recruiter import MeetingWish, RecruiterAccess, RecruiterSearch
from entremise.matching.queries import Search, facts_of, prepare, request_of
from entremise.matching.queries_cards import Labels, labels, proved, reasons
from entremise.matching.queries_criteria import PoolCriteria, parse
from entremise.matching.rules_recruiter import PAGE, PAGES, Closeness, Readiness
from entremise.people.models import Person
from entremise.people.queries import recruiter_search_consents
from entremise.promotions.models import Promotion

SAID = {PartName.SKILLS, PartName.OCCUPATION}  # the other sentences tell exact distances and days
REACHED = "reached through its mail link"
GONE = (SpaceState.REFUSED, SpaceState.BLOCKED, SpaceState.CLOSED)
TOLD = Q(held_at=None) | ~Q(released_at=None)  # a wish of a space that is not certified is told to nobody


class AccessClosed(Exception):
    """Nothing is searched by this link any more; `reason` is a sentence for the user."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class ShownProof:
    """A confirmed skill: how well it is proved and since which year, not by whom."""

    label: str
    assurance: int
    year: int | None


@dataclass(frozen=True, slots=True)
class RecruiterCard:
    """What a recruiter sees of a person: nothing that names her, nothing to cross with anything."""

    token: str
    job: str
    closeness: Closeness
    distance_km: int | None  # rounded up by steps
    readiness: Readiness
    reasons: tuple[str, ...]
    proofs: tuple[ShownProof, ...]
    hidden_proof_count: int
    wish: str  # waiting, shown, set_aside, or nothing


@dataclass(frozen=True, slots=True)
class RecruiterPage:
    """One page of the cards that a search found."""

    search: RecruiterSearch
    cards: list[RecruiterCard]
    number: int
    total: int
    labels: Labels = field(default_factory=dict)

    @property
    def next_number(self) -> int | None:
        """Return the number of the next page, None at the end."""
        return self.number + 1 if len(self.search.numbers) > self.number * PAGE else None

    @property
    def is_cut(self) -> bool:
        """Tell whether more people were found than are shown."""
        return self.total > len(self.search.numbers)


def access_of(link: MailLink) -> RecruiterAccess:
    """Return the access that a link opens, or raise AccessClosed."""
    rows: Any = RecruiterAccess.objects.unscoped(REACHED)
    whole = rows.select_related("establishment__commune", "contact", "space", "adviser", "agency")
    found: RecruiterAccess = whole.get(pk=link.target_id)
    require_usable(found)
    return found


def require_usable(opened: RecruiterAccess) -> None:
    """Raise AccessClosed unless this access may be used now."""
    is_over = opened.expires_at is not None and opened.expires_at <= clock.now()
    if opened.revoked_at is not None or is_over:
        raise AccessClosed(_("Cette recherche de profils n'est plus ouverte. Appelez l'agence pour la rouvrir."))
    if opened.space is not None and opened.space.state in GONE:
        raise AccessClosed(_("Cet espace n'est plus ouvert : aucune recherche ne s'y fait. Appelez l'agence."))
    if opened.contact is not None and opened.contact.opposed_at is not None:
        raise AccessClosed(_("Vous avez demandé à ne plus être sollicité : cette recherche de profils est fermée."))
    try:
        employers.require_open(opened.establishment, clock.now())
    except employers.EstablishmentClosed as closed:
        raise AccessClosed(closed.reason) from closed


def criteria_around(
    opened: RecruiterAccess, *, occupation: str, radius_km: int, skills: Sequence[UUID]
) -> PoolCriteria:
    """Say a recruiter's search in the words of the pool: an occupation and those near it, around the establishment."""
    return PoolCriteria(
        occupations=(occupation,) if occupation else (),
        with_near=bool(occupation),
        commune=opened.establishment.commune_id,
        radius_km=radius_km,
        skills=tuple(dict.fromkeys(skills)),
    )


def found_by(criteria: PoolCriteria, opened: RecruiterAccess) -> tuple[list[int], int]:
    """Return the numbers of the rows found, best first and bounded, and how many there are in all.

    The establishment's department alone is searched: its advisers are the ones who may introduce these people.
    """
    (search,) = prepare([criteria])
    request = replace(
        request_of(search, ANONYMOUS),
        departments=frozenset({opened.establishment.commune.department_id}),
        wanted=rules_recruiter.MOST_LOOKED_AT,
        with_counts=False,
    )
    (answer,) = feed.PEOPLE.search([request])
    agreeing = [entry.number for entry in living([hit.number for hit in answer.hits])]
    return agreeing[: rules_recruiter.MOST_CARDS], len(agreeing)


def search_of(pk: UUID, opened: RecruiterAccess) -> RecruiterSearch | None:
    """Return a search made through this access, None when there is none."""
    rows: Any = RecruiterSearch.objects.unscoped(REACHED)
    found: RecruiterSearch | None = rows.filter(pk=pk, access=opened).first()
    return found


def searches_today(opened: RecruiterAccess) -> int:
    """Return how many searches this access made today."""
    rows: Any = RecruiterSearch.objects.unscoped(REACHED)
    count: int = rows.filter(access=opened, created_at__date=clock.today()).count()
    return count


def page_of_cards(made: RecruiterSearch, link: MailLink, number: int = 1) -> RecruiterPage:
    """Return one page of a search; who withdrew her consent or left since is not on it."""
    number = min(max(number, 1), PAGES)
    entries = living(made.numbers[(number - 1) * PAGE : number * PAGE])
    criteria = parse(made.query)
    (search,) = prepare([criteria])
    codes = {code for one in entries for code in (*one.occupation_codes, *one.experience_codes)}
    known = labels(
        codes | set(criteria.occupations), set(criteria.skills), {n for one in entries for n in proved(one)}
    )
    wishes = _wishes(made.access_id)
    cards = [_card(entry, search, link, known, wishes.get(entry.person_id, "")) for entry in entries]
    return RecruiterPage(made, cards, number, made.total, known)


def person_shown(made: RecruiterSearch, link: MailLink, token: str) -> Person | None:
    """Return whom a token designates among those whom a search found, None when it means nobody there any more."""
    for entry in living(made.numbers):
        if hmac.compare_digest(links.opaque(link, entry.person_id).encode(), token.encode()):
            return entry.person
    return None


def living(numbers: Sequence[int]) -> list[PoolEntry]:
    """Read rows by their numbers, in that order: those whose consent is in force now."""
    rows: Any = PoolEntry.objects.unscoped("cards that say nothing of who they are about, for a checked access")
    consenting = Exists(recruiter_search_consents().filter(person=OuterRef("person")))
    by_number = {
        row.number: row for row in rows.filter(consenting, number__in=numbers).select_related("person__commune")
    }
    return [by_number[number] for number in numbers if number in by_number]


def accesses(establishment: Establishment, actor: Actor) -> QuerySet[RecruiterAccess]:
    """Return the accesses opened at an establishment that still work, with what was done by each."""
    rows = RecruiterAccess.objects.visible_to(actor).filter(establishment=establishment)
    return (
        rows.filter(revoked_at=None, expires_at__gt=clock.now())
        .select_related("contact", "adviser")
        .annotate(
            search_count=Count("searches", distinct=True), wish_count=Count("wishes", distinct=True),
        )
        .order_by("-opened_at")
    )  # fmt: skip


def recruiters(
    establishment: Establishment, contacts: Sequence[Contact], actor: Actor
) -> list[tuple[Contact, RecruiterAccess | None]]:
    """Return the contacts who may search profiles, each with the access that is open, if any."""
    if not establishment.is_open:
        return []
    opened = {one.contact_id: one for one in accesses(establishment, actor) if one.contact_id}
    return [(one, opened.get(one.pk)) for one in contacts if one.email and one.opposed_at is None]


def access_in_territory(pk: UUID, actor: Actor) -> RecruiterAccess:
    """Return one access of the territory, or raise RecruiterAccess.DoesNotExist."""
    rows = RecruiterAccess.objects.visible_to(actor)
    return rows.select_related("establishment__commune", "contact").get(pk=pk)


def wish_in_territory(pk: UUID, actor: Actor) -> MeetingWish:
    """Return one wish of the territory, or raise MeetingWish.DoesNotExist."""
    rows: Any = _with_standing(MeetingWish.objects.visible_to(actor)).filter(TOLD)
    found: MeetingWish = rows.get(pk=pk)
    return found


def waiting_wishes(actor: Actor) -> QuerySet[MeetingWish]:
    """Return the wishes that wait for an adviser: theirs, or their agency's when who opened the access left."""
    mine = Q(access__adviser=actor.user_id) | Q(access__adviser=None, access__agency__in=actor.agency_ids)
    rows: Any = _with_standing(MeetingWish.objects.visible_to(actor)).filter(mine, TOLD)
    found: QuerySet[MeetingWish] = rows.filter(set_aside_at=None, is_shown=False, is_in_pool=True)
    return found.order_by("created_at", "pk")


def waiting_count(opened: RecruiterAccess) -> int:
    """Return how many wishes of an access wait for the adviser."""
    rows: Any = _with_standing(MeetingWish.objects.unscoped(REACHED)).filter(access=opened)
    count: int = rows.filter(set_aside_at=None, is_shown=False, is_in_pool=True).count()
    return count


def _with_standing(rows: Any) -> QuerySet[MeetingWish]:
    """Read with a wish whether the person was promoted there since, and whether she still may be."""
    sent = Promotion.objects.unscoped("whether a promotion exists").filter(
        person=OuterRef("person"), establishment=OuterRef("access__establishment"), sent_at__gte=OuterRef("created_at")
    )
    here = PoolEntry.objects.unscoped("whether the row exists").filter(pk=OuterRef("person"))
    found: QuerySet[MeetingWish] = rows.select_related(
        "person__department", "access__establishment__commune", "access__contact", "access__adviser", "access__space"
    ).annotate(is_shown=Exists(sent), is_in_pool=Exists(here))
    return found


def _wishes(access_id: UUID) -> dict[UUID, str]:
    rows: Any = _with_standing(MeetingWish.objects.unscoped(REACHED)).filter(access=access_id)
    return {row.person_id: standing_of(row) for row in rows}


def standing_of(wish: Any) -> str:
    """Say where a wish read with its standing is: shown, set aside, or waiting."""
    if wish.is_shown:
        return "shown"
    return "set_aside" if wish.set_aside_at else "waiting"


def _card(entry: PoolEntry, search: Search, link: MailLink, known: Mapping[str, str], wish: str) -> RecruiterCard:
    facts, today = facts_of(entry, search), rules.day_number(search.today)
    parts = rules.parts(facts, search.today)
    told = tuple(one.sentence for one in reasons(facts, search.today) if one.name in SAID and one.points > 0)
    proofs = _proofs(entry, search, known)
    return RecruiterCard(
        token=links.opaque(link, entry.person_id),
        job=_job(entry, search, known),
        closeness=rules_recruiter.closeness(sum(p.points for p in parts), sum(p.maximum for p in parts)),
        distance_km=None if facts.distance_m is None else rules_recruiter.rounded_km(facts.distance_m),
        readiness=rules_recruiter.readiness(rules.day_number(entry.available_on), today),
        reasons=told,
        proofs=proofs[: rules_recruiter.SHOWN_SKILLS],
        hidden_proof_count=max(0, len(proofs) - rules_recruiter.SHOWN_SKILLS),
        wish=wish,
    )


def _proofs(entry: PoolEntry, search: Search, known: Mapping[str, str]) -> tuple[ShownProof, ...]:
    """Return the confirmed skills, those asked for first."""
    held = entry.held
    asked = set(search.skills.values())
    numbers = sorted((n for n in proved(entry) if str(n) in known), key=lambda n: n not in asked)
    return tuple(ShownProof(known[str(n)], held[n].assurance, _year(held[n].proved_day)) for n in numbers)


def _year(day: int) -> int | None:
    return (rules.EPOCH + dt.timedelta(days=day)).year if day > 0 else None


def _job(entry: PoolEntry, search: Search, known: Mapping[str, str]) -> str:
    """Name the occupation asked for when it is hers, else one near it, else her first."""
    own = [*entry.occupation_codes, *entry.experience_codes]
    for wanted in (search.criteria.occupations, search.near_codes, own):
        if found := next((code for code in own if code in wanted), ""):
            return known.get(found, "")
    return ""
