"""The list of models: description, size, licence and the button for each."""

from collections.abc import Sequence
from pathlib import PurePath

from markupsafe import Markup

from assistant.chat.rights import needs
from assistant.models import ModelStatus

_CLASSES = f"secondary {needs('change settings')}"


def model_list(statuses: Sequence[ModelStatus], used: str, pulling: str = "") -> str:
    """Return the list's HTML, escaped.

    Args:
        statuses: the known models; embedders are left out.
        used: the model in use: a name, the path of a file, or an ``hf:`` reference.
        pulling: the name of the model that is being downloaded, if any.
    """
    models = [status for status in statuses if status.entry.kind == "gguf"]
    items = [_model(status, used, pulling) for status in models]
    if used not in (status.entry.name for status in models):
        items.insert(0, _model_file(used))
    return str(Markup('<ul class="models">{}</ul>').format(Markup("").join(items)))


def format_bytes(count: int) -> str:
    """Return a number of bytes in KB, MB or GB."""
    if count >= 1e9:
        return f"{count / 1e9:.1f} GB"
    return f"{count / 1e6:.0f} MB" if count >= 1e6 else f"{count / 1e3:.0f} KB"


def _model(status: ModelStatus, used: str, pulling: str) -> Markup:
    entry = status.entry
    details = " · ".join(
        filter(None, [format_bytes(entry.bytes), entry.licence or "licence unknown"])
    )
    return _item(
        entry.name, details, entry.description, _button(status, used, pulling), entry.name == used
    )


def _button(status: ModelStatus, used: str, pulling: str) -> Markup:
    name = status.entry.name
    if name == used and status.present:
        return Markup('<span class="state">In use</span>')
    if name == pulling:
        return Markup('<button type="button" class="{}" data-action="stop">Stop</button>').format(
            _CLASSES
        )
    if status.present:
        return Markup(
            '<button type="button" class="{}" data-action="use" data-id="{}" '
            'aria-label="Use {}">Use</button>'
        ).format(_CLASSES, name, name)
    label = "Resume download" if status.bytes_on_disk else "Download"
    return Markup(
        '<button type="button" class="{}" data-action="pull" data-id="{}" '
        'aria-label="{}: {}"{}>{}</button>'
    ).format(_CLASSES, name, label, name, Markup(" disabled") if pulling else "", label)


def _model_file(used: str) -> Markup:
    state = Markup('<span class="state">In use</span>')
    return _item(PurePath(used).name, "your own file", used, state, is_used=True)


def _item(name: str, details: str, description: str, button: Markup, is_used: bool) -> Markup:
    return Markup(
        '<li class="{}"><div><strong>{}</strong> <span class="details">{}</span><p>{}</p></div>'
        "{}</li>"
    ).format("used" if is_used else "", name, details, description, button)
