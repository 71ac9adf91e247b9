"""SVG marks and axes of the charts, coloured by a style sheet."""

import math
from dataclasses import dataclass
from html import escape

WIDTH = 460
HEIGHT = 300
LEFT, RIGHT, TOP, BOTTOM = 52, 16, 14, 46


@dataclass(frozen=True, slots=True)
class Axes:
    """A linear scale from values, 0 to ``x_top`` and 0 to ``y_top``, to drawing coordinates."""

    x_top: float
    y_top: float

    def x(self, value: float) -> float:
        """Return the horizontal coordinate of a value."""
        return LEFT + value / self.x_top * (WIDTH - LEFT - RIGHT)

    def y(self, value: float) -> float:
        """Return the vertical coordinate of a value."""
        return HEIGHT - BOTTOM - value / self.y_top * (HEIGHT - TOP - BOTTOM)

    def draw(self, x_label: str, y_label: str) -> str:
        """Return grid lines, tick labels and axis titles."""
        below = HEIGHT - BOTTOM + 18
        marks = [
            text_mark(self.x(tick), below, _tick(tick), "tick middle")
            for tick in _ticks(self.x_top)
        ]
        middle = (LEFT + WIDTH - RIGHT) / 2
        marks.append(text_mark(middle, HEIGHT - 6, x_label, "label middle"))
        return self.draw_values(y_label) + "".join(marks)

    def draw_values(self, y_label: str) -> str:
        """Return the grid lines, tick labels and title of the vertical axis."""
        marks = []
        for tick in _ticks(self.y_top):
            y = self.y(tick)
            marks.append(line(LEFT, y, WIDTH - RIGHT, y, "grid"))
            marks.append(text_mark(LEFT - 8, y + 4, _tick(tick), "tick end"))
        height = (TOP + HEIGHT - BOTTOM) / 2
        rotation = f'transform="rotate(-90 13 {height:.1f})"'
        marks.append(text_mark(13, height, y_label, "label middle", rotation))
        return "".join(marks)


def svg(marks: str, title: str, height: float = HEIGHT) -> str:
    """Return a drawing of marks, titled for screen readers."""
    return (
        f'<svg viewBox="0 0 {WIDTH} {height:g}" role="img" aria-label="{escape(title)}" '
        f'xmlns="http://www.w3.org/2000/svg">{marks}</svg>'
    )


def line(x1: float, y1: float, x2: float, y2: float, style: str) -> str:
    """Return a line with a class of the style sheet."""
    return f'<line class="{style}" x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"/>'


def rect(x: float, y: float, width: float, height: float, style: str, hint: str = "") -> str:
    """Return a rectangle with a tooltip."""
    box = f'x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" rx="2"'
    return f'<rect class="{style}" {box}>{_hint(hint)}</rect>'


def target(x: float, y: float, width: float, height: float, hint: str) -> str:
    """Return an invisible area with a tooltip."""
    return rect(x, y, width, height, "target", hint)


def dot(x: float, y: float, radius: float, style: str, hint: str = "") -> str:
    """Return a circle with a tooltip."""
    place = f'cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}"'
    return f'<circle class="{style}" {place}>{_hint(hint)}</circle>'


def text_mark(x: float, y: float, text: str, style: str, more: str = "") -> str:
    """Return a text; ``more`` holds further attributes."""
    return f'<text class="{style}" x="{x:.1f}" y="{y:.1f}" {more}>{escape(text)}</text>'


def _hint(text: str) -> str:
    return f"<title>{escape(text)}</title>" if text else ""


def _ticks(top: float) -> list[float]:
    return [top * i / 5 for i in range(6)]


def _tick(value: float) -> str:
    return f"{value:.2g}" if value < 10 else f"{value:.0f}"


def round_up(value: float) -> float:
    """Round up to 1, 1.5, 2, 2.5, 3, 4, 5, 7.5 or 10 times a power of ten."""
    if value <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(value))
    steps = (1, 1.5, 2, 2.5, 3, 4, 5, 7.5, 10)
    return next(power * step for step in steps if value <= power * step * (1 + 1e-9))
