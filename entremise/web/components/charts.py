"""Geometry of the charts: values in, ready-to-print SVG coordinates out (as text, so that no locale rewrites them)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

LINE_WIDTH, LINE_HEIGHT = 640, 260
MARGIN_LEFT, MARGIN_RIGHT, MARGIN_TOP, MARGIN_BOTTOM = 44, 12, 12, 30
SPARK_WIDTH, SPARK_HEIGHT = 96, 28
HEAT_LEVELS = 5
MAX_X_LABELS = 8
SMALLEST_SCALE = 0.001  # counts, rates and days: anything smaller is drawn as zero
SERIES_STYLES = 4  # strokes differ by colour and by dash: never by colour alone


@dataclass(frozen=True)
class Bar:
    """One bar: its label, its value (none when it may not be published) and an optional remark."""

    label: str
    value: float | None
    note: str = ""
    url: str = ""


@dataclass(frozen=True)
class DrawnBar:
    label: str
    value: float | None
    note: str
    url: str
    width: str  # “62.5%”


@dataclass(frozen=True)
class BarChart:
    bars: list[DrawnBar]
    unit: str


@dataclass(frozen=True)
class Series:
    """One line of a chart; a missing value breaks the line."""

    name: str
    values: Sequence[float | None]


@dataclass(frozen=True)
class Dot:
    x: str
    y: str
    label: str
    value: float


@dataclass(frozen=True)
class DrawnSeries:
    name: str
    style: int
    path: str
    dots: list[Dot]


@dataclass(frozen=True)
class Tick:
    position: str
    value: float
    label: str = ""


@dataclass(frozen=True)
class LineRow:
    label: str
    values: list[float | None]


@dataclass(frozen=True)
class LineChart:
    series: list[DrawnSeries]
    y_ticks: list[Tick]
    x_ticks: list[Tick]
    rows: list[LineRow]
    unit: str
    target: Tick | None
    width: int = LINE_WIDTH
    height: int = LINE_HEIGHT
    left: int = MARGIN_LEFT
    right: int = LINE_WIDTH - MARGIN_RIGHT
    bottom: int = LINE_HEIGHT - MARGIN_BOTTOM

    @property
    def is_empty(self) -> bool:
        return not any(series.dots for series in self.series)


@dataclass(frozen=True)
class HeatCell:
    value: float | None
    level: int  # 0 (nothing, or not published) to 5


@dataclass(frozen=True)
class HeatRow:
    label: str
    cells: list[HeatCell]


@dataclass(frozen=True)
class HeatChart:
    columns: list[str]
    rows: list[HeatRow]
    unit: str
    levels: list[int] = field(default_factory=lambda: list(range(HEAT_LEVELS + 1)))


def bar_chart(bars: Sequence[Bar], *, unit: str = "", maximum: float | None = None) -> BarChart:
    """Draw horizontal bars on a common scale that starts at zero."""
    top = maximum or max((bar.value for bar in bars if bar.value is not None), default=0) or 1
    return BarChart([DrawnBar(b.label, b.value, b.note, b.url, _share(b.value, top)) for b in bars], unit)


def line_chart(
    labels: Sequence[str], series: Sequence[Series], *, unit: str = "", target: float | None = None
) -> LineChart:
    """Draw one line per series over the same labels, from zero to a round maximum."""
    for one in series:
        if len(one.values) != len(labels):
            raise ValueError(f"{one.name}: {len(one.values)} values for {len(labels)} labels")
    shown = [value for one in series for value in one.values if value is not None]
    ticks = nice_ticks(max([*shown, target or 0, 0]))
    top = ticks[-1]
    columns = [_x(index, len(labels)) for index in range(len(labels))]
    step = math.ceil(len(labels) / MAX_X_LABELS) or 1
    return LineChart(
        series=[_drawn(one, number, labels, columns, top) for number, one in enumerate(series)],
        y_ticks=[Tick(_number(_y(value, top)), value) for value in ticks],
        x_ticks=[Tick(_number(columns[i]), i, labels[i]) for i in range(0, len(labels), step)],
        rows=[LineRow(label, [one.values[i] for one in series]) for i, label in enumerate(labels)],
        unit=unit,
        target=None if target is None else Tick(_number(_y(target, top)), target),
    )


def heat_chart(
    columns: Sequence[str], rows: Sequence[tuple[str, Sequence[float | None]]], *, unit: str = ""
) -> HeatChart:
    """Shade a table: each cell gets a level from 0 to 5 against the highest value."""
    top = max((value for _, values in rows for value in values if value is not None), default=0)
    drawn = [HeatRow(label, [HeatCell(value, heat_level(value, top)) for value in values]) for label, values in rows]
    return HeatChart(list(columns), drawn, unit)


def heat_level(value: float | None, top: float) -> int:
    """Place a value on the 0–5 scale: 0 only for nothing, 5 for the highest."""
    if value is None or value <= 0 or top <= 0:
        return 0
    return min(HEAT_LEVELS, max(1, math.ceil(value / top * HEAT_LEVELS)))


def nice_ticks(maximum: float, wanted: int = 4) -> list[float]:
    """Choose round graduations from zero to at least the maximum."""
    if maximum < SMALLEST_SCALE:
        return [0, 1]
    rough = maximum / wanted
    magnitude = 10.0 ** math.floor(math.log10(rough))
    step = next(factor * magnitude for factor in (1, 2, 2.5, 5, 10) if factor * magnitude >= rough - 1e-12)
    if maximum >= wanted:
        step = max(1.0, math.ceil(step))  # counts are whole: no graduation at 2.5 people
    count = math.ceil(maximum / step - 1e-9)
    return [round(step * index, 10) for index in range(count + 1)]


def sparkline(values: Sequence[float]) -> str:
    """Draw a small trend as an SVG path, between its own lowest and highest values."""
    if len(values) < 2:
        return ""
    low, span = min(values), (max(values) - min(values)) or 1
    width, height = SPARK_WIDTH / (len(values) - 1), SPARK_HEIGHT - 4
    points = [(index * width, 2 + height - (value - low) / span * height) for index, value in enumerate(values)]
    return _path([points])


def _drawn(one: Series, number: int, labels: Sequence[str], columns: Sequence[float], top: float) -> DrawnSeries:
    runs: list[list[tuple[float, float]]] = [[]]
    dots = []
    for x, label, value in zip(columns, labels, one.values, strict=True):
        if value is None:
            runs.append([])
            continue
        runs[-1].append((x, _y(value, top)))
        dots.append(Dot(_number(x), _number(_y(value, top)), label, value))
    return DrawnSeries(one.name, number % SERIES_STYLES + 1, _path(runs), dots)


def _path(runs: Sequence[Sequence[tuple[float, float]]]) -> str:
    return " ".join("M" + " L".join(f"{_number(x)} {_number(y)}" for x, y in run) for run in runs if run)


def _x(index: int, count: int) -> float:
    span = LINE_WIDTH - MARGIN_LEFT - MARGIN_RIGHT
    return MARGIN_LEFT + (span / 2 if count < 2 else span * index / (count - 1))


def _y(value: float, top: float) -> float:
    return LINE_HEIGHT - MARGIN_BOTTOM - value / top * (LINE_HEIGHT - MARGIN_TOP - MARGIN_BOTTOM)


def _share(value: float | None, top: float) -> str:
    return f"{_number(min(100.0, max(0.0, (value or 0) / top * 100)))}%"


def _number(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")
