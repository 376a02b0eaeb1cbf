"""Reads of the applications: one application, an inbox, whom to write to, what is due, how many may still be sent."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db.models import Count as CountRows
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from entremise.credentials import queries_documents as documents
from entremise.credentials.models_certificates import CertifiedCv
from entremise.employers import queries as employers
from entremise.employers import queries_own_spaces as spaces
from entremise.employers.models import Contact, Establishment
from entremise.employers.models_spaces import SpaceMember
from entremise.kernel import clock, links
from entremise.kernel.actors import Actor
from entremise.kernel.models import MailLink
from entremise.offers import queries_public as public_offers
from entremise.offers.enums import Channel
from entremise.offers.models import Offer
from entremise.passport import queries_card
from entremise.passport.rules_card import Card
from entremise.people.enums import Visibility
from entremise.people.models import Person
from entremise.reciprok import rules
from entremise.reciprok.enums import ApplicationState, MeetingState, Part
from entremise.reciprok.links import INBOX
from entremise.reciprok.models import Application, Inbox
from entremise.reciprok.models_following import Meeting
from entremise.reciprok.queries_label import resting
from entremise.reciprok.workflow import RUNNING, WAITING

MOST_RECIPIENTS = 3
WHOLE = ("inbox__offer__space", "inbox__offer__occupation", "inbox__agency", "establishment__commune", "person", "cv")


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody who reads an inbox: the address to write to, and how to greet them."""

    email: str
    name: str


def complete(rows: Any) -> QuerySet[Application]:
    """Read with an application what every page shows of it."""
    found: QuerySet[Application] = rows.select_related(*WHOLE)
    return found


def application(pk: UUID, actor: Actor) -> Application:
    """Return one application that the actor may see, or raise DoesNotExist."""
    return complete(Application.objects.visible_to(actor)).get(pk=pk)


def inbox(pk: UUID, actor: Actor) -> Inbox:
    """Return one inbox that the actor may see, or raise DoesNotExist."""
    return whole_inbox(Inbox.objects.visible_to(actor)).get(pk=pk)


def inbox_by_link(link: MailLink) -> Inbox:
    """Return the inbox that an employer's link leads to."""
    return whole_inbox(Inbox.objects.unscoped("reached through its mail link")).get(pk=link.target_id)


def whole_inbox(rows: Any) -> QuerySet[Inbox]:
    """Read with an inbox what every page shows of it."""
    found: QuerySet[Inbox] = rows.select_related(
        "establishment__commune", "offer__space", "offer__occupation", "offer__commune", "agency"
    )
    return found


def in_inbox(box: Inbox) -> QuerySet[Application]:
    """Return every application of an inbox that the caller was allowed to read, the latest first."""
    rows = complete(Application.objects.unscoped("the policy decided on this inbox"))
    return rows.filter(inbox=box).order_by("-sent_at", "-pk")


def waiting_in(box: Inbox) -> QuerySet[Application]:
    """Return the applications of an inbox that wait for an answer, the oldest first."""
    return in_inbox(box).filter(state__in=WAITING).order_by("sent_at", "pk")


def of_person(person: Person, actor: Actor) -> QuerySet[Application]:
    """Return the applications of one person, the latest first."""
    rows = complete(Application.objects.visible_to(actor))
    return rows.filter(person=person).order_by("-sent_at", "-pk")


def under_way(person_id: UUID) -> QuerySet[Application]:
    """Return the applications of a person that are not over, whoever asks: to stop them."""
    rows = complete(Application.objects.unscoped("the person withdraws or is erased"))
    return rows.filter(person=person_id, state__in=RUNNING)


def last_of(person: Person, offer: Offer | None, establishment: Establishment) -> Application | None:
    """Return the last application of a person there, so that she does not write twice."""
    rows = complete(Application.objects.unscoped("the person's own, asked before she writes"))
    there = rows.filter(person=person, inbox__offer=offer, inbox__establishment=establishment, is_current=True)
    return there.order_by("-sent_at").first()


def allowance(person: Person, now: dt.datetime) -> rules.Allowance:
    """Return how many applications a person sent lately."""
    rows: Any = Application.objects.unscoped("a bound on what one person sends").filter(person=person)
    lately = rows.filter(sent_at__gt=now - dt.timedelta(days=7)).aggregate(
        week=CountRows("pk"), today=CountRows("pk", filter=Q(sent_at__gt=now - dt.timedelta(days=1)))
    )
    return rules.Allowance(lately["today"], lately["week"])


