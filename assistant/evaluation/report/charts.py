"""The report's charts: inline SVG, coloured by the page's style sheet."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.evaluation.metrics.abstention import RiskCoverage
from assistant.evaluation.metrics.intervals import Estimate, readable
from assistant.evaluation.metrics.reliability import ReliabilityBin
from assistant.evaluation.report.svg import (
    TOP,
    WIDTH,
    Axes,
    dot,
    line,
    rect,
    round_up,
    svg,
    target,
    text_mark,
)

_HISTOGRAM_BINS = 20


def bars(estimates: Sequence[tuple[str, Estimate]], title: str) -> str:
    """Return a bar chart of shares, 0 to 1, with their intervals as whiskers."""
    row, label_width, value_width = 34, 108, 60
    span = WIDTH - label_width - value_width
    marks = []
    for place, (label, estimate) in enumerate(estimates):
        y = place * row
        value = estimate.value or 0.0
        centre = y + row / 2
        marks.append(text_mark(label_width - 10, centre + 4, label, "name end"))
        marks.append(rect(label_width, y + 8, span, row - 16, "track"))
        marks.append(rect(label_width, y + 8, max(value * span, 1), row - 16, "bar"))
        if estimate.low is not None and estimate.high is not None:
            low, high = (label_width + bound * span for bound in (estimate.low, estimate.high))
            marks.append(line(low, centre, high, centre, "whisker"))
            marks += [line(x, centre - 4, x, centre + 4, "whisker") for x in (low, high)]
        hint = f"{label}: {estimate}, n = {estimate.n}"
        marks.append(text_mark(WIDTH - value_width + 10, centre + 4, readable(value), "value"))
        marks.append(target(0, y, WIDTH, row, hint))
    return svg("".join(marks), title, height=max(row, row * len(estimates)))


def risk_coverage_chart(curve: RiskCoverage) -> str:
    """Return a plot of risk over coverage."""
    axes = Axes(1.0, min(1.0, round_up(max(curve.risk, default=1.0))))
    points = list(zip(curve.coverage, curve.risk, strict=True))
    path = " ".join(f"{axes.x(x):.1f},{axes.y(y):.1f}" for x, y in points)
    marks = axes.draw("share of the questions answered", "risk: 1 - answer score")
    if points:
        first, last = points[0], points[-1]
        floor = axes.y(0)
        area = f"{axes.x(first[0]):.1f},{floor:.1f} {path} {axes.x(last[0]):.1f},{floor:.1f}"
        marks += f'<polygon class="area" points="{area}"/><polyline class="curve" points="{path}"/>'
        hint = f"answering {last[0]:.0%} of the questions has a risk of {last[1]:.3f}"
        marks += dot(axes.x(last[0]), axes.y(last[1]), 4.5, "dot", hint)
    return svg(marks, "Risk and coverage")


def reliability_chart(bins: Sequence[ReliabilityBin]) -> str:
    """Return a plot of answer score over confidence; a dot's area shows the number of answers."""
    axes = Axes(1.0, 1.0)
    marks = axes.draw("confidence", "answer score")
    marks += line(axes.x(0), axes.y(0), axes.x(1), axes.y(1), "ideal")
    most = max((one.n for one in bins), default=1)
    for one in bins:
        x, y = axes.x(one.confidence), axes.y(one.score)
        marks += line(x, axes.y(one.confidence), x, y, "gap")
        hint = f"confidence {one.confidence:.2f}, answer score {one.score:.2f}, n = {one.n}"
        marks += dot(x, y, 4 + 8 * math.sqrt(one.n / most), "dot", hint)
    return svg(marks, "Reliability diagram")


def histogram(values: Sequence[float], label: str) -> str:
    """Return a histogram of seconds, with the median marked."""
    ordered = sorted(values)
    top = round_up(ordered[-1]) if ordered else 1.0
    counts = [0] * _HISTOGRAM_BINS
    for value in ordered:
        counts[min(int(value / top * _HISTOGRAM_BINS), _HISTOGRAM_BINS - 1)] += 1
    axes = Axes(top, round_up(max(counts)))
    marks = axes.draw(label, "questions")
    step = top / _HISTOGRAM_BINS
    for place, count in enumerate(counts):
        if count:
            x, y = axes.x(place * step), axes.y(count)
            width = axes.x(step) - axes.x(0) - 1.5
            hint = f"{place * step:.2f} to {(place + 1) * step:.2f} s: {count}"
            marks += rect(x, y, width, axes.y(0) - y, "bar", hint)
    if ordered:
        median = (ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]) / 2
        x = axes.x(median)
        marks += line(x, axes.y(0), x, TOP, "median")
        side = "end" if x > WIDTH / 2 else ""
        marks += text_mark(
            x + (-6 if side else 6), TOP + 9, f"median {median:.2f} s", f"tick {side}"
        )
    return svg(marks, label)


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
    axes = Axes(round_up(max((point.x for point in points), default=1.0) * 1.05), 1.0)
    marks = axes.draw(x_label, y_label)
    front = sorted((point for point in points if point.pareto_optimal), key=lambda point: point.x)
    path = " ".join(f"{axes.x(point.x):.1f},{axes.y(point.y):.1f}" for point in front)
    marks += f'<polyline class="curve" points="{path}"/>'
    for point in points:
        x, y = axes.x(point.x), axes.y(point.y)
        hint = f"{point.name}: {point.y:.3f}, {point.x:.2f} s"
        marks += dot(x, y, 5.5, "dot" if point.pareto_optimal else "dot faint", hint)
    for place, point in enumerate(front):
        x, y = axes.x(point.x), axes.y(point.y)
        side = "end" if x > WIDTH * 0.6 else ""
        below = 18 if place % 2 else -10
        marks += text_mark(x + (-8 if side else 8), y + below, point.name, f"tick {side}")
    return svg(marks, f"{y_label} and {x_label}")
