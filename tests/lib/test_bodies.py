"""A body to fill in: its words go in values, and never add a field."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entremise.lib.bodies import parse_body

WORDS = {"to": "+33612345678", "text": 'Bonjour "Awa" & {to}\n= fin', "sender": "Entremise"}


def test_json_is_filled_at_any_depth() -> None:
    body = parse_body('{"messages": [{"to": "{to}", "body": "de {sender} : {text}", "flash": false, "n": 1}]}')
    assert body.names == {"to", "sender", "text"}
    assert body.filled(WORDS) == {
        "messages": [{"to": "+33612345678", "body": f"de Entremise : {WORDS['text']}", "flash": False, "n": 1}]
    }


def test_a_form_is_filled_field_by_field() -> None:
    body = parse_body("to={to}&from={sender}&msg={text}&vide=&plus=a%2Bb")
    filled = body.filled(WORDS)
    assert filled == {"to": WORDS["to"], "from": "Entremise", "msg": WORDS["text"], "vide": "", "plus": "a+b"}


@pytest.mark.parametrize("text", ["", "bonjour", "{", "[1,", "a=1&a=2", "a=1&b"])
def test_what_is_neither_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_body(text)


@given(st.text(), st.sampled_from(['{"to": "{to}", "text": "{text}"}', "to={to}&text={text}"]))
def test_no_words_add_or_change_a_field(text: str, template: str) -> None:
    filled = parse_body(template).filled({"to": "1", "text": text})
    assert filled == {"to": "1", "text": text}
    assert json.loads(json.dumps(filled)) == filled
