"""The rows of a block of invented people, table by table, in the order in which they depend on one another."""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from entremise.accounts.queries import DEMO_EMAIL_DOMAIN
from entremise.demo import words
from entremise.demo.crowd_copy import (
    Bytes,
    Column,
    Piece,
    Words,
    array_of,
    column,
    days,
    moments,
    nothing,
    repeated,
    same,
    whole,
)
from entremise.demo.crowd_draw import DAY, People
from entremise.demo.crowd_world import World
from entremise.passport.enums import Assurance, EvidenceSource, ExperienceKind, Level
from entremise.people import rules
from entremise.people.enums import ConsentKind, ContractKind, Language, Licence, Schedule, Visibility, WorkingTime
from entremise.validations.enums import RequestState, Verdict
from entremise.validations.rules import LADDER

Numbers = NDArray[Any]
# Identifiers are made of what they name (RFC 9562 §5.8, version 8): these two bytes, the person's rank, the table and
# the rank in it, the seed. They say who is invented, and that the same person is not written twice.
MARK = b"\xc0\xde"
FIRST_REFERENCE = 1_000_000_000  # the story's people are below
NAMES = [f"{first} {last}" for first, last in itertools.product(words.FIRST_NAMES, words.LAST_NAMES)]
EMPLOYERS = [f"{name} {own}" for trade in words.TRADES for name in trade.names for own in words.OWN_NAMES]
KINDS = [ExperienceKind.JOB, ExperienceKind.INTERNSHIP, ExperienceKind.VOLUNTEERING]
SPOKEN = [["fr"]] * 55 + [["fr", "en"]] * 20 + [["fr", "en", code] for code in ("es", "de", "it", "ar", "pt")]
SPOKEN += [["fr", code] for code in Language.values if code not in {"fr", "en"}]
ALPHABET = np.frombuffer(rules.REFERENCE_ALPHABET.encode(), np.uint8)


class Kind(IntEnum):
    """What an identifier names."""

    PERSON = 0
    CONSENT = 1
    EXPERIENCE = 2
    SKILL = 3
    REQUEST = 4
    EVIDENCE = 5


def _sets(values: Sequence[str]) -> Words:
    """Return every set of these values, at the rank whose bits say which are in it."""
    count = len(values)
    return Words([array_of(sorted(values[i] for i in range(count) if bits >> i & 1)) for bits in range(1 << count)])


FIRST_NAMES, LAST_NAMES = Words(words.FIRST_NAMES), Words(words.LAST_NAMES)
FULL_NAMES, EMPLOYER_NAMES = Words(NAMES), Words(EMPLOYERS)
CONTRACT_SETS, SCHEDULE_SETS, LICENCE_SETS = map(_sets, (ContractKind.values, Schedule.values, Licence.values))
LANGUAGE_LISTS = Words([array_of(spoken) for spoken in SPOKEN])
WORKING_TIMES, EXPERIENCE_KINDS = Words([WorkingTime.FULL, WorkingTime.PART, WorkingTime.ANY]), Words(KINDS)
LEVELS, VISIBILITIES = Words(["", *Level.values]), Words([Visibility.ANONYMOUS, Visibility.NAMED])


@dataclass(frozen=True)
class Table:
    """Rows for one table."""

    name: str
    columns: dict[str, Column]
    count: int


def identifiers(kind: Kind, ranks: Numbers, numbers: Numbers, seed: int) -> Bytes:
    """Return the identifiers of what people of these ranks have, numbered for each."""
    table = np.zeros((len(ranks), 16), np.uint8)
    table[:, :2] = np.frombuffer(MARK, np.uint8)
    table[:, 2:6] = ranks.astype(">u4").view(np.uint8).reshape(-1, 4)
    table[:, 6] = 0x80 | kind
    table[:, 7] = numbers
    table[:, 8] = 0x80
    table[:, 12:] = np.frombuffer(seed.to_bytes(4, "big"), np.uint8)
    return table


def references(ranks: Numbers) -> Bytes:
    """Return what `people.rules.reference_of` says of these people."""
    rest = (1_000_000_007 * (ranks + FIRST_REFERENCE + 1)) % rules.REFERENCE_SPACE
    signs = []
    for _position in range(rules.REFERENCE_LENGTH):
        rest, sign = np.divmod(rest, len(ALPHABET))
        signs.append(sign)
    key = sum(weight * sign for weight, sign in enumerate(signs, start=2)) % len(ALPHABET)
    written = ALPHABET[np.stack([*signs, key], axis=1)]
    return np.ascontiguousarray(np.insert(written, 4, ord("-"), axis=1))


def tables(world: World, drawn: People, seed: int, first: int, last: int) -> Iterator[Table]:
    """Give the rows of the people of a block from one rank to another."""
    return _Writer(world, drawn, seed, first, last).tables()


