"""The states of a recruiter space and how it moves between them: only a certified one reaches jobseekers."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from entremise.employers.enums_spaces import SpaceState as S
from entremise.kernel.access import Allowed, Decision, Denied
from entremise.kernel.actors import LEADS, Actor, Role
from entremise.kernel.workflow import Transition, Workflow

CERTIFIERS = LEADS | {Role.BUSINESS_ADVISER}
UNDECIDED = frozenset({S.TO_CERTIFY, S.UNDER_REVIEW, S.DOCUMENTS})


def is_of_territory(actor: Actor, space: Any) -> Decision:
    """Agree when the establishment of a space is in the professional's territory."""
    if space.establishment.commune.department_id in actor.departments:
        return Allowed()
    return Denied(_("Cet espace recruteur relève d'un autre territoire que le vôtre."))


def is_member(actor: Actor, space: Any) -> Decision:
    """Agree for the current members of a space."""
    if actor.user_id and space.members.filter(user_id=actor.user_id, left_at=None).exists():
        return Allowed()
    return Denied(_("Cet espace recruteur n'est pas le vôtre."))


def _may_certify(space: Any, actor: Actor) -> str:
    """Refuse to who created the space, to a closed establishment, and while a known contact has just changed."""
    if space.created_by_id is not None and space.created_by_id == actor.user_id:
        return _("Vous avez créé cet espace : un collègue doit le certifier.")
    if not space.establishment.is_open:
        return _("Cet établissement est fermé : son espace ne peut pas être certifié.")
    return ""


def _may_unblock(space: Any, actor: Actor) -> str:
    if space.decided_by_id is not None and space.decided_by_id == actor.user_id:
        return _("Vous avez bloqué cet espace : une deuxième personne doit décider de le débloquer.")
    return ""


FLOW = Workflow(
    "employers",
    S,
    S.TO_CERTIFY,
    [
        Transition("certify", UNDECIDED, S.CERTIFIED, CERTIFIERS, check=is_of_territory, guard=_may_certify),
        Transition("ask_documents", {S.TO_CERTIFY, S.UNDER_REVIEW}, S.DOCUMENTS, CERTIFIERS, check=is_of_territory),
        Transition(
            "review", {S.TO_CERTIFY, S.DOCUMENTS, S.CERTIFIED}, S.UNDER_REVIEW, CERTIFIERS, check=is_of_territory
        ),
        Transition("hold", {S.TO_CERTIFY, S.DOCUMENTS, S.CERTIFIED}, S.UNDER_REVIEW, {Role.SYSTEM}),
        Transition("refuse", UNDECIDED, S.REFUSED, CERTIFIERS, check=is_of_territory),
        Transition("lapse", UNDECIDED, S.REFUSED, {Role.SYSTEM}),  # eight days without contact
        Transition("block", {*UNDECIDED, S.CERTIFIED, S.REFUSED}, S.BLOCKED, CERTIFIERS, check=is_of_territory),
        Transition("unblock", {S.BLOCKED}, S.TO_CERTIFY, CERTIFIERS, check=is_of_territory, guard=_may_unblock),
        Transition("recheck", {S.CERTIFIED}, S.TO_CERTIFY, {Role.SYSTEM}),
        Transition("ask_again", {S.REFUSED}, S.TO_CERTIFY, {Role.RECRUITER}, check=is_member),
        Transition("close_space", {*UNDECIDED, S.CERTIFIED, S.REFUSED}, S.CLOSED, {Role.RECRUITER, Role.SYSTEM}),
    ],
    refusals={
        S.TO_CERTIFY: gettext_lazy("Cet espace attend encore d'être certifié."),
        S.UNDER_REVIEW: gettext_lazy("Cet espace est en examen."),
        S.DOCUMENTS: gettext_lazy("Cet espace attend des pièces."),
        S.CERTIFIED: gettext_lazy("Cet espace est déjà certifié."),
        S.REFUSED: gettext_lazy("Cet espace a été refusé."),
        S.BLOCKED: gettext_lazy("Cet espace est bloqué."),
        S.CLOSED: gettext_lazy("Cet espace est fermé."),
    },
)
