"""The employer's board of candidates, as the recruiter's space and the page of the mail link show it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from entremise.kernel import access, clock
from entremise.kernel.access import Denied
from entremise.kernel.actors import Actor
from entremise.matching.queries_applications import Match
from entremise.matching.queries_fits import matches_of, percents_of
from entremise.passport.rules_card import Card
from entremise.reciprok import queries_board as reads
from entremise.reciprok import queries_meetings, queries_recommendations
from entremise.reciprok.models import Application, Inbox
from entremise.reciprok.models_following import Meeting, Recommendation
from entremise.reciprok.queries_board import Line
from entremise.reciprok.workflow import FLOW, WAITING
from entremise.web.kit.board_parts import options_for
from entremise.web.kit.typed import identifier

PAGE = 10  # short on a phone, and quick to make: each card is a form of its own
SHOWN_PROOFS = 3
BY_MATCH = "adequation"
GROUP_WORDS = {
    "attente": gettext_lazy("Attendent votre réponse"),
    "favorables": gettext_lazy("Avis favorable"),
    "non-retenues": gettext_lazy("Non retenues"),
    "recrutees": gettext_lazy("Recrutées"),
    "sans-reponse": gettext_lazy("Closes sans réponse"),
}
IN_SPACE = {
    "board": "recruiter_inbox", "many": "recruiter_applications_many", "closing": "recruiter_closing",
    "one": "recruiter_application", "answer": "recruiter_application_answer", "opened": "recruiter_application_opened",
    "meeting": "recruiter_meeting", "meeting_cancel": "recruiter_meeting_cancel",
    "recommend": "recruiter_recommend", "report": "recruiter_report", "calendar": "recruiter_calendar",
}  # fmt: skip
BY_LINK = {
    "board": "inbox", "many": "inbox_many", "closing": "inbox_closing", "one": "inbox_application",
    "answer": "inbox_answer", "opened": "inbox_opened", "meeting": "inbox_meeting",
    "meeting_cancel": "inbox_meeting_cancel", "recommend": "inbox_recommend", "report": "inbox_report",
    "calendar": "inbox_calendar",
}  # fmt: skip
OF_THE_BOX = frozenset({"board", "many", "closing", "calendar"})


@dataclass(frozen=True, slots=True)
class Place:
    """Where an employer reads an inbox: in their space, or by the link of a mail; the same acts, other addresses."""

    box: Inbox
    actor: Actor
    token: str = ""  # of the mail link
    frame: dict[str, Any] = field(default_factory=dict)  # what the layout of the space shows
    is_checked: bool = False  # already read: the link's reader still reads, or one of the reader's spaces is certified
    is_member: bool = True  # of the space; who bears a link may be a contact, to whom no name is shown

    @property
    def folder(self) -> str:
        """Return where the pages of this place are."""
        return "web/employer/inbox" if self.token else "web/recruiter/applications"

    def name(self, page: str) -> tuple[str, dict[str, Any]]:
        """Return the name of an address and what it carries, without an application."""
        if self.token:
            return BY_LINK[page], {"token": self.token}
        return IN_SPACE[page], {"pk": self.box.pk} if page in OF_THE_BOX else {}

    def href(self, page: str, pk: UUID | None = None) -> str:
        """Return the address of a page, of one application when it is given."""
        name, carried = self.name(page)
        return reverse(name, kwargs=carried | ({"pk": pk} if pk else {}))

    def these(self, ids: Sequence[UUID]) -> list[Application]:
        """Return some applications of this inbox."""
        return reads.these(ids, self.box)

    @property
    def refusal(self) -> str:
        """Return why nobody may be answered from here now; empty when it is possible."""
        if self.is_checked:
            return ""
        decision = access.decide("reciprok.answer_many", self.actor, self.box)
        return decision.reason if isinstance(decision, Denied) else ""


@dataclass(frozen=True, slots=True)
class CandidateCard:
    """One candidate as the board shows her."""

    application: Application
    card: Card
    who: str
    proofs: Sequence[Any]
    more_proofs: int
    match: Match | None
    waits_days: int
    is_waiting: bool
    is_unread: bool
    choices: str  # the options of the field, ready: twenty cards have the same
    href: str
    answer_href: str
    opened_href: str
    meeting: Meeting | None = None
    recommended: Recommendation | None = None


@dataclass(frozen=True, slots=True)
class Board:
    """One page of candidates."""

    cards: list[CandidateCard]
    groups: list[tuple[str, Any, int]]
    total: int
    waiting: int
    next_href: str
    group: str
    sort: str
    query: str


def board(place: Place, asked: QueryDict, page: str) -> Board:
    """Return one page of the candidates of an inbox: those who wait first, or those who fit best."""
    found = reads.lines(place.box)
    counted = reads.counts(found)
    group = asked.get("etat", "") if asked.get("etat", "") in reads.GROUPS else ""
    sort = BY_MATCH if asked.get("tri") == BY_MATCH and place.box.offer else ""
    listed = [line for line in found if not group or line.group == group]
    if sort:
        percents = percents_of(place.box, listed)
        listed = sorted(listed, key=lambda line: -percents.get(line.pk, 0))
    start = _start(listed, identifier(asked.get("apres", "")))
    shown = listed[start : start + PAGE]
    kept = {name: value for name, value in (("etat", group), ("tri", sort)) if value}
    is_more = start + PAGE < len(listed)
    following = kept | {"apres": str(shown[-1].pk)} if is_more else {}
    return Board(
        cards=cards(place, reads.these([line.pk for line in shown], place.box)),
        groups=[(name, GROUP_WORDS[name], counted[name]) for name in reads.GROUPS],
        total=len(found),
        waiting=counted["attente"],
        next_href=f"{page}?{urlencode(following)}" if following else "",
        group=group,
        sort=sort,
        query=urlencode(kept),
    )


def cards(place: Place, found: list[Application]) -> list[CandidateCard]:
    """Return the cards of some candidates of one inbox, in a fixed number of queries."""
    seen = reads.cards(place.box, found, is_member=place.is_member)
    fits = matches_of(place.box.offer, [reads.line_of(one) for one in found])
    going = [one.pk for one in found if one.state == "favourable"]
    meetings = queries_meetings.current_of(going) if going else {}
    passed_on = [one.pk for one in found if one.origin == "recommended"]
    behind = queries_recommendations.behind(passed_on) if passed_on else {}
    now = clock.now()
    return [
        _card(place, one, seen[one.pk], fits.get(one.pk), meetings.get(one.pk), behind.get(one.pk), now)
        for one in found
    ]


def _start(listed: list[Line], after: UUID | None) -> int:
    """Return where the page after this candidate starts; a candidate who moved starts from the beginning."""
    return next((place + 1 for place, line in enumerate(listed) if line.pk == after), 0)


def _card(
    place: Place,
    one: Application,
    card: Card,
    match: Match | None,
    meeting: Meeting | None,
    recommended: Recommendation | None,
    now: dt.datetime,
) -> CandidateCard:
    return CandidateCard(
        application=one,
        card=card,
        who=card.name or card.reference,
        proofs=card.validated[:SHOWN_PROOFS],
        more_proofs=max(0, len(card.validated) - SHOWN_PROOFS),
        match=match,
        waits_days=(clock.local(now).date() - clock.local(one.sent_at).date()).days,
        is_waiting=one.state in WAITING,
        is_unread=one.read_at is None,
        choices=options_for(one.state),
        href=place.href("one", one.pk),
        answer_href=place.href("answer", one.pk),
        opened_href="" if one.state not in FLOW.transitions["read"].sources else place.href("opened", one.pk),
        meeting=meeting,
        recommended=recommended,
    )


def columns() -> dict[str, str]:
    """Return the columns of the file of a board: names in the address, headings."""
    return {
        "candidature": _("Candidature"), "nom": _("Nom"), "metier": _("Métier"), "commune": _("Commune"),
        "preuves": _("Compétences confirmées"), "adequation": _("Adéquation (%)"), "raisons": _("Raisons"),
        "recue": _("Reçue le"), "etat": _("État"), "depuis": _("Depuis le"), "reponse": _("Raison ou suite"),
    }  # fmt: skip


def exported(place: Place, group: str, most: int) -> list[CandidateCard]:
    """Return the candidates of an inbox for a file, one more than it may hold when there are too many."""
    listed = [line for line in reads.lines(place.box) if not group or line.group == group][: most + 1]
    return cards(place, reads.these([line.pk for line in listed], place.box))


def export_line(one: CandidateCard) -> list[Any]:
    """Return a candidate as a line of a file; her name is there only where the page shows it."""
    application = one.application
    reason = application.get_reason_display() or application.get_step_display()
    return [
        one.card.reference, one.card.name, ", ".join(one.card.occupations), one.card.place,
        ", ".join(proof.label for proof in one.card.validated), one.match.percent if one.match else "",
        " ; ".join(one.match.reasons) if one.match else "", clock.local(application.sent_at).date(),
        application.get_state_display(), clock.local(application.changed_at).date(), reason,
    ]  # fmt: skip
