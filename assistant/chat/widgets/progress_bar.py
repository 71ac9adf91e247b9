"""How far something is, as a bar; and how it ended, if it ended badly."""

from markupsafe import Markup


def progress_bar(doing: str, done: float | None = None, total: float = 0, count: str = "") -> str:
    """Return the bar's HTML, escaped.

    Args:
        doing: what goes on.
        done: how much is done; None if that is not known yet.
        total: of how much.
        count: the two in words, such as ``12 of 40``.
    """
    value = Markup(' value="{}" max="{}"').format(done, max(total, 1)) if done is not None else ""
    return str(
        Markup(
            '<div class="underway" role="status"><label><span>{}</span><span>{}</span>'
            "<progress{}></progress></label></div>"
        ).format(doing, count, value)
    )


def problem(text: str) -> str:
    """Return the HTML of what went wrong, escaped."""
    return str(Markup('<div class="note problem" role="alert">{}</div>').format(text))
