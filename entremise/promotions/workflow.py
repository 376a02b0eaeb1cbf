"""The states of a promotion and how it moves between them."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from entremise.kernel import clock
from entremise.kernel.access import OUT_OF_TERRITORY, Allowed, Decision, Denied
from entremise.kernel.actors import ADVISERS, LEADS, Actor, ActorKind, Role
from entremise.kernel.models import MailLink
from entremise.kernel.workflow import Transition, Workflow
from entremise.promotions import rules
from entremise.promotions.enums import PromotionState as S

LINK_PURPOSE = "promotions.answer"
OPEN = frozenset({S.SENT, S.OPENED})
TEAM = ADVISERS | LEADS


def is_in_territory(actor: Actor, promotion: Any) -> Decision:
    """Agree when the agency or the person of a promotion is of the professional's territory."""
    known = {promotion.agency.department_id, promotion.person.department_id}
    return Allowed() if known & actor.departments else Denied(str(OUT_OF_TERRITORY))


def holds_link(actor: Actor, promotion: Any) -> Decision:
    """Agree when the actor came by the link that was sent for this very promotion."""
    if (
        actor.kind is ActorKind.LINK
        and MailLink.objects.filter(
            pk=actor.id, purpose=LINK_PURPOSE, target_id=promotion.pk, revoked_at=None
        ).exists()
    ):
        return Allowed()
    return Denied(_("Ce lien ne concerne pas cette page. Ouvrez celui du courriel que vous avez reçu."))


def _in_time(promotion: Any, actor: Actor) -> str:
    if promotion.state != S.EXPIRED or rules.takes_late_answer(promotion.expires_at, clock.now()):
        return ""
    return _("Le délai pour répondre est passé. Vous pouvez appeler l'agence qui vous a écrit.")


def _may_rectify(promotion: Any, actor: Actor) -> str:
    if rules.may_rectify(promotion.answered_at, clock.now()):
        return ""
    return _("Une réponse se modifie pendant 30 jours. Vous pouvez appeler l'agence qui vous a écrit.")


def _is_past_expiry(promotion: Any, actor: Actor) -> str:
    if promotion.expires_at is not None and promotion.expires_at <= clock.now():
        return ""
    return _("Cette promotion n'a pas encore atteint sa date d'expiration.")


FLOW = Workflow(
    "promotions",
    S,
    S.PREPARED,
    [
        Transition("send", {S.PREPARED}, S.SENT, ADVISERS | {Role.SYSTEM}, check=is_in_territory),
        Transition("open", {S.SENT}, S.OPENED, {Role.EMPLOYER_CONTACT}, check=holds_link),
        Transition(
            "answer", OPEN | {S.EXPIRED}, S.ANSWERED, {Role.EMPLOYER_CONTACT}, guard=_in_time, check=holds_link
        ),
        Transition("rectify", {S.ANSWERED}, S.ANSWERED, {Role.EMPLOYER_CONTACT}, guard=_may_rectify, check=holds_link),
        Transition("log_answer", OPEN | {S.EXPIRED}, S.ANSWERED, TEAM, check=is_in_territory),
        Transition("record_outcome", OPEN | {S.ANSWERED, S.EXPIRED, S.CLOSED}, S.CLOSED, TEAM, check=is_in_territory),
        Transition("withdraw", OPEN | {S.PREPARED}, S.WITHDRAWN, TEAM | {Role.SYSTEM}, check=is_in_territory),
        Transition("expire", OPEN, S.EXPIRED, {Role.SYSTEM}, guard=_is_past_expiry),
    ],
    refusals={
        S.PREPARED: gettext_lazy("Cette promotion n'est pas encore partie."),
        S.SENT: gettext_lazy("Cette promotion est déjà partie."),
        S.OPENED: gettext_lazy("L'employeur a déjà ouvert cette promotion."),
        S.ANSWERED: gettext_lazy("L'employeur a déjà répondu."),
        S.CLOSED: gettext_lazy("La suite de cette promotion est déjà connue."),
        S.EXPIRED: gettext_lazy("Cette promotion est restée sans réponse et a expiré."),
        S.WITHDRAWN: gettext_lazy("Cette promotion a été retirée : le profil n'est plus partagé."),
    },
)
