"""Reads about what accounts look at: the facts from which a judgement is made, the alerts, the day's use."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncHour
from django.utils.translation import gettext as _

from entremise.accounts import queries as accounts
from entremise.accounts import queries_sessions as sessions
from entremise.accounts.enums import MemberRole
from entremise.accounts.models import Agency, Membership, User
from entremise.kernel import clock, vault
from entremise.kernel.actors import ADVISERS, Actor, ActorKind
from entremise.kernel.models import JournalEntry
from entremise.kernel.models_vault import Alert, BudgetRaise, Cut, Disclosure
from entremise.lib.workcalendar import WorkCalendar
from entremise.people import rules_vigilance as rules
from entremise.people.enums import Verb
from entremise.people.enums_vigilance import CutReason, Finding, Outcome
from entremise.people.models import Person
from entremise.people.rules_vigilance import Facts, Habits, Look, Sign, Signal

HISTORY_DAYS = 90
GRACE = (dt.timedelta(0), dt.timedelta(hours=2), dt.timedelta(hours=-2))  # around the opening hours
MOST_LINES = 2_000  # of the journal, for one account and one hour
FIRST_LINES = 50_000  # of the journal, when this process has not looked yet
CARDS_WORTH_A_LOOK = 20
FEW_LEFT = 10
RECENT = 20
LEADING = (MemberRole.TEAM_LEAD, MemberRole.DIRECTOR)
WATCHED = (Verb.CARD_READ, Verb.REVEAL_REFUSED)


@dataclass(frozen=True, slots=True)
class SignRead:
    """One open alert in words, and the references of whom it is about."""

    alert: Alert
    sentence: str


@dataclass(frozen=True, slots=True)
class Account:
    """One account as those who answer for it see it: alerts, whether it is cut, what it saw today."""

    user: User
    roles: tuple[str, ...]
    signs: tuple[SignRead, ...]
    cut: Cut | None
    spent: int
    allowed: int
    references: tuple[str, ...] = ()

    @property
    def cut_for(self) -> str:
        """Say why the account is cut."""
        return str(CutReason(self.cut.reason).label) if self.cut and self.cut.reason in CutReason.values else ""

    @property
    def left(self) -> int:
        """Return how many identities remain today."""
        return max(self.allowed - self.spent, 0)


@dataclass(frozen=True, slots=True)
class Past:
    """A decision about alerts: whose account, what, by whom, when."""

    user: User | None
    kind: str
    decision: str
    by: str
    at: dt.datetime


def last_line() -> int:
    """Return the number of the last line of the journal."""
    return JournalEntry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def worth_a_look(since: dt.datetime, after_line: int) -> list[User]:
    """Return the accounts that did since then enough to be judged: identities, many cards, refusals, a canary."""
    told = set(Alert.objects.filter(told_at=None, closed_at=None).values_list("actor_id", flat=True))
    lines = JournalEntry.objects.filter(pk__gt=max(after_line, last_line() - FIRST_LINES), verb__in=WATCHED)
    lines = lines.filter(actor_kind=ActorKind.USER).order_by()
    recent = Disclosure.objects.filter(at__gt=since).order_by().values_list("actor_id", flat=True)
    active = {*recent.distinct(), *lines.values_list("actor_id", flat=True).distinct()}
    busy = set(_counted(Disclosure.objects.filter(at__gt=clock.now() - rules.WINDOW), active, rules.FEW))
    hour = JournalEntry.objects.filter(at__gt=clock.now() - rules.HOUR, verb__in=WATCHED)
    busy |= set(_counted(hour, active, CARDS_WORTH_A_LOOK))
    busy |= set(_counted(hour.filter(verb=Verb.REVEAL_REFUSED), active, rules.FEW))
    return list(User.objects.filter(pk__in=told | busy).order_by("pk"))


def _counted(rows: QuerySet[Any], actors: Iterable[str], least: int) -> list[str]:
    found = rows.filter(actor_id__in=actors).order_by().values("actor_id").annotate(count=Count("pk"))
    return list(found.filter(count__gte=least).values_list("actor_id", flat=True))


def facts_of(user: User) -> Facts:
    """Return everything from which an account is judged, since the last decision about it."""
    now, name = clock.now(), str(user.pk)
    since = max([now - rules.WINDOW, *_decided(name)])
    seen = Disclosure.objects.filter(actor_id=name, at__gt=since).order_by("at", "pk")
    lines = JournalEntry.objects.filter(actor_id=name, at__gt=max(since, now - rules.HOUR))
    cards = lines.filter(verb=Verb.CARD_READ).order_by("-at").values_list("at", "person_id")[:MOST_LINES]
    return Facts(
        now=now,
        looks=_looks(user, list(seen.values_list("at", "person_id"))),
        cards=tuple(Look(at, person.int) for at, person in reversed(cards) if person),
        knocks=lines.filter(verb=Verb.REVEAL_REFUSED).count(),
        spent=spent_today(name),
        allowed=allowed_today(name),
        raised_to=raised_today(name),
        is_new_device=sessions.is_open_on_a_new_device(user, now - rules.WINDOW),
        canaries=Alert.objects.filter(actor_id=name, kind=Sign.CANARY, closed_at=None).count(),
        habits=_habits(user),
    )


def spent_today(actor_id: str) -> int:
    """Return how many identities an account was shown today."""
    return Disclosure.objects.filter(actor_id=actor_id, day=clock.today()).count()


def allowed_today(actor_id: str) -> int:
    """Return how many identities an account may see today."""
    return vault.allowances([actor_id])[actor_id]


def has_news(account: User, signals: Sequence[Signal]) -> bool:
    """Tell whether a judgement adds to what is already known and told: a sign, a figure, or an untold alert."""
    known = {alert.kind: alert for alert in open_alerts(str(account.pk))}
    return any(alert.told_at is None for alert in known.values()) or any(
        signal.sign not in known or signal.figures.get("count", 0) > known[signal.sign].data.get("count", 0)
        for signal in signals
        if signal.sign != Sign.CANARY
    )


def raised_today(actor_id: str) -> int:
    """Return to how many identities a lead raised today's budget of an account, zero when nobody did."""
    raises = BudgetRaise.objects.filter(actor_id=actor_id, day=clock.today())
    return max(raises.values_list("raised_to", flat=True), default=0)


