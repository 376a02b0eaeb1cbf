"""Writes of the promotions: sending, answers, outcomes, what stops them."""

import datetime as dt
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from entremise.accounts.models import Agency
from entremise.accounts.queries import calendar_for_agency
from entremise.employers import actions as employers
from entremise.employers import queries as employers_queries
from entremise.employers.models import Contact
from entremise.kernel import clock, links, notices, reminders, suppression
from entremise.kernel.actions import Done, action
from entremise.kernel.actors import Actor, job_actor
from entremise.kernel.models import MailLink
from entremise.kernel.vault import NotShown
from entremise.kernel.workflow import TransitionRefused
from entremise.lib.uuid7 import uuid7
from entremise.passport.rules_card import Card
from entremise.people import access as people_access
from entremise.people import actions as people
from entremise.people import queries as people_queries
from entremise.people.enums import ActKind, ContractKind, Handling, RevealPurpose, Visibility
from entremise.people.models import Consent, Person
from entremise.promotions import actions_messages as messages
from entremise.promotions import queries, rules
from entremise.promotions.enums import Answer, AnswerChannel, NoReason, Outcome, Verb, WithdrawReason
from entremise.promotions.links import ANSWER
from entremise.promotions.models import Promotion
from entremise.promotions.workflow import FLOW, OPEN

ACTS = {Answer.MEETING: ActKind.MEETING, Answer.IMMERSION: ActKind.INTRODUCTION, Answer.OFFER: ActKind.INTRODUCTION}


