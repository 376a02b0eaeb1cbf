"""The states of a contested result and how it moves between them."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from entremise.kernel.access import OUT_OF_TERRITORY, Allowed, Decision, Denied
from entremise.kernel.actors import ADVISERS, LEADS, Actor, Role
from entremise.kernel.workflow import Transition, Workflow
from entremise.matching.enums_contest import ContestState as S

AUTHORS = ADVISERS | LEADS | {Role.JOBSEEKER}


def is_in_territory(actor: Actor, contest: Any) -> Decision:
    """Agree when the contest is about a person of the professional's departments."""
    return Allowed() if contest.person.department_id in actor.departments else Denied(str(OUT_OF_TERRITORY))


def is_author(actor: Actor, contest: Any) -> Decision:
    """Agree when the actor wrote the contest."""
    if contest.author_id is not None and contest.author_id == actor.user_id:
        return Allowed()
    return Denied(_("Seule la personne qui a contesté ce résultat peut retirer sa contestation."))


def _is_somebody_else(contest: Any, actor: Actor) -> str:
    if contest.author_id is None or contest.author_id != actor.user_id:
        return ""
    return _("Vous avez écrit cette contestation : c'est à une autre personne d'y répondre.")


FLOW = Workflow(
    "matching",
    S,
    S.RECEIVED,
    [
        Transition("answer_contest", {S.RECEIVED}, S.ANSWERED, LEADS, guard=_is_somebody_else, check=is_in_territory),
        Transition("withdraw_contest", {S.RECEIVED}, S.WITHDRAWN, AUTHORS, check=is_author),
    ],
    refusals={
        S.RECEIVED: gettext_lazy("Cette contestation attend déjà sa réponse."),
        S.ANSWERED: gettext_lazy("Une réponse a déjà été donnée à cette contestation."),
        S.WITHDRAWN: gettext_lazy("Cette contestation a été retirée : elle n'attend plus de réponse."),
    },
)
