"""What each channel allows, and how an offer of a feed is understood: a table of cases."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entremise.lib.offerfeeds import FIELDS
from entremise.offers import rules_feeds as rules
from entremise.offers.enums import Channel
from entremise.offers.rules_channels import RULES, longest_description, mandatory

TODAY = dt.date(2026, 11, 22)
GOOD = {
    "reference": "A-1", "title": "Cuisinier / Cuisinière", "rome": "G1602", "siret": "73282932000074",
    "insee": "26362", "contract": "CDI", "description": "Vous cuisinez.",
}  # fmt: skip


def told(**fields: str) -> rules.Wanted:
    wanted, faults = rules.read_offer(GOOD | fields, Channel.FILE, TODAY)
    assert wanted is not None, faults
    return wanted


def faults_of(channel: str = Channel.FILE, **fields: str) -> set[str]:
    return {fault.field for fault in rules.read_offer(GOOD | fields, channel, TODAY)[1]}


def test_the_table_of_the_channels_is_that_of_the_product() -> None:
    assert {channel: longest_description(channel) for channel in Channel} == {
        "adviser": 5_000, "recruiter": 1_000, "api": 5_000, "file": 5_000, "multiposter": 5_000,
    }  # fmt: skip
    aggregated = {Channel.API, Channel.FILE, Channel.MULTIPOSTER}
    for channel, rule in RULES.items():
        is_aggregated = channel in aggregated
        assert rule.rejects == rule.needs_agreement == rule.shows_logo == (not rule.is_complete) == is_aggregated
    assert set(mandatory(Channel.FILE)) < set(mandatory(Channel.RECRUITER)) | {"reference", "siret"}


def test_everything_that_is_missing_is_told_at_once() -> None:
    wanted, faults = rules.read_offer({}, Channel.FILE, TODAY)
    assert wanted is None
    assert [fault.field for fault in faults] == [
        "reference", "title", "occupation", "commune", "contract", "description", "siret",
    ]  # fmt: skip
    assert faults_of(description="x" * 5_001) == {"description"}
    assert faults_of(description="x" * 5_000) == set()
    assert faults_of(title="x" * 251) == {"title"}
    assert faults_of(expires_on="2026-11-21") == {"expires_on"}
    assert faults_of(expires_on="2026-11-22") == set()


@pytest.mark.parametrize(
    ("fields", "name", "meant"),
    [
        ({"pay_min": "2100", "pay_max": "2400", "pay_period": "MONTH"}, "pay_max_cents", 240_000),
        ({"pay_min": "12,50"}, "pay_period", "hour"),
        ({"pay_min": "2.100"}, "pay_min_cents", 210_000),
        ({"pay_min": "2 100,50 €"}, "pay_min_cents", 210_050),
        ({"pay": "de 2 000 à 2 300 € brut par mois"}, "pay_max_cents", 230_000),
        ({"pay": "28000 par an"}, "pay_period", "year"),
        ({"pay": "selon profil"}, "pay_min_cents", None),
        ({"pay_min": "3000", "pay_max": "2000"}, "pay_min_cents", 200_000),
        ({"pay_min": "beaucoup"}, "pay_min_cents", None),
        ({"weekly_hours": "35h30"}, "weekly_hours", Decimal("35.5")),
        ({"weekly_hours": "200"}, "weekly_hours", Decimal("20.0")),
        ({"experience_months": "2 ans"}, "experience_months", 24),
        ({"experience_months": "débutant accepté"}, "experience_months", 0),
        ({"training_level": "Bac+2"}, "training_level", 5),
        ({"starts_on": "04/01/2027"}, "starts_on", dt.date(2027, 1, 4)),
        ({"starts_on": "2027-01-04T08:00:00Z"}, "starts_on", dt.date(2027, 1, 4)),
        ({"starts_on": "dès que possible"}, "starts_on", None),
        ({"expires_on": "2030-01-01"}, "expires_on", TODAY + dt.timedelta(days=180)),
        ({"apply_url": "https://p.example/?a=1&b=2"}, "apply_url", "https://p.example/?a=1&b=2"),
        ({"apply_url": "javascript:alert(1)"}, "apply_url", ""),
        ({"apply_url": "https://user@evil.example/"}, "apply_url", ""),
        ({"disability_reserved": "oui"}, "is_disability_reserved", True),
        ({"position_count": "3"}, "position_count", 3),
        ({"position_count": "-1"}, "position_count", 1),
        ({"benefits": "meals; mutuelle ; health"}, "benefits", ("meals", "health")),
    ],
)
def test_a_term_is_understood_or_left_out(fields: dict[str, str], name: str, meant: Any) -> None:
    assert getattr(told(**fields), name) == meant


def test_words_of_schema_org_are_understood() -> None:
    assert told(contract="PERMANENT, FULL_TIME").told.contract == "cdi"
    assert told(contract="CDD PART_TIME").told.working_time == "part"
    assert told(contract="APPRENTICESHIP").told.contract == "apprenticeship"
    assert faults_of(contract="INTERN") == {"contract"}


def test_what_is_left_out_is_told() -> None:
    notes = told(permis="x", licences="hélicoptère", starts_on="bientôt", apply_url="ftp://a.b/c").notes
    assert {note.field for note in notes} == {"licences", "starts_on", "apply_url"}


@given(st.dictionaries(st.sampled_from(sorted(FIELDS)), st.text(max_size=60)))
def test_any_text_in_any_field_is_read_or_refused_in_words(fields: dict[str, str]) -> None:
    wanted, faults = rules.read_offer(fields, Channel.API, TODAY)
    assert (wanted is None) == bool(faults)
    assert all(fault.message % fault.params if fault.params else fault.message for fault in faults)


def test_withdrawals_ask_above_a_third_or_when_a_line_is_unreadable() -> None:
    cases = [(0, 0, 0, False), (1, 3, 0, False), (2, 3, 0, True), (33, 100, 0, False), (34, 100, 0, True),
             (1, 100, 1, True), (0, 100, 5, False), (3, 3, 0, True)]  # fmt: skip
    for missing, alive, unreadable, asks in cases:
        assert rules.withdraws_too_many(missing, alive, unreadable) is asks, (missing, alive, unreadable)


def test_an_agreement_is_in_force_between_its_two_days() -> None:
    day = dt.timedelta(days=1)
    assert rules.is_agreed(TODAY, TODAY, TODAY)
    assert not rules.is_agreed(TODAY + day, None, TODAY)
    assert not rules.is_agreed(TODAY - day, TODAY - day, TODAY)
    assert not rules.is_agreed(None, None, TODAY)
    assert rules.is_same_again("a", "a", TODAY - 6 * day, TODAY)
    assert not rules.is_same_again("a", "a", TODAY - 7 * day, TODAY)
    assert not rules.is_same_again("a", "b", TODAY, TODAY)
