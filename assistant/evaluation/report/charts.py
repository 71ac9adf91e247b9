"""The report's charts: inline SVG, coloured by the page's style sheet."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from assistant.evaluation.metrics.abstention import RiskCoverage
from assistant.evaluation.metrics.intervals import Estimate, readable
from assistant.evaluation.metrics.reliability import ReliabilityBin

_WIDTH = 460
_HEIGHT = 300
_LEFT, _RIGHT, _TOP, _BOTTOM = 52, 16, 14, 46
_HISTOGRAM_BINS = 20


@dataclass(frozen=True, slots=True)
class _Axes:
    """A linear scale from values, 0 to ``x_top`` and 0 to ``y_top``, to drawing coordinates."""

    x_top: float
    y_top: float

    def x(self, value: float) -> float:
        return _LEFT + value / self.x_top * (_WIDTH - _LEFT - _RIGHT)

    def y(self, value: float) -> float:
        return _HEIGHT - _BOTTOM - value / self.y_top * (_HEIGHT - _TOP - _BOTTOM)

    def draw(self, x_label: str, y_label: str) -> str:
        """Return grid lines, tick labels and axis titles."""
        marks = []
        for tick in _ticks(self.y_top):
            y = self.y(tick)
            marks.append(_line(_LEFT, y, _WIDTH - _RIGHT, y, "grid"))
            marks.append(_text(_LEFT - 8, y + 4, _tick(tick), "tick end"))
        below = _HEIGHT - _BOTTOM + 18
        marks += [
            _text(self.x(tick), below, _tick(tick), "tick middle") for tick in _ticks(self.x_top)
        ]
        middle = (_LEFT + _WIDTH - _RIGHT) / 2
        marks.append(_text(middle, _HEIGHT - 6, x_label, "label middle"))
        height = (_TOP + _HEIGHT - _BOTTOM) / 2
        rotation = f'transform="rotate(-90 13 {height:.1f})"'
        marks.append(_text(13, height, y_label, "label middle", rotation))
        return "".join(marks)


def bars(estimates: Sequence[tuple[str, Estimate]], title: str) -> str:
    """Return a bar chart of shares, 0 to 1, with their intervals as whiskers."""
    row, label_width, value_width = 34, 108, 60
    span = _WIDTH - label_width - value_width
    marks = []
    for place, (label, estimate) in enumerate(estimates):
        y = place * row
        value = estimate.value or 0.0
        centre = y + row / 2
        marks.append(_text(label_width - 10, centre + 4, label, "name end"))
        marks.append(_rect(label_width, y + 8, span, row - 16, "track"))
        marks.append(_rect(label_width, y + 8, max(value * span, 1), row - 16, "bar"))
        if estimate.low is not None and estimate.high is not None:
            low, high = (label_width + bound * span for bound in (estimate.low, estimate.high))
            marks.append(_line(low, centre, high, centre, "whisker"))
            marks += [_line(x, centre - 4, x, centre + 4, "whisker") for x in (low, high)]
        hint = f"{label}: {estimate}, n = {estimate.n}"
        marks.append(_text(_WIDTH - value_width + 10, centre + 4, readable(value), "value"))
        marks.append(_target(0, y, _WIDTH, row, hint))
    return _svg("".join(marks), title, height=max(row, row * len(estimates)))


def risk_coverage_chart(curve: RiskCoverage) -> str:
    """Return a plot of risk over coverage."""
    axes = _Axes(1.0, min(1.0, _round_up(max(curve.risk, default=1.0))))
    points = list(zip(curve.coverage, curve.risk, strict=True))
    path = " ".join(f"{axes.x(x):.1f},{axes.y(y):.1f}" for x, y in points)
    marks = axes.draw("share of the questions answered", "risk: 1 - answer score")
    if points:
        first, last = points[0], points[-1]
        floor = axes.y(0)
        area = f"{axes.x(first[0]):.1f},{floor:.1f} {path} {axes.x(last[0]):.1f},{floor:.1f}"
        marks += f'<polygon class="area" points="{area}"/><polyline class="curve" points="{path}"/>'
        hint = f"answering {last[0]:.0%} of the questions has a risk of {last[1]:.3f}"
        marks += _dot(axes.x(last[0]), axes.y(last[1]), 4.5, "dot", hint)
    return _svg(marks, "Risk and coverage")


def reliability_chart(bins: Sequence[ReliabilityBin]) -> str:
    """Return a plot of answer score over confidence; a dot's area shows the number of answers."""
    axes = _Axes(1.0, 1.0)
    marks = axes.draw("confidence", "answer score")
    marks += _line(axes.x(0), axes.y(0), axes.x(1), axes.y(1), "ideal")
    most = max((one.n for one in bins), default=1)
    for one in bins:
        x, y = axes.x(one.confidence), axes.y(one.score)
        marks += _line(x, axes.y(one.confidence), x, y, "gap")
        hint = f"confidence {one.confidence:.2f}, answer score {one.score:.2f}, n = {one.n}"
        marks += _dot(x, y, 4 + 8 * math.sqrt(one.n / most), "dot", hint)
    return _svg(marks, "Reliability diagram")


