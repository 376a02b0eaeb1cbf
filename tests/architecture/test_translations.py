"""The English catalogue is complete, exact and compiled: nobody meets a French sentence on an English screen."""

import datetime as dt
import re

import pytest
from django import forms
from django.utils import formats
from django.utils.translation import override

from scripts import translations


def test_every_sentence_has_its_english_and_the_compiled_catalogue_is_up_to_date() -> None:
    assert translations.problems() == []


@pytest.mark.parametrize("mark", ["«", "»", " :", " ;", " !", " ?", "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}"])
def test_the_english_follows_english_typography(mark: str) -> None:
    assert [text for text in _english() if mark in text] == []


def test_the_links_and_tags_of_a_sentence_survive_its_translation() -> None:
    markup = re.compile(r"</?\w+[^>]*>|\{\w+\}")
    lost = [
        message.id
        for message in translations.translated()
        if isinstance(message.id, str) and message.id and isinstance(message.string, str)
        if sorted(markup.findall(message.id)) != sorted(markup.findall(message.string))
    ]
    assert lost == []


def _english() -> list[str]:
    strings = [message.string for message in translations.translated() if message.id]
    return [text for string in strings for text in ([string] if isinstance(string, str) else string or [])]


def test_a_date_in_english_is_written_and_read_as_in_britain() -> None:
    day = dt.date(2026, 4, 3)
    with override("en"):
        assert formats.date_format(day) == "3 April 2026"
        assert forms.DateField().clean("03/04/2026") == day
        assert formats.localize(1200) == "1,200"
    with override("fr"):
        assert formats.date_format(day) == "3 avril 2026"
        assert forms.DateField().clean("03/04/2026") == day
        assert formats.localize(1200) == "1\N{NO-BREAK SPACE}200"
