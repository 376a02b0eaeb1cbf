"""What each line of an establishment's timeline says, on its page and in its file."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from entremise.desk.enums import EntryKind
from entremise.desk.queries_timeline import Entry
from entremise.employers.enums import LogChannel, LogPurpose, SizeBand
from entremise.employers.enums_events import (
    Certainty,
    EventKind,
    EventSource,
    ForecastContract,
    ForecastSource,
    Moment,
    ServiceKind,
)
from entremise.offers.enums import CloseReason, OfferState
from entremise.people.enums import ContractKind
from entremise.promotions.enums import Answer, PromotionState

ICONS = {
    EntryKind.LOG: "chat", EntryKind.EVENT: "building", EntryKind.SERVICE: "wrench", EntryKind.FORECAST: "target",
    EntryKind.SATISFACTION: "heart", EntryKind.OFFER: "briefcase", EntryKind.PROMOTION: "send",
    EntryKind.VALIDATION: "award", EntryKind.HIRE: "flag",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One line, in words."""

    kind: str
    icon: str
    title: str
    who: str
    at: dt.datetime
    detail: str = ""
    words: str = ""
    coming: str = ""  # what comes next
    href: str = ""
    href_label: str = ""


def line(entry: Entry) -> Line:
    """Say one entry in words."""
    told: dict[str, Any] = _SAYINGS[entry.kind](entry)
    who = (
        entry.author if not entry.contact or "who" in told else " → ".join(filter(None, (entry.author, entry.contact)))
    )
    return Line(kind=str(entry.kind), icon=ICONS[entry.kind], at=entry.at, **{"who": who, **told})


def _log(entry: Entry) -> dict[str, Any]:
    title = f"{capfirst(_label(LogChannel, entry.code))} · {_label(LogPurpose, entry.second)}"
    coming = ""
    if entry.label and entry.day:
        coming = _("%(action)s, le %(day)s") % {"action": entry.label, "day": date_format(entry.day, "l j F")}
    return {"title": title, "words": entry.words, "coming": coming}


def _event(entry: Entry) -> dict[str, Any]:
    day = date_format(entry.day, "j F Y") if entry.day else ""
    titles = {
        EventKind.CLOSED: _("Établissement fermé depuis le %(day)s"),
        EventKind.REOPENED: _("Établissement rouvert le %(day)s") if day else _("Établissement rouvert"),
        EventKind.CREATED: _("Nouvel établissement de cette entreprise, créé le %(day)s"),
    }
    title = titles.get(EventKind(entry.code), capfirst(_label(EventKind, entry.code)))
    before, after = entry.label, entry.words
    if entry.code == EventKind.SIZE:
        before, after = _label(SizeBand, before), _label(SizeBand, after)
    if entry.code == EventKind.REOPENED:
        before = ""
    told = {
        "title": title % {"day": day} if "%(day)s" in title else title,
        "who": capfirst(_label(EventSource, entry.second)),
    }
    return told | ({"detail": f"{before} → {after}"} if before and after else {})


def _service(entry: Entry) -> dict[str, Any]:
    title = _("Service rendu : %(service)s") % {"service": _label(ServiceKind, entry.code)}
    return {"title": title, "words": entry.words}


def _forecast(entry: Entry) -> dict[str, Any]:
    number = entry.number or 0
    title = ngettext(
        "Prévision : %(count)d embauche, %(job)s", "Prévision : %(count)d embauches, %(job)s", number
    ) % {"count": number, "job": entry.label}  # fmt: skip
    facts = (
        _("vers le %(day)s") % {"day": date_format(entry.day, "j F Y")} if entry.day else "",
        _label(ForecastContract, entry.contact), _label(Certainty, entry.code), _label(ForecastSource, entry.second),
    )  # fmt: skip
    return {"title": title, "who": entry.author, "detail": ", ".join(filter(None, facts)), "words": entry.words}


def _satisfaction(entry: Entry) -> dict[str, Any]:
    told = {"mark": entry.number, "moment": _label(Moment, entry.code)}
    return {"title": _("Satisfaction : %(mark)s sur 5, %(moment)s") % told, "words": entry.words}


def _offer(entry: Entry) -> dict[str, Any]:
    link = {"href": reverse("offer", args=[entry.pk]), "href_label": entry.label}
    if entry.step:
        reason = _label(CloseReason, entry.code)
        return {"title": _("Offre close : %(title)s") % {"title": entry.label}, "detail": capfirst(reason), **link}
    facts = (capfirst(_label(OfferState, entry.code)), _label(ContractKind, entry.second))
    return {"title": _("Offre : %(title)s") % {"title": entry.label}, "detail": ", ".join(filter(None, facts)), **link}


def _promotion(entry: Entry) -> dict[str, Any]:
    told = {"ref": entry.label}
    link = {"href": reverse("promotion", args=[entry.pk]), "href_label": entry.label}
    if entry.step:
        answer = capfirst(_label(Answer, entry.code))
        return {"title": _("Réponse pour le profil %(ref)s") % told, "detail": answer, "words": entry.words, **link}
    state = _label(PromotionState, entry.code)
    return {"title": _("Profil %(ref)s présenté") % told, "detail": capfirst(state), **link}


def _validation(entry: Entry) -> dict[str, Any]:
    return {"title": _("Compétences du profil %(ref)s confirmées") % {"ref": entry.label}}


def _hire(entry: Entry) -> dict[str, Any]:
    link = {"href": reverse("promotion", args=[entry.pk]), "href_label": entry.label}
    title = _("Embauche du profil %(ref)s") % {"ref": entry.label}
    return {"title": title, "detail": _label(ContractKind, entry.code), "who": entry.author, **link}


_SAYINGS: dict[EntryKind, Callable[[Entry], dict[str, Any]]] = {
    EntryKind.LOG: _log, EntryKind.EVENT: _event, EntryKind.SERVICE: _service, EntryKind.FORECAST: _forecast,
    EntryKind.SATISFACTION: _satisfaction, EntryKind.OFFER: _offer, EntryKind.PROMOTION: _promotion,
    EntryKind.VALIDATION: _validation, EntryKind.HIRE: _hire,
}  # fmt: skip


def _label(choices: Any, code: str) -> str:
    """Return the words of a code, the code itself when the list no longer has it."""
    return str(choices(code).label) if code in choices.values else code