def histogram(values: Sequence[float], label: str) -> str:
    """Return a histogram of seconds, with the median marked."""
    ordered = sorted(values)
    top = _round_up(ordered[-1]) if ordered else 1.0
    counts = [0] * _HISTOGRAM_BINS
    for value in ordered:
        counts[min(int(value / top * _HISTOGRAM_BINS), _HISTOGRAM_BINS - 1)] += 1
    axes = _Axes(top, _round_up(max(counts)))
    marks = axes.draw(label, "questions")
    step = top / _HISTOGRAM_BINS
    for place, count in enumerate(counts):
        if count:
            x, y = axes.x(place * step), axes.y(count)
            width = axes.x(step) - axes.x(0) - 1.5
            hint = f"{place * step:.2f} to {(place + 1) * step:.2f} s: {count}"
            marks += _rect(x, y, width, axes.y(0) - y, "bar", hint)
    if ordered:
        median = (ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]) / 2
        x = axes.x(median)
        marks += _line(x, axes.y(0), x, _TOP, "median")
        side = "end" if x > _WIDTH / 2 else ""
        marks += _text(x + (-6 if side else 6), _TOP + 9, f"median {median:.2f} s", f"tick {side}")
    return _svg(marks, label)


@dataclass(frozen=True, slots=True)
class Point:
    """A point of a scatter plot.

    Attributes:
        name: shown next to a Pareto-optimal point, and in the tooltip of any other.
        x: seconds.
        y: answer score.
        pareto_optimal: whether no other point dominates it.
    """

    name: str
    x: float
    y: float
    pareto_optimal: bool


def pareto_chart(points: Sequence[Point], x_label: str, y_label: str) -> str:
    """Return a scatter plot with a line through the Pareto-optimal points."""
    axes = _Axes(_round_up(max((point.x for point in points), default=1.0) * 1.05), 1.0)
    marks = axes.draw(x_label, y_label)
    front = sorted((point for point in points if point.pareto_optimal), key=lambda point: point.x)
    path = " ".join(f"{axes.x(point.x):.1f},{axes.y(point.y):.1f}" for point in front)
    marks += f'<polyline class="curve" points="{path}"/>'
    for point in points:
        x, y = axes.x(point.x), axes.y(point.y)
        hint = f"{point.name}: {point.y:.3f}, {point.x:.2f} s"
        marks += _dot(x, y, 5.5, "dot" if point.pareto_optimal else "dot faint", hint)
    for place, point in enumerate(front):
        x, y = axes.x(point.x), axes.y(point.y)
        side = "end" if x > _WIDTH * 0.6 else ""
        below = 18 if place % 2 else -10
        marks += _text(x + (-8 if side else 8), y + below, point.name, f"tick {side}")
    return _svg(marks, f"{y_label} and {x_label}")


# -- marks ----------------------------------------------------------------------------------------


def _svg(marks: str, title: str, height: float = _HEIGHT) -> str:
    return (
        f'<svg viewBox="0 0 {_WIDTH} {height:g}" role="img" aria-label="{escape(title)}" '
        f'xmlns="http://www.w3.org/2000/svg">{marks}</svg>'
    )


def _line(x1: float, y1: float, x2: float, y2: float, style: str) -> str:
    return f'<line class="{style}" x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"/>'


def _rect(x: float, y: float, width: float, height: float, style: str, hint: str = "") -> str:
    box = f'x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" rx="2"'
    return f'<rect class="{style}" {box}>{_hint(hint)}</rect>'


def _target(x: float, y: float, width: float, height: float, hint: str) -> str:
    """Return an invisible area with a tooltip."""
    return _rect(x, y, width, height, "target", hint)


def _dot(x: float, y: float, radius: float, style: str, hint: str) -> str:
    place = f'cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}"'
    return f'<circle class="{style}" {place}>{_hint(hint)}</circle>'


def _text(x: float, y: float, text: str, style: str, more: str = "") -> str:
    return f'<text class="{style}" x="{x:.1f}" y="{y:.1f}" {more}>{escape(text)}</text>'


def _hint(text: str) -> str:
    return f"<title>{escape(text)}</title>" if text else ""


# -- axes -----------------------------------------------------------------------------------------


def _ticks(top: float) -> list[float]:
    return [top * i / 5 for i in range(6)]


def _tick(value: float) -> str:
    return f"{value:.2g}" if value < 10 else f"{value:.0f}"


def _round_up(value: float) -> float:
    """Round up to 1, 1.5, 2, 2.5, 3, 4, 5, 7.5 or 10 times a power of ten."""
    if value <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(value))
    steps = (1, 1.5, 2, 2.5, 3, 4, 5, 7.5, 10)
    return next(power * step for step in steps if value <= power * step * (1 + 1e-9))
