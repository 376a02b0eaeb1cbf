"""Everything that happened with an establishment, whatever its kind, newest first: one query, page after page."""

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import CharField, DateField, DateTimeField, IntegerField, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, Coalesce

from entremise.desk.enums import EntryKind
from entremise.employers.models import ContactLog, Establishment
from entremise.employers.models_events import EstablishmentEvent, HiringForecast, Satisfaction, ServiceDelivered
from entremise.kernel.actors import Actor
from entremise.offers.models import Offer
from entremise.promotions.enums import Outcome
from entremise.promotions.models import Promotion
from entremise.validations import queries as validations

PAGE = 30
SHORT, LONG, COUNT, DAY = CharField(), TextField(), IntegerField(), DateField()


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: what each column means depends on the kind (`_SOURCES`)."""

    kind: EntryKind
    step: str  # "opened", "answered"…: several lines of one thing
    pk: UUID
    at: dt.datetime
    first_name: str  # of who did or noted it
    last_name: str
    contact: str
    code: str
    second: str
    label: str
    words: str
    day: dt.date | None
    number: int | None

    @property
    def author(self) -> str:
        """Return who did or noted it."""
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def key(self) -> str:
        """Return where a page that ends here goes on."""
        return f"{self.at.timestamp():.6f}_{self.pk}_{self.kind}_{self.step}"


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the timeline, and where the next one starts."""

    entries: list[Entry]
    next_key: str


def timeline(
    establishment: Establishment,
    actor: Actor,
    *,
    kinds: Collection[str] = (),
    after: str = "",
    limit: int = PAGE,
) -> Page:
    """Return what happened with an establishment: of all kinds or of some, after the last line already shown."""
    cursor = _read_key(after)
    parts = [
        _after(rows.annotate(**columns), cursor, kind, step)
        .order_by("-entry_at", "-pk")
        .values_list(_said(str(kind)), _said(step), "pk", "entry_at", *_NAMES)[: limit + 1]
        for kind, step, rows, columns in _sources(establishment, actor)
        if not kinds or kind in kinds
    ]
    if not parts:
        return Page([], "")
    first, *others = parts
    # Names are given by place: of a union, SQL keeps those of its first part.
    merged: Any = first.union(*others, all=True) if others else first
    found = sorted((_entry(row) for row in merged), key=_order, reverse=True)
    return Page(found[:limit], found[limit - 1].key if len(found) > limit else "")


_NAMES = (
    "entry_first", "entry_last", "entry_contact", "entry_code", "entry_second", "entry_label", "entry_words",
    "entry_day", "entry_number",
)  # fmt: skip
Source = tuple[EntryKind, str, QuerySet[Any], dict[str, Any]]


def _sources(establishment: Establishment, actor: Actor) -> Iterator[Source]:
    """Give for each kind the rows the actor may see, and what of them is shown."""
    here: dict[str, Any] = {"establishment": establishment}
    yield (
        EntryKind.LOG, "", ContactLog.objects.visible_to(actor).filter(**here),
        _columns("at", "author", contact="contact__name", code="channel", second="purpose", label="next_action",
                 words="outcome", day="next_on"),
    )  # fmt: skip
    yield (
        EntryKind.EVENT, "", EstablishmentEvent.objects.visible_to(actor).filter(**here),
        _columns("at", code="kind", second="source", label="before", words="after", day="happened_on"),
    )  # fmt: skip
    yield (
        EntryKind.SERVICE, "", ServiceDelivered.objects.visible_to(actor).filter(**here),
        _columns("on", "adviser", code="service", words="note", day="on"),
    )  # fmt: skip
    yield (
        EntryKind.FORECAST, "", HiringForecast.objects.visible_to(actor).filter(**here),
        _columns("at", "adviser", contact="contract", code="certainty", second="source", label="occupation__label",
                 words="note", day="expected_on", number="number"),
    )  # fmt: skip
    yield (
        EntryKind.SATISFACTION, "", Satisfaction.objects.visible_to(actor).filter(**here),
        _columns("on", "asked_by", contact="contact__name", code="moment", words="verbatim", day="on", number="mark"),
    )  # fmt: skip
    yield from _offers(actor, here)
    yield from _promotions(actor, here)
    yield (
        EntryKind.VALIDATION, "", validations.answered_at(establishment, actor),
        _columns("answered_at", contact="contact_name", label="person__reference"),
    )  # fmt: skip


