"""The figures of runs over time: an SVG drawing, and bars in a terminal."""

from collections.abc import Sequence

from assistant.evaluation.comparison.history import Entry
from assistant.evaluation.metrics.intervals import Estimate, readable
from assistant.evaluation.metrics.measure import TITLES
from assistant.evaluation.report.svg import (
    BOTTOM,
    HEIGHT,
    LEFT,
    RIGHT,
    WIDTH,
    Axes,
    dot,
    line,
    round_up,
    svg,
    text_mark,
)

_BAR = 24
_BLOCKS = " ▏▎▍▌▋▊▉"
# The colours of the series, in order; they differ in lightness, too.
_COLOURS = ("#1f5f9f", "#c2410c", "#2b7f4f", "#6b3fa0", "#8a6100", "#374151")
_STYLE = (
    "text{font:11px system-ui,sans-serif;fill:#1f2328}.label{font-weight:600}"
    ".middle{text-anchor:middle}.end{text-anchor:end}.grid{stroke:#e3e4e1}"
) + "".join(
    f".s{i}{{fill:{colour};stroke:{colour}}}polyline.s{i}{{fill:none;stroke-width:1.5}}"
    for i, colour in enumerate(_COLOURS)
)
# Dates overlap if more than this many share the width.
_LABELS = 6


def history_svg(entries: Sequence[Entry], names: Sequence[str]) -> str:
    """Return a drawing with a panel for each figure and a line for each series of runs.

    Runs are evenly spaced, in the order given; a whisker shows the interval.
    """
    series = list(dict.fromkeys(entry.series for entry in entries))
    legend = 18 * len(series) + 8
    marks = [f"<style>{_STYLE}</style>", '<rect width="100%" height="100%" fill="#fff"/>']
    for number, name in enumerate(series):
        style = _series_style(number)
        marks.append(dot(LEFT, 14 + 18 * number, 4, style))
        marks.append(text_mark(LEFT + 10, 18 + 18 * number, name, ""))
    for place, name in enumerate(names):
        panel = _panel(entries, series, name)
        marks.append(f'<g transform="translate(0 {legend + place * HEIGHT})">{panel}</g>')
    title = f"{', '.join(map(_title, names))} of {len(entries)} runs"
    return svg("".join(marks), title, legend + HEIGHT * len(names)) + "\n"


def bar(estimate: Estimate | None, top: float) -> str:
    """Return a bar of up to 24 characters for a value between 0 and ``top``."""
    if estimate is None or estimate.value is None:
        return ""
    eighths = round(max(0.0, min(1.0, estimate.value / top)) * _BAR * 8)
    return "█" * (eighths // 8) + _BLOCKS[eighths % 8].strip()


def top_of(entries: Sequence[Entry], name: str) -> float:
    """Return the upper end of the axis of a figure: 1 for shares, else a round number."""
    values = [
        bound
        for entry in entries
        if (one := entry.figures.get(name)) is not None
        for bound in (one.value, one.high)
        if bound is not None
    ]
    most = max(values, default=1.0)
    return 1.0 if most <= 1 else round_up(most)


def _panel(entries: Sequence[Entry], series: Sequence[str], name: str) -> str:
    axes = Axes(1.0, top_of(entries, name))
    step = (WIDTH - LEFT - RIGHT) / len(entries)
    columns = [LEFT + (place + 0.5) * step for place in range(len(entries))]
    marks = [axes.draw_values(_title(name))]
    every = -(-len(entries) // _LABELS)
    for place in range(0, len(entries), every):
        label = entries[place].commit or entries[place].manifest.started[:10]
        marks.append(text_mark(columns[place], HEIGHT - BOTTOM + 18, label, "tick middle"))
    for number, one_series in enumerate(series):
        style = _series_style(number)
        points = [
            (x, entry, estimate)
            for x, entry in zip(columns, entries, strict=True)
            if entry.series == one_series
            and (estimate := entry.figures.get(name)) is not None
            and estimate.value is not None
        ]
        path = " ".join(f"{x:.1f},{axes.y(one.value or 0.0):.1f}" for x, _, one in points)
        marks.append(f'<polyline class="{style}" points="{path}"/>')
        for x, entry, one in points:
            if one.low is not None and one.high is not None:
                marks.append(line(x, axes.y(one.low), x, axes.y(one.high), style))
            hint = f"{entry.source}, {entry.manifest.started}: {one}, n = {one.n}"
            marks.append(dot(x, axes.y(one.value or 0.0), 3.5, style, hint))
    return "".join(marks)


def _series_style(number: int) -> str:
    return f"s{number % len(_COLOURS)}"


def _title(name: str) -> str:
    title = TITLES.get(name, name).strip()
    return f"Answer score, {title}" if name.startswith("answer_score.") else title


def row(entry: Entry, name: str, top: float) -> tuple[str, ...]:
    """Return the cells of a run in a table: when, commit, series, model, value, interval, bar."""
    estimate = entry.figures.get(name)
    return (
        entry.manifest.started[:16].replace("T", " "),
        entry.commit,
        entry.series,
        entry.manifest.model.rpartition("@")[0] or entry.manifest.model,
        readable(estimate.value if estimate else None),
        estimate.interval if estimate else "",
        str(estimate.n) if estimate else "",
        bar(estimate, top),
    )
