"""Lines of spreadsheets, codes of referentials, hours of events: values in, values out."""

import datetime as dt
import string
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entremise.accounts.rules import ISSUING_ONLY, may_grant, may_work_there
from entremise.credentials import rules_issuing as rules
from entremise.credentials.rules_deployment import WHOLE, lines
from entremise.kernel.actors import Role
from entremise.lib.cells import Fault
from entremise.lib.measures import SMALLEST_CELL

TODAY = dt.date(2026, 11, 22)
NOW = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
MAPPING = {name: name for name in rules.Cell}


@given(st.dictionaries(st.sampled_from(list(rules.Cell)), st.one_of(st.none(), st.text(), st.floats(), st.dates())))
def test_any_line_gives_a_row_or_faults_and_never_fails(cells: dict[str, object]) -> None:
    told = rules.read(2, cells, MAPPING, TODAY)
    if isinstance(told, list):
        assert told
        assert all(isinstance(one, Fault) for one in told)
        return
    assert told.name
    assert rules.OLDEST <= told.awarded_on <= TODAY
    assert rules.Row.of(told.kept()) == told


@pytest.mark.parametrize(
    "typed", ["20/11/2026", "2026-11-20", "20.11.2026", "20/11/26", dt.datetime(2026, 11, 20, 9, tzinfo=dt.UTC)]
)
def test_a_date_is_read_as_offices_write_it(typed: object) -> None:
    told = rules.read(2, {"name": "Awa", "email": "a@exemple.fr", "awarded_on": typed}, MAPPING, TODAY)
    assert isinstance(told, rules.Row)
    assert told.awarded_on == dt.date(2026, 11, 20)


@given(st.text(alphabet=string.printable, max_size=20))
def test_only_eight_hexadecimal_letters_are_a_reference(typed: str) -> None:
    found = rules.is_reference(typed)
    assert found == "" or (len(found) == 8 and set(found) <= set("0123456789abcdef"))


def test_a_reference_is_read_back() -> None:
    one = uuid4()
    assert one.hex.endswith(rules.is_reference(rules.reference(one)))


@pytest.mark.parametrize(
    ("framework", "code", "is_good"),
    [
        ("rome", "K1801", True), ("rome", "k-1801", False), ("rncp", "RNCP 38575", True), ("rncp", "38575", True),
        ("rs", "RS5200", True), ("rs", "RNCP1", False), ("clea", "D1.2", True), ("clea", "", False),
        ("esco", "http://data.europa.eu/esco/skill/abc-1", True), ("esco", "javascript:alert(1)", False),
    ],
)  # fmt: skip
def test_a_code_has_the_form_of_its_referential(framework: str, code: str, *, is_good: bool) -> None:
    assert rules.is_code(framework, code) is is_good
    if is_good:
        assert rules.referential_url(framework, code).startswith(("http://data.europa.eu", "https://"))


@pytest.mark.parametrize(
    ("opens_h", "closes_h", "stopped", "left", "word"),
    [(-1, 1, False, 1, ""), (1, 2, False, 1, "pas encore"), (-2, -1, False, 1, "terminé"), (-1, 1, True, 1, "terminé"),
     (-1, 1, False, 0, "places"), (-1, 0, False, 1, "terminé")],
)  # fmt: skip
def test_an_event_says_why_it_gives_nothing(
    opens_h: int, closes_h: int, left: int, word: str, *, stopped: bool
) -> None:
    opens, closes = NOW + dt.timedelta(hours=opens_h), NOW + dt.timedelta(hours=closes_h)
    said = rules.event_refusal(opens, closes, NOW if stopped else None, left, NOW)
    assert word in said
    assert bool(said) == bool(word)


def test_who_gives_badges_may_invite_only_who_gives_badges() -> None:
    assert [role for role in Role if may_grant([Role.ISSUER], role)] == [Role.ISSUER]
    assert not may_grant([Role.BUSINESS_ADVISER], Role.ISSUER)
    for kind in ISSUING_ONLY:
        assert [role for role in Role if may_work_there(kind, role)] == [Role.ISSUER]


@given(st.dictionaries(st.sampled_from(["26", "38", "07", "01"]), st.integers(1, 40), min_size=1))
def test_no_small_count_is_published_nor_found_by_subtraction(holders: dict[str, int]) -> None:
    held = {(place, 2026, 4): (count, count) for place, count in holders.items()}
    told = {one.territory: one for one in lines({}, held, {})}
    shown = {place: told[place].holders for place in holders if told[place].holders is not None}
    assert all(count is not None and count >= SMALLEST_CELL for count in shown.values())
    whole = told[WHOLE].holders
    if whole is None:
        assert shown == {}
        return
    hidden = [place for place in holders if place not in shown]
    rest = whole - sum(count for count in shown.values() if count is not None)
    assert len(hidden) != 1
    assert rest == 0 or rest >= SMALLEST_CELL
