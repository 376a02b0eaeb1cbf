"""Who may touch or see a person's file."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from entremise.accounts.access import MANAGERS, view_members
from entremise.accounts.models import Agency, User
from entremise.kernel import vault
from entremise.kernel.access import OUT_OF_TERRITORY, AccessDenied, Allowed, Decision, Denied, policy, register
from entremise.kernel.actors import ADVISERS, LEADS, Actor, Role
from entremise.people.models import Person

OWNER = frozenset({Role.JOBSEEKER})
WITNESSES = frozenset({Role.VALIDATOR, Role.EMPLOYER_CONTACT})


class RevealRefused(AccessDenied):
    """The identity may not be shown for this purpose; `reason` is a sentence for the user."""


def owned(actor: Actor, person: Person) -> Decision:
    """Let people act on their own file only."""
    if person.user_id is not None and person.user_id == actor.user_id:
        return Allowed()
    return Denied(_("Ce profil n'est pas le vôtre."))


def in_territory(actor: Actor, person: Person) -> Decision:
    """Let professionals see the people of their departments only."""
    return Allowed() if person.department_id in actor.departments else Denied(str(OUT_OF_TERRITORY))


def owner_or_territory(actor: Actor, person: Person) -> Decision:
    """Let people act on their own file, and professionals on those of their territory; links were checked already."""
    if actor.is_professional:
        return in_territory(actor, person)
    return owned(actor, person) if actor.has(Role.JOBSEEKER) else Allowed()


@policy("people.open", OWNER | ADVISERS)
def _may_open(actor: Actor, user: User) -> Decision:
    if actor.is_professional or user.pk == actor.user_id:
        return Allowed()
    return Denied(_("Ce compte n'est pas le vôtre."))


for _name in ("see_own", "edit", "consent", "question_access", "take_archive", "take_back", "erase"):
    register(f"people.{_name}", OWNER, owned)


@policy("people.explain_access", LEADS | {Role.ADMIN})
def _may_explain(actor: Actor, question: Any) -> Decision:
    if question.agency_id is not None and question.agency_id in actor.agency_ids:
        return Allowed()
    return Denied(_("Cette question a été posée à une autre agence que la vôtre."))


register("people.card", ADVISERS | LEADS, in_territory)
register("people.reveal", ADVISERS, in_territory)
register("people.record_act", ADVISERS | LEADS | WITNESSES | {Role.RECRUITER, Role.SYSTEM}, owner_or_territory)
register("people.note_validated_skills", OWNER | ADVISERS | LEADS | WITNESSES, owner_or_territory)
register("people.publish_consent_text", {Role.ADMIN})
register("people.apply_retention", {Role.SYSTEM})
register("people.alert_looks", {Role.SYSTEM})
register("people.watch", MANAGERS)


@policy("people.judge_account", MANAGERS)
def _may_judge(actor: Actor, account: User) -> Decision:
    """Let those who answer for an agency decide about its accounts, never about their own."""
    if account.pk == actor.user_id:
        return Denied(_("Pour votre propre compte, demandez à un autre responsable."))
    theirs = Agency.objects.filter(memberships__user=account, memberships__ended_on=None)
    if any(view_members(actor, agency) for agency in theirs):
        return Allowed()
    return Denied(_("Ce compte n'est pas celui d'un membre de votre agence."))


def require_reveal(actor: Actor, person: Person, *, is_consenting: bool, is_followed: bool, purpose: str) -> None:
    """Raise unless the purpose allows this look: a consent for promotions and offers, a follow-up for portfolios."""
    if purpose in {"promotion", "offer"} and not is_consenting:
        raise RevealRefused(
            _("Cette personne n'a pas donné son accord pour être présentée à des employeurs, ou vient de le retirer."),
            "people.reveal",
        )
    if purpose == "portfolio" and not is_followed:
        raise RevealRefused(_("Cette personne n'est pas suivie par votre agence."), "people.reveal")


def follows(actor: Actor, *, referent_id: UUID | None, agency_id: UUID | None) -> dict[str, Any]:
    """Return how this professional is linked to a person."""
    return {
        "is_referent": referent_id is not None and referent_id == actor.user_id,
        "is_same_agency": agency_id is not None and agency_id in actor.agency_ids,
    }


def spend_disclosure(person: Person, *, actor: Actor, purpose: str) -> None:
    """Count in a professional's budget of the day an identity about to be sent; raise `NotShown` when it is spent."""
    if actor.is_professional:
        with vault.opened([person.pk], actor=actor, purpose=purpose):
            vault.disclose(person.pk)
