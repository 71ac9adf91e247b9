"""What the page says of its model: that it is still loading, or why it cannot be loaded."""

import asyncio
from collections.abc import AsyncIterator

from markupsafe import Markup

from assistant.chat.loading import Loading

_LOOK_AGAIN_S = 0.3


async def model_state(loading: Loading) -> AsyncIterator[str]:
    """Yield what there is to say of the model, as HTML, until it is loaded or has failed."""
    if loading.pending:
        yield '<p role="status" class="loading">The model is loading. You can ask already.</p>'
    while loading.pending:
        await asyncio.sleep(_LOOK_AGAIN_S)
    problem = loading.problem
    yield str(Markup('<p role="alert">{}</p>').format(problem)) if problem else ""
