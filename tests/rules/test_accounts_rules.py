"""What identifies someone, and who may give which role."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entremise.accounts import rules
from entremise.accounts.enums import MemberRole
from entremise.accounts.rules import Door
from entremise.kernel.actors import Role


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("06 12 34 56 78", "+33612345678"),
        ("06.12.34.56.78", "+33612345678"),
        ("+33 6 12 34 56 78", "+33612345678"),
        ("0033612345678", "+33612345678"),
        ("07 56 78 90 12", "+33756789012"),
        ("0692 12 34 56", "+262692123456"),  # La Réunion
        ("0690 12 34 56", "+590690123456"),  # Guadeloupe
        ("+32 470 12 34 56", "+32470123456"),  # Belgium
    ],
)
def test_a_mobile_number_is_read_as_people_write_it(typed: str, number: str) -> None:
    identifier = rules.parse_identifier(typed)
    assert (identifier.door, identifier.value) == (Door.PHONE, number)


def test_a_number_is_shown_back_as_in_france() -> None:
    assert rules.parse_identifier("+33612345678").shown == "06 12 34 56 78"


def test_an_address_is_kept_in_lower_case() -> None:
    identifier = rules.parse_identifier("  Awa.Diallo@Exemple.FR ")
    assert (identifier.door, identifier.value) == (Door.EMAIL, "awa.diallo@exemple.fr")


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "Indiquez votre numéro"),
        ("   ", "Indiquez votre numéro"),
        ("awa.diallo", "doit contenir un @"),
        ("awa@exemple", "n'est pas complète"),
        ("awa@@exemple.fr", "n'est pas complète"),
        ("a wa@exemple.fr", "n'est pas complète"),
        ("06 12 34", "trop court"),
        ("06 12 34 56 78 90", "trop long"),
        ("04 75 12 34 56", "ligne fixe"),
    ],
)
def test_what_cannot_receive_a_code_is_refused_with_a_reason(typed: str, words: str) -> None:
    with pytest.raises(rules.IdentifierUnusable) as refusal:
        rules.parse_identifier(typed)
    assert words in refusal.value.message % refusal.value.params


@given(st.text(max_size=60))
def test_anything_typed_is_read_or_refused_never_worse(typed: str) -> None:
    try:
        identifier = rules.parse_identifier(typed)
    except rules.IdentifierUnusable:
        return
    assert rules.parse_identifier(identifier.value).value == identifier.value


def test_a_team_lead_gives_the_advisers_roles_only() -> None:
    given_roles = {role for role in MemberRole if rules.may_grant({Role.TEAM_LEAD}, role)}
    assert given_roles == {MemberRole.PLACEMENT_ADVISER, MemberRole.BUSINESS_ADVISER}


@given(st.sets(st.sampled_from(list(Role))), st.sampled_from(list(MemberRole)))
def test_nobody_below_a_team_lead_gives_a_role(held: set[Role], role: MemberRole) -> None:
    if not held & {Role.TEAM_LEAD, Role.DIRECTOR, Role.ADMIN}:
        assert not rules.may_grant(held, role)


@given(st.sampled_from([Role.TEAM_LEAD, Role.DIRECTOR]))
def test_only_an_administrator_makes_an_administrator(giver: Role) -> None:
    assert not rules.may_grant({giver}, MemberRole.ADMIN)
    assert rules.may_grant({Role.ADMIN}, MemberRole.ADMIN)
