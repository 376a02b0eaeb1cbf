"""Contrast of colours (WCAG 2.2 §1.4.3 and §1.4.11), and the shades derived from the operator's two colours."""

from __future__ import annotations

import re
from dataclasses import dataclass

MIN_TEXT_RATIO = 4.5  # WCAG 2.2 §1.4.3, normal text
MIN_CONTROL_RATIO = 3.0  # WCAG 2.2 §1.4.11, borders of controls, icons, focus ring
HEX = re.compile(r"#[0-9a-fA-F]{6}")
WHITE, BLACK = "#ffffff", "#000000"
LIGHT_PAPER, DARK_PAPER = "#fbfaf7", "#131820"
LIGHT_SURFACE, DARK_SURFACE = "#ffffff", "#1b222d"
SHADING_STEPS = 20


class ColourRefused(ValueError):
    """The text is not a colour written #rrggbb."""


@dataclass(frozen=True)
class Shades:
    """The shades of one theme, light or dark, made from two colours."""

    primary: str
    primary_strong: str
    primary_soft: str
    on_primary: str
    accent: str
    accent_text: str
    accent_soft: str


@dataclass(frozen=True)
class Contrast:
    """One pair of colours that meet on screen, and the ratio they must reach."""

    text: str
    background: str
    required: float

    @property
    def ratio(self) -> float:
        return contrast_ratio(self.text, self.background)

    @property
    def is_enough(self) -> bool:
        return self.ratio >= self.required


def contrast_ratio(first: str, second: str) -> float:
    """Compute the contrast between two colours, from 1 (none) to 21 (black on white)."""
    lighter, darker = sorted((relative_luminance(first), relative_luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def relative_luminance(colour: str) -> float:
    """Compute the relative luminance of a colour, from 0 (black) to 1 (white)."""
    red, green, blue = (_linear(channel / 255) for channel in channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def channels(colour: str) -> tuple[int, int, int]:
    """Read the red, green and blue of a colour written #rrggbb."""
    if not HEX.fullmatch(colour):
        raise ColourRefused(colour)
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def mix(colour: str, other: str, share: float) -> str:
    """Blend a share (0 to 1) of another colour into a colour."""
    pairs = zip(channels(colour), channels(other), strict=True)
    return "#" + "".join(f"{round(mine + (theirs - mine) * share):02x}" for mine, theirs in pairs)


def readable(colour: str, background: str, required: float = MIN_TEXT_RATIO) -> str:
    """Move a colour towards white or black, as little as needed, until it is readable on the background."""
    pole = BLACK if relative_luminance(background) > 0.18 else WHITE
    for step in range(SHADING_STEPS + 1):
        shade = mix(colour, pole, step / SHADING_STEPS)
        if contrast_ratio(shade, background) >= required:
            return shade
    return pole


def shades(primary: str, accent: str, *, is_dark: bool = False) -> Shades:
    """Derive every brand shade of a theme from the operator's two colours, readable by construction."""
    surface = DARK_SURFACE if is_dark else LIGHT_SURFACE
    paper = DARK_PAPER if is_dark else LIGHT_PAPER
    primary_soft, accent_soft = mix(primary, surface, 0.78 if is_dark else 0.9), mix(accent, surface, 0.8)
    if not is_dark:
        accent_soft = mix(accent, surface, 0.88)
    hardest = primary_soft  # text in the primary colour is also written on its own tint
    strong_primary = readable(readable(primary, paper), hardest)
    return Shades(
        primary=strong_primary,
        primary_strong=mix(strong_primary, WHITE if is_dark else BLACK, 0.2),
        primary_soft=primary_soft,
        on_primary=readable(WHITE if not is_dark else mix(primary, BLACK, 0.75), strong_primary),
        accent=readable(accent, paper, MIN_CONTROL_RATIO),
        accent_text=readable(accent, accent_soft),
        accent_soft=accent_soft,
    )


def weak_contrasts(primary: str, accent: str) -> list[Contrast]:
    """List the pairs where the operator's colours, taken as they are, would be hard to read."""
    pairs = [
        Contrast(WHITE, primary, MIN_TEXT_RATIO),
        Contrast(primary, LIGHT_PAPER, MIN_TEXT_RATIO),
        Contrast(accent, LIGHT_PAPER, MIN_CONTROL_RATIO),
    ]
    return [pair for pair in pairs if not pair.is_enough]


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
