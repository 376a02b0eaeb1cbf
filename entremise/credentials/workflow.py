"""The states of an award and how it moves between them."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from entremise.credentials.enums import AwardState as S
from entremise.kernel.access import Allowed, Decision, Denied
from entremise.kernel.actors import LEADS, Actor, Role
from entremise.kernel.workflow import Transition, Workflow

ISSUERS = LEADS | {Role.ISSUER, Role.BUSINESS_ADVISER}
LIVING = frozenset({S.WAITING, S.ISSUED, S.SUSPENDED})


def is_of_house(actor: Actor, issuer: Any) -> bool:
    """Tell whether an issuer is the actor's own organisation's, and of a territory where the actor works."""
    if issuer.organisation_id is None or issuer.organisation_id != actor.organisation_id:
        return False
    return not issuer.department_id or not actor.departments or issuer.department_id in actor.departments


def is_of_issuer(actor: Actor, award: Any) -> Decision:
    """Agree when the award was given by the actor's own organisation."""
    if is_of_house(actor, award.badge_class.issuer):
        return Allowed()
    return Denied(_("Ce badge a été remis par une autre organisation que la vôtre."))


def is_holder(actor: Actor, award: Any) -> Decision:
    """Agree when the award is the person's own."""
    if award.person is not None and award.person.user_id is not None and award.person.user_id == actor.user_id:
        return Allowed()
    return Denied(_("Ce badge n'est pas le vôtre."))


def _may_be_suspended(award: Any, actor: Actor) -> str:
    """Refuse to suspend a badge that has no place in a list of suspended ones: no verifier would know."""
    if award.badge_class.is_suspendable:
        return ""
    return _("Ce badge n'a pas été prévu pour être suspendu : il peut seulement être retiré, pour toujours.")


FLOW = Workflow(
    "credentials",
    S,
    S.OFFERED,  # or waiting at once, when it is known whose it is
    [
        Transition("take", {S.OFFERED}, S.WAITING, {Role.JOBSEEKER, Role.SYSTEM}),
        Transition("issue", {S.WAITING}, S.ISSUED, {Role.SYSTEM}),
        Transition("suspend", {S.ISSUED}, S.SUSPENDED, ISSUERS, check=is_of_issuer, guard=_may_be_suspended),
        Transition("resume", {S.SUSPENDED}, S.ISSUED, ISSUERS, check=is_of_issuer),
        Transition("revoke", {S.OFFERED, *LIVING}, S.REVOKED, ISSUERS, check=is_of_issuer),
        Transition("decline", {S.OFFERED, *LIVING}, S.DECLINED, {Role.JOBSEEKER}, check=is_holder),
    ],
    refusals={
        S.OFFERED: gettext_lazy("Ce badge attend que la personne le prenne."),
        S.WAITING: gettext_lazy("Ce badge est en cours de signature : réessayez dans une minute."),
        S.ISSUED: gettext_lazy("Ce badge est déjà valable."),
        S.SUSPENDED: gettext_lazy("Ce badge est suspendu."),
        S.REVOKED: gettext_lazy("Ce badge a été retiré : un retrait est définitif."),
        S.DECLINED: gettext_lazy("La personne a refusé ce badge."),
    },
)
