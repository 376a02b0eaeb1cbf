"""Every form that writes is done once however often it arrives, or says here why a second arrival does no harm."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

from tests.web.addresses import URLS

WEB = Path(__file__).resolve().parents[2] / "entremise" / "web"
A_STATE = "sets a state: the second arrival sets the same one"
A_WORKFLOW = "moves a state that moves once: the second arrival is told that it is done"
AT_MOST_ONE = "makes a thing that a constraint allows once"
A_LIMIT = "sends a code or a link, within the limits of an address; the last one sent is the good one"
A_SESSION = "opens or closes a session: nothing is kept of the form"
ONE_CODE = "uses a code or a link that serves once"
NOT_A_WRITE = "leads to another page, or asks for a file, and writes nothing about anybody but who asked"
HARMLESS_TWICE = {
    "access_answer": A_WORKFLOW,
    "account_login": A_LIMIT,
    "account_logout": A_SESSION,
    "account_reauthenticate": A_SESSION,
    "authorize": "allows again in place of before: the code that reaches the application is the good one",
    "contact_oppose": A_STATE,
    "contest_withdraw": A_STATE,
    "offer_task_done": A_STATE,
    "offer_task_put_off": A_STATE,
    "visit_plan_order": A_STATE,
    "visit_remove": A_STATE,
    "demo_sign_in": A_SESSION,
    "device_end": A_SESSION,
    "establishment_add": AT_MOST_ONE,
    "establishment_close": A_STATE,
    "inbox_opened": A_WORKFLOW,
    "invitation_revoke": A_STATE,
    "link_again": A_LIMIT,
    "mail_search": "reads: each search is one more line of the journal, as it should be",
    "mail_stop": A_STATE,
    "meeting_wish_aside": A_STATE,
    "mfa_authenticate": ONE_CODE,
    "my_access": AT_MOST_ONE,
    "members": NOT_A_WRITE,
    "my_application_stop": A_STATE,
    "my_archive": NOT_A_WRITE,
    "my_badge_file": AT_MOST_ONE,
    "my_badge_import": NOT_A_WRITE,
    "my_badge_share_stop": A_STATE,
    "my_badge_show": A_STATE,
    "my_badges_bundle": "gives a file, signed anew each time; nothing of it is kept here",
    "my_badges_choice": A_STATE,
    "my_confirm": A_STATE,
    "my_consent": A_STATE,
    "my_contest_withdraw": A_STATE,
    "my_erasure": A_STATE,
    "my_experience_skills": AT_MOST_ONE,
    "my_foreign_badge_check": A_STATE,
    "my_foreign_badge_file": NOT_A_WRITE,
    "my_foreign_badge_show": A_STATE,
    "my_proof": NOT_A_WRITE,
    "my_skill": AT_MOST_ONE,
    "my_skill_show": A_STATE,
    "my_skills_add": AT_MOST_ONE,
    "my_visibility": A_STATE,
    "my_wallet_cancel": A_STATE,
    "my_wallet_withdraw": A_STATE,
    "my_welcome": A_STATE,
    "not_me": ONE_CODE,
    "offer_open": A_WORKFLOW,
    "opening_hours_usual": A_STATE,
    "opposition": A_STATE,
    "password_forgotten": A_LIMIT,
    "password_reset": ONE_CODE,
    "professional_login": A_SESSION,
    "promotion_answer": A_WORKFLOW,
    "promotion_change": A_WORKFLOW,
    "promotion_opened": A_STATE,
    "promotion_withdraw": A_WORKFLOW,
    "recovery_codes": A_STATE,
    "recovery_codes_new": "draws new codes, and shows only those: the last ones drawn are the good ones",
    "recruiter_choose": A_STATE,
    "recruiter_join": ONE_CODE,
    "recruiter_revoke": A_STATE,
    "recruiter_sign_up": A_LIMIT,
    "reveal": "shows an identity again: the day's list counts a person once",
    "recruiter_application_opened": A_WORKFLOW,
    "second_factor_again": A_SESSION,
    "second_factor_application": ONE_CODE,
    "second_factor_key": ONE_CODE,
    "second_factor_key_remove": A_STATE,
    "segment_remove": A_STATE,
    "segment_save": AT_MOST_ONE,
    "set_language": A_SESSION,
    "short_code": NOT_A_WRITE,
    "sign_in_code": ONE_CODE,
    "sign_in_code_again": A_LIMIT,
    "validate": A_WORKFLOW,
    "validate_forward": A_WORKFLOW,
    "validate_opened": A_STATE,
    "validate_rectify": A_WORKFLOW,
    "verifier": "reads: what is verified is kept nowhere, each verification is one more in the day's count",
}


def takes_a_form(view: Callable[..., Any]) -> bool:
    """Tell whether a view, or a function of the site that it calls, looks at what a form sends."""
    seen: set[CodeType] = set()

    def looks(function: FunctionType) -> bool:
        code = function.__code__
        if code in seen or not Path(code.co_filename).is_relative_to(WEB):
            return False
        seen.add(code)
        if "POST" in code.co_names or "POST" in code.co_consts:
            return True
        called = [function.__globals__.get(name) for name in code.co_names]
        return any(looks(one) for one in called if isinstance(one, FunctionType))

    found = inspect.unwrap(view)
    return isinstance(found, FunctionType) and "require_GET" not in inspect.getsource(found) and looks(found)


FORMS = {name for name, pattern in URLS.items() if takes_a_form(pattern.callback)}
ONCE = {name for name, pattern in URLS.items() if getattr(pattern.callback, "is_once", False)}


def test_the_forms_are_found() -> None:
    assert {"contact_log_add", "invitation_again", "my_undo", "promote", "offer_add"} <= ONCE
    assert {"my_consent", "reveal", "promotion_answer"} <= FORMS


def test_a_form_is_done_once_or_says_why_twice_does_no_harm() -> None:
    unexplained = sorted(FORMS - ONCE - set(HARMLESS_TWICE))
    assert unexplained == [], "wrap the view with @once, and put {% idempotency_key %} in its form"


def test_no_reason_is_given_for_nothing() -> None:
    assert set(HARMLESS_TWICE) - set(URLS) == set()
    assert set(HARMLESS_TWICE) & ONCE == set()


def test_a_button_made_with_the_component_carries_a_key() -> None:
    """A form written out says it by itself."""
    component = (WEB.parent / "templates" / "components" / "post_button.html").read_text(encoding="utf-8")
    assert "{% idempotency_key %}" in component


def test_no_answer_is_made_while_it_is_sent() -> None:
    """What is streamed is made after the transaction is over, hence outside of what it saw and of who may see it."""
    found = [path.name for path in WEB.rglob("*.py") if "StreamingHttpResponse" in path.read_text(encoding="utf-8")]
    assert found == []
