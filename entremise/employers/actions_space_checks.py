"""Writes of the verification of a space: calls, visits, documents seen and never kept, reminders, the branch taken."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from entremise.accounts import queries as accounts
from entremise.employers import queries_certification as queries
from entremise.employers import rules_certification as rules
from entremise.employers.actions_certification import CertificationRefused, log
from entremise.employers.enums import Verb
from entremise.employers.enums_spaces import Acquaintance, CheckKind, CheckOutcome, DocumentKind, SpaceState
from entremise.employers.mails_certification import Decision, SpaceReminderMail
from entremise.employers.models import Contact
from entremise.employers.models_spaces import KnownContactChange, RecruiterSpace
from entremise.employers.workflow import UNDECIDED
from entremise.kernel import clock, mail
from entremise.kernel.actions import Done, action
from entremise.kernel.actors import Actor
from entremise.lib.identifiers import phone_in_pairs

SPOKEN = frozenset(
    {CheckOutcome.CONFIRMED, CheckOutcome.NOT_CONFIRMED, CheckOutcome.DOUBT}
)  # somebody of the company answered
CALL_OUTCOMES = SPOKEN | {CheckOutcome.UNREACHABLE}
FURTHEST_CALL_BACK = dt.timedelta(days=30)


@action(Verb.SPACE_CHECKED, may="employers.check_space")
def log_check(
    space: RecruiterSpace, *, actor: Actor, kind: str, outcome: str, note: str = "", number: str = "",
    call_back_at: dt.datetime | None = None,
) -> Done:  # fmt: skip
    """Write one step of the verification in the log of checks, and what it changes of the deadlines."""
    locked = _locked(space)
    _require_undecided(locked)
    _check_outcome(kind, outcome)
    called = _called(locked, kind, number, note)
    if kind == CheckKind.LANDLINE and outcome == CheckOutcome.CONFIRMED and not note.strip():
        _require_independent(locked, called)
    log(locked, actor, kind, outcome, note, number=called)
    _move_clocks(locked, kind, outcome, call_back_at)
    return Done(locked, data={"kind": kind, "outcome": outcome})


@action(Verb.SPACE_CHECKED, may="employers.check_space")
def see_document(
    space: RecruiterSpace, *, actor: Actor, document: str, outcome: str = CheckOutcome.DONE, note: str = ""
) -> Done:
    """Write that a document was seen, by whom and when: there is nowhere to keep a copy, and nothing is kept."""
    locked = _locked(space)
    _require_undecided(locked)
    if document not in DocumentKind.values:
        raise CertificationRefused(_("Dites quelle pièce vous avez vue."), "document")
    if outcome not in {CheckOutcome.DONE, CheckOutcome.DOUBT}:
        raise CertificationRefused(_("Dites si la pièce vous a convaincu, ou si un doute demeure."), "outcome")
    log(locked, actor, CheckKind.DOCUMENT, outcome, note, document=document)
    return Done(locked, data={"document": document, "outcome": outcome})


@action(Verb.SPACE_ACQUAINTANCE, may="employers.check_space")
def know(space: RecruiterSpace, *, actor: Actor, acquaintance: str) -> Done:
    """Say whether the company is known: that decides whom to call first."""
    locked = _locked(space)
    _require_undecided(locked)
    if acquaintance not in Acquaintance.values:
        raise CertificationRefused(_("Dites si vous connaissez cette entreprise."), "acquaintance")
    if acquaintance == Acquaintance.KNOWN and not queries.trusted_numbers(locked):
        raise CertificationRefused(
            _("Aucun contact privilégié avec un numéro n'est noté pour cette entreprise : appelez sa ligne fixe."),
            "acquaintance",
        )
    locked.acquaintance = acquaintance
    locked.save(update_fields=["acquaintance"])
    return Done(locked, data={"acquaintance": acquaintance})


@action(Verb.SPACE_REMINDED, may="employers.check_space")
def remind(space: RecruiterSpace, *, actor: Actor) -> Done:
    """Write to the recruiter that nobody could reach the company; the letter comes next."""
    locked = _locked(space)
    _require_undecided(locked)
    if locked.reached_at is not None:
        raise CertificationRefused(_("L'entreprise a déjà été jointe : il n'y a personne à relancer."))
    if locked.remind_by_at is None:
        raise CertificationRefused(_("Appelez d'abord l'entreprise : on relance après un appel sans réponse."))
    if locked.letter_by_at is not None:
        raise CertificationRefused(_("L'entreprise a déjà été relancée par courriel : c'est le tour du courrier."))
    count = waiting_offers(locked)
    for member in queries.members(locked):
        told = Decision(
            locked.establishment.name, locked.agency.name, phone_in_pairs(locked.agency.phone), locked.ends_at
        )
        reminder = SpaceReminderMail(decision=told, first_name=member.first_name, offer_count=count)
        language = member.user.language if member.user is not None else ""
        mail.send(reminder, to=member.email, about=locked, language=language)
    log(locked, actor, CheckKind.EMAIL, CheckOutcome.DONE, "")
    _move_clocks(locked, CheckKind.EMAIL, CheckOutcome.DONE, None)
    return Done(locked, data={"model": "with_offer" if count else "without_offer"})


@action(Verb.KNOWN_CONTACT_CHANGED, may="employers.note_contact_change")
def note_contact_change(contact: Contact, *, actor: Actor, former_phone: str, former_email: str) -> Done:
    """Keep what a privileged contact's number and address were: for 72 hours they are the ones to call."""
    now = clock.now()
    KnownContactChange.objects.create(
        contact=contact, former_phone=former_phone, former_email=former_email, changed_at=now
    )
    here = RecruiterSpace.objects.unscoped("the spaces of the contact's establishment")
    here.filter(establishment=contact.establishment_id).exclude(state=SpaceState.CLOSED).update(contact_changed_at=now)
    return Done(contact, data={"phone": bool(former_phone), "email": bool(former_email)})


