"""The role × permission table: generated from the policies, kept readable in the documentation."""

import pytest

from entremise.kernel import access
from entremise.kernel.actors import ANONYMOUS, PROFESSIONALS, Actor, ActorKind, Role
from scripts import generated_docs

ROLES = [role for role in Role if role is not Role.SYSTEM]


def actor_with(role: Role, *, second_factor: bool) -> Actor:
    return Actor(ActorKind.USER, "u", frozenset({role}), second_factor=second_factor)


@pytest.mark.parametrize("page", generated_docs.pages(), ids=lambda page: page.name)
def test_the_generated_pages_say_what_the_code_does(page) -> None:
    assert page.read_text("utf-8") == generated_docs.pages()[page], f"run {generated_docs.COMMAND}"


def test_each_role_may_what_the_table_says_and_nothing_else() -> None:
    for policy in access.policies().values():
        for role in ROLES:
            assert bool(policy.decide(actor_with(role, second_factor=True))) == (role in policy.roles)


def test_no_professional_may_anything_without_a_second_factor() -> None:
    for policy in access.policies().values():
        for role in PROFESSIONALS:
            assert not policy.decide(actor_with(role, second_factor=False))


def test_somebody_unknown_may_nothing() -> None:
    assert not any(policy.decide(ANONYMOUS) for policy in access.policies().values())