def few_left(actor: Actor) -> int | None:
    """Return how many identities an adviser may still see today, when they are few enough to be said."""
    if not actor.has(*ADVISERS):
        return None
    left = max(vault.allowance(actor) - spent_today(actor.id), 0)
    return left if left < FEW_LEFT else None


def open_cut(actor_id: str) -> Cut | None:
    """Return the cut under which an account is."""
    return Cut.objects.filter(actor_id=actor_id, lifted_at=None).first()


def open_alerts(actor_id: str) -> QuerySet[Alert]:
    """Return what waits for a decision about an account."""
    return Alert.objects.filter(actor_id=actor_id, closed_at=None).order_by("at", "pk")


def account_of(pk: UUID, actor: Actor) -> User | None:
    """Return one account of an agency that the actor answers for."""
    return _accounts(accounts.agencies_of(actor)).filter(pk=pk).first()


def watched(agency: Agency, actor: Actor) -> list[Account]:
    """Return the accounts of an agency that may see identities: those with an alert first, then the busiest."""
    users = list(_accounts(accounts.agencies_of(actor).filter(pk=agency.pk)))
    found = [one for one in _seen(users) if one.signs or one.cut or _sees_identities(one.user)]
    return sorted(found, key=lambda one: (not one.signs, one.cut is None, -one.spent))


def _sees_identities(user: User) -> bool:
    return any(m.ended_on is None and m.role in ADVISERS for m in user.memberships.all())


