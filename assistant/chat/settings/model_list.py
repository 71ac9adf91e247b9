"""The models that can answer: what each is, how large, under which licence, whether it is here."""

from collections.abc import Sequence
from pathlib import PurePath

from markupsafe import Markup

from assistant.models import ModelStatus


def model_list(statuses: Sequence[ModelStatus], used: str, pulling: str = "") -> str:
    """Return the list's HTML, escaped.

    Args:
        statuses: of the known models; embedders are left out.
        used: the model in use: a name, the path of a file, or an ``hf:`` reference.
        pulling: the name of the model that is being pulled, if any.
    """
    models = [status for status in statuses if status.entry.kind == "gguf"]
    items = [_model(status, used, pulling) for status in models]
    if used not in (status.entry.name for status in models):
        items.insert(0, _file(used))
    return str(Markup('<ul class="models">{}</ul>').format(Markup("").join(items)))


def size_in_words(count: int) -> str:
    """Return a number of bytes as people read it."""
    return f"{count / 1e9:.1f} GB" if count >= 1e9 else f"{count / 1e6:.0f} MB"


def _model(status: ModelStatus, used: str, pulling: str) -> Markup:
    entry = status.entry
    facts = " · ".join(
        filter(None, [size_in_words(entry.bytes), entry.licence or "licence unknown"])
    )
    return _item(
        entry.name, facts, entry.description, _doing(status, used, pulling), entry.name == used
    )


def _doing(status: ModelStatus, used: str, pulling: str) -> Markup:
    name = status.entry.name
    if name == used and status.present:
        return Markup('<span class="state">In use</span>')
    if name == pulling:
        return Markup('<button type="button" class="quiet" data-do="stop">Stop</button>')
    if status.present:
        return Markup(
            '<button type="button" class="main" data-do="use" data-id="{}" '
            'aria-label="Use {}">Use</button>'
        ).format(name, name)
    begun = "Go on getting it" if status.bytes_on_disk else "Get it"
    return Markup(
        '<button type="button" class="quiet" data-do="pull" data-id="{}" '
        'aria-label="{}: {}"{}>{}</button>'
    ).format(name, begun, name, Markup(" disabled") if pulling else "", begun)


def _file(used: str) -> Markup:
    state = Markup('<span class="state">In use</span>')
    return _item(PurePath(used).name, "a file of your own", used, state, is_used=True)


def _item(name: str, facts: str, description: str, doing: Markup, is_used: bool) -> Markup:
    return Markup(
        '<li class="{}"><div><strong>{}</strong> <span class="facts">{}</span><p>{}</p></div>'
        "{}</li>"
    ).format("used" if is_used else "", name, facts, description, doing)
