"""A professional changes a password that they know; a forgotten one is chosen again through a link (`actions`)."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from entremise.accounts import mails
from entremise.accounts.enums import Verb
from entremise.accounts.models import User
from entremise.kernel import mail
from entremise.kernel.actions import action
from entremise.kernel.actors import Actor


@action(Verb.PASSWORD_CHANGED, may="accounts.own")
def choose_password(user: User, *, actor: Actor, password: str) -> User:
    """Set the password its owner chose, and tell them; every session opened with the former one ends by itself."""
    user.set_password(password)
    user.save(update_fields=["password"])
    if user.email:
        with override(user.language):
            notice = mails.SecurityNotice(
                what=_("Votre mot de passe a été changé."), url=mail.absolute(reverse("password_forgotten"))
            )
        mail.send(notice, to=user.email, about=user, language=user.language)
    return user
