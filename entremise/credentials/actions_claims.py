"""Writes about badges that wait for their owner at an address: offered, recalled once, taken, forgotten."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from entremise.accounts.rules import IdentifierUnusable, parse_email
from entremise.credentials import (
    actions,
    actions_endings,
    mails,
    mails_documents,
    queries,
    queries_issuing,
    rules_issuing,
)
from entremise.credentials.enums import AwardSource, AwardState, Verb
from entremise.credentials.links import CLAIM
from entremise.credentials.models import Award, BadgeClass
from entremise.credentials.models_files import Claim
from entremise.credentials.rules import CredentialRefused
from entremise.kernel import clock, links, mail, reminders
from entremise.kernel.actions import Done, action
from entremise.kernel.actors import Actor
from entremise.lib.identifiers import gettext_noop
from entremise.lib.openbadges.limits import clean_text
from entremise.people.models import Person

GONE = {
    AwardState.REVOKED: gettext_noop("Ce badge a été retiré par son émetteur : il ne se prend plus."),
    AwardState.DECLINED: gettext_noop("Ce badge a été refusé : il ne se prend plus."),
}


@action(Verb.CLAIM_SENT, may="credentials.award")
def offer(
    badge_class: BadgeClass,
    *,
    actor: Actor,
    name: str,
    email: str,
    awarded_on: dt.date,
    note: str = "",
    file_id: UUID | None = None,
) -> Done:
    """Award a badge to an address; its owner takes it by a link. Nothing says whether the address is known here."""
    told = read_name(name)
    if not rules_issuing.OLDEST <= awarded_on <= clock.today():
        raise CredentialRefused(
            _("Cette date n'est pas possible : choisissez un jour passé, ou aujourd'hui."), "awarded_on"
        )
    address = read_address(email)
    queries.require_published(badge_class)
    if queries_issuing.is_waiting_at(badge_class, address):
        raise CredentialRefused(_("Ce badge attend déjà cette personne à cette adresse."), "email")
    given = actions.award(
        badge_class,
        actor=actor,
        person=None,
        awarded_on=awarded_on,
        source=AwardSource.ISSUER,
        source_id=file_id,
        narrative=clean_text(note)[: rules_issuing.LONGEST_NOTE],
    )
    let_wait(given, name=told, address=address)
    return Done(given, data={"badge": str(badge_class.pk)})


@action(Verb.CLAIM_SENT, may="credentials.award")
def send_again(award: Award, *, actor: Actor) -> Done:
    """Send the same link once more, at most once a day."""
    claim = _locked_claim(award)
    latest = mail.sent_about(award).first()
    if latest and latest.created_at > clock.now() - dt.timedelta(days=rules_issuing.RESEND_DAYS):
        raise CredentialRefused(_("Un message est parti il y a moins d'un jour : laissez-lui le temps de le lire."))
    _write(claim)
    return Done(award, data={"again": True})


@action(Verb.REMINDED, may="credentials.sign")
def remind(award: Award, *, actor: Actor) -> Done:
    """Recall once a badge that nobody took; an address that had enough this week, or is in pause, raises PutOff."""
    claim = _locked_claim(award)
    if claim.reminder_count == 0:
        reminders.require_turn(claim.email, _department(award.badge_class), clock.now())
        claim.reminder_count = 1
        claim.save(update_fields=["reminder_count"])
        _write(claim, is_reminder=True)
    return Done(award, data={"reminder": claim.reminder_count})


@action(Verb.CLAIMED, may="credentials.claim")
def take(award: Award, *, actor: Actor, person: Person) -> Done:
    """Take a badge that waited: the link proves the mailbox, the account is the one to which it was sent."""
    if person.user_id != actor.user_id:
        raise CredentialRefused(_("Ce compte n'est pas le vôtre."))
    locked = Award.objects.unscoped(queries_issuing.BY_LINK).select_for_update(of=("self",)).get(pk=award.pk)
    if reason := not_to_take(locked, person):
        raise CredentialRefused(reason)
    taken = actions.take(locked, actor=actor, person=person)
    Claim.objects.filter(award=taken).delete()
    link = links.current(CLAIM, taken.pk)
    if link:
        links.mark_used(link)
    return Done(taken, data={"badge": str(taken.badge_class_id)}, subject=taken)


def read_name(name: str) -> str:
    """Return the name of somebody for whom a badge will wait, or refuse it."""
    told = " ".join(clean_text(name).split())
    if not told or len(told) > rules_issuing.LONGEST_NAME:
        raise CredentialRefused(_("Donnez le nom de la personne, en 160 caractères au plus."), "name")
    return told


def read_address(email: str) -> str:
    """Return the address at which a badge will wait, or refuse it."""
    try:
        return parse_email(email)
    except IdentifierUnusable as refusal:
        raise CredentialRefused(_(refusal.message), "email") from None


def let_wait(award: Award, *, name: str, address: str) -> Claim:
    """Let a badge wait at an address, and write to it (inside the action that gives the badge)."""
    now = clock.now()
    until = reminders.policy("badges", _department(award.badge_class)).expires_at(now)
    claim = Claim.objects.create(award=award, name=name, email=address, sent_at=now, until=until)
    _write(claim)
    return claim


def not_to_take(award: Award, person: Person | None) -> str:
    """Return why this badge is not for this person to take now, or an empty text."""
    if award.state in GONE:
        return str(_(GONE[AwardState(award.state)]))
    if award.state != AwardState.OFFERED:
        if person is not None and award.person_id == person.pk:
            return _("Vous avez déjà pris ce badge : il est dans votre espace.")
        return _("Ce badge a déjà été pris : un lien ne sert qu'une fois.")
    claim = Claim.objects.filter(award_id=award.pk).first()
    if claim is None or claim.until <= clock.now():
        return _("Ce lien n'est plus valable. Demandez à l'émetteur de vous remettre le badge de nouveau.")
    if person is not None and person.user and person.user.email and person.user.email != claim.email:
        return _(
            "Ce badge a été envoyé à une autre adresse que celle de votre compte. Connectez-vous avec l'adresse qui a "
            "reçu le message, ou demandez à l'émetteur de vous l'envoyer à l'adresse de votre compte."
        )
    return ""


def forget(award_ids: list[UUID]) -> int:
    """Forget the badges that nobody took in time, with the names and addresses they waited for."""
    actions_endings.forget_claims(list(award_ids))
    rows = Award.objects.unscoped("nobody holds them").filter(pk__in=award_ids, state=AwardState.OFFERED)
    return rows.delete()[0]


def _department(badge_class: BadgeClass) -> str:
    return badge_class.issuer.department_id or ""


def _locked_claim(award: Award) -> Claim:
    locked = Award.objects.unscoped(queries_issuing.BY_LINK).select_for_update(of=("self",)).get(pk=award.pk)
    claim = Claim.objects.filter(award=locked).select_related("award__badge_class__issuer").first()
    if claim is None or locked.state != AwardState.OFFERED:
        raise CredentialRefused(_("Ce badge a déjà été pris, ou ne se prend plus."))
    return claim


def _write(claim: Claim, *, is_reminder: bool = False) -> None:
    """Write to the address where a badge waits; a reminder carries the same link."""
    award = claim.award
    link = links.current(CLAIM, award.pk) or links.issue(CLAIM, award.pk, claim.email)
    said: dict[str, Any] = {
        "name": claim.name,
        "issuer": award.badge_class.issuer.name,
        "reference": rules_issuing.reference(award.public_id),
        "url": mail.absolute(reverse(CLAIM.url_name, args=[links.token(link)])),
        "days": (claim.until - clock.now()).days,
    }
    if is_reminder:
        said["sent_on"] = clock.local(claim.sent_at).date()
    message: mail.Mail
    if award.source == AwardSource.CERTIFICATE:  # where somebody worked, and when, is on the page only
        certificate = mails_documents.CertificateStillWaits if is_reminder else mails_documents.CertificateOffered
        message = certificate(**said)
    else:
        badge = mails.BadgeStillWaits if is_reminder else mails.BadgeOffered
        message = badge(**said, badge=award.badge_class.name, how=award.narrative)
    mail.send(message, to=claim.email, about=award, language=settings.LANGUAGE_CODE)
