"""What is hashed and signed of the journal."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entremise.lib import seals as formats


@given(st.lists(st.one_of(st.none(), st.text(alphabet=st.characters(exclude_categories=["Cs"])))))
def test_two_different_lines_never_have_the_same_bytes(columns: list[str | None]) -> None:
    assert json.loads(formats.line_bytes(columns)) == columns


@pytest.mark.parametrize("text", ["{}", "[]", "nope", '{"number": 1}', "null"])
def test_what_is_no_head_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  # any of them
        formats.Head.parse(text)
