"""Writes of the desk: complaints registered, assigned, answered."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from entremise.accounts.models import Agency, User
from entremise.accounts.queries import calendar_for_agency
from entremise.desk import rules_complaints as rules
from entremise.desk.enums import Verb
from entremise.desk.enums_desk import ComplaintAbout, ComplaintFrom, ComplaintOutcome
from entremise.desk.models import Complaint
from entremise.employers.models import Establishment
from entremise.kernel import clock
from entremise.kernel.actions import Done, action
from entremise.kernel.actors import Actor
from entremise.people.models import Person

LONGEST = 2_000


class DeskRefused(Exception):
    """Something cannot be written so; `reason` is a sentence for the user, `field` what it is about."""

    def __init__(self, reason: str, field: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.field = field


@action(Verb.COMPLAINT_REGISTERED, may="desk.register_complaint")
def register_complaint(
    agency: Agency,
    *,
    actor: Actor,
    origin: str,
    about: str,
    words: str,
    establishment: Establishment | None = None,
    person: Person | None = None,
    received_at: dt.datetime | None = None,
) -> Done:
    """Register what somebody is not content with; the time to answer runs from when it was received."""
    now = clock.now()
    received_at = received_at or now
    if origin not in ComplaintFrom.values or about not in ComplaintAbout.values:
        raise DeskRefused(_("Dites de qui vient la réclamation et sur quoi elle porte."), "about")
    if len(words.strip()) < rules.SHORTEST_WORDS:
        raise DeskRefused(_("Écrivez en une phrase ce qui est reproché."), "words")
    if received_at > now:
        raise DeskRefused(
            _("Une réclamation s'enregistre une fois reçue : cette date est dans le futur."), "received_at"
        )
    complaint = Complaint.objects.unscoped("a new row").create(
        agency=agency, origin=origin, about=about, words=words.strip()[:LONGEST], establishment=establishment,
        person=person, received_at=received_at, due_at=rules.due_at(received_at, about, calendar_for_agency(agency)),
        registered_by_id=actor.user_id, assigned_to_id=actor.user_id,
    )  # fmt: skip
    return Done(complaint, data={"origin": origin, "about": about})


@action(Verb.COMPLAINT_ASSIGNED, may="desk.handle_complaint")
def assign_complaint(complaint: Complaint, *, actor: Actor, colleague: User) -> Done:
    """Give a complaint to a colleague of the agency."""
    locked = _locked(complaint)
    if not colleague.memberships.filter(agency_id=locked.agency_id, ended_on=None).exists():
        raise DeskRefused(_("Cette personne ne travaille pas dans l'agence de la réclamation."), "colleague")
    if locked.answered_at is not None:
        raise DeskRefused(_("Cette réclamation a déjà reçu une réponse."))
    locked.assigned_to = colleague
    locked.save()
    return Done(locked, data={"to": str(colleague.pk)})


@action(Verb.COMPLAINT_ANSWERED, may="desk.handle_complaint")
def answer_complaint(complaint: Complaint, *, actor: Actor, outcome: str, answer: str) -> Done:
    """Note the answer that was given, and how the complaint ended."""
    locked = _locked(complaint)
    if locked.answered_at is not None:
        raise DeskRefused(_("Cette réclamation a déjà reçu une réponse."))
    if outcome not in ComplaintOutcome.values:
        raise DeskRefused(_("Dites quelle suite a été donnée."), "outcome")
    if len(answer.strip()) < rules.SHORTEST_WORDS:
        raise DeskRefused(_("Écrivez la réponse donnée : elle sert à la prochaine fois."), "answer")
    locked.outcome, locked.answer, locked.answered_at = outcome, answer.strip()[:LONGEST], clock.now()
    locked.save()
    return Done(locked, data={"outcome": outcome, "in_time": locked.answered_at <= locked.due_at})


def _locked(complaint: Complaint) -> Complaint:
    rows: Any = Complaint.objects.unscoped("the policy decided on this complaint")
    locked: Complaint = rows.select_for_update(of=("self",), no_key=True).get(pk=complaint.pk)
    return locked
