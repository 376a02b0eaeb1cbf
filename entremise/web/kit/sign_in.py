"""What allauth asks of us: our sentences, our messages, our second factor, and what happens once someone is in."""

import base64
import hashlib
from typing import Any

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from entremise.accounts import actions, actions_sessions, queries
from entremise.accounts.models import User
from entremise.accounts.rules_devices import Visit, visit_of
from entremise.kernel.actors import job_actor
from entremise.web.kit.devices import remember, was_used_by
from entremise.web.kit.step_up import note_proof

SECOND_FACTOR = "second_factor"  # in the session: a second factor was proved at this sign-in
SIGN_IN = job_actor("accounts.sign_in")


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no stubs
    """Our sign-in: French sentences, no mail and no toast of the library."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "too_many_login_attempts": _(
            "Trop d'essais : pour protéger ce compte, la connexion est bloquée pendant une heure. "
            "Pour ne pas attendre, choisissez un nouveau mot de passe avec « Mot de passe oublié »."
        ),
        "rate_limited": _("Trop d'essais. Attendez quelques minutes avant de recommencer."),
        "incorrect_code": _("Ce code n'est pas le bon. Vérifiez-le, ou attendez le suivant."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Keep the library's own registration closed: our pages register."""
        return False

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Say nothing here: our pages say what happened."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Refuse: every message leaves by the outbox."""
        raise NotImplementedError(template_prefix)

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        """Open the session, with what was proved during this sign-in."""
        records = get_authentication_records(request, user)
        is_new = isinstance(user, User) and user.last_login is not None and not was_used_by(request, user.pk)
        super().login(request, user)
        methods = [str(record["method"]) for record in records]
        request.session[SECOND_FACTOR] = False
        if "mfa" in methods:
            prove_second_factor(request)
        phone = next((record["phone"] for record in records if record.get("phone")), "")
        actions.note_sign_in(
            user, actor=SIGN_IN, method="+".join(methods), phone=phone, visit=_visit(request, is_new=is_new)
        )

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Keep that somebody failed to open a known account, for its owner to see."""
        super().authentication_failed(request, **credentials)
        user = queries.user_by_email(str(credentials.get("email") or ""))
        if user is not None:
            actions_sessions.note_failure(user, actor=SIGN_IN, visit=_visit(request))

    def post_login(self, request: HttpRequest, user: AbstractBaseUser, **kwargs: Any) -> HttpResponse:
        """Go on, in the language the account was last used in."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        if isinstance(user, User):
            response.set_cookie(
                settings.LANGUAGE_COOKIE_NAME,
                user.language,
                secure=settings.LANGUAGE_COOKIE_SECURE,
                httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
                samesite="Lax",
            )
            remember(request, response, user.pk)
        return response

    def forget_failures(self, request: HttpRequest, email: str) -> None:
        """Lift the lock of an account whose owner has just proved their mailbox."""
        self._delete_login_attempts_cached_email(request, email=email)


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no stubs
    """Our second factor: secrets encrypted in the database, QR drawn without other libraries."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _(
            "Ce code n'est pas le bon. Vérifiez l'heure de votre téléphone, puis tapez le code affiché."
        ),
    }

    def encrypt(self, text: str) -> str:
        """Encrypt a secret before it is stored."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Read a stored secret."""
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def qr_uri(self, user: User, secret: str) -> str:
        """Return, as an image address, the QR code that an authenticator application reads."""
        return str(segno.make(self.build_totp_url(user, secret), error="m").svg_data_uri(border=3, scale=6))

    def _get_site_name(self) -> str:
        return settings.BRAND.name


def prove_second_factor(request: HttpRequest) -> None:
    """Note that the person of this session has just proved a second factor."""
    request.session[SECOND_FACTOR] = True
    note_proof(request)


def _visit(request: HttpRequest, *, is_new: bool = False) -> Visit:
    session_key = request.session.session_key or ""
    return visit_of(request.headers.get("User-Agent", ""), session_key=session_key, is_new=is_new)


def _cipher() -> Fernet:
    key = hashlib.sha256(f"entremise.second_factor:{settings.SECRET_KEY}".encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