class _Writer:
    """Makes the rows of some people of a block."""

    def __init__(self, world: World, drawn: People, seed: int, first: int, last: int) -> None:
        self.world, self.drawn, self.seed = world, drawn, seed
        self.first, self.last = first - int(drawn.rank[0]), last - int(drawn.rank[0])
        self.references = references(drawn.rank)
        taken = np.isin(self.references.view("S9").ravel(), world.taken)  # one real draw among billions
        self.references[taken] = references(drawn.rank[taken] + FIRST_REFERENCE)
        self.people = self.ids(Kind.PERSON, np.arange(len(drawn.rank)), 0)

    def ids(self, kind: Kind, person: Numbers, number: Numbers | int) -> Bytes:
        """Return identifiers of what people of the block have."""
        numbers = np.broadcast_to(np.asarray(number), person.shape)
        return identifiers(kind, self.drawn.rank[person], numbers, self.seed)

    def kept(self, person: Numbers) -> Numbers:
        """Return the places, in a list of what people have, of those of the people asked for."""
        return np.flatnonzero((person >= self.first) & (person < self.last))

    def tables(self) -> Iterator[Table]:
        """Give the tables in order."""
        proofs = self.drawn.proofs
        yield self._person()
        yield self._identity()
        yield self._consent()
        yield self._wish()
        yield self._experience()
        yield self._skill()
        asked = self.kept(proofs.person)
        yield self._request(asked)
        yield from self._evidence()

    def _person(self) -> Table:
        drawn, world = self.drawn, self.world
        one = np.arange(self.first, self.last)
        count = len(one)
        proved = np.bincount(drawn.skills.person[drawn.skills.assurance > 0], minlength=len(drawn.rank))
        columns = {
            "id": _uuid(self.people[one]),
            "reference": column(Piece(self.references[one])),
            "mobility_km": whole(drawn.mobility_km[one], ">i2"),
            "available_on": days(drawn.available[one], drawn.available[one] == 0),
            "contracts": column(CONTRACT_SETS[drawn.contracts[one]]),
            "working_time": column(WORKING_TIMES[drawn.working_time[one]]),
            "schedules": column(SCHEDULE_SETS[drawn.schedules[one]]),
            "languages": column(LANGUAGE_LISTS[drawn.language[one] % len(SPOKEN)]),
            "licences": column(LICENCE_SETS[drawn.licences[one]]),
            "validated_skill_count": whole(proved[one], ">i2"),
            "confirmed_at": moments(drawn.confirmed[one]),
            "created_at": moments(drawn.created[one]),
            "commune_id": column(world.commune_codes[drawn.commune[one]]),
            "department_id": column(world.departments[drawn.department[one]]),
            "agency_id": _uuid(world.agencies[drawn.agency[one]]),
        }
        return Table("people_person", columns, count)

    def _identity(self) -> Table:
        drawn = self.drawn
        one = np.arange(self.first, self.last)
        count = len(one)
        digits = drawn.phone[one][:, None] // np.array([1000, 100, 10, 1]) % 10
        columns = {
            "person_id": _uuid(self.people[one]),
            "first_name": column(FIRST_NAMES[drawn.first_name[one] % len(words.FIRST_NAMES)]),
            "last_name": column(LAST_NAMES[drawn.last_name[one] % len(words.LAST_NAMES)]),
            "email": column(self._lower(one), repeated(f"@{DEMO_EMAIL_DOMAIN}".encode(), count)),
            "phone": column(repeated(b"+3363998", count), Piece((digits + ord("0")).astype(np.uint8))),  # fiction
        }
        return Table("people_identity", columns, count)

    def _consent(self) -> Table:
        drawn = self.drawn
        one = self.first + np.flatnonzero(drawn.consents[self.first : self.last])
        count = len(one)
        columns = {
            "id": _uuid(self.ids(Kind.CONSENT, one, 0)),
            "person_id": _uuid(self.people[one]),
            "kind": same(ConsentKind.PROMOTION.value.encode(), count),
            "text_id": whole(np.full(count, self.world.text_id), ">i8"),
            "visibility": column(VISIBILITIES[drawn.named[one].astype(np.int64)]),
            "given_at": moments(drawn.created[one] + 2 * DAY),
        }
        return Table("people_consent", columns, count)

    def _wish(self) -> Table:
        wishes = self.drawn.wishes
        one = self.kept(wishes.person)
        columns = {
            "person_id": _uuid(self.people[wishes.person[one]]),
            "occupation_id": _uuid(self.world.occupations[wishes.occupation[one]]),
            "rank": whole(wishes.rank[one], ">i2"),
        }
        return Table("people_wish", columns, len(one))

    def _experience(self) -> Table:
        told, world = self.drawn.experiences, self.world
        one = self.kept(told.person)
        company = told.company[one]
        employer = EMPLOYER_NAMES[told.name[one] % len(EMPLOYERS)]
        sizes = np.zeros(len(one), np.int32) if employer.sizes is None else employer.sizes
        columns = {
            "id": _uuid(self.ids(Kind.EXPERIENCE, told.person[one], told.rank[one])),
            "person_id": _uuid(self.people[told.person[one]]),
            "kind": column(EXPERIENCE_KINDS[told.kind[one]]),
            "title": column(world.occupation_labels[told.occupation[one]]),
            "occupation_id": _uuid(world.occupations[told.occupation[one]]),
            "establishment_id": column(Piece(world.companies[company]), missing=company < 0),
            "employer_name": column(Piece(employer.table, np.where(company < 0, sizes, 0))),
            "started_on": days(told.started[one]),
            "ended_on": days(told.ended[one], told.ended[one] == 0),
            "tasks": same(b"", len(one)),
            "created_at": moments(self.drawn.created[told.person[one]]),
        }
        return Table("passport_experience", columns, len(one))

    def _skill(self) -> Table:
        held = self.drawn.skills
        one = self.kept(held.person)
        columns = {
            "id": _uuid(self.ids(Kind.SKILL, held.person[one], held.rank[one])),
            "person_id": _uuid(self.people[held.person[one]]),
            "skill_id": _uuid(self.world.skills[held.skill[one]]),
            "level": column(LEVELS[held.level[one]]),
            "last_used_on": days(held.used[one], held.used[one] == 0),
            "example": same(b"", len(one)),
            "assurance": whole(held.assurance[one], ">i2"),
            "is_shown": same(b"\x01", len(one)),
            "declared_at": moments(self.drawn.created[held.person[one]]),
        }
        return Table("passport_heldskill", columns, len(one))

    def _request(self, one: Numbers) -> Table:
        proofs, told, world = self.drawn.proofs, self.drawn.experiences, self.world
        count, person, experience = len(one), proofs.person[one], proofs.experience[one]
        company, answered, sent = told.company[experience], moments(proofs.answered[one]), moments(proofs.sent[one])
        is_unchecked = proofs.assurance[one] != Assurance.CHECKED
        columns = {
            "id": _uuid(self.ids(Kind.REQUEST, person, 0)),
            "person_id": _uuid(self.people[person]),
            "experience_id": _uuid(self.ids(Kind.EXPERIENCE, person, told.rank[experience])),
            "establishment_id": _uuid(world.companies[company]),
            "contact_name": column(FULL_NAMES[proofs.witness[one] % len(NAMES)]),
            "contact_email": column(
                repeated(b"contact-", count),
                self._lower(person),
                repeated(b"@", count),
                world.company_domains[company],
            ),
            "contact_role": same(b"responsable", count),
            "state": same(RequestState.ANSWERED.value.encode(), count),
            **dict.fromkeys(("created_at", "sent_at", "last_written_at"), sent),
            **dict.fromkeys(("opened_at", "answered_at", "closed_at"), answered),
            "expires_at": moments(proofs.sent[one] + LADDER.expiry_days * DAY),
            "checked_at": moments(proofs.answered[one] + 2 * DAY, is_unchecked),
            **dict.fromkeys(("message", "decline_reason", "word"), same(b"", count)),
            **dict.fromkeys(("reminder_count", "forwarded_count"), same(b"\0\0", count)),
            **dict.fromkeys(("is_same_device", "to_check"), same(b"\0", count)),
        }
        return Table("validations_request", columns, count)

    def _evidence(self) -> Iterator[Table]:
        """Give the skills that companies confirmed, and the evidence that they make."""
        held, proofs, told = self.drawn.skills, self.drawn.proofs, self.drawn.experiences
        one = self.kept(held.person)
        one = one[held.assurance[one] > 0]
        count, person = len(one), held.person[one]
        proof = np.searchsorted(proofs.person, person)  # proofs are in the order of people
        request = _uuid(self.ids(Kind.REQUEST, person, 0))
        no_text = same(b"", count)
        asked = {
            "request_id": request,
            "skill_id": _uuid(self.world.skills[held.skill[one]]),
            "verdict": same(Verdict.CONFIRMED.value.encode(), count),
            "example": no_text,
            "level": no_text,
            "is_added_by_validator": same(b"\0", count),
        }
        yield Table("validations_requestedskill", asked, count)
        evidence = {
            "id": _uuid(self.ids(Kind.EVIDENCE, person, held.rank[one])),
            "held_skill_id": _uuid(self.ids(Kind.SKILL, person, held.rank[one])),
            "source": same(EvidenceSource.VALIDATION.value.encode(), count),
            "source_id": request,
            "assurance": whole(held.assurance[one], ">i2"),
            "origin": column(self.world.company_names[told.company[proofs.experience[proof]]]),
            "witness_role": same(b"responsable", count),
            "example": no_text,
            "level": no_text,
            "given_on": days(proofs.answered[proof] // DAY),
            "revoked_at": nothing(count),
        }
        yield Table("passport_evidence", evidence, count)

    def _lower(self, person: Numbers) -> Piece:
        written = self.references[person]
        return Piece(np.where((written >= ord("A")) & (written <= ord("Z")), written + 32, written).astype(np.uint8))


def _uuid(table: Bytes) -> Column:
    return column(Piece(table))
