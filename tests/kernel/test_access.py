"""Policies: role, second factor, then the thing itself."""

from dataclasses import replace

import pytest

from entremise.kernel import access
from entremise.kernel.actors import ANONYMOUS, Actor, ActorKind, Role, job_actor

ADVISER = Actor(ActorKind.USER, "u", frozenset({Role.BUSINESS_ADVISER}), frozenset({"26"}), second_factor=True)
POLICY = access.Policy(
    "test.open",
    frozenset({Role.BUSINESS_ADVISER, Role.JOBSEEKER}),
    lambda actor, thing: access.Allowed() if thing in actor.departments else access.Denied("Autre territoire."),
)


def test_the_role_decides_first() -> None:
    decision = POLICY.decide(replace(ADVISER, roles=frozenset({Role.MODERATOR})))
    assert isinstance(decision, access.Denied)
    assert decision.reason == "Votre rôle ne donne pas accès à cette action."


def test_somebody_unknown_is_asked_to_sign_in() -> None:
    decision = POLICY.decide(ANONYMOUS)
    assert isinstance(decision, access.Denied)
    assert "Connectez-vous" in decision.reason


def test_a_professional_needs_a_second_factor() -> None:
    decision = POLICY.decide(replace(ADVISER, second_factor=False), "26")
    assert isinstance(decision, access.Denied)
    assert "deuxième facteur" in decision.reason


def test_a_jobseeker_needs_no_second_factor() -> None:
    assert POLICY.decide(Actor(ActorKind.USER, "u", frozenset({Role.JOBSEEKER})))


def test_the_thing_decides_last() -> None:
    assert POLICY.decide(ADVISER, "26")
    assert POLICY.decide(ADVISER, "75") == access.Denied("Autre territoire.")


def test_the_platform_may() -> None:
    assert POLICY.decide(job_actor("test"), "75")


def test_a_refusal_is_raised_with_its_sentence() -> None:
    access._POLICIES["test.open"] = POLICY
    try:
        with pytest.raises(access.AccessDenied, match="Autre territoire"):
            access.require("test.open", ADVISER, "75")
    finally:
        del access._POLICIES["test.open"]


def test_a_policy_is_declared_once() -> None:
    name = next(iter(access.policies()))
    with pytest.raises(ValueError, match="declared twice"):
        access.register(name, {Role.ADMIN})