def account_seen(user: User) -> Account:
    """Return one account with the references of those whom it was shown lately."""
    return replace(_seen([user])[0], references=looked_at(str(user.pk)))


def _seen(users: list[User]) -> list[Account]:
    names = [str(user.pk) for user in users]
    today = Disclosure.objects.filter(actor_id__in=names, day=clock.today()).order_by()
    spent = dict(today.values_list("actor_id").annotate(count=Count("pk")))
    cuts = {cut.actor_id: cut for cut in Cut.objects.filter(actor_id__in=names, lifted_at=None)}
    alerts = _by_account(Alert.objects.filter(actor_id__in=names, closed_at=None).order_by("at", "pk"))
    allowed = vault.allowances(names)
    return [
        Account(
            user=user,
            roles=tuple(str(m.get_role_display()) for m in user.memberships.all() if m.ended_on is None),
            signs=tuple(SignRead(alert, sentence_of(alert)) for alert in alerts.get(name, [])),
            cut=cuts.get(name),
            spent=spent.get(name, 0),
            allowed=allowed[name],
        )
        for user, name in zip(users, names, strict=True)
    ]


def looked_at(actor_id: str) -> tuple[str, ...]:
    """Return the references of the people whom an account was shown lately, newest first: never their names."""
    recent = Disclosure.objects.filter(actor_id=actor_id, at__gt=clock.now() - rules.WINDOW).order_by("-at")
    people = list(recent.values_list("person_id", flat=True)[:RECENT])
    references = Person.objects.unscoped("a lead judges what a colleague looked at, by reference")
    known = dict(references.filter(pk__in=people).values_list("pk", "reference"))
    return tuple(known[pk] for pk in people if pk in known)


def history(agency: Agency, actor: Actor) -> list[Past]:
    """Return what was decided about the accounts of an agency, newest first."""
    users = {str(user.pk): user for user in _accounts(accounts.agencies_of(actor).filter(pk=agency.pk))}
    closed = Alert.objects.filter(actor_id__in=users, closed_at__isnull=False).order_by("-closed_at", "-pk")[:RECENT]
    deciders = {
        str(user.pk): user.full_name for user in User.objects.filter(pk__in={_uuid(a.closed_by) for a in closed})
    }
    return [
        Past(
            user=users.get(alert.actor_id),
            kind=sentence_of(alert),
            decision=decision_of(alert),
            by=deciders.get(alert.closed_by, _("la plateforme")),
            at=alert.closed_at or alert.at,
        )
        for alert in closed
    ]  # fmt: skip


def sentence_of(alert: Alert) -> str:
    """Say an alert in words, with its figures."""
    return said(alert.kind, alert.data)


def said(kind: str, figures: dict[str, Any]) -> str:
    """Say a sign in words, with its figures."""
    if kind not in set(Sign):
        return kind
    told = {"count": 0, "usual": 0, "total": 0} | figures
    return _(rules.SENTENCES[Sign(kind)]) % told


def decision_of(alert: Alert) -> str:
    """Say what was decided."""
    if alert.decision == Outcome.CUT:
        return _("accès suspendu")
    if alert.decision == Outcome.LIFTED:
        return _("accès rétabli")
    return str(Finding(alert.decision).label) if alert.decision in Finding.values else ""


def told_about(user: User) -> list[str]:
    """Return who is told that an account behaves unusually: those who answer for it, and who protects the data."""
    agencies = _current(user).values("agency")
    leads = Membership.objects.filter(agency__in=agencies, role__in=LEADING, ended_on=None, user__is_active=True)
    addresses = set(leads.exclude(user=user).exclude(user__email=None).values_list("user__email", flat=True))
    if not addresses:
        addresses = {a.email for a in Agency.objects.filter(pk__in=agencies) if a.email}
    return sorted({address for address in (*addresses, settings.DPO_MAIL) if address})