def waiting_offers(space: RecruiterSpace) -> int:
    """Count the offers that wait for the certification of a space: they are of an upper domain, and only counted."""
    rows: Any = space.offers
    count: int = rows.unscoped("a count of the space's own offers").filter(state="waiting").count()
    return count


def _locked(space: RecruiterSpace) -> RecruiterSpace:
    rows = RecruiterSpace.objects.unscoped("the policy decided on this space")
    whole = rows.select_for_update(of=("self",), no_key=True).select_related("agency", "establishment__commune")
    return whole.get(pk=space.pk)


def _require_undecided(space: RecruiterSpace) -> None:
    if space.state not in UNDECIDED:
        raise CertificationRefused(_("Cet espace n'attend plus de décision : rien ne peut y être vérifié."))


def _check_outcome(kind: str, outcome: str) -> None:
    if kind not in CheckKind.values or kind == CheckKind.DOCUMENT:
        raise CertificationRefused(_("Choisissez ce que vous avez fait."), "kind")
    with_somebody = kind in rules.CALLS | rules.FACE_TO_FACE
    if outcome not in (CALL_OUTCOMES if with_somebody else {CheckOutcome.DONE}):
        raise CertificationRefused(_("Choisissez le résultat."), "outcome")


def _called(space: RecruiterSpace, kind: str, number: str, note: str) -> str:
    """Return the number that was called: a fixed line, or one that we had before the recruiter came."""
    called = queries.number_of(number)
    if kind == CheckKind.PRIVILEGED and called not in queries.trusted_numbers(space):
        raise CertificationRefused(
            _("Appelez le contact privilégié au numéro que nous avions : un nouveau numéro compte après 72 heures."),
            "number",
        )
    if kind == CheckKind.LANDLINE:
        if not rules.is_fixed_line(called):
            raise CertificationRefused(_("Indiquez la ligne fixe que vous avez appelée."), "number")
        offered = {queries.number_of(member.phone) for member in queries.members(space)}
        if called in offered and not note.strip():
            raise CertificationRefused(
                _("Ce numéro est celui que le recruteur a donné : écrivez où vous l'avez trouvé ailleurs."), "note"
            )
    return called


def _require_independent(space: RecruiterSpace, called: str) -> None:
    """Refuse that a line proves something when nothing but the adviser's hand says whose it is, and not whence."""
    if called not in queries.own_lines(space):
        raise CertificationRefused(
            _(
                "Ce numéro n'est ni le standard que nous connaissons ni celui d'un de nos contacts : écrivez où vous "
                "l'avez trouvé (annuaire, site de l'entreprise, courrier), ailleurs que dans la demande."
            ),
            "note",
        )


def _move_clocks(space: RecruiterSpace, kind: str, outcome: str, call_back_at: dt.datetime | None) -> None:
    now = clock.now()
    calendar = accounts.calendar_for_agency(space.agency)
    with_somebody = kind in rules.CALLS | rules.FACE_TO_FACE
    if with_somebody or kind == CheckKind.LETTER:
        space.call_back_at = None
    if with_somebody and outcome in SPOKEN:
        space.reached_at = space.reached_at or now
    elif with_somebody and space.remind_by_at is None:
        space.remind_by_at = rules.remind_by(now, calendar)
    if kind == CheckKind.EMAIL and space.letter_by_at is None:
        space.letter_by_at = rules.letter_by(now, calendar)
        space.call_back_at = space.remind_by_at  # the reminder is a mail and a call
    if kind == CheckKind.CALL_BACK:
        space.call_back_at = _call_back(call_back_at, now)
    space.due_at = rules.due_at(queries.course_of(space))
    space.save()


def _call_back(wanted: dt.datetime | None, now: dt.datetime) -> dt.datetime:
    if wanted is None or not now <= wanted <= now + FURTHEST_CALL_BACK:
        raise CertificationRefused(_("Dites quand rappeler : dans le mois qui vient."), "call_back_at")
    return wanted
