"""Reads of the validations: requests, what happens next, how much was asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Prefetch, Q, QuerySet

from entremise.employers import queries as employers
from entremise.employers.models import Contact, Establishment
from entremise.kernel import clock, reminders, suppression
from entremise.kernel.actors import Actor
from entremise.kernel.mail_families import Family
from entremise.kernel.models import JournalEntry, MailLink, OutboxMessage
from entremise.lib import mailboxes
from entremise.lib.workcalendar import WorkCalendar, area_of_department
from entremise.people import queries as people
from entremise.people.enums import Handling
from entremise.people.models import Identity, Person
from entremise.skills import queries as referential
from entremise.skills.models import Skill
from entremise.validations import rules
from entremise.validations.enums import RequestState, Verb, Verdict
from entremise.validations.models import Opposition, Request, RequestedSkill
from entremise.validations.workflow import OPEN

ADDABLE_SHOWN = 12
TO_CONTACT = ("validations.request", "validations.reminder")


@dataclass(frozen=True, slots=True)
class Moment:
    """One step in the life of a request: `state` is done, current or next; `kind` is what the template says of it."""

    kind: str
    state: str
    at: datetime | None


def of_person(person: Person, actor: Actor) -> QuerySet[Request]:
    """Return a person's requests with their skills, the newest first."""
    return _complete(Request.objects.visible_to(actor)).filter(person=person).order_by("-created_at", "-pk")


def moving_of_person(person: Person, actor: Actor) -> QuerySet[Request]:
    """Return a person's requests, the newest first, with how many skills each asks about and got confirmed."""
    rows = Request.objects.visible_to(actor).filter(person=person).select_related("establishment")
    return rows.order_by("-created_at", "-pk").annotate(
        skill_count=Count("skills"), confirmed_count=Count("skills", filter=Q(skills__verdict=Verdict.CONFIRMED))
    )


def request(pk: UUID, actor: Actor) -> Request:
    """Return one request that the actor may see, or raise Request.DoesNotExist."""
    found: Request = _complete(Request.objects.visible_to(actor)).get(pk=pk)
    return found


def by_link(link: MailLink) -> Request:
    """Return the request a validator's link leads to."""
    found: Request = _complete(Request.objects.unscoped("reached through its mail link")).get(pk=link.target_id)
    return found


def to_check(actor: Actor) -> QuerySet[Request]:
    """Return the answers an adviser of the territory should call back about, the oldest first."""
    return (
        _complete(Request.objects.visible_to(actor))
        .filter(to_check=True, checked_at=None, state__in=[RequestState.ANSWERED, RequestState.DECLINED])
        .order_by("closed_at", "pk")
    )


def due_reminders(now: datetime) -> QuerySet[Request]:
    """Return the requests whose automatic reminder must leave."""
    rows = Request.objects.unscoped("periodic job: reminders of every territory")
    return rows.filter(state__in=OPEN, next_reminder_at__lte=now, expires_at__gt=now).order_by("next_reminder_at")


def overdue(now: datetime) -> QuerySet[Request]:
    """Return the requests that nobody answered in time."""
    rows = Request.objects.unscoped("periodic job: expiry in every territory")
    return rows.filter(state__in=OPEN, expires_at__lte=now).order_by("expires_at")


def undelivered() -> QuerySet[Request]:
    """Return the open requests whose message could not be delivered."""
    given_up = [OutboxMessage.State.FAILED, OutboxMessage.State.SUPPRESSED]
    failed = OutboxMessage.objects.filter(kind__in=TO_CONTACT, state__in=given_up)
    return open_ones([UUID(about) for about in failed.exclude(about_id="").values_list("about_id", flat=True)])


def open_ones(ids: Sequence[UUID]) -> QuerySet[Request]:
    """Return those of some requests that wait for an answer."""
    rows = Request.objects.unscoped("platform: undelivered messages of every territory")
    return rows.filter(state__in=OPEN, pk__in=ids).order_by("pk")


