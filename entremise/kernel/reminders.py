"""The one reminder policy of this installation: each kind of request asks here when it writes again."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from entremise.lib.reminders import Policy


@dataclass(frozen=True, slots=True)
class Described:
    """A policy and the words that say what it is about and what stops it."""

    name: str
    title: Any
    stops: Any
    policy: Policy


_WORDS: dict[str, tuple[Any, Any]] = {
    "validations": (
        _("Demandes de confirmation de compétences"),
        _("Elles s'arrêtent dès que le contact répond ou refuse, ou que la personne retire sa demande."),
    ),
    "promotions": (
        _("Profils présentés aux employeurs"),
        _("Elles s'arrêtent dès que l'employeur répond, ou que la personne retire son accord."),
    ),
    "badges": (
        _("Badges proposés par leur émetteur"),
        _("Elles s'arrêtent dès que la personne prend le badge, ou que l'émetteur le retire."),
    ),
}


def policy(name: str) -> Policy:
    """Return the policy of one kind of request."""
    found: Policy = settings.MAILING.reminders[name]
    return found


def all_policies() -> list[Described]:
    """Return every policy with its words, for the managers' page."""
    return [Described(name, *_WORDS[name], policy(name)) for name in _WORDS]
