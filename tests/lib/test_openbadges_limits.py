"""What is refused before it is read, and what of a text is kept."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entremise.lib.openbadges import limits
from entremise.lib.openbadges.reasons import Refused

WHOLE = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.text()
    | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"[" * 10_000_000, "too_large"),
        (b'{"a":' * 10_000 + b"1" + b"}" * 10_000, "too_deep"),
        (b'{"a":' * 65 + b"1" + b"}" * 65, "too_deep"),
        (b"[" * limits.MAX_JSON, "too_deep"),
        (b'{"a":[' + b"[]," * 340_000 + b"[]]}", "too_many_values"),
        (b'{"a":[' + b"1," * 30_000 + b"1]}", "too_many_values"),
        (b'{"a":' + b"1" * 1_000_000 + b"}", "not_json"),
        (b'{"a":"' + b'\\"' * 500_000, "not_json"),
        (b'{"a":1,}', "not_json"),
        (b'{"a":"\n"}', "not_json"),
        (b'{"a":NaN}', "number_out_of_range"),
        (b'{"a":-Infinity}', "number_out_of_range"),
        (b'{"a":1e999}', "number_out_of_range"),
        (b'{"a":9007199254740993}', "number_out_of_range"),
        (b'{"id":"a","id":"b"}', "duplicate_member"),
        (b'{"a":{"b":1,"b":1}}', "duplicate_member"),
        (b'{"a":"\\ud83d"}', "lone_surrogate"),
        (b'{"\\udc00":1}', "lone_surrogate"),
        (b'{"a":"\xff"}', "not_utf8"),
        (b'{"a":"\xed\xa0\x80"}', "not_utf8"),
        (b"[]", "not_an_object"),
        (b'"text"', "not_an_object"),
        (b"", "not_json"),
    ],
    ids=lambda value: value if isinstance(value, str) else repr(value[:20]),
)
def test_hostile_json_is_refused_with_its_reason(raw: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        limits.read_json(raw)
    assert refused.value.code == code


def test_ordinary_json_is_read_with_or_without_a_byte_order_mark() -> None:
    written = json.dumps({"name": "Île ’ ® مرحبا 😀 é", "list": [1, 2.5, None, True]}, ensure_ascii=False).encode()

    assert limits.read_json(written) == limits.read_json(b"\xef\xbb\xbf" + written) == json.loads(written)


def test_a_surrogate_pair_escaped_is_one_character() -> None:
    assert limits.read_json(b'{"a":"\\ud83d\\ude00"}') == {"a": "😀"}


def test_control_characters_of_others_are_carried_not_refused() -> None:
    """They are valid JSON, and signatures over them are right: only what we sign is rid of them."""
    assert limits.read_json(b'{"a":"x\\u0000\\u000b"}') == {"a": "x\0\x0b"}


@given(WHOLE)
def test_what_is_json_is_read_as_it_is(value: object) -> None:
    assert limits.read_json(json.dumps({"a": value}).encode()) == {"a": value}


def test_a_value_that_is_not_json_is_refused() -> None:
    with pytest.raises(Refused, match="not_json"):
        limits.check({"a": (1, 2)})


def test_typed_text_loses_controls_and_keeps_the_rest() -> None:
    every = "".join(map(chr, range(0x20))) + "\x7f"

    assert limits.clean_text(every + "e\u0301 é 😀 \u200d" + "\ud800") == "\t\n\re\u0301 é 😀 \u200d"


@given(st.text())
def test_cleaned_text_has_nothing_left_to_clean(text: str) -> None:
    cleaned = limits.clean_text(text)

    assert limits.clean_text(cleaned) == cleaned
    assert not set(cleaned) & (set(map(chr, range(32))) - set("\t\n\r"))
