"""Hugging Face Papers: searches, using the hub's API."""

from functools import partial

from assistant.errors import NetworkError
from assistant.http.client import Parameters, get
from assistant.http.service import hugging_face_is_offline
from assistant.sources.json_response import parse_records
from assistant.sources.searches.result_page import ResultPage
from assistant.sources.services import HUGGING_FACE

MAX_RESULTS = 120
"""Maximum number of results of a search."""


def search(query: str, count: int) -> ResultPage:
    """Return the results of a search, by relevance.

    Args:
        query: a few words.
        count: maximum number of results, at most `MAX_RESULTS`.

    Raises:
        NetworkError: the hub is unreachable, its response cannot be used, or ``HF_HUB_OFFLINE``
            is set.
    """
    if hugging_face_is_offline():
        raise NetworkError(
            "Hugging Face cannot be searched, because HF_HUB_OFFLINE is set. Unset it and retry."
        )
    parameters: Parameters = {"q": query, "limit": min(count, MAX_RESULTS)}
    records = get(
        HUGGING_FACE, "/api/papers/search", parameters, partial(parse_records, HUGGING_FACE)
    )
    return ResultPage(records[:count], min(count, len(records)))
