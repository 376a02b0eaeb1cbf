"""Who may: one policy per verb, asked by screens, actions and buttons alike."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from entremise.kernel.actors import PROFESSIONALS, Actor, Role

PUBLIC = "public"  # the guard of an address that is open to whoever comes


@dataclass(frozen=True, slots=True)
class Allowed:
    """The policy agrees."""

    def __bool__(self) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class Denied:
    """The policy refuses, with a sentence for the person who asked."""

    reason: str

    def __bool__(self) -> bool:
        return False


Decision = Allowed | Denied
Check = Callable[[Actor, Any], Decision]


class AccessDenied(Exception):
    """A policy refused; `reason` is a sentence for the user."""

    def __init__(self, reason: str, name: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.name = name


@dataclass(frozen=True, slots=True)
class Policy:
    """A verb, the roles that may, and an optional check on the thing itself."""

    name: str
    roles: frozenset[Role]
    check: Check | None = None

    def decide(self, actor: Actor, thing: Any = None) -> Decision:
        """Say yes, or no with a reason; the platform's own jobs may do everything a role may."""
        if actor.is_system:
            return Allowed()
        fitting = self.roles & actor.roles
        if not fitting:
            return Denied(self._role_refusal(actor))
        if fitting <= PROFESSIONALS and not actor.second_factor:
            return Denied(_("Votre deuxième facteur de connexion est nécessaire pour accéder à cette page."))
        return self.check(actor, thing) if self.check and thing is not None else Allowed()

    def _role_refusal(self, actor: Actor) -> str:
        if not actor.roles:
            return _("Connectez-vous pour accéder à cette page.")
        return _("Votre rôle ne donne pas accès à cette action.")


_POLICIES: dict[str, Policy] = {}


def register(name: str, roles: Iterable[Role], check: Check | None = None) -> Policy:
    """Declare a policy; a second declaration of the same name is a programming error."""
    if name in _POLICIES:
        raise ValueError(f"policy {name} is declared twice")
    _POLICIES[name] = Policy(name, frozenset(roles), check)
    return _POLICIES[name]


def policy(name: str, roles: Iterable[Role]) -> Callable[[Check], Check]:
    """Declare a policy whose decorated function decides on the thing, once the role fits."""

    def decorate(check: Check) -> Check:
        register(name, roles, check)
        return check

    return decorate


def policies() -> dict[str, Policy]:
    """Return every declared policy, by name (the role × permission table)."""
    return dict(_POLICIES)


def decide(name: str, actor: Actor, thing: Any = None) -> Decision:
    """Ask one policy; an unknown name is a programming error."""
    return _POLICIES[name].decide(actor, thing)


def require(name: str, actor: Actor, thing: Any = None) -> None:
    """Raise AccessDenied unless the policy agrees."""
    decision = decide(name, actor, thing)
    if isinstance(decision, Denied):
        raise AccessDenied(decision.reason, name)


OUT_OF_TERRITORY = gettext_lazy("Ce dossier relève d'un autre territoire que le vôtre.")
