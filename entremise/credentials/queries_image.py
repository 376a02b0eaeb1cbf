"""Images of badges as files: what an award or a badge class shows, and the PNG that other systems ask for.

The PNG is drawn from the same points as the SVG, with the fonts of this machine; the words stay in the badge itself.
"""

import io
import unicodedata
from functools import cache

from PIL import Image, ImageDraw, ImageFont

from entremise.credentials import rules_image
from entremise.credentials.models import Award, BadgeClass
from entremise.credentials.rules_image import PAPER, PIP_RADIUS, PIPS_AT, Face, Picture, Words
from entremise.credentials.rules_image_shapes import CENTRE, SIDE, Line
from entremise.credentials.rules_image_text import JOINERS

PNG_SIDE = 600
FINER = 2  # drawn this much larger, then reduced: smooth edges
FONTS = {
    True: ("DejaVuSans-Bold.ttf", "NotoSans-Bold.ttf", "LiberationSans-Bold.ttf", "Arial Bold.ttf"),
    False: ("DejaVuSans.ttf", "NotoSans-Regular.ttf", "LiberationSans-Regular.ttf", "Arial.ttf"),
}
BOLD = 600
FIRST_EMOJI = 0x1F000
Font = ImageFont.FreeTypeFont | ImageFont.ImageFont


def face_of(award: Award) -> Face:
    """Return what the image of an award shows (read with its badge class and issuer)."""
    badge_class = award.badge_class
    issuer = award.origin or badge_class.issuer.name
    return Face(badge_class.name, badge_class.family, award.assurance, issuer, award.awarded_on.year)


def face_of_class(badge_class: BadgeClass) -> Face:
    """Return what the image of a badge shows, whoever holds it."""
    published = badge_class.published_at
    return Face(badge_class.name, badge_class.family, 0, badge_class.issuer.name, published.year if published else 0)


def png(face: Face) -> bytes:
    """Return the image as PNG, with a transparent ground."""
    drawn = rules_image.picture(face)
    ratio = PNG_SIDE * FINER / SIDE
    whole = Image.new("RGBA", (PNG_SIDE * FINER, PNG_SIDE * FINER), (0, 0, 0, 0))
    pen = ImageDraw.Draw(whole)
    _draw(pen, drawn, ratio)
    file = io.BytesIO()
    whole.resize((PNG_SIDE, PNG_SIDE), Image.Resampling.LANCZOS).save(file, "PNG", optimize=True)
    return file.getvalue()


def _draw(pen: ImageDraw.ImageDraw, drawn: Picture, ratio: float) -> None:
    rim, heart = drawn.colours
    pen.polygon(_scaled(drawn.rim, ratio), fill=rim)
    pen.polygon(_scaled(drawn.heart, ratio), fill=heart)
    _stroke(pen, [*drawn.ring, drawn.ring[0]], ratio, 3, drawn.accent)
    for line in drawn.mark:
        _stroke(pen, line, ratio, 5.5, drawn.accent)
    for words in drawn.words:
        _write(pen, words, ratio)
    for at, is_full in drawn.pips:
        box = [v * ratio for v in (at - PIP_RADIUS, PIPS_AT - PIP_RADIUS, at + PIP_RADIUS, PIPS_AT + PIP_RADIUS)]
        pen.ellipse(box, fill=drawn.accent if is_full else None, outline=drawn.accent, width=round(2 * ratio))


def _scaled(line: Line, ratio: float) -> list[tuple[float, float]]:
    return [(x * ratio, y * ratio) for x, y in line]


def _stroke(pen: ImageDraw.ImageDraw, line: Line, ratio: float, wide: float, colour: str) -> None:
    points, half = _scaled(line, ratio), wide * ratio / 2
    pen.line(points, fill=colour, width=round(wide * ratio), joint="curve")
    for x, y in points:  # round ends, as in the SVG
        pen.ellipse([x - half, y - half, x + half, y + half], fill=colour)


def _write(pen: ImageDraw.ImageDraw, words: Words, ratio: float) -> None:
    font = _font(round(words.size * ratio), is_bold=words.weight >= BOLD)
    text = _without_emoji(words.text) if _is_wide(font) else _plain(words.text)
    pen.text((CENTRE * ratio, words.baseline * ratio), text, font=font, fill=PAPER, anchor="ms")


@cache
def _font(size: int, *, is_bold: bool) -> Font:
    for name in FONTS[is_bold]:
        try:
            return ImageFont.truetype(name, size)
        except OSError:  # not on this machine
            continue
    return ImageFont.load_default(size)


def _is_wide(font: Font) -> bool:
    """Tell whether a font has more than English: the one that comes with the library has not."""
    return isinstance(font, ImageFont.FreeTypeFont) and isinstance(font.path, str)


def _without_emoji(text: str) -> str:
    """Drop what the fonts of a server draw as empty boxes; browsers, in the SVG, have colours for it."""
    return "".join(char for char in text if ord(char) < FIRST_EMOJI and char not in JOINERS)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
