"""The role × permission table: generated from the policies, kept readable in the documentation."""

from pathlib import Path

from entremise.kernel import access
from entremise.kernel.actors import ANONYMOUS, PROFESSIONALS, Actor, ActorKind, Role

TABLE = Path(__file__).resolve().parents[2] / "docs" / "permissions.md"
ROLES = [role for role in Role if role is not Role.SYSTEM]


def table() -> str:
    """Write one line a policy, one column a role."""
    lines = [
        "# Who may what",
        "",
        "Generated from the policies by `python -m tests.architecture.test_permissions`; a test compares.",
        "",
        "| permission | " + " | ".join(ROLES) + " |",
        "|---|" + "---|" * len(ROLES),
    ]
    for name, policy in sorted(access.policies().items()):
        lines.append(f"| {name} | " + " | ".join("x" if role in policy.roles else "" for role in ROLES) + " |")
    return "\n".join(lines) + "\n"


def actor_with(role: Role, *, second_factor: bool) -> Actor:
    return Actor(ActorKind.USER, "u", frozenset({role}), second_factor=second_factor)


def test_the_documented_table_is_the_real_one() -> None:
    assert TABLE.read_text() == table()


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


if __name__ == "__main__":
    import django

    django.setup()
    TABLE.write_text(table())