def alike_count(person: Person, digest: str, now: dt.datetime) -> int:
    """Return to how many employers a person wrote the same words in a week."""
    rows: Any = Application.objects.unscoped("a bound on what one person sends")
    count: int = rows.filter(person=person, words_digest=digest, sent_at__gt=now - dt.timedelta(days=7)).count()
    return count


def recipients(offer: Offer | None, establishment: Establishment) -> list[Recipient]:
    """Return who reads the applications: the space's members, else the establishment's known contacts."""
    members = _members(offer, establishment)
    if members:
        return [Recipient(one.email, one.full_name) for one in members[:MOST_RECIPIENTS]]
    rows: Any = Contact.objects.unscoped("who receives the applications to an establishment")
    known = (
        rows.filter(establishment=establishment, opposed_at=None).exclude(email="").order_by("-is_privileged", "pk")
    )
    return [Recipient(one.email, one.name) for one in known[:MOST_RECIPIENTS] if not employers.is_opposed(one.email)]


def _members(offer: Offer | None, establishment: Establishment) -> list[SpaceMember]:
    if offer is not None and offer.space is not None:
        rows: Any = SpaceMember.objects.unscoped("who receives the applications to an offer")
        here = rows.filter(space=offer.space, left_at=None).exclude(joined_at=None)
        return list(here.order_by("-rank", "joined_at")) if offer.space.is_certified else []
    return spaces.ambassadors_at(establishment.pk)


def link_to(box: Inbox, email: str) -> MailLink:
    """Return the living link of one reader to an inbox, issued when there is none: the address stays the same."""
    now = clock.now()
    living = MailLink.objects.filter(
        purpose=INBOX.name, target_id=box.pk, recipient=email, revoked_at=None, expires_at__gt=now + rules.EXPIRY
    )
    return living.order_by("-issued_at").first() or links.issue(INBOX, box.pk, email)


def works_there(person: Person, establishment: Establishment, email: str) -> bool:
    """Tell whether a person recruits for this employer, by their account or their address."""
    rows: Any = SpaceMember.objects.unscoped("whether somebody applies to themselves")
    there = rows.filter(space__establishment=establishment, left_at=None)
    same = Q(user_id=person.user_id) if person.user_id else Q(pk=None)
    if email:
        same |= Q(email__iexact=email)
    return bool(there.filter(same).exists())


def is_open_to_applications(offer: Offer) -> bool:
    """Tell whether an offer takes applications here today."""
    return public_offers.is_shown(offer) and not offer.apply_url


def usable_cvs(person: Person) -> list[CertifiedCv]:
    """Return the CVs that a person may join."""
    now = clock.now()
    return [cv for cv in documents.cvs(person) if cv.stopped_at is None and cv.until > now]


def names_are_shown(one: Application, *, is_member: bool = True) -> bool:
    """Tell whether the employer sees the name: the person chose it, and the reader is who they say.

    `is_member`: whether the reader is of the space that was certified, not only known there.
    """
    return one.is_named and is_reader_known(one.inbox, is_member=is_member)


def is_reader_known(box: Inbox, *, is_member: bool) -> bool:
    """Tell whether an agency vouches for who reads an inbox: the space is certified, or an adviser took the offer."""
    offer = box.offer
    space = offer.space if offer else None
    certified = space.is_certified if space else spaces.certified_spaces_of(box.establishment_id).exists()
    by_adviser = offer is not None and offer.channel == Channel.ADVISER
    return rules.knows_reader(is_of_certified_space=certified and is_member, is_entered_by_adviser=by_adviser)


def card_of(person: Person, parts: Sequence[str], *, is_named: bool) -> Card:
    """Return what an employer sees of a person with these parts: proofs always, the rest as she chose."""
    card = queries_card.card_of(person, Visibility.NAMED if is_named else Visibility.ANONYMOUS)
    return masked(card, parts)


def masked(card: Card, parts: Sequence[str]) -> Card:
    """Return a card without the parts that the person did not choose."""
    if Part.EXPERIENCES not in parts:
        card = replace(card, jobs=())
    if Part.SAID_SKILLS not in parts:
        card = replace(card, proofs=card.validated, hidden_skill_count=0)
    if Part.WISHES not in parts:
        card = replace(
            card, mobility_km=0, available_on=None, is_available=False, contracts=(), working_time="", schedules=(),
            licences=(),
        )  # fmt: skip
    return card