class PromotionRefused(Exception):
    """What was asked cannot be done; `reason` is a sentence for the user, `field` names what to correct."""

    def __init__(self, reason: str, field: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.field = field


class DuplicateRefused(PromotionRefused):
    """The person was shown to the same employer lately: send again by saying so (`acknowledged=True`)."""


@action(Verb.BATCH_SENT, may="promotions.promote")
def send(
    person: Person,
    *,
    actor: Actor,
    agency: Agency,
    contacts: Sequence[Contact],
    message: str,
    visibility: str,
    acknowledged: bool = False,
) -> Done:
    """Show a person to several contacts at once: all of them, or none with the reason."""
    consent = queries.locked_consent(person)  # until the commit nobody withdraws it, nobody sends beside us
    _check_consent(consent, visibility)
    _check_agency(agency, actor)
    _check_contacts(contacts, actor)
    _check_message(message, person, visibility)
    if not acknowledged:
        _check_duplicates(person, contacts)
    if visibility == Visibility.NAMED:
        _count_as_shown(person, actor)
    card = messages.card_to_send(person, visibility)
    batch_id = uuid7()
    prepared = [
        _prepared(person, contact, actor, agency=agency, message=message, visibility=visibility, batch_id=batch_id)
        for contact in contacts
    ]
    sent = [dispatch(promotion, actor=actor, card=card) for promotion in prepared]
    messages.tell_promoted(person, sent)
    notices.profile_changed.fire(person.pk)
    return Done(sent, data={"batch": str(batch_id), "count": len(sent)}, subject=person)


@FLOW.action("send")
def dispatch(promotion: Promotion, *, actor: Actor, card: Card) -> Done:
    """Send one prepared promotion: the link, the message, the dates of what comes next, the act of intermediation."""
    if promotion.contact is None:
        raise PromotionRefused(_("Ce contact n'existe plus."), "contacts")
    now = clock.now()
    calendar = calendar_for_agency(promotion.agency)
    promotion.sent_at = now
    policy = reminders.policy("promotions", promotion.agency.department_id)
    leaves_at = suppression.paused_until(promotion.contact.email) or now  # time runs once it can be read
    promotion.expires_at = policy.expires_at(leaves_at, calendar)
    promotion.next_reminder_at = policy.next_reminder_at(leaves_at, 0, leaves_at, calendar)
    link = links.issue(ANSWER, promotion.pk, promotion.contact.email)
    messages.send_profile(promotion, card, link)
    _record_act(promotion, actor, ActKind.PROMOTION)
    return Done(None, data={"establishment": str(promotion.establishment_id), "contact": str(promotion.contact_id)})


@FLOW.action("open")
def open_(promotion: Promotion, *, actor: Actor) -> None:
    """Note that somebody, not a scanner, looks at the employer's page."""
    promotion.opened_at = clock.now()
    read_card(promotion, actor=actor)


@action(Verb.CARD_READ, may="promotions.read_card")
def read_card(promotion: Promotion, *, actor: Actor) -> Done:
    """Leave in the person's journal that an employer looked at her profile, and whether it bore her name."""
    shown = people_queries.visibility_now(promotion.person_id, promotion.visibility)
    return Done(promotion, data={"visibility": shown or ""}, purpose=RevealPurpose.PROMOTION)


@FLOW.action("answer")
def answer(promotion: Promotion, *, actor: Actor, answer: str, no_reason: str = "", word: str = "") -> Done:
    """Record what the employer says, tell the person and the adviser, thank the employer."""
    if promotion.opened_at is None:
        promotion.opened_at = clock.now()
        read_card(promotion, actor=actor)
    _note(promotion, answer, no_reason, word, AnswerChannel.LINK)
    link = MailLink.objects.get(pk=actor.id)
    links.mark_used(link)
    _follow_answer(promotion, actor)
    messages.tell_answer(promotion, link=link)
    return _codes(promotion)


@FLOW.action("rectify")
def rectify(promotion: Promotion, *, actor: Actor, answer: str, no_reason: str = "", word: str = "") -> Done:
    """Let the employer change the answer; the delay measured stays that of the first one."""
    first_at = promotion.answered_at
    _note(promotion, answer, no_reason, word, AnswerChannel.LINK)
    promotion.answered_at = first_at
    _follow_answer(promotion, actor)
    messages.tell_answer(promotion, is_changed=True, link=MailLink.objects.get(pk=actor.id))
    return _codes(promotion)


@FLOW.action("log_answer")
def log_answer(promotion: Promotion, *, actor: Actor, answer: str, no_reason: str = "", word: str = "") -> Done:
    """Record an answer that the adviser heard by telephone."""
    _note(promotion, answer, no_reason, word, AnswerChannel.PHONE)
    messages.cancel_waiting(promotion)
    _follow_answer(promotion, actor)
    messages.tell_answer(promotion)
    return _codes(promotion)


@FLOW.action("record_outcome")
def record_outcome(
    promotion: Promotion, *, actor: Actor, outcome: str, on: dt.date, contract: str = "", word: str = ""
) -> Done:
    """Record what came of a promotion; a hire says with which contract and from when."""
    if outcome not in Outcome.values:
        raise PromotionRefused(_("Choisissez la suite donnée à cette promotion."), "outcome")
    sent_on = clock.local(promotion.sent_at or promotion.created_at).date()
    if not rules.is_outcome_date_possible(on, sent_on, clock.today()):
        reason = _("Cette date doit suivre l'envoi de la promotion, et rester dans l'année à venir.")
        raise PromotionRefused(reason, "on")
    if outcome == Outcome.HIRED and contract not in ContractKind.values:
        raise PromotionRefused(_("Pour une embauche, précisez le contrat."), "contract")
    promotion.outcome, promotion.outcome_on = outcome, on
    promotion.outcome_contract = contract if outcome == Outcome.HIRED else ""
    promotion.outcome_word = word.strip()[: rules.LONGEST_WORD]
    promotion.next_reminder_at, promotion.closed_at = None, clock.now()
    messages.cancel_waiting(promotion)
    if outcome == Outcome.HIRED:
        _record_act_once(promotion, actor, ActKind.HIRE)
    return Done(None, data={"outcome": outcome, "contract": promotion.outcome_contract})


@FLOW.action("withdraw")
def withdraw(promotion: Promotion, *, actor: Actor, reason: str = WithdrawReason.ADVISER) -> Done:
    """Stop a promotion: the link shows nothing any more, no reminder leaves."""
    promotion.next_reminder_at, promotion.closed_at = None, clock.now()
    links.revoke(ANSWER, promotion.pk)
    messages.cancel_waiting(promotion)
    if reason != WithdrawReason.ADVISER:
        messages.tell_stopped(promotion, WithdrawReason(reason))
    return Done(None, data={"reason": reason})


@FLOW.action("expire")
def expire(promotion: Promotion, *, actor: Actor) -> None:
    """Stop waiting for an answer; a late one is still taken for a month."""
    promotion.next_reminder_at = None


@action(Verb.REMINDED, may="promotions.remind")
def remind(promotion: Promotion, *, actor: Actor) -> Done:
    """Ask the employer again with the same link, when a reminder is due and the agency open.

    An address that had enough this week, or wants a pause, raises PutOff.
    """
    rows: Any = Promotion.objects.unscoped("the row is read again to lock it")
    locked: Promotion = queries.complete(rows).select_for_update(of=("self",), no_key=True).get(pk=promotion.pk)
    now = clock.now()
    calendar = calendar_for_agency(locked.agency)
    link = links.current(ANSWER, locked.pk)
    is_due = locked.state in OPEN and locked.next_reminder_at is not None and locked.next_reminder_at <= now
    visibility = people_queries.visibility_now(locked.person_id, locked.visibility)
    if not is_due or link is None or visibility is None or not calendar.is_open(now):
        raise TransitionRefused(_("Aucun rappel n'est à envoyer maintenant."))
    reminders.require_turn(link.recipient, locked.agency.department_id, now)
    locked.reminder_count += 1
    locked.next_reminder_at = reminders.policy("promotions", locked.agency.department_id).next_reminder_at(
        locked.sent_at or now, locked.reminder_count, now, calendar, locked.expires_at
    )
    locked.save(update_fields=["reminder_count", "next_reminder_at"])
    messages.send_reminder(locked, messages.card_to_send(locked.person, visibility), link)
    return Done(locked, data={"count": locked.reminder_count})


@action(Verb.OPPOSED, may="promotions.oppose")
def oppose(promotion: Promotion, *, actor: Actor) -> Done:
    """Never solicit this contact again: what is open is withdrawn, whoever sent it."""
    contact = promotion.contact
    if contact is None:
        raise PromotionRefused(_("Ce contact n'existe plus."))
    employers.oppose(contact, actor=actor)
    waiting = list(queries.open_to(contact.email))
    for each in waiting:
        withdraw(each, actor=job_actor("promotions.oppose"), reason=WithdrawReason.OPPOSED)
    return Done(promotion, data={"withdrawn": len(waiting)})


def _check_consent(consent: Consent | None, visibility: str) -> None:
    if consent is None:
        raise PromotionRefused(
            _("Cette personne n'a pas donné son accord, ou vient de le retirer. Rien n'a été envoyé.")
        )
    if visibility not in Visibility.values or (
        visibility == Visibility.NAMED and consent.visibility != Visibility.NAMED
    ):
        raise PromotionRefused(
            _("Cette personne souhaite rester sans nom auprès des employeurs. Rien n'a été envoyé."), "visibility"
        )


def _check_agency(agency: Agency, actor: Actor) -> None:
    if agency.pk not in actor.agency_ids and not actor.is_system:
        raise PromotionRefused(_("Vous ne travaillez pas dans cette agence."))


def _check_contacts(contacts: Sequence[Contact], actor: Actor) -> None:
    if not contacts:
        raise PromotionRefused(_("Choisissez au moins un contact."), "contacts")
    if len(contacts) > rules.MOST_CONTACTS:
        raise PromotionRefused(
            ngettext(
                "Un envoi compte au plus %(count)d contact.",
                "Un envoi compte au plus %(count)d contacts.",
                rules.MOST_CONTACTS,
            )
            % {"count": rules.MOST_CONTACTS},
            "contacts",
        )
    now = clock.now()
    for contact in contacts:
        _check_contact(contact, actor, now)


def _check_contact(contact: Contact, actor: Actor, now: dt.datetime) -> None:
    name = {"name": contact.name}
    establishment = contact.establishment
    if establishment.commune.department_id not in actor.departments and not actor.is_system:
        raise PromotionRefused(_("%(name)s travaille dans un autre territoire que le vôtre.") % name, "contacts")
    if not contact.email:
        raise PromotionRefused(_("%(name)s n'a pas d'adresse électronique.") % name, "contacts")
    if contact.opposed_at is not None or employers_queries.is_opposed(contact.email):
        raise PromotionRefused(_("%(name)s ne souhaite plus être sollicité. Rien n'a été envoyé.") % name, "contacts")
    try:
        employers_queries.require_open(establishment, now)
    except employers_queries.EstablishmentClosed as closed:
        nothing_sent = _("Rien n'a été envoyé : choisissez un autre établissement.")
        raise PromotionRefused(f"{closed.reason} {nothing_sent}", "contacts") from closed


def _check_message(message: str, person: Person, visibility: str) -> None:
    if not message.strip():
        raise PromotionRefused(_("Écrivez quelques mots à l'employeur."), "message")
    if len(message) > rules.LONGEST_MESSAGE:
        raise PromotionRefused(_("Ce message est trop long : 3 000 caractères au plus."), "message")
    if visibility == Visibility.NAMED:
        return
    identity = people_queries.identity_handled(person.pk, Handling.NAME_CHECK)
    names = [name for name in (identity.first_name, identity.last_name) if name]
    if rules.says_name(message, names) or rules.says_contact(message, identity.email, identity.phone):
        raise PromotionRefused(
            _("Cette personne souhaite rester sans nom : retirez du message son nom et ses coordonnées."), "message"
        )


def _count_as_shown(person: Person, actor: Actor) -> None:
    """Spend the budget of the vault: a name sent to a contact leaves it as surely as a name that is read."""
    try:
        people_access.spend_disclosure(person, actor=actor, purpose=RevealPurpose.PROMOTION)
    except NotShown as refusal:
        raise PromotionRefused(refusal.reason, "visibility") from refusal


def _check_duplicates(person: Person, contacts: Sequence[Contact]) -> None:
    now = clock.now()
    places = {contact.establishment_id: contact.establishment.name for contact in contacts}
    last = queries.last_sent(list(places), person)
    again = sorted(places[pk] for pk, at in last.items() if rules.is_duplicate(at, now))
    if again:
        raise DuplicateRefused(
            _("Ce profil a déjà été présenté à %(names)s il y a moins de 30 jours. Vous pouvez l'envoyer quand même.")
            % {"names": ", ".join(again)},
            "acknowledged",
        )


def _prepared(
    person: Person, contact: Contact, actor: Actor, *, agency: Agency, message: str, visibility: str, batch_id: UUID
) -> Promotion:
    rows: Any = Promotion.objects.unscoped("a new row, of the person and the agency that were checked")
    prepared: Promotion = rows.create(
        person=person,
        establishment=contact.establishment,
        contact=contact,
        adviser_id=actor.user_id,
        agency=agency,
        batch_id=batch_id,
        visibility=visibility,
        message=message.strip(),
        created_at=clock.now(),
        validated_skill_count=person.validated_skill_count,
    )
    return prepared


def _note(promotion: Promotion, answer: str, no_reason: str, word: str, channel: AnswerChannel) -> None:
    if answer not in Answer.values:
        raise PromotionRefused(_("Choisissez une réponse."), "answer")
    if answer == Answer.NO and no_reason not in NoReason.values:
        reason = _("Dites-nous pourquoi ce profil ne convient pas : choisissez une raison.")
        raise PromotionRefused(reason, "no_reason")
    promotion.answer = answer
    promotion.no_reason = no_reason if answer == Answer.NO else ""
    promotion.answer_word = word.strip()[: rules.LONGEST_WORD]
    promotion.answer_channel = channel
    promotion.answered_at = clock.now()
    promotion.next_reminder_at = None


def _follow_answer(promotion: Promotion, actor: Actor) -> None:
    if kind := ACTS.get(Answer(promotion.answer)):
        _record_act_once(promotion, actor, kind)


def _codes(promotion: Promotion) -> Done:
    return Done(None, data={"answer": promotion.answer, "no_reason": promotion.no_reason})


def _record_act(promotion: Promotion, actor: Actor, kind: ActKind) -> None:
    people.record_act(
        promotion.person,
        actor=actor,
        kind=kind,
        agency=promotion.agency,
        establishment_id=promotion.establishment_id,
        purpose=RevealPurpose.PROMOTION,
    )


def _record_act_once(promotion: Promotion, actor: Actor, kind: ActKind) -> None:
    """A rectified answer or outcome tells the same fact again: it is counted once."""
    told = promotion.person.acts.filter(
        kind=kind, establishment_id=promotion.establishment_id, at__gte=promotion.created_at
    )
    if not told.exists():
        _record_act(promotion, actor, kind)
