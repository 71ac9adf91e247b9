"""A progress bar, and the note that replaces it when the job fails."""

from markupsafe import Markup

from assistant.chat.widgets.without_paths import without_paths


def progress_bar(label: str, done: float | None = None, total: float = 0, count: str = "") -> str:
    """Return the bar's HTML, escaped.

    Args:
        label: what is being done.
        done: the amount done; None while it is unknown.
        total: the whole amount.
        count: both in words, such as ``12 of 40``.
    """
    value = Markup(' value="{}" max="{}"').format(done, max(total, 1)) if done is not None else ""
    return str(
        Markup(
            '<div class="progress" role="status"><label><span>{}</span><span>{}</span>'
            "<progress{}></progress></label></div>"
        ).format(label, count, value)
    )


def error_note(text: str) -> str:
    """Return the HTML of an error message, escaped and without the folders of files."""
    note = Markup('<div class="note problem" role="alert">{}</div>')
    return str(note.format(without_paths(text)))