def answered_at(establishment: Establishment, actor: Actor) -> QuerySet[Request]:
    """Return the requests that one establishment answered with at least one confirmation, the newest first."""
    rows = Request.objects.visible_to(actor).filter(establishment=establishment, state=RequestState.ANSWERED)
    found: QuerySet[Request] = rows.filter(skills__verdict=Verdict.CONFIRMED).select_related("person").distinct()
    return found.order_by("-answered_at", "-pk")


def open_at(establishment_id: UUID) -> QuerySet[Request]:
    """Return the requests that wait for an answer from one establishment."""
    rows = Request.objects.unscoped("notice: the establishment closed")
    return rows.filter(establishment_id=establishment_id, state__in=OPEN).order_by("pk")


def to_address(address: str) -> QuerySet[Request]:
    """Return every request to one mailbox, however its address is written, whoever asked."""
    rows = Request.objects.unscoped("opposition or fraud: it concerns the mailbox, whoever asked")
    return rows.filter(contact_email__regex=mailboxes.spellings(address)).order_by("pk")


def has_opposed(address: str) -> bool:
    """Tell whether the owner of an address never wants to be asked again."""
    if Opposition.objects.filter(address_hash=rules.address_hash(address)).exists():
        return True
    if suppression.is_stopped(address, Family.VALIDATION_REQUEST):
        return True
    return employers.is_opposed(mailboxes.normalised(address))


def is_known_fraud(address: str) -> bool:
    """Tell whether an answer from this address was proved false."""
    return to_address(address).exclude(fraud_proved_at=None).exists()


def is_doubted(asked: Request) -> bool:
    """Tell whether an answer came from the person's own device, or the mailbox's owner says that it is not theirs."""
    if asked.is_same_device or not asked.to_check:
        return asked.is_same_device
    said = JournalEntry.objects.filter(subject_type=Request._meta.label_lower, subject_id=str(asked.pk))
    return said.filter(verb=Verb.REPORTED).exists()


def counts(person: Person, address: str, establishment: Establishment) -> rules.Counts:
    """Count what was already asked of this address, this establishment, and by this person."""
    now = clock.now()
    today = clock.local(now).replace(hour=0, minute=0, second=0, microsecond=0)
    to_it, by_her = Q(contact_email__regex=mailboxes.spellings(address)), Q(person=person)
    sent_today, is_open = Q(sent_at__gte=today), Q(state__in=OPEN)
    found = Request.objects.unscoped("limits count every request to an address, whoever asked").aggregate(
        address_day=Count("pk", filter=to_it & sent_today),
        address_month=Count("pk", filter=to_it & Q(sent_at__gte=now - rules.MONTH)),
        siret_day=Count("pk", filter=Q(establishment=establishment) & sent_today),
        person_day=Count("pk", filter=by_her & sent_today),
        person_open=Count("pk", filter=by_her & is_open),
        same_address_open=Count("pk", filter=by_her & to_it & is_open),
    )
    return rules.Counts(**found)


def identity(person: Person) -> Identity:
    """Return a person's identity, empty when she gave none; for messages about her own request."""
    return people.identity_handled(person.pk, Handling.VALIDATION)


def own_addresses(person: Person) -> list[str]:
    """Return the addresses known to be the person's."""
    account = person.user.email if person.user else ""
    return [address for address in (identity(person).email, account) if address]


def known_addresses(establishment: Establishment) -> list[str]:
    """Return the addresses of the contacts that advisers know at an establishment."""
    known = Contact.objects.unscoped("assurance: is the validator a contact known to the advisers?")
    by_adviser = known.filter(establishment=establishment, is_from_space=False)
    return list(by_adviser.exclude(email="").values_list("email", flat=True))


def calendar(establishment: Establishment) -> WorkCalendar:
    """Return the hours at which an establishment is written to: the service's, with its department's holidays."""
    return WorkCalendar(area=area_of_department(department(establishment)))


def department(establishment: Establishment) -> str:
    """Return the department whose nights, holidays and reminder rule are followed: where the contact works."""
    return establishment.commune.department_id


