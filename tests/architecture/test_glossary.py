"""Every table of ours is a word of the glossary."""

import re
from pathlib import Path

import pytest
from django.apps import apps

GLOSSARY = (Path(__file__).resolve().parents[2] / "docs" / "glossary.md").read_text()
CODES = {
    word for row in re.findall(r"^\|[^|]+\|([^|]+)\|", GLOSSARY, re.MULTILINE) for word in re.findall(r"\w+", row)
}
OURS = [m for m in apps.get_models() if m.__module__.startswith("entremise.")]


@pytest.mark.parametrize("model", OURS, ids=lambda m: m._meta.label)
def test_a_table_is_a_word_of_the_glossary(model: type) -> None:
    assert model.__name__ in CODES
