"""Entering without a password: a code goes to the address or number typed, and opens the account it belongs to.

Nothing before the right code depends on whether an account exists: same screen, same words, same message sent.
"""

import secrets
import time
from typing import Any, Self

from allauth.account.internal.flows.code_verification import AbstractCodeVerificationProcess
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.core import ratelimit
from allauth.core.internal.cryptokit import compare_user_code, generate_user_code
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from entremise.accounts import actions, queries, rules
from entremise.accounts.models import User
from entremise.accounts.rules import Door, Identifier
from entremise.kernel.actors import job_actor
from entremise.web.kit.sign_in import SIGN_IN

SLOT = "code_entry"


class TooManyCodes(Exception):
    """Too many codes were asked for this address or number."""


class ProfessionalAccount(Exception):
    """The account is a professional's: a code is not enough."""


class CodeEntry(AbstractCodeVerificationProcess):  # type: ignore[misc]  # allauth has no stubs
    """One visitor waiting for a code, kept in the session."""

    def __init__(self, request: HttpRequest, state: dict[str, Any]) -> None:
        super().__init__(max_attempts=rules.CODE_TRIES, timeout=rules.CODE_MINUTES * 60, state=state)
        self.request = request
        self.identifier = Identifier(Door(state["door"]), state["value"], state["shown"])

    @classmethod
    def start(cls, request: HttpRequest, identifier: Identifier, next_url: str) -> Self:
        """Send a first code and remember who waits for it."""
        state = cls.initial_state(None) | {
            "door": identifier.door.value,
            "value": identifier.value,
            "shown": identifier.shown,
            "next": next_url,
            "visit": secrets.token_hex(8),
        }
        entry = cls(request, state)
        entry.send()
        return entry

    @classmethod
    def current(cls, request: HttpRequest) -> Self | None:
        """Return the visitor's entry, unless there is none or it is too old."""
        state = request.session.get(SLOT)
        return cls(request, state).abort_if_invalid() if state else None

    def send(self) -> None:
        """Send a new code, which replaces the former one."""
        if not ratelimit.consume(self.request, action="code_request", key=self.identifier.value):
            raise TooManyCodes
        code = generate_user_code(length=rules.CODE_LENGTH, numeric=True, dashed=False)
        self.state.update(code=code, sent_at=time.time(), at=time.time())
        actions.send_code(self.identifier, actor=SIGN_IN, code=code)
        self.persist()

    def resend(self) -> None:
        """Send another code, when it is time."""
        self.record_resend()
        self.send()

    @property
    def seconds_before_resend(self) -> int:
        """Return how long to wait before asking for another code."""
        sent_at = float(self.state["sent_at"])
        return max(0, round(sent_at + rules.RESEND_AFTER_SECONDS - time.time()))

    @property
    def can_resend(self) -> bool:
        """Tell whether one more code may be asked now."""
        return not self.seconds_before_resend and not self.is_resend_quota_reached(rules.CODES_A_VISIT - 1)

    @property
    def tries_left(self) -> int:
        """Return how many wrong codes are still allowed."""
        return rules.CODE_TRIES - int(self.state["failed_attempts"])

    def accepts(self, typed: str) -> bool:
        """Tell whether this is the code; each try counts, also those sent at the same time."""
        allowed = ratelimit.consume(self.request, action="code_try", key=self.state["visit"])
        if allowed and compare_user_code(actual=typed, expected=self.code):
            return True
        if not allowed:
            self.abort()
        else:
            self.record_invalid_attempt()
        return False

    @property
    def is_over(self) -> bool:
        """Tell whether the last try was spent."""
        return SLOT not in self.request.session

    def enter(self) -> HttpResponse:
        """Open the session of the account that the address or number belongs to, a new one if need be."""
        self.abort()
        user = self._account()
        proof = {self.identifier.door.value: self.identifier.value}
        record_authentication(self.request, user, method="code", **proof)
        login = Login(user=user, redirect_url=self.state["next"] or None)
        response: HttpResponse = perform_login(self.request, login)
        return response

    def persist(self) -> None:
        """Keep the entry in the session."""
        self.request.session[SLOT] = self.state

    def abort(self) -> None:
        """Forget the entry."""
        self.request.session.pop(SLOT, None)

    def _account(self) -> User:
        is_phone = self.identifier.door is Door.PHONE
        known = queries.user_by_phone if is_phone else queries.user_by_email
        user = known(self.identifier.value) or self._new_account()
        if queries.is_professional(user):
            raise ProfessionalAccount
        return user

    def _new_account(self) -> User:
        registrar = job_actor("accounts.registration")
        user: User = actions.register_jobseeker(self.identifier, actor=registrar, language=get_language() or "")
        return user
