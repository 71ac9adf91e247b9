"""What the page says of its model: that it is still loading, or why it cannot be loaded."""

import asyncio
from collections.abc import AsyncIterator, Callable

from markupsafe import Markup

from assistant.chat.jobs.model_loading import ModelLoading

_LOOK_AGAIN_S = 0.3


def said_of(loading: ModelLoading) -> str:
    """Return what there is to say of the model now, as HTML; empty if there is nothing."""
    if loading.pending:
        return '<p role="status" class="loading">The model is loading. You can ask already.</p>'
    problem = loading.problem
    return str(Markup('<p role="alert">{}</p>').format(problem)) if problem else ""


async def model_state(current: Callable[[], ModelLoading]) -> AsyncIterator[str]:
    """Yield what there is to say of the model, as HTML, until it is loaded or has failed.

    Args:
        current: returns how the model loads; asked again and again, for another may be chosen.
    """
    if current().pending:
        yield said_of(current())
    while current().pending:
        await asyncio.sleep(_LOOK_AGAIN_S)
    yield said_of(current())
