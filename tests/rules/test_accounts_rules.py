"""What identifies someone, who may give which role, which opening hours make sense."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entremise.accounts import rules
from entremise.accounts.enums import MemberRole
from entremise.accounts.rules import Door
from entremise.kernel.actors import Role
from entremise.lib.workcalendar import OpeningHours, Span


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


def test_a_team_lead_gives_the_advisers_roles_and_that_of_who_awards_badges_only() -> None:
    given_roles = {role for role in MemberRole if rules.may_grant({Role.TEAM_LEAD}, role)}
    assert given_roles == {MemberRole.PLACEMENT_ADVISER, MemberRole.BUSINESS_ADVISER, MemberRole.ISSUER}


@given(st.sets(st.sampled_from(list(Role))), st.sampled_from(list(MemberRole)))
def test_nobody_below_a_team_lead_gives_a_role_but_a_partner_its_own(held: set[Role], role: MemberRole) -> None:
    if not held & {Role.TEAM_LEAD, Role.DIRECTOR, Role.ADMIN}:
        is_among_partners = Role.ISSUER in held and role == MemberRole.ISSUER  # a training body invites its trainers
        assert rules.may_grant(held, role) == is_among_partners


@given(st.sampled_from([Role.TEAM_LEAD, Role.DIRECTOR]))
def test_only_an_administrator_makes_an_administrator(giver: Role) -> None:
    assert not rules.may_grant({giver}, MemberRole.ADMIN)
    assert rules.may_grant({Role.ADMIN}, MemberRole.ADMIN)


def test_a_morning_and_an_afternoon_make_a_day() -> None:
    day = [(0, time(9), time(12)), (0, time(13), time(17)), (1, time(9), time(12))]
    assert rules.hours_faults(day) == []


@pytest.mark.parametrize(
    ("hours", "span", "is_about_opening"),
    [
        ([(0, time(9), time(9))], 0, False),
        ([(0, time(17), time(9))], 0, False),
        ([(0, time(9), time(12)), (0, time(11), time(17))], 1, True),
        ([(0, time(9), time(12)), (0, time(12), time(17))], 1, True),
        ([(0, time(8), time(9)), (0, time(10), time(11)), (0, time(12), time(13))], 2, True),
    ],
)
def test_a_day_that_nobody_could_keep_is_told_where(hours: list, span: int, is_about_opening: bool) -> None:
    faults = rules.hours_faults(hours)
    assert [(fault.weekday, fault.span, fault.is_about_opening) for fault in faults] == [(0, span, is_about_opening)]


@given(st.lists(st.tuples(st.integers(0, 6), st.times(), st.times()), min_size=1, max_size=9))
def test_a_week_without_fault_is_always_one_that_deadlines_can_run_on(hours: list[tuple[int, time, time]]) -> None:
    if rules.hours_faults(hours):
        return
    week = OpeningHours(tuple(tuple(Span(o, c) for d, o, c in hours if d == day) for day in range(7)))
    assert sum(map(len, week.week)) == len(hours)