def employers_of(ids: Collection[UUID]) -> dict[UUID, str]:
    """Return the name of the employer that each application was sent to, for its person to read who looked."""
    rows: Any = Application.objects.unscoped("the person's own history")
    return dict(rows.filter(pk__in=list(ids)).values_list("pk", "establishment__name"))


def due_expiries(now: dt.datetime) -> QuerySet[Application]:
    """Return what waited for two months, or a favourable opinion that nothing followed."""
    rows = complete(Application.objects.unscoped("the platform closes what nobody answered"))
    proposed = Meeting.objects.unscoped("whether a moment awaits her choice").filter(
        application=OuterRef("pk"), state=MeetingState.PROPOSED
    )
    unfollowed = Q(~Exists(proposed), state=ApplicationState.FAVOURABLE, count="")
    return rows.filter(Q(state__in=WAITING) | unfollowed, expires_at__lte=now).order_by("expires_at")


def due_reminders(now: dt.datetime) -> QuerySet[Inbox]:
    """Return the inboxes whose reminder is due, but those of an employer who asked for a pause."""
    rows = whole_inbox(Inbox.objects.unscoped("the platform reminds"))
    due = rows.filter(next_reminder_at__lte=now).exclude(establishment__in=resting(now))
    return due.order_by("next_reminder_at")


def untold(now: dt.datetime) -> QuerySet[Inbox]:
    """Return the inboxes with applications that their readers were not told of, when they may be written to."""
    news = Application.objects.unscoped("the platform tells").filter(
        Q(inbox__told_at=None) | Q(sent_at__gt=F("inbox__told_at")), inbox=OuterRef("pk"), state__in=WAITING
    )
    rows = whole_inbox(Inbox.objects.unscoped("the platform tells"))
    may = Q(told_at=None) | Q(told_at__lte=now - rules.NEWS_GAP)
    return rows.filter(may, Exists(news))


def to_help(now: dt.datetime) -> QuerySet[Inbox]:
    """Return the inboxes where somebody waits for 45 days, and whose readers were not offered help since a month."""
    old = Application.objects.unscoped("the platform helps").filter(
        inbox=OuterRef("pk"), state__in=WAITING, sent_at__lte=now - rules.HELP
    )
    rows = whole_inbox(Inbox.objects.unscoped("the platform helps"))
    return rows.filter(Q(helped_at=None) | Q(helped_at__lte=now - dt.timedelta(days=30)), Exists(old))


def to_close(now: dt.datetime) -> QuerySet[Inbox]:
    """Return the inboxes of recruitments that ended lately, where people wait and nobody was asked to answer them."""
    rows = whole_inbox(Inbox.objects.unscoped("the platform asks to answer all who remain"))
    left = Application.objects.unscoped("the platform asks").filter(inbox=OuterRef("pk"), state__in=WAITING)
    unasked = Q(closing_asked_at=None) | Q(closing_asked_at__lt=F("over_at"))
    return rows.filter(unasked, Exists(left), over_at__gt=now - rules.CLOSING_ASKED_WITHIN, over_at__lte=now)


def under_way_at(establishment_id: UUID) -> QuerySet[Application]:
    """Return the applications to an establishment that are not over: it closed."""
    rows = complete(Application.objects.unscoped("the establishment closed"))
    return rows.filter(establishment=establishment_id, state__in=RUNNING)


def inboxes_of(offer_ids: Collection[UUID]) -> QuerySet[Inbox]:
    """Return the inboxes of offers that are over: of those that somebody applied to."""
    return whole_inbox(Inbox.objects.unscoped("the offers are over")).filter(offer__in=list(offer_ids))


def inboxes_without_reader(space_id: UUID) -> list[Inbox]:
    """Return the inboxes of a space's offers, when that space is not certified any more."""
    rows = whole_inbox(Inbox.objects.unscoped("a space was certified, or is not any more"))
    return [box for box in rows.filter(offer__space=space_id) if box.offer and not _is_certified(box.offer)]


def _is_certified(offer: Offer) -> bool:
    return bool(offer.space and offer.space.is_certified)
