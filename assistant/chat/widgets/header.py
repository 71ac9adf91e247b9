"""The page's header: the name, the size of the library, the model."""

from pathlib import PurePath

from markupsafe import Markup

from assistant.answering import Assistant


def header(assistant: Assistant) -> str:
    """Return the header's HTML, escaped."""
    count = assistant.library.catalogue.count()
    return str(
        Markup(
            '<a class="skip" href="#tabs">Skip to the main field</a>'
            "<h1>Paper assistant</h1>"
            '<p><span title="Everything stays on this machine">{} {}</span>'
            '<button type="button" class="model" data-goto="settings" title="Choose the model">'
            "{}</button></p>"
        ).format(
            f"{count:,}",
            "paper" if count == 1 else "papers",
            PurePath(assistant.settings.model).name,
        )
    )
