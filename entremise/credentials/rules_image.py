"""The image of a badge, drawn by us so that none is ever without: shape of its family, colour of its assurance.

`svg` and `picture` are pure: the same badge gives the same bytes. Below 100 pixels only the shape, the pictogram and
the colour are left; above, the title, who issued it and the year are typeset, in any language, with no font of ours.
"""

import hashlib
from dataclasses import dataclass
from html import escape

from entremise.credentials import rules_image_shapes as shapes
from entremise.credentials.rules_image_shapes import CENTRE, SIDE, Line
from entremise.credentials.rules_image_text import LINE_HEIGHT, Block, clean, shortened, typeset, width

FONTS = "system-ui, 'Segoe UI', Roboto, 'Noto Sans', 'DejaVu Sans', 'Noto Sans Arabic', sans-serif"
PAPER, GOLD = "#fbfaf7", "#f0c869"
# Rim and heart by level of assurance; white text stays above 4.5:1 on both (tests/rules/test_badge_image.py).
COLOURS = {
    0: ("#0b5d66", "#2a7078"),
    1: ("#46546a", "#5f6d82"),
    2: ("#0b5d66", "#27737b"),
    3: ("#1f5f38", "#36774e"),
    4: ("#5b2447", "#7a4066"),
}
LEVELS = 4
TITLE_SIZES = (42.0, 38.0, 34.0, 30.0, 27.0, 24.0, 21.0, 18.5, 16.0)
TITLE_WIDE, TITLE_HIGH, TITLE_MIDDLE = 312.0, 150.0, 246.0
MARK_SIDE, MARK_TOP = 84.0, 76.0
SMALL_MARK_SIDE = 250.0
ISSUER_SIZES, ISSUER_WIDE, ISSUER_AT = (17.0, 15.5, 14.0, 12.5), 262.0, 355.0
YEAR_SIZE, YEAR_AT = 17.0, 379.0
PIPS_AT, PIP_GAP, PIP_RADIUS = 402.0, 22.0, 5.5
SMALL = 100  # pixels


@dataclass(frozen=True, slots=True)
class Face:
    """What the image of a badge shows."""

    title: str
    family: str = ""
    assurance: int = 0  # 0: the badge itself, whoever holds it
    issuer: str = ""
    year: int = 0


@dataclass(frozen=True, slots=True)
class Words:
    """One line of text: what, where its baseline is, how large, how heavy."""

    text: str
    baseline: float
    size: float
    weight: int
    is_from_right: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """A badge image as points and lines of text, from which each kind of file is written."""

    rim: Line
    heart: Line
    ring: Line
    mark: list[Line]
    small_mark: list[Line]
    words: tuple[Words, ...]
    pips: tuple[tuple[float, bool], ...]  # where each is, and whether it is full
    colours: tuple[str, str]
    accent: str
    label: str
    key: str


def picture(face: Face) -> Picture:
    """Lay out the image of a badge."""
    level = face.assurance if face.assurance in COLOURS else 0
    corner, small = CENTRE - MARK_SIDE / 2, (SIDE - SMALL_MARK_SIDE) / 2
    return Picture(
        rim=shapes.outline(face.family),
        heart=shapes.outline(face.family, 0.9),
        ring=shapes.outline(face.family, 0.945),
        mark=shapes.pictogram(face.family, corner, MARK_TOP, MARK_SIDE),
        small_mark=shapes.pictogram(face.family, small, small, SMALL_MARK_SIDE),
        words=(*_title(face), *_signature(face)),
        pips=_pips(level),
        colours=COLOURS[level],
        accent=GOLD if level == LEVELS else PAPER,
        label=clean(f"{face.title} · {face.issuer}" if face.issuer else face.title),
        key=hashlib.sha256(repr(face).encode("utf-8", "replace")).hexdigest()[:8],
    )


def svg(face: Face) -> str:
    """Return the image as SVG: no script, nothing from outside, every word escaped."""
    drawn = picture(face)
    rim, heart = drawn.colours
    name = f"b{drawn.key}"
    large = [
        f'<path d="{_open(drawn.mark)}" fill="none" stroke="{drawn.accent}" stroke-width="5.5" '
        f'stroke-linecap="round" stroke-linejoin="round"/>',
        *[_text(words) for words in drawn.words],
        *[_pip(at, drawn.accent, is_full=is_full) for at, is_full in drawn.pips],
    ]
    return "".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIDE} {SIDE}" role="img">',
            f"<title>{escape(drawn.label)}</title>",
            f"<style>.{name}-small{{display:none}}@media(max-width:{SMALL}px){{.{name}-large{{display:none}}"
            f".{name}-small{{display:inline}}}}</style>",
            f'<defs><linearGradient id="{name}" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="{heart}"/>'
            f'<stop offset="1" stop-color="{rim}"/></linearGradient></defs>',
            f'<path d="{_closed(drawn.rim)}" fill="{rim}"/>',
            f'<path d="{_closed(drawn.heart)}" fill="url(#{name})"/>',
            f'<path d="{_closed(drawn.ring)}" fill="none" stroke="{drawn.accent}" stroke-width="3"/>',
            f'<g class="{name}-small"><path d="{_open(drawn.small_mark)}" fill="none" stroke="{drawn.accent}" '
            'stroke-width="24" stroke-linecap="round" stroke-linejoin="round"/></g>',
            f'<g class="{name}-large" fill="{PAPER}" text-anchor="middle" font-family="{FONTS}">',
            *large,
            "</g></svg>",
        )
    )


def _title(face: Face) -> list[Words]:
    block = typeset(face.title, TITLE_WIDE, TITLE_HIGH, TITLE_SIZES)
    return _lines(block, TITLE_MIDDLE)


def _lines(block: Block, middle: float) -> list[Words]:
    first = middle - block.height / 2 + block.size * 0.93
    step = block.size * LINE_HEIGHT
    return [
        Words(line, first + step * number, block.size, 700, block.is_from_right)
        for number, line in enumerate(block.lines)
        if line
    ]


def _signature(face: Face) -> list[Words]:
    whole = clean(face.issuer)
    size = next((size for size in ISSUER_SIZES if width(whole) * size <= ISSUER_WIDE), ISSUER_SIZES[-1])
    issuer = shortened(whole, ISSUER_WIDE / size)
    said = [Words(issuer, ISSUER_AT, size, 400)] if issuer else []
    return [*said, Words(str(face.year), YEAR_AT, YEAR_SIZE, 600)] if face.year else said


def _pips(level: int) -> tuple[tuple[float, bool], ...]:
    if not level:
        return ()
    left = CENTRE - PIP_GAP * (LEVELS - 1) / 2
    return tuple((left + PIP_GAP * number, number < level) for number in range(LEVELS))


def _pip(at: float, colour: str, *, is_full: bool) -> str:
    fill = colour if is_full else "none"
    return f'<circle cx="{at:g}" cy="{PIPS_AT:g}" r="{PIP_RADIUS}" fill="{fill}" stroke="{colour}" stroke-width="2"/>'


def _text(words: Words) -> str:
    direction = ' direction="rtl"' if words.is_from_right else ""
    return (
        f'<text x="{CENTRE:g}" y="{words.baseline:.1f}" font-size="{words.size:g}" font-weight="{words.weight}"'
        f"{direction}>{escape(words.text)}</text>"
    )


def _points(line: Line) -> str:
    return "L".join(f"{x:.1f} {y:.1f}" for x, y in line)


def _closed(line: Line) -> str:
    return f"M{_points(line)}Z"


def _open(lines: list[Line]) -> str:
    return "".join(f"M{_points(line)}" for line in lines)
