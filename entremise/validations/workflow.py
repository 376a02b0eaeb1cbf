"""How a request moves: the table, who may, and the sentence of each state."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from entremise.employers.rules import is_closed
from entremise.kernel import clock
from entremise.kernel.access import Allowed, Decision, Denied
from entremise.kernel.actors import Actor, ActorKind, Role
from entremise.kernel.models import MailLink
from entremise.kernel.workflow import Transition, Workflow
from entremise.validations.enums import RequestState

S = RequestState
OPEN = frozenset({S.SENT, S.OPENED})
OWNER = frozenset({Role.JOBSEEKER})
VALIDATOR = frozenset({Role.VALIDATOR})
PLATFORM = frozenset({Role.SYSTEM})
LINK_PURPOSE = "validations.answer"


def is_owner(actor: Actor, thing: Any) -> Decision:
    """Allow the person whose request (or experience) it is."""
    if actor.kind is ActorKind.USER and thing.person.user_id == actor.user_id:
        return Allowed()
    return Denied(_("Cette demande n'est pas la vôtre."))


def is_bearer(actor: Actor, thing: Any) -> Decision:
    """Allow the bearer of the link that was sent for this very request and not revoked since."""
    if (
        actor.kind is ActorKind.LINK
        and MailLink.objects.filter(pk=actor.id, purpose=LINK_PURPOSE, target_id=thing.pk, revoked_at=None).exists()
    ):
        return Allowed()
    return Denied(_("Ce lien ne concerne pas cette demande."))


def may_be_answered(request: Any, actor: Actor) -> str:
    """Refuse an answer after the end, or from an establishment that closed since."""
    if request.expires_at <= clock.now():
        return str(REFUSALS[S.EXPIRED])
    if is_closed(request.establishment.closed_on, clock.today()):
        return _("Cet établissement est fermé depuis la demande : la réponse ne peut plus être enregistrée à son nom.")
    return ""


def is_over(request: Any, actor: Actor) -> str:
    """Refuse to expire a request before its end."""
    return "" if request.expires_at <= clock.now() else _("Cette demande attend encore une réponse.")


REFUSALS: dict[str, Any] = {
    S.DRAFT: gettext_lazy("Cette demande n'est pas encore partie."),
    S.SENT: gettext_lazy("Cette demande est partie : elle attend une réponse."),
    S.OPENED: gettext_lazy("Cette demande est ouverte : elle attend une réponse."),
    S.ANSWERED: gettext_lazy("Cette demande a déjà reçu une réponse."),
    S.DECLINED: gettext_lazy("La personne sollicitée a indiqué qu'elle ne répondra pas à cette demande."),
    S.EXPIRED: gettext_lazy("Le délai pour répondre à cette demande est passé."),
    S.WITHDRAWN: gettext_lazy("Cette demande a été retirée : il n'y a plus rien à faire."),
    S.BOUNCED: gettext_lazy("Le message n'a pas pu être remis à cette adresse."),
}
FLOW = Workflow(
    "validations",
    RequestState,
    S.DRAFT,
    [
        Transition("send", {S.DRAFT}, S.SENT, OWNER, check=is_owner),
        Transition("mark_opened", {S.SENT}, S.OPENED, VALIDATOR, check=is_bearer),
        Transition("answer", OPEN, S.ANSWERED, VALIDATOR, guard=may_be_answered, check=is_bearer),
        Transition("decline", OPEN, S.DECLINED, VALIDATOR, check=is_bearer),
        Transition("withdraw", OPEN | {S.DRAFT}, S.WITHDRAWN, OWNER | PLATFORM, check=is_owner),
        Transition("stop", OPEN, S.WITHDRAWN, PLATFORM),
        Transition("expire", OPEN, S.EXPIRED, PLATFORM, guard=is_over),
        Transition("bounce", OPEN, S.BOUNCED, PLATFORM),
    ],
    refusals=REFUSALS,
)
