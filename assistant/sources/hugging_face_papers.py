"""Hugging Face Papers: searches over the API of the hub."""

import os
from functools import partial

from assistant.errors import NetworkError
from assistant.http.client import Parameters, ask
from assistant.sources.json_response import records_in
from assistant.sources.searches.result_page import Page
from assistant.sources.services import HUGGING_FACE

MOST_RESULTS = 120
"""How many results the hub gives of one search."""


def search(query: str, count: int) -> Page:
    """Return the results of a search, those that fit best first.

    Args:
        query: a few words.
        count: how many results at most, up to `MOST_RESULTS`.

    Raises:
        NetworkError: the hub is out of reach, or gives no usable answer, or must not be asked.
    """
    if os.environ.get("HF_HUB_OFFLINE", "").lower() in ("1", "true", "yes", "on"):
        raise NetworkError(
            "Hugging Face is not asked, because HF_HUB_OFFLINE is set. Unset it and retry."
        )
    parameters: Parameters = {"q": query, "limit": min(count, MOST_RESULTS)}
    records = ask(HUGGING_FACE, "/api/papers/search", parameters, partial(records_in, HUGGING_FACE))
    return Page(records[:count], min(count, len(records)))
