"""The adviser's day: what is due, what is new, whom to promote, and how much of the pool was promoted."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from entremise.desk import queries_lines, queries_work, rules
from entremise.desk.enums import DueKind, Urgency
from entremise.desk.enums_desk import ComplaintAbout
from entremise.desk.queries_lines import Line
from entremise.desk.queries_work import Work
from entremise.kernel import clock
from entremise.kernel.actors import Actor
from entremise.matching import queries as matching
from entremise.matching import queries_nightly as nightly
from entremise.matching.enums import Toggle
from entremise.matching.queries_cards import PoolCard, cards
from entremise.matching.queries_criteria import PoolCriteria
from entremise.matching.rules import first_fresh_day
from entremise.offers.enums_followup import TaskKind
from entremise.people import queries as people
from entremise.people.models import Person
from entremise.people.rules import FRESH_MONTHS, months_after
from entremise.promotions import queries as promotions
from entremise.promotions import rules as promotion_rules
from entremise.promotions.enums import GOOD_NEWS, Answer
from entremise.promotions.models import Promotion
from entremise.reciprok.enums import ReportKind
from entremise.reciprok.rules_voice import is_urgent

READY = PoolCriteria(toggles=frozenset({Toggle.NEVER_PROMOTED.value, Toggle.AVAILABLE.value, Toggle.VALIDATED.value}))
PAGES_OF_WORK = {
    DueKind.NEXT_ACTION: "establishment",
    DueKind.TASK: "offer_followup",
    DueKind.VISIT: "visit_plan",
    DueKind.COMPLAINT: "complaint",
    DueKind.PUBLISH: "offers_to_validate",
    DueKind.SPACE: "spaces",
    DueKind.RATING: "adviser_moderation",
    DueKind.REPORT: "adviser_report",
    DueKind.COUNT: "adviser_count",
    DueKind.ADVICE: "adviser_advice",
    DueKind.PAUSE: "adviser_moderation",
}
ANSWERS = {
    Answer.MEETING: gettext_lazy("%(employer)s souhaite rencontrer %(who)s : fixez le rendez-vous."),
    Answer.IMMERSION: gettext_lazy("%(employer)s propose une immersion à %(who)s : préparez-la."),
    Answer.OFFER: gettext_lazy("%(employer)s a une offre pour %(who)s : transmettez-la."),
    Answer.KEPT: gettext_lazy("%(employer)s garde le profil %(who)s pour plus tard."),
    Answer.NOT_NOW: gettext_lazy("%(employer)s ne recrute pas en ce moment (profil %(who)s)."),
    Answer.NO: gettext_lazy("%(employer)s cherche un autre profil que %(who)s."),
}


@dataclass(frozen=True, slots=True)
class Due:
    """One line of the desk: what to do, since when, until when, and where."""

    kind: DueKind
    sentence: str
    since: dt.date
    deadline: dt.date | None
    page: str  # the name of an address
    pk: UUID | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Share:
    """How many of the agencies' consenting profiles were promoted at least once."""

    promoted: int
    consenting: int

    @property
    def percent(self) -> int | None:
        """Return the whole percentage, None when nobody consented yet."""
        return rules.share(self.promoted, self.consenting)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A profile to promote, and how many employers look for one like it, as the last night counted."""

    card: PoolCard
    employer_count: int


@dataclass(frozen=True, slots=True)
class Day:
    """Everything on the adviser's desk."""

    groups: list[tuple[Urgency, list[Due]]]
    suggestions: list[Suggestion]
    share: Share
    counts: dict[str, int] = field(default_factory=dict)


def day(actor: Actor, now: dt.datetime) -> Day:
    """Return the adviser's desk: what is due by urgency, whom to promote, the agencies' share."""
    today = clock.local(now).date()
    due = due_list(actor, now)
    groups = [
        (urgency, list(items)) for urgency, items in groupby(due, key=lambda item: rules.urgency(item.deadline, today))
    ]
    return Day(
        groups=groups,
        suggestions=suggestions(actor),
        share=promoted_share(actor),
        counts={str(urgency): len(items) for urgency, items in groups},
    )