def next_reminder_at(asked: Request, now: datetime) -> datetime | None:
    """Return when the next reminder of a request leaves, once one left now."""
    policy, sent_at = reminders.policy("validations", department(asked.establishment)), asked.sent_at or now
    hours = calendar(asked.establishment)
    return policy.next_reminder_at(sent_at, asked.reminder_count, now, hours, asked.expires_at)


def skills(ids: Sequence[UUID]) -> list[Skill]:
    """Return the living skills among these identifiers."""
    return list(Skill.objects.filter(pk__in=ids, retired_on=None))


def waiting_count(person: Person, actor: Actor) -> int:
    """Return how many of a person's requests wait for an answer."""
    return Request.objects.visible_to(actor).filter(person=person, state__in=OPEN).count()


def timeline(asked: Request, now: datetime) -> list[Moment]:
    """Say what happened to a request and what comes next, in order."""
    if asked.state == RequestState.DRAFT:
        return [Moment("prepared", "current", asked.created_at)]
    past = [Moment("sent", "done", asked.sent_at)] if asked.sent_at else []
    past += [Moment("opened", "done", asked.opened_at)] if asked.opened_at else []
    past += [Moment("person_reminded", "done", asked.person_reminded_at)] if asked.person_reminded_at else []
    if not asked.is_open:
        return [*sorted(past, key=_when), Moment(asked.state, "done", asked.closed_at)]
    coming = [Moment("reminder", "next", asked.next_reminder_at)] if asked.next_reminder_at else []
    end = Moment("end", "next", asked.expires_at)
    return [*sorted(past, key=_when), Moment("waiting", "current", None), *coming, end]


def verdicts(asked: Request) -> dict[str, list[RequestedSkill]]:
    """Return the skills of a request by verdict."""
    found: dict[str, list[RequestedSkill]] = {verdict.value: [] for verdict in Verdict}
    for line in asked.skills.all():
        found[line.verdict].append(line)
    return found


def language(person: Person) -> str:
    """Return the language in which a person is written to."""
    return person.user.language if person.user else settings.LANGUAGE_CODE


def recipient(person: Person) -> tuple[str, str]:
    """Return where a person is told of news: an e-mail address and, without one, a phone number."""
    known = identity(person)
    email = known.email or (person.user.email if person.user else "") or ""
    phone = known.phone or (person.user.phone if person.user else "") or ""
    return email, phone


def establishment(pk: UUID) -> Establishment | None:
    """Return one establishment of the public directory."""
    return Establishment.objects.select_related("commune").filter(pk=pk).first()


def skills_chosen(ids: Sequence[str]) -> list[Skill]:
    """Return the living skills among identifiers that come from a form; what is no identifier is left out."""
    known = []
    for text in ids[:ADDABLE_SHOWN]:
        try:
            known.append(UUID(text))
        except ValueError:
            continue
    return skills(known) if known else []


def addable_skills(asked: Request, typed: str = "") -> list[Skill]:
    """Return the skills a validator may add: those of the job, or those that match what was typed."""
    known = {line.skill_id for line in asked.skills.all()}
    if typed.strip():
        found = [UUID(one.id) for one in referential.suggest_skills(typed, limit=ADDABLE_SHOWN)]
        rows = Skill.objects.in_bulk(found)
        return [rows[pk] for pk in found if pk in rows and pk not in known]
    wanted = Skill.objects.filter(
        retired_on=None, occupation_skills__occupation=asked.experience.occupation_id
    ).exclude(pk__in=known)
    return list(wanted.order_by("-occupation_skills__weight", "label")[:ADDABLE_SHOWN])


def _complete(rows: QuerySet[Request]) -> QuerySet[Request]:
    lines = RequestedSkill.objects.select_related("skill")
    ordered = Prefetch("skills", lines.order_by("is_added_by_validator", "skill__kind", "skill__label"))
    related = rows.select_related("person", "experience__establishment", "establishment__commune")
    return related.prefetch_related(ordered)


def _when(moment: Moment) -> datetime:
    assert moment.at is not None  # noqa: S101 past moments are dated
    return moment.at
