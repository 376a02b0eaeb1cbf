"""The image of a badge: the same bytes for the same badge, any title inside the shape, nothing active, readable."""

import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entremise.credentials import rules_image, rules_image_text
from entremise.credentials.rules_image import COLOURS, GOLD, PAPER, TITLE_HIGH, TITLE_WIDE, Face, picture, svg
from entremise.credentials.rules_image_shapes import OUTLINES, PICTOGRAMS, SIDE, outline
from entremise.lib.contrast import contrast_ratio
from entremise.lib.openbadges import bake, bake_svg

NS = "{http://www.w3.org/2000/svg}"
TITLES = [
    "Encaisser",
    "Cuisiner pour une collectivité de plus de deux cents couverts en respectant la méthode HACCP",
    "العمل ضمن فريق متعدد التخصصات",
    "接客とチームワークの技能を証明します",
    "🏅 Cuisiner 👩‍🍳 é ® e\u0301",
    "Anticonstitutionnellement",
    "x" * 400,
    "mot " * 100,
    "</text><script>alert('1')</script>&\"",
]


def shown(drawn: str) -> list[str]:
    return [element.text or "" for element in ET.fromstring(drawn).iter(f"{NS}text")]


def test_the_same_badge_gives_the_same_bytes() -> None:
    face = Face("Poser un carrelage", "building", 2, "Entremise", 2026)
    assert svg(face) == svg(Face("Poser un carrelage", "building", 2, "Entremise", 2026))
    assert svg(face) != svg(Face("Poser un carrelage", "building", 3, "Entremise", 2026))


def test_it_says_the_title_the_issuer_and_the_year() -> None:
    drawn = svg(Face("Poser un carrelage", "building", 2, "Maison Garance", 2026))
    assert " ".join(shown(drawn)) == "Poser un carrelage Maison Garance 2026"
    assert ET.fromstring(drawn).findtext(f"{NS}title") == "Poser un carrelage · Maison Garance"


@pytest.mark.parametrize("title", TITLES)
def test_any_title_is_inside_the_shape(title: str) -> None:
    block = rules_image_text.typeset(title, TITLE_WIDE, TITLE_HIGH, rules_image.TITLE_SIZES)
    assert block.lines
    assert block.height <= TITLE_HIGH
    assert all(rules_image_text.width(line) * block.size <= TITLE_WIDE for line in block.lines)
    said = "".join("".join(block.lines).split())
    whole = "".join(rules_image_text.clean(title).split())
    assert said == whole or (said.endswith("…") and whole.startswith(said[:-1]))


@given(st.text(min_size=1, max_size=400), st.text(max_size=60))
def test_any_text_gives_a_drawing_that_can_be_read_baked_and_does_nothing(title: str, issuer: str) -> None:
    drawn = svg(Face(title, "care", 1, issuer, 2026))
    root = ET.fromstring(drawn)
    assert {element.tag.removeprefix(NS) for element in root.iter()} <= {
        "svg", "title", "style", "defs", "linearGradient", "stop", "path", "g", "text", "circle",
    }  # fmt: skip
    assert bake_svg.from_svg(bake_svg.into_svg(drawn.encode(), b"{}", bake.Carrier.OB3)).payload == b"{}"


def test_a_title_that_looks_like_a_script_is_only_words() -> None:
    assert "<script" not in svg(Face("</text><script>alert(1)</script>", "", 4))


def test_an_accent_or_a_joined_emoji_is_never_cut() -> None:
    assert rules_image_text.clusters("e\u0301👩\u200d🍳x") == ["e\u0301", "👩\u200d🍳", "x"]


def test_arabic_reads_from_the_right() -> None:
    assert 'direction="rtl"' in svg(Face("العمل ضمن فريق"))
    assert 'direction="rtl"' not in svg(Face("Travailler en équipe"))


def test_letters_that_turn_the_order_of_others_are_dropped() -> None:
    assert rules_image_text.clean("ab\u202ecd\x00\ud800") == "abcd"


def test_each_family_has_its_own_shape_and_its_own_pictogram() -> None:
    assert set(OUTLINES) == set(PICTOGRAMS)
    assert len({tuple(outline(family)) for family in OUTLINES}) == len(OUTLINES)
    assert len({str(picture(Face("x", family)).mark) for family in OUTLINES}) == len(OUTLINES)


@pytest.mark.parametrize("family", [*OUTLINES, "unknown"])
def test_no_shape_leaves_the_drawing(family: str) -> None:
    assert all(0 <= value <= SIDE for point in outline(family) for value in point)


@pytest.mark.parametrize("level", COLOURS)
def test_words_are_readable_on_each_colour(level: int) -> None:
    assert all(contrast_ratio(PAPER, colour) >= 4.5 for colour in COLOURS[level])
    assert all(contrast_ratio(GOLD, colour) >= 3 for colour in COLOURS[4])


def test_a_level_is_said_by_points_too_not_by_colour_alone() -> None:
    assert [full for _at, full in picture(Face("x", "", 3)).pips] == [True, True, True, False]
    assert picture(Face("x", "", 0)).pips == ()


def test_small_images_keep_the_shape_and_a_large_pictogram() -> None:
    drawn = svg(Face("Poser un carrelage", "building", 2))
    assert "@media(max-width:100px)" in drawn
    assert "url(#" in drawn
    assert "url(http" not in drawn
    assert "href" not in drawn