def _accounts(agencies: QuerySet[Agency]) -> QuerySet[User]:
    members = Membership.objects.filter(agency__in=agencies, ended_on=None).values("user")
    users = User.objects.filter(pk__in=members, is_active=True).prefetch_related("memberships")
    return users.order_by("last_name", "first_name", "pk")


def _by_account(alerts: Iterable[Alert]) -> dict[str, list[Alert]]:
    found: dict[str, list[Alert]] = {}
    for alert in alerts:
        found.setdefault(alert.actor_id, []).append(alert)
    return found


def _decided(actor_id: str) -> list[dt.datetime]:
    closed = Alert.objects.filter(actor_id=actor_id, closed_at__isnull=False).order_by("-closed_at")
    lifted = Cut.objects.filter(actor_id=actor_id, lifted_at__isnull=False).order_by("-lifted_at")
    moments = [closed.values_list("closed_at", flat=True).first(), lifted.values_list("lifted_at", flat=True).first()]
    return [moment for moment in moments if moment]


def _current(user: User) -> QuerySet[Membership]:
    return Membership.objects.filter(user=user, ended_on=None)


def _looks(user: User, seen: Sequence[tuple[dt.datetime, UUID]]) -> tuple[Look, ...]:
    memberships = list(_current(user).select_related("agency").order_by("started_on", "pk"))
    agencies = {m.agency_id for m in memberships}
    people = Person.objects.unscoped("the watch asks who follows the people whom an account was shown")
    links = {
        pk: referent == user.pk or agency in agencies
        for pk, referent, agency in people.filter(pk__in={pk for _at, pk in seen}).values_list(
            "pk", "referent_id", "agency_id"
        )
    }
    calendar = accounts.calendar_for_agency(memberships[0].agency) if memberships and seen else None
    return tuple(
        Look(at, pk.int, is_followed=links.get(pk, False), is_open=calendar is None or _is_open(calendar, at))
        for at, pk in seen
    )


def _is_open(calendar: WorkCalendar, at: dt.datetime) -> bool:
    return any(calendar.is_open(at + grace) for grace in GRACE)


def _habits(user: User) -> Habits:
    name, today = str(user.pk), clock.today()
    past = Disclosure.objects.filter(day__lt=today, day__gte=today - dt.timedelta(days=HISTORY_DAYS)).order_by()
    own = past.filter(actor_id=name)
    days = list(own.values("day").annotate(count=Count("pk")).values_list("count", flat=True))
    hours = own.annotate(hour=TruncHour("at")).values("hour").annotate(count=Count("pk"))
    total = sum(days)
    return Habits(
        days=len(days),
        hour=_percentile(hours.values_list("count", flat=True)),
        day=_percentile(days),
        peers_day=_peers_day(user, past),
        elsewhere=_elsewhere(user, own) / total if total else 0.0,
    )


def _peers_day(user: User, past: QuerySet[Disclosure]) -> int:
    mine = list(_current(user).values_list("agency", "role"))
    same = Q(pk__in=[])
    for agency, role in mine:
        same |= Q(agency=agency, role=role)
    peers = Membership.objects.filter(same, ended_on=None).exclude(user=user).values_list("user", flat=True)
    days = past.filter(actor_id__in=[str(pk) for pk in peers]).values("actor_id", "day").annotate(count=Count("pk"))
    return _percentile(days.values_list("count", flat=True))


def _elsewhere(user: User, own: QuerySet[Disclosure]) -> int:
    """Count the looks of the past at people whom neither the account nor its agency follows."""
    people = Person.objects.unscoped("the watch asks who follows the people whom an account was shown")
    followed = people.filter(Q(referent=user) | Q(agency__in=_current(user).values("agency")))
    return own.exclude(person_id__in=followed.values("pk")).count()


def _percentile(counts: Iterable[int], part: float = 0.99) -> int:
    ordered = sorted(counts)
    return ordered[min(int(part * len(ordered)), len(ordered) - 1)] if ordered else 0


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
