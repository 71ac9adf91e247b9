"""arXiv: papers by id, and searches, using its Atom API."""

import html
import io
import re
from collections.abc import Sequence

from assistant.errors import InputError
from assistant.http.client import BadResponseError, Parameters, get
from assistant.papers import Document, Record
from assistant.papers.readers import arxiv_atom
from assistant.sources.arxiv_query import arxiv_query
from assistant.sources.searches.result_page import ResultPage
from assistant.sources.services import ARXIV

PAGE_RESULTS = 100
"""Maximum number of results per request."""

_TOTAL = re.compile(rb"<(?:\w+:)?totalResults[^>]*>\s*([0-9]+)")
_ENTRY = re.compile(rb"<entry[\s>]")
# arXiv reports an error as an entry with the message in its summary.
_ERROR = re.compile(rb"<id>[^<]*/api/errors[^<]*</id>.*?<summary[^>]*>([^<]*)", re.DOTALL)


def papers(arxiv_ids: Sequence[str]) -> tuple[Record, ...]:
    """Return papers by id, without those that arXiv does not have.

    Raises:
        NetworkError: arXiv is unreachable, or its response cannot be used.
        InputError: an id is malformed.
    """
    records: list[Record] = []
    for start in range(0, len(arxiv_ids), PAGE_RESULTS):
        ids = arxiv_ids[start : start + PAGE_RESULTS]
        records += _request({"id_list": ",".join(ids), "max_results": len(ids)}).records
    return tuple(records)


def search(query: str, start: int, count: int, *, newest_first: bool = False) -> ResultPage:
    """Return one page of the results of a search.

    Args:
        query: the query, such as ``cat:cs.CL AND training scheme``; see `arxiv_query`.
        start: number of results to skip.
        count: maximum number to return, at most `PAGE_RESULTS`.
        newest_first: whether to sort by submission date; otherwise by relevance.

    Raises:
        NetworkError: arXiv is unreachable, or its response cannot be used.
        InputError: the query is not valid.
    """
    return _request(
        {
            "search_query": arxiv_query(query),
            "start": start,
            "max_results": min(count, PAGE_RESULTS),
            "sortBy": "submittedDate" if newest_first else "relevance",
            "sortOrder": "descending",
        }
    )


def _request(parameters: Parameters) -> ResultPage:
    start = int(parameters.get("start", 0))
    return get(ARXIV, "/query", parameters, lambda body: _parse(body, start))


def _parse(body: bytes, start: int) -> ResultPage:
    if not body.rstrip().endswith(b"</feed>"):
        raise BadResponseError("its response is truncated, or not a list of papers")
    if error := _ERROR.search(body):
        reason = html.unescape(error.group(1).decode("utf-8", errors="replace")).strip()
        raise InputError(f"arXiv rejects the query: {reason}. Correct it and retry.")
    match = _TOTAL.search(body)
    total = int(match.group(1)) if match else None
    count = len(_ENTRY.findall(body))
    if not count:
        if total and start < total:
            # arXiv occasionally omits pages of long result lists.
            raise BadResponseError(f"it omits the results from number {start + 1} on")
        return ResultPage((), 0, total)
    try:
        records = tuple(arxiv_atom.read(Document(ARXIV.name, io.BytesIO(body))))
    except InputError as error:
        raise BadResponseError(f"its response {error}") from error
    return ResultPage(records, count, total)