def due_list(actor: Actor, now: dt.datetime) -> list[Due]:
    """Return what is overdue, due and new for an adviser, in that order."""
    found = [
        *_promotions(actor, now),
        *map(_line, queries_lines.lines(actor, now)),
        *map(_owed, queries_work.work(actor, now)),
        *_stale_profiles(actor, now),
    ]
    return rules.in_order(found)


def suggestions(actor: Actor) -> list[Suggestion]:
    """Return profiles never promoted, available today and with a proof: those that most employers look for first."""
    found = matching.best_of_pool(READY, actor=actor, limit=rules.CONSIDERED)
    looking = nightly.looking_for([one.entry.number for one in found], actor)
    best = sorted(found, key=lambda one: -looking.get(one.entry.number, 0))[: rules.SUGGESTED]
    shown, _known = cards(best, READY, with_skills=False)
    return [Suggestion(card, looking.get(one.entry.number, 0)) for one, card in zip(best, shown, strict=True)]


def promoted_share(actor: Actor) -> Share:
    """Count the consenting profiles of the actor's agencies, and those promoted at least once."""
    sent = Promotion.objects.unscoped("whether a promotion exists, counted").filter(
        person=OuterRef("person"), sent_at__isnull=False
    )
    consents = people.promotion_consents().filter(person__agency__in=actor.agency_ids)
    counted = consents.annotate(was_promoted=Exists(sent)).values_list("was_promoted").annotate(count=Count("pk"))
    by_answer = dict(counted.order_by())
    return Share(promoted=by_answer.get(True, 0), consenting=sum(by_answer.values()))


def _promotions(actor: Actor, now: dt.datetime) -> Iterator[Due]:
    """List the good answers and the silences to follow, then what else was answered lately, read together."""
    lately = promotions.new_answers(actor, now - dt.timedelta(days=rules.NEWS_DAYS)).exclude(answer__in=GOOD_NEWS)
    rows = list((promotions.waiting_for_adviser(actor, now) | lately)[: 2 * rules.LONGEST_LIST])
    for promotion in rows:
        is_news = bool(promotion.answer) and promotion.answer not in GOOD_NEWS
        yield _news(promotion, now) if is_news else _to_follow(promotion, now)


def _to_follow(promotion: Promotion, now: dt.datetime) -> Due:
    is_good = promotion.answer in GOOD_NEWS
    since = clock.local((promotion.answered_at if is_good else promotion.expires_at) or now)
    return Due(
        kind=DueKind.ANSWER if is_good else DueKind.SILENCE,
        sentence=_answer(promotion) if is_good else _silence(promotion),
        since=since.date(),
        deadline=(since + promotion_rules.FOLLOW_UP).date(),
        page="promotion",
        pk=promotion.pk,
        detail=promotion.answer_word,
    )


def _news(promotion: Promotion, now: dt.datetime) -> Due:
    return Due(
        kind=DueKind.NEWS,
        sentence=_answer(promotion),
        since=clock.local(promotion.answered_at or now).date(),
        deadline=None,
        page="promotion",
        pk=promotion.pk,
        detail=promotion.answer_word,
    )


def _line(line: Line) -> Due:
    """Say in words what was read in one query: wishes of recruiters, answered contests, confirmations to check."""
    told = {"employer": line.place, "who": line.who, "count": line.count, "verdict": line.verdict}
    words = {
        DueKind.WISH: _("%(employer)s aimerait rencontrer %(who)s : parlez-en d'abord à la personne."),
        DueKind.CONTEST: _("Votre contestation sur le profil %(who)s : %(verdict)s."),
        DueKind.EVENT: _("%(employer)s : %(verdict)s."),
        DueKind.CHECK: ngettext(
            "%(count)d confirmation à vérifier par un appel, dans votre territoire.",
            "%(count)d confirmations à vérifier par un appel, dans votre territoire.",
            line.count,
        ),
    }
    days = {DueKind.WISH: rules.WISH_DAYS, DueKind.CHECK: rules.CHECK_DAYS}
    pages = {
        DueKind.WISH: "meeting_wish", DueKind.CONTEST: "contest_mine", DueKind.CHECK: "validation_checks",
        DueKind.EVENT: "establishment",
    }  # fmt: skip
    since = clock.local(line.at).date()
    return Due(
        kind=line.kind,
        sentence=words[line.kind] % told,
        since=since,
        deadline=since + dt.timedelta(days=days[line.kind]) if line.kind in days else None,
        page=pages[line.kind],
        pk=line.pk,
        detail=line.words,
    )


