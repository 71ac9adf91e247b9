"""What the page says about a model behind an endpoint."""

from collections.abc import Sequence

from markupsafe import Markup

from assistant.answering import Assistant
from assistant.llm.endpoint import parse_address
from assistant.settings import STARTED_SERVER


def endpoint_names(endpoints: Sequence[str]) -> str:
    """Return the models and hosts of endpoints; empty if the model runs on this machine."""
    parsed = [parse_address(one) for one in endpoints if one != STARTED_SERVER]
    names = [f"{one.model} at {one.host}" if one.model else one.host for one in parsed]
    return ", ".join(names)


def endpoint_note(assistant: Assistant) -> str:
    """Return the HTML, escaped, that says what an endpoint lacks; empty without one."""
    if not assistant.settings.endpoints:
        return ""
    missing = "; ".join(assistant.engine().missing_features())
    names = endpoint_names(assistant.settings.endpoints)
    if not names:
        return str(
            Markup('<p class="endpoint">The model runs behind a server of its own: {}.</p>').format(
                missing
            )
        )
    return str(
        Markup(
            '<p class="endpoint">The model runs behind {}: {}. A model chosen here is used once '
            "the assistant is started without --endpoint.</p>"
        ).format(names, missing)
    )
