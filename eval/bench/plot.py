"""Plot the time to the first token by the number of papers, as a self-contained SVG."""

from collections.abc import Mapping, Sequence
from html import escape

import numpy as np

from eval.bench.engine import Growth

_WIDTH, _HEIGHT = 640, 380
_LEFT, _RIGHT, _TOP, _BOTTOM = 60, 24, 24, 56
_COLOURS = ("#0b7285", "#c2410c")
_STYLE = (
    "text{font:13px system-ui,sans-serif}.grid{stroke:#e5e7eb}.line{fill:none;stroke-width:2.5}"
)


def growth_plot(growth: Growth) -> str:
    """Return an SVG with a line for cached papers (medians) and one for uncached abstracts."""
    lines = {
        "papers in the reading cache": growth.cached,
        "whole abstracts, not cached": growth.uncached,
    }
    medians = {
        name: {count: float(np.median(values)) for count, values in sorted(points.items())}
        for name, points in lines.items()
    }
    top = max(value for points in medians.values() for value in points.values()) * 1.1
    most = max(growth.cached)

    def x(count: float) -> float:
        return _LEFT + count / most * (_WIDTH - _LEFT - _RIGHT)

    def y(seconds: float) -> float:
        return _HEIGHT - _BOTTOM - seconds / top * (_HEIGHT - _TOP - _BOTTOM)

    marks = [f"<style>{_STYLE}</style>", '<rect width="100%" height="100%" fill="#fff"/>']
    for step in range(6):
        value = top * step / 5
        marks.append(
            f'<line class="grid" x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" '
            f'y1="{y(value):.1f}" y2="{y(value):.1f}"/>'
        )
        marks.append(_text(_LEFT - 8, y(value) + 4, f"{value:.3g}", "end"))
    marks += [
        _text(x(count), _HEIGHT - _BOTTOM + 20, str(count), "middle")
        for count in sorted(growth.cached)
    ]
    marks.append(_text((_LEFT + _WIDTH) / 2, _HEIGHT - 12, "papers in the prompt", "middle"))
    marks.append(_text(_LEFT, _TOP - 8, "seconds to the first token", "start"))
    for index, ((name, points), colour) in enumerate(zip(medians.items(), _COLOURS, strict=True)):
        marks += _line([(x(count), y(value)) for count, value in points.items()], colour)
        label_y = _TOP + 16 + 18 * index
        marks.append(_text(_LEFT + 14, label_y, name, "start", colour))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" '
        f'aria-label="{escape(_description(medians))}">{"".join(marks)}</svg>\n'
    )


def _line(points: Sequence[tuple[float, float]], colour: str) -> list[str]:
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    dots = [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{colour}"/>' for x, y in points]
    return [f'<polyline class="line" stroke="{colour}" points="{path}"/>', *dots]


def _text(x: float, y: float, text: str, anchor: str, colour: str = "#374151") -> str:
    place = f'x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}"'
    return f"<text {place}>{escape(text)}</text>"


def _description(medians: Mapping[str, Mapping[int, float]]) -> str:
    return "; ".join(
        f"{name}: " + ", ".join(f"{count} papers {value:.2f} s" for count, value in points.items())
        for name, points in medians.items()
    )