def _owed(one: Work) -> Due:
    """Say in words what is owed to an employer."""
    told = {"employer": one.place, "title": one.title, "count": one.count, "what": _label(one)}
    words = {
        DueKind.NEXT_ACTION: _("%(title)s (%(employer)s)"),
        DueKind.TASK: _("%(what)s : %(title)s (%(employer)s)."),
        DueKind.VISIT: _("Visite chez %(employer)s : notez ce qui s'est dit."),
        DueKind.COMPLAINT: _("Réclamation sur %(what)s : elle attend votre réponse."),
        DueKind.PUBLISH: ngettext(
            "%(count)d offre à lire avant publication.", "%(count)d offres à lire avant publication.", one.count
        ),
        DueKind.SPACE: ngettext(
            "%(count)d espace recruteur à vérifier.", "%(count)d espaces recruteurs à vérifier.", one.count
        ),
        **_said(one),
    }
    return Due(
        kind=one.kind,
        sentence=words[one.kind] % told,
        since=one.since,
        deadline=one.due_on,
        page=PAGES_OF_WORK[one.kind],
        pk=one.pk,
        detail=one.words,
    )


def _said(one: Work) -> dict[DueKind, str]:
    """Say in words what candidates and employers say of applications."""
    urgent = one.kind == DueKind.REPORT and is_urgent(one.code)
    return {
        DueKind.RATING: ngettext(
            "%(count)d avis de candidat à relire.", "%(count)d avis de candidats à relire.", one.count
        ),
        DueKind.REPORT: _("Signalement urgent (%(employer)s) : %(what)s.")
        if urgent
        else _("Signalement (%(employer)s) : %(what)s."),
        DueKind.COUNT: _("%(employer)s conteste une candidature comptée sans réponse."),
        DueKind.ADVICE: _("Conseil de recrutement demandé par %(employer)s."),
        DueKind.PAUSE: ngettext(
            "%(count)d établissement en pause, sans aucune réponse depuis cinq mois.",
            "%(count)d établissements en pause, sans aucune réponse depuis cinq mois.",
            one.count,
        ),
    }


def _label(one: Work) -> str:
    if one.kind == DueKind.TASK:
        return capfirst(str(TaskKind(one.code).label))
    if one.kind == DueKind.REPORT:
        return str(ReportKind(one.code).label)
    return str(ComplaintAbout(one.code).label) if one.kind == DueKind.COMPLAINT else ""


def _stale_profiles(actor: Actor, now: dt.datetime) -> Iterator[Due]:
    """List the profiles one follows that nobody confirmed for three months, the least stale first."""
    fresh_since = first_fresh_day(clock.local(now).date())
    mine = Person.objects.visible_to(actor).filter(referent=actor.user_id, confirmed_at__date__lt=fresh_since)
    shared = mine.filter(Exists(people.promotion_consents().filter(person=OuterRef("pk"))))
    for person in shared.order_by("-confirmed_at", "pk")[: rules.STALE_SHOWN]:
        confirmed_on = clock.local(person.confirmed_at or now).date()
        yield Due(
            kind=DueKind.STALE,
            sentence=_("Profil %(who)s : proposez à la personne de le relire, il date de plus de trois mois.")
            % {"who": person.reference},
            since=months_after(confirmed_on, FRESH_MONTHS),
            deadline=None,
            page="profile",
            pk=person.pk,
        )


def _answer(promotion: Promotion) -> str:
    told: dict[str, Any] = {"employer": promotion.establishment.name, "who": promotion.person.reference}
    return str(ANSWERS[Answer(promotion.answer)]) % told


def _silence(promotion: Promotion) -> str:
    return _("%(employer)s n'a pas répondu pour %(who)s : un appel suffit souvent.") % {
        "employer": promotion.establishment.name,
        "who": promotion.person.reference,
    }
