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
from django.shortcuts import redirect
from django.utils.translation import get_language

from entremise.accounts import actions, actions_recruiters, queries, rules
from entremise.accounts.models import User
from entremise.accounts.rules import Door, Identifier
from entremise.kernel.actors import job_actor
from entremise.web.kit.sign_in import SIGN_IN

SLOT = "code_entry"
PROVED = "recruiter_address"  # in the session: an address proved at the recruiters' door, with the second it was
PROVED_SECONDS = 3_600


class TooManyCodes(Exception):
    """Too many codes were asked for this address or number."""


class ProfessionalAccount(Exception):
    """The account is a professional's: a code is not enough."""


class NotARecruiter(Exception):
    """The address opens another kind of account: `reason` says so to its owner, who has just proved it."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class CodeEntry(AbstractCodeVerificationProcess):  # type: ignore[misc]  # allauth has no stubs
    """One visitor waiting for a code, kept in the session."""

    def __init__(self, request: HttpRequest, state: dict[str, Any]) -> None:
        super().__init__(max_attempts=rules.CODE_TRIES, timeout=rules.CODE_MINUTES * 60, state=state)
        self.request = request
        self.identifier = Identifier(Door(state["door"]), state["value"], state["shown"])

    @classmethod
    def start(cls, request: HttpRequest, identifier: Identifier, next_url: str, *, recruits: bool = False) -> Self:
        """Send a first code and remember who waits for it, and by which door."""
        state = cls.initial_state(None) | {
            "recruits": recruits,
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

    @property
    def recruits(self) -> bool:
        """Tell whether the visitor came by the recruiters' door."""
        return bool(self.state.get("recruits"))

    @property
    def door(self) -> str:
        """Name the page where the visitor came from."""
        return "recruiter_sign_up" if self.recruits else "account_login"

    def enter(self) -> HttpResponse:
        """Open the session of the account that the address or number belongs to, a new one if need be.

        At the recruiters' door an unknown address is only noted as proved: its account opens with its space.
        """
        self.abort()
        if self.recruits and queries.user_by_email(self.identifier.value) is None:
            self.request.session[PROVED] = [self.identifier.value, time.time()]
            return redirect(self.state["next"])
        user = self._account()
        if self.recruits:
            try:
                actions_recruiters.require_recruiter(user)
            except actions.AccountRefused as refusal:
                raise NotARecruiter(refusal.reason) from refusal
        return self.open_session(user)

    def open_session(self, user: User) -> HttpResponse:
        """Sign in whoever proved this address or number."""
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

    @classmethod
    def proved_address(cls, request: HttpRequest) -> str:
        """Return the address that this visitor proved at the recruiters' door within the hour, or nothing."""
        address, at = request.session.get(PROVED, ("", 0.0))
        return str(address) if time.time() - at < PROVED_SECONDS else ""

    @classmethod
    def open_proved(cls, request: HttpRequest, user: User, next_url: str) -> HttpResponse:
        """Sign in the owner of the address proved at the recruiters' door."""
        request.session.pop(PROVED, None)
        identifier = Identifier(Door.EMAIL, user.email or "", user.email or "")
        state = {"door": Door.EMAIL.value, "value": identifier.value, "shown": identifier.shown, "next": next_url}
        return cls(request, state).open_session(user)

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