def _offers(actor: Actor, here: dict[str, Any]) -> Iterator[Source]:
    offers = Offer.objects.visible_to(actor).filter(**here)
    moment = Coalesce("opened_at", "created_at")
    yield (
        EntryKind.OFFER, "", offers,
        _columns(moment, "adviser", code="state", second="contract", label="title", number="position_count"),
    )  # fmt: skip
    yield (
        EntryKind.OFFER, "closed", offers.exclude(closed_at=None),
        _columns("closed_at", code="close_reason", label="title"),
    )  # fmt: skip


def _promotions(actor: Actor, here: dict[str, Any]) -> Iterator[Source]:
    rows = Promotion.objects.visible_to(actor).filter(**here)
    who: dict[str, Any] = {"contact": "contact__name", "label": "person__reference"}
    sent, answered, hired = rows.exclude(sent_at=None), rows.exclude(answered_at=None), rows.exclude(outcome_on=None)
    yield EntryKind.PROMOTION, "", sent, _columns("sent_at", "adviser", code="state", second="answer", **who)
    yield (
        EntryKind.PROMOTION, "answered", answered,
        _columns("answered_at", code="answer", second="answer_channel", words="answer_word", **who),
    )  # fmt: skip
    yield (
        EntryKind.HIRE, "", hired.filter(outcome=Outcome.HIRED),
        _columns("outcome_on", "adviser", code="outcome_contract", day="outcome_on", **who),
    )  # fmt: skip


def _columns(at: Any, author: str = "", *, day: str = "", number: str = "", **texts: str) -> dict[str, Any]:
    """Name the columns of one part, in the order of all parts; what it does not have is empty."""

    def text(path: str, kind: Any = SHORT) -> Any:
        return Coalesce(Cast(path, kind), Value("", kind), output_field=kind) if path else Value("", kind)

    return {
        "entry_at": Cast(at, DateTimeField()),
        "entry_first": text(f"{author}__first_name" if author else ""),
        "entry_last": text(f"{author}__last_name" if author else ""),
        **{f"entry_{name}": text(texts.get(name, "")) for name in ("contact", "code", "second", "label")},
        "entry_words": text(texts.get("words", ""), LONG),
        "entry_day": Cast(day or Value(None), DAY),
        "entry_number": Cast(number or Value(None), COUNT),
    }


def _said(text: str) -> Value:
    return Value(text, output_field=SHORT)


def _after(rows: QuerySet[Any], cursor: "tuple[dt.datetime, UUID, str] | None", kind: str, step: str) -> QuerySet[Any]:
    if cursor is None:
        return rows
    at, pk, last = cursor
    same = Q(entry_at=at, pk__lte=pk) if f"{kind}_{step}" < last else Q(entry_at=at, pk__lt=pk)
    return rows.filter(Q(entry_at__lt=at) | same)


def _order(entry: Entry) -> tuple[dt.datetime, UUID, str]:
    return entry.at, entry.pk, f"{entry.kind}_{entry.step}"


def _entry(row: tuple[Any, ...]) -> Entry:
    kind, *others = row
    return Entry(EntryKind(kind), *others)


def _read_key(text: str) -> "tuple[dt.datetime, UUID, str] | None":
    """Read where the previous page ended; a key that was cut or changed starts from the beginning."""
    at, _, rest = text.partition("_")
    pk, _, last = rest.partition("_")
    try:
        return dt.datetime.fromtimestamp(float(at), dt.UTC), UUID(pk), last
    except (ValueError, OverflowError, OSError):
        return None
