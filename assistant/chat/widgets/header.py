"""The page's header: the name, the size of the library, the model."""

from collections.abc import Sequence
from pathlib import PurePath

from markupsafe import Markup

from assistant.answering import Assistant
from assistant.chat.widgets.endpoints import endpoint_names


def header(assistant: Assistant) -> str:
    """Return the header's HTML, escaped."""
    count = assistant.library.catalogue.count()
    endpoints = assistant.settings.endpoints
    return str(
        Markup(
            '<a class="skip" href="#tabs">Skip to the main field</a>'
            "<h1>Paper assistant</h1>"
            '<p><span title="{}">{} {}</span>'
            '<button type="button" class="model" data-goto="settings" title="Choose the model">'
            "{}</button></p>"
        ).format(
            _where(endpoints),
            f"{count:,}",
            "paper" if count == 1 else "papers",
            model_name(assistant),
        )
    )


def model_name(assistant: Assistant) -> str:
    """Return the name of the model that answers, or of its endpoints."""
    settings = assistant.settings
    return endpoint_names(settings.endpoints) or PurePath(settings.model).name


def _where(endpoints: Sequence[str]) -> str:
    names = endpoint_names(endpoints)
    return f"Questions and evidence go to {names}" if names else "Everything stays on this machine"
