"""The label drawn as an image that any site may show: plain SVG, no font, no script, nothing from elsewhere."""

from dataclasses import dataclass
from html import escape

WIDTH, HEIGHT = 360, 76
LONGEST_NAME = 26  # with the widest of the usual fonts, it all stays inside
# The only style of the image: the address that serves it allows these exact words and no others.
STYLE = (
    "text{font-family:system-ui,-apple-system,'Segoe UI',Roboto,sans-serif}"
    ".p{fill:#fff;stroke:#8a8676}.i{fill:#1d2433}.m{fill:#4d5566}.on{fill:#0b5d66}.off{fill:none;stroke:#6b6f78}"
    "@media (prefers-color-scheme:dark){.p{fill:#171c28;stroke:#7d8496}.i{fill:#f4f2ec}.m{fill:#c3c8d3}"
    ".on{fill:#6fd0da}.off{fill:none;stroke:#9aa1b1}}"
)


@dataclass(frozen=True, slots=True)
class Face:
    """What the image says, already in words."""

    name: str
    level: int
    title: str  # what it is, for who does not see it
    description: str
    level_words: str
    figures_words: str


def svg(face: Face) -> str:
    """Draw the image; every word in it is escaped, whatever an employer is called."""
    marks = "".join(
        f'<circle class="{"on" if face.level > rank else "off"}" cx="{20 + 18 * rank}" cy="38" r="6.5"/>'
        for rank in range(3)
    )
    name = face.name if len(face.name) <= LONGEST_NAME else f"{face.name[: LONGEST_NAME - 1].rstrip()}…"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" '
        f'role="img" aria-labelledby="t d"><title id="t">{_words(face.title)}</title>'
        f'<desc id="d">{_words(face.description)}</desc><style>{STYLE}</style>'
        f'<rect class="p" x="1" y="1" width="{WIDTH - 2}" height="{HEIGHT - 2}" rx="10" stroke-width="1"/>'
        f'{marks}<text class="m" x="78" y="22" font-size="12">Reciprok · {_words(name)}</text>'
        f'<text class="i" x="78" y="43" font-size="16" font-weight="600">{_words(face.level_words)}</text>'
        f'<text class="m" x="78" y="62" font-size="12">{_words(face.figures_words)}</text></svg>'
    )


def _words(text: str) -> str:
    """Escape a text, without what XML forbids: a name read in an official file may hold anything."""
    kept = "".join(letter for letter in text if letter.isprintable() and not 0xFFFE <= ord(letter) <= 0xFFFF)
    return escape(kept)
