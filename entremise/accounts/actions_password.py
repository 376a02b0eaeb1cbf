"""A professional changes a password that they know; a forgotten one is chosen again through a link (`actions`)."""

from django.utils.translation import gettext_noop

from entremise.accounts.actions import tell_owner
from entremise.accounts.enums import Verb
from entremise.accounts.models import User
from entremise.kernel.actions import action
from entremise.kernel.actors import Actor


@action(Verb.PASSWORD_CHANGED, may="accounts.own")
def choose_password(user: User, *, actor: Actor, password: str) -> User:
    """Set the password its owner chose, and tell them; every session opened with the former one ends by itself."""
    user.set_password(password)
    user.save(update_fields=["password"])
    tell_owner(user, gettext_noop("Votre mot de passe a été changé."))
    return user
