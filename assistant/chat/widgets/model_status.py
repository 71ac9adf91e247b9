"""The line under the header while the model loads, or when it cannot be loaded."""

import asyncio
from collections.abc import AsyncIterator, Callable

from markupsafe import Markup

from assistant.chat.jobs.model_loading import ModelLoading
from assistant.chat.widgets.without_paths import without_paths

_POLL_S = 0.3


def model_status(loading: ModelLoading) -> str:
    """Return the status line's HTML, escaped; empty if the model is ready or not started."""
    if loading.pending:
        return '<p role="status" class="loading">The model is loading. You can ask already.</p>'
    problem = without_paths(loading.problem or "")
    return str(Markup('<p role="alert">{}</p>').format(problem)) if problem else ""


async def watch_model_status(current: Callable[[], ModelLoading]) -> AsyncIterator[str]:
    """Yield the status line's HTML until the model is loaded or has failed.

    Args:
        current: returns the current loading. It is called at each poll, because another model may
            be chosen meanwhile.
    """
    if current().pending:
        yield model_status(current())
    while current().pending:
        await asyncio.sleep(_POLL_S)
    yield model_status(current())
