"""Writes about recruiters' accounts: opened once the address is proved, for who recruits and nothing else."""

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from entremise.accounts import queries, rules
from entremise.accounts.actions import AccountRefused
from entremise.accounts.enums import Verb
from entremise.accounts.models import User
from entremise.kernel.actions import Done, action
from entremise.kernel.actors import Actor


@action(Verb.RECRUITER_REGISTERED, may="accounts.create")
def open_recruiter(email: str, *, actor: Actor, first_name: str, last_name: str, language: str = "") -> Done:
    """Return the recruiter's account of an address that was just proved, opened when there is none.

    Who reads a refusal has proved the address: it tells them about their own account, and nobody else.
    """
    address = rules.parse_email(email)
    names = {"first_name": " ".join(first_name.split())[:80], "last_name": " ".join(last_name.split())[:80]}
    known = queries.user_by_email(address) or _opened(address, language or settings.LANGUAGE_CODE, names)
    require_recruiter(known)
    if not known.full_name:
        User.objects.filter(pk=known.pk).update(**names)
        known.refresh_from_db()
    return Done(known)


def require_recruiter(user: User) -> None:
    """Refuse an account that is somebody else's than a recruiter's."""
    if queries.is_professional(user):
        raise AccountRefused(
            _("Cette adresse ouvre un compte de conseiller ou de partenaire. Pour recruter, utilisez-en une autre.")
        )
    if not user.is_recruiter:
        raise AccountRefused(
            _("Cette adresse ouvre un espace de demandeur d'emploi. Pour recruter, prenez celle de votre entreprise.")
        )
    if not user.is_active:
        raise AccountRefused(_("Ce compte est fermé. Appelez votre agence."))


def _opened(address: str, language: str, names: dict[str, str]) -> User:
    try:
        with transaction.atomic():
            return User.objects.create_user(email=address, language=language, is_recruiter=True, **names)
    except IntegrityError:  # sent twice at once
        found = queries.user_by_email(address)
        if found is None:
            raise
        return found
