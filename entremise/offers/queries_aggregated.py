"""What becomes of each offer a partner sends: read, looked up, compared with ours, checked; nothing is written."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from entremise.employers.models import Establishment
from entremise.kernel import clock
from entremise.lib.cells import Fault
from entremise.lib.nearduplicates import Match, Signature
from entremise.lib.offerfeeds import BadLine, FeedRefused, Line
from entremise.offers import queries_feeds
from entremise.offers.enums import AlertKind, CloseReason, Need, OfferState
from entremise.offers.enums_duplicates import KeptBecause
from entremise.offers.enums_feeds import FeedFate
from entremise.offers.enums_import import OfferField
from entremise.offers.models import Offer
from entremise.offers.models_partners import LONGEST_REASON, OfferPartner
from entremise.offers.queries_checks import alerts, words_of
from entremise.offers.queries_duplicates import text_of
from entremise.offers.queries_import import sentence
from entremise.offers.queries_lookup import Job, Lookup, Named
from entremise.offers.queries_signatures import KnownOffers
from entremise.offers.rules import LONGEST_REFERENCE, LONGEST_TITLE
from entremise.offers.rules_cells import Told
from entremise.offers.rules_feeds import Wanted, read_offer, shown_until
from entremise.offers.rules_words import Asked, WordsRead, read_asked
from entremise.skills import queries as skills
from entremise.skills.models import JobTitle
from entremise.skills.rules import gendered_forms, same_label
from entremise.territories import queries as territories
from entremise.territories.models import Commune
from entremise.territories.rules import commune_of

TOLD = ("radius_km", "contract", "working_time", "schedules", "licences", "languages", "description")
TERMS = (
    "company", "position_count", "duration_months", "weekly_hours", "pay_min_cents", "pay_max_cents", "pay_period",
    "benefits", "experience_months", "training_level", "starts_on", "is_disability_reserved", "apply_url",
)  # fmt: skip
NAMED = ("establishment", "title", "job_title", "occupation", "commune")
COLUMNS = (*NAMED, *TOLD, *TERMS)
REJECTED = {AlertKind.DISCRIMINATION, AlertKind.ILLEGAL, AlertKind.FRAUD, AlertKind.LENGTH}

Lines = Sequence[Line | BadLine]
Reads = Callable[[Sequence[Asked]], list[tuple[WordsRead | None, Signature]]]
KEPT = {FeedFate.CREATED, FeedFate.UPDATED, FeedFate.UNCHANGED}
TO_READ = {FeedFate.CREATED, FeedFate.UPDATED}
COMES_BACK = {CloseReason.WITHDRAWN, CloseReason.DUPLICATE}


@dataclass(frozen=True, slots=True)
class Rival:
    """The same offer elsewhere, of somebody who comes after: how surely, and why it gives way."""

    offer: Offer
    match: Match
    reason: KeptBecause


@dataclass
class Run:
    """One pass over what a partner sends: what was looked up so far, and the references already met."""

    partner: OfferPartner
    today: dt.date
    lookup: "PartnerLookup"
    met: dict[str, int] = field(default_factory=dict)  # reference → its line
    base: KnownOffers = field(default_factory=KnownOffers)  # the offers of everybody, to find the same ones
    read: Reads = read_asked  # in this process, or shared among several
    ahead: Callable[[Sequence[Asked]], object] = list  # what `read` will be asked next; nobody reads ahead here
    words: dict[bytes, WordsRead] = field(default_factory=dict)  # a text that comes back in many towns is read once


@dataclass(slots=True)
class Verdict:
    """What becomes of one line: its offer as it is to be, or why it is rejected."""

    number: int
    fate: FeedFate
    reference: str = ""
    title: str = ""
    reasons: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()
    offer: Offer | None = None
    needs: Mapping[UUID, int] = field(default_factory=dict)
    is_new: bool = False
    is_changed: bool = False
    is_back: bool = False
    gives_way: tuple[Rival, ...] = ()
    signature: Signature | None = None  # of what was read anew

    @property
    def is_kept(self) -> bool:
        """Tell whether the offer is, or stays, published."""
        return self.fate in KEPT

    @property
    def words(self) -> str:
        """Return the reasons as one text."""
        return " ".join(self.reasons)[:LONGEST_REASON]


class PartnerLookup(Lookup):
    """The same lookups for a partner: its references are its own."""

    def __init__(self, partner: OfferPartner) -> None:
        super().__init__(partner.agency)
        self.partner = partner
        self.by_insee: dict[str, Commune] = {}
        self.titles: dict[UUID, dict[str, JobTitle]] = {}  # of an occupation, by each form of their names

    def find(self, lines: Sequence[Told]) -> list[Named]:
        """Return what each line names; the communes of a batch are read together."""
        wanted = {commune_of(told.insee) for told in lines if told.insee} - self.by_insee.keys()
        self.by_insee.update(territories.active_communes().in_bulk(wanted))
        return super().find(lines)

    def _commune(self, told: Told, employer: Establishment | None) -> tuple[Commune | None, Fault | None]:
        known = self.by_insee.get(commune_of(told.insee)) if told.insee else None
        return (known, None) if known else super()._commune(told, employer)

    def _job_of_code(self, told: Told) -> Job:
        occupation = self.occupations.get(told.rome)
        if occupation is None:
            return super()._job_of_code(told)
        if occupation.pk not in self.titles:
            forms: dict[str, JobTitle] = {}
            for title in skills.job_titles(occupation):
                for form in gendered_forms(title.label) | {same_label(title.label)}:
                    forms.setdefault(form, title)
            self.titles[occupation.pk] = forms
        return Job(occupation, self.titles[occupation.pk].get(same_label(told.title)))

    def _known(self, references: set[str]) -> dict[str, Offer]:
        rows: Any = queries_feeds.own(self.partner).filter(reference__in=references)
        found = rows.select_related("establishment", "occupation", "job_title", "commune", "agency")
        return {row.reference: row for row in found.prefetch_related("offer_skills")}


def start_run(partner: OfferPartner, met: Mapping[str, int] | None = None, read: Reads = read_asked) -> Run:
    """Prepare a pass; one that goes on after a crash knows the references already met."""
    return Run(partner, clock.today(), PartnerLookup(partner), dict(met or {}), read=read)


def foreseen(run: Run, batches: Iterable[Lines]) -> Iterator[Lines]:
    """Yield each batch while the words of the next one begin to be read.

    Nothing is decided ahead: the lines are looked up again in their turn, with what was written before them. A file
    that breaks does so after the lines that could be read.
    """
    waiting: Lines = []
    try:
        for lines in batches:
            run.ahead(_asked(run, _offers([one for one in _looked_up(run, lines) if one.fate in TO_READ]))[0])
            if waiting:
                yield waiting
            waiting = lines
    except FeedRefused:
        if waiting:
            yield waiting
        raise
    if waiting:
        yield waiting


def verdicts(run: Run, lines: Lines) -> list[Verdict]:
    """Return what becomes of each line, in the order of the file."""
    made = _looked_up(run, lines)
    _check_words(run, [one for one in made if one.fate in TO_READ])
    return made


def _looked_up(run: Run, lines: Lines) -> list[Verdict]:
    read = [(line, *_read(run, line)) for line in lines]
    good = [wanted for _line, wanted, _faults in read if wanted]
    found = iter(run.lookup.find([wanted.told for wanted in good]))
    return [_verdict(run, line, wanted, faults, next(found) if wanted else None) for line, wanted, faults in read]


def _read(run: Run, line: Line | BadLine) -> tuple[Wanted | None, list[Fault]]:
    if isinstance(line, BadLine):
        return None, [line.fault]
    return read_offer(line.fields, run.partner.channel, run.today)


def _verdict(
    run: Run, line: Line | BadLine, wanted: Wanted | None, faults: list[Fault], named: Named | None
) -> Verdict:
    fields = line.fields if isinstance(line, Line) else {}
    reference = fields.get("reference", "")[:LONGEST_REFERENCE]
    made = Verdict(line.number, FeedFate.REFUSED, reference, fields.get("title", "")[:LONGEST_TITLE])
    if reference and (first := run.met.setdefault(reference, line.number)) != line.number:
        made.reasons = (_("La ligne %(number)s a déjà cette référence.") % {"number": first},)
        return made
    found = [*faults, *_hard(named)]
    if found or wanted is None or named is None:
        return _refused(made, found)
    if not named.establishment or not named.establishment.is_open:
        closed = _("Cet établissement est fermé : il ne peut plus recruter. Donnez le SIRET de celui qui recrute.")
        made.reasons = (closed,)
        return made
    made.reasons = tuple(sentence(note) for note in (*wanted.notes, *_soft(named)))
    return _compared(run, made, wanted, named)


def _refused(made: Verdict, faults: Sequence[Fault]) -> Verdict:
    made.faults = tuple(faults)
    made.reasons = tuple(sentence(fault) for fault in faults)
    return made


def _hard(named: Named | None) -> list[Fault]:
    return [fault for fault in named.faults if fault.field != OfferField.SKILLS] if named else []


def _soft(named: Named) -> list[Fault]:
    return [fault for fault in named.faults if fault.field == OfferField.SKILLS]


def _compared(run: Run, made: Verdict, wanted: Wanted, named: Named) -> Verdict:
    """Compare an offer with what we have of it, and have its words read when they are new."""
    known = named.known
    if known and known.is_closed and known.close_reason not in COMES_BACK:
        made.fate, made.offer = FeedFate.UNCHANGED, known
        made.reasons = (_("Cette offre a été close par l'agence : elle n'est pas publiée de nouveau."),)
        return made
    before = {name: getattr(known, name) for name in COLUMNS} if known else {}
    asked = {row.skill_id: row.need for row in known.offer_skills.all()} if known else {}
    made.needs = {pk: Need(need) for pk, need in named.needs.items()}
    offer = known or _new(run)
    _write(offer, wanted, named)
    made.offer, made.title, made.is_new = offer, offer.title, known is None
    made.is_back = known is not None and known.state in {OfferState.CLOSED, OfferState.EXPIRED}
    made.is_changed = known is not None and (before != _content(offer) or asked != made.needs)
    offer.expires_on = shown_until(offer.expires_on, wanted.expires_on, run.partner.channel, run.today)
    if not (made.is_new or made.is_changed or made.is_back):
        made.fate = FeedFate.UNCHANGED
        return made
    made.fate = FeedFate.CREATED if made.is_new or made.is_back else FeedFate.UPDATED
    return made


def _new(run: Run) -> Offer:
    now = clock.now()
    return Offer(
        partner=run.partner, channel=run.partner.channel, agency=run.partner.agency, created_at=now, opened_at=now
    )


def _content(offer: Offer) -> dict[str, Any]:
    return {name: getattr(offer, name) for name in COLUMNS}


def _write(offer: Offer, wanted: Wanted, named: Named) -> None:
    told: Told = wanted.told
    place: Any = named.establishment
    offer.reference, offer.establishment, offer.commune = told.reference, place, named.commune or place.commune
    offer.occupation, offer.job_title = named.occupation, named.job_title  # type: ignore[assignment]  # no fault: found
    label = named.job_title.label if named.job_title else offer.occupation.label
    offer.title = (told.title or label)[:LONGEST_TITLE]
    for name in TOLD:
        value = getattr(told, name)
        setattr(offer, name, list(value) if isinstance(value, tuple) else value)
    for name in TERMS:
        value = getattr(wanted, name)
        setattr(offer, name, list(value) if isinstance(value, tuple) else value)


def _offers(verdicts: Sequence[Verdict]) -> list[Any]:
    return [one.offer for one in verdicts]


def _asked(run: Run, offers: Sequence[Offer]) -> tuple[list[Asked], list[bytes]]:
    """Return what is to be read of some offers, and what they are read alike by: the same words are read once."""
    words = [words_of(offer, run.today) for offer in offers]
    keys = [one.key for one in words]
    new = {key: place for place, key in reversed(list(enumerate(keys))) if key not in run.words}
    asked = [
        Asked(words[place] if new.get(key) == place else None, text_of(offers[place]))
        for place, key in enumerate(keys)
    ]
    return asked, keys


def _check_words(run: Run, verdicts: Sequence[Verdict]) -> None:
    """Reject what the law, or good faith, forbids; what is unchanged was read when it came."""
    offers = _offers(verdicts)
    asked, keys = _asked(run, offers)
    answers = run.read(asked)
    run.words.update({keys[place]: read for place, (read, _signature) in enumerate(answers) if read is not None})
    for one, offer, key, (_read_now, signature) in zip(verdicts, offers, keys, answers, strict=True):
        one.signature = signature
        if reasons := _forbidden(offer, run.words[key]):
            one.fate, one.reasons = FeedFate.REFUSED, reasons


def _forbidden(offer: Offer, read: WordsRead) -> tuple[str, ...]:
    """Return what is forbidden in an offer: its words, why, and what to write instead."""
    seen = alerts(offer, read.findings, read.frauds)
    return tuple(one.told for one in seen if one.is_blocking and one.is_sure and one.kind in REJECTED)
