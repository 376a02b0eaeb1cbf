"""Who may apply, look at applications and deal with what follows; transitions declare their own policies."""

from typing import Any

from django.utils.translation import gettext as _

from entremise.kernel import access
from entremise.kernel.access import Allowed, Decision, Denied
from entremise.kernel.actors import ADVISERS, LEADS, Actor, Role
from entremise.people.access import owned
from entremise.reciprok.enums import PauseKind
from entremise.reciprok.workflow import EMPLOYER, TEAM, is_addressed, is_in_territory, is_own, is_theirs, reads_inbox


def is_about_own(actor: Actor, thing: Any) -> Decision:
    """Agree about what hangs from an application for the person who applied."""
    return is_own(actor, thing.application)


def is_about_territory(actor: Actor, thing: Any) -> Decision:
    """Agree about what hangs from an application for the professionals of its territory."""
    return is_in_territory(actor, thing.application)


def is_establishment_there(actor: Actor, thing: Any) -> Decision:
    """Agree about an establishment, or what hangs from it, in the professional's territory."""
    establishment = getattr(thing, "establishment", thing)
    if establishment.commune.department_id in actor.departments:
        return Allowed()
    return Denied(_("Cet établissement relève d'un autre territoire que le vôtre."))


def is_inbox_theirs(actor: Actor, inbox: Any) -> Decision:
    """Agree for who reads the inbox, and for the professionals of its territory."""
    if actor.is_professional:
        known = {inbox.agency.department_id, inbox.establishment.commune.department_id}
        return (
            Allowed() if known & actor.departments else Denied(_("Ces candidatures relèvent d'un autre territoire."))
        )
    return reads_inbox(actor, inbox)


def is_establishment_theirs(actor: Actor, thing: Any) -> Decision:
    """Agree for the members of a certified space of an establishment."""
    establishment = getattr(thing, "establishment", thing)
    mine = establishment.spaces.filter(
        members__user_id=actor.user_id, members__left_at=None, state="certified"
    )  # the members of a space that lost its certification do nothing here
    if actor.user_id and mine.exists():
        return Allowed()
    return Denied(_("Votre espace recruteur n'est pas certifié pour cet établissement."))


def may_lift(actor: Actor, pause: Any) -> Decision:
    """Agree for the territory's professionals, and for the recruiter who asked for the pause themselves."""
    if actor.is_professional:
        return is_establishment_there(actor, pause)
    if pause.kind == PauseKind.OWN:
        return is_establishment_theirs(actor, pause)
    return Denied(_("Seul un conseiller lève cette pause : appelez votre agence."))


def may_report(actor: Actor, application: Any) -> Decision:
    """Agree for the person who applied, and for whom she wrote to."""
    return is_own(actor, application) if actor.has(Role.JOBSEEKER) else is_addressed(actor, application)


@access.policy("reciprok.apply", {Role.JOBSEEKER, Role.SYSTEM} | ADVISERS)
def _may_apply(actor: Actor, person: Any) -> Decision:
    if actor.is_system:
        return Allowed()
    if actor.is_professional:
        if person.department_id in actor.departments:
            return Allowed()
        return Denied(_("Ce profil relève d'un autre territoire que le vôtre."))
    return owned(actor, person)


access.register("reciprok.own", {Role.JOBSEEKER})
access.register("reciprok.view", TEAM, is_in_territory)
access.register("reciprok.read_card", EMPLOYER, is_addressed)
access.register("reciprok.inboxes", {Role.RECRUITER})
access.register("reciprok.answer_many", EMPLOYER | TEAM, is_inbox_theirs)
access.register("reciprok.tend", {Role.SYSTEM})
access.register("reciprok.propose_meeting", EMPLOYER | TEAM, is_addressed)
access.register("reciprok.cancel_meeting", EMPLOYER | TEAM, lambda actor, it: is_addressed(actor, it.application))
access.register("reciprok.choose_meeting", {Role.JOBSEEKER}, is_about_own)
access.register("reciprok.recommend", EMPLOYER, is_addressed)
access.register("reciprok.answer_recommendation", {Role.JOBSEEKER}, is_about_own)
access.register("reciprok.reply", {Role.JOBSEEKER}, is_own)
access.register("reciprok.contest_application", {Role.JOBSEEKER, Role.MAILBOX_OWNER}, is_theirs)
access.register("reciprok.rate", {Role.JOBSEEKER}, is_own)
access.register("reciprok.judge_rating", TEAM, is_about_territory)
access.register("reciprok.report", {Role.JOBSEEKER} | EMPLOYER, may_report)
access.register("reciprok.judge_report", TEAM, is_about_territory)
access.register("reciprok.contest_count", {Role.RECRUITER}, is_establishment_theirs)
access.register("reciprok.judge_count", TEAM, is_establishment_there)
access.register("reciprok.compute_label", {Role.SYSTEM, Role.RECRUITER} | TEAM)
access.register("reciprok.ask_silence", {Role.SYSTEM})
access.register("reciprok.explain_silence", EMPLOYER, reads_inbox)
access.register("reciprok.advise", TEAM, is_establishment_there)
access.register("reciprok.pause", {Role.RECRUITER, Role.SYSTEM}, is_establishment_theirs)
access.register("reciprok.lift_pause", TEAM | {Role.RECRUITER}, may_lift)
access.register("reciprok.export", TEAM)
access.register("reciprok.export_inbox", {Role.RECRUITER})
access.register("reciprok.steer", LEADS)
