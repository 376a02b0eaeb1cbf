"""The words of badge images: measured without a font, cut into lines that fit, whatever the language."""

import unicodedata
from dataclasses import dataclass

NARROW, WIDE = frozenset("iljtfrI.,;:'’!|()[]·-"), frozenset("mwMW@%&ŒœÆæ")
SPACE, THIN, USUAL, CAPITAL, BROAD, FULL, EMOJI = 0.30, 0.38, 0.61, 0.74, 0.93, 1.02, 1.35
ELLIPSIS = "…"
JOINERS = frozenset("\u200d\ufe0f\ufe0e")
RIGHT_TO_LEFT = frozenset({"R", "AL"})
LINE_HEIGHT = 1.16


@dataclass(frozen=True, slots=True)
class Block:
    """A text in lines, the size of its letters, and whether it reads from the right."""

    lines: tuple[str, ...]
    size: float
    is_from_right: bool = False

    @property
    def height(self) -> float:
        """Return how high the lines are together."""
        return len(self.lines) * self.size * LINE_HEIGHT


def clean(text: str) -> str:
    """Keep what XML can carry, on one line; what orders other letters around (bidirectional controls) goes too."""
    kept = (" " if char.isspace() else char for char in text if not _is_control(char))
    return " ".join("".join(kept).split())


def _is_control(char: str) -> bool:
    code = ord(char)
    if char.isspace() or char in JOINERS:
        return False
    is_noncharacter = code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF
    return is_noncharacter or unicodedata.category(char) in {"Cc", "Cf", "Cs", "Co", "Cn"}


def width(text: str) -> float:
    """Return how wide a text is, in parts of its size: from above, so that it fits in any common font."""
    return sum(_width(char) for char in text)


def _width(char: str) -> float:
    if char in JOINERS or unicodedata.combining(char):
        return 0.0
    if char == " ":
        return SPACE
    if char in NARROW:
        return THIN
    if char in WIDE:
        return BROAD
    if unicodedata.east_asian_width(char) in {"W", "F"}:
        return EMOJI if unicodedata.category(char) == "So" else FULL
    return CAPITAL if char.isupper() or unicodedata.category(char) == "So" else USUAL


def clusters(text: str) -> list[str]:
    """Cut a text where it may be cut: not before an accent, nor inside a joined emoji."""
    found: list[str] = []
    for char in text:
        is_joined = bool(found) and (
            unicodedata.combining(char) or char in JOINERS or found[-1].endswith("\u200d") or _is_modifier(char)
        )
        if is_joined:
            found[-1] += char
        else:
            found.append(char)
    return found


def _is_modifier(char: str) -> bool:
    return 0x1F3FB <= ord(char) <= 0x1F3FF  # the colours of skin


def shortened(text: str, most: float) -> str:
    """Return a text that is not wider, ended by an ellipsis when it was cut."""
    if width(text) <= most:
        return text
    kept, room = "", most - width(ELLIPSIS)
    for cluster in clusters(text):
        room -= width(cluster)
        if room < 0:
            break
        kept += cluster
    return kept.rstrip() + ELLIPSIS


def wrapped(text: str, most: float) -> list[str]:
    """Cut a text into lines that are not wider; a word that is too long alone is cut too."""
    lines: list[str] = []
    line = ""
    for word in text.split(" "):
        candidate = f"{line} {word}" if line else word
        if width(candidate) <= most:
            line = candidate
            continue
        if line:
            lines.append(line)
        *full, line = _pieces(word, most)
        lines += full
    return [*lines, line] if line else lines


def _pieces(word: str, most: float) -> list[str]:
    pieces = [""]
    for cluster in clusters(word):
        if pieces[-1] and width(pieces[-1] + cluster) > most:
            pieces.append("")
        pieces[-1] += cluster
    return pieces


def typeset(text: str, wide: float, high: float, sizes: tuple[float, ...]) -> Block:
    """Return a text in the largest of these sizes at which it fits without a broken word; cut in the smallest one."""
    said = clean(text)
    is_from_right = reads_from_right(said)
    for size in sizes:
        most = wide / size
        lines = _balanced(said, most)
        fits = len(lines) * size * LINE_HEIGHT <= high
        if fits and (size == sizes[-1] or _longest(said) <= most):
            return Block(tuple(lines), size, is_from_right)
    size = sizes[-1]
    room = int(high / (size * LINE_HEIGHT))
    lines = wrapped(said, wide / size)
    kept = lines[: room - 1]
    rest = " ".join(lines[room - 1 :])
    return Block((*kept, shortened(rest, wide / size)), size, is_from_right)


def _balanced(text: str, most: float) -> list[str]:
    """Cut into as few lines as needed, of nearly the same width."""
    lines = wrapped(text, most)
    narrower = most
    while len(lines) > 1 and narrower > most * 0.55:
        narrower *= 0.95
        tighter = wrapped(text, narrower)
        if len(tighter) > len(lines) or _longest(text) > narrower:
            break
        lines = tighter
    return lines


def _longest(text: str) -> float:
    """Return how wide the longest run is that should not be cut; Chinese and Japanese are cut anywhere."""
    runs = "".join(f" {char} " if _width(char) >= FULL else char for char in text).split()
    return max(map(width, runs), default=0.0)


def reads_from_right(text: str) -> bool:
    """Tell whether a text reads from right to left, by its first letter that has a direction."""
    for char in text:
        direction = unicodedata.bidirectional(char)
        if direction == "L":
            return False
        if direction in RIGHT_TO_LEFT:
            return True
    return False
