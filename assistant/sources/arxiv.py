"""arXiv: papers by their ids, and searches, over its API, which answers in Atom."""

import html
import io
import re
from collections.abc import Sequence

from assistant.errors import InputError
from assistant.http.client import Parameters, UnusableAnswerError, ask
from assistant.papers import Document, Record
from assistant.papers.readers import arxiv_atom
from assistant.sources.arxiv_query import arxiv_query
from assistant.sources.searches.result_page import Page
from assistant.sources.services import ARXIV

PAGE_RESULTS = 100
"""How many results are asked for at a time."""

_FOUND = re.compile(rb"<(?:\w+:)?totalResults[^>]*>\s*([0-9]+)")
_ENTRY = re.compile(rb"<entry[\s>]")
# An error comes as an entry of its own; its summary says what is wrong.
_ERROR = re.compile(rb"<id>[^<]*/api/errors[^<]*</id>.*?<summary[^>]*>([^<]*)", re.DOTALL)


def papers(arxiv_ids: Sequence[str]) -> tuple[Record, ...]:
    """Return papers by their ids; those that arXiv does not have are not among them.

    Raises:
        NetworkError: arXiv is out of reach, or gives no usable answer.
        InputError: an id is none.
    """
    records: list[Record] = []
    for start in range(0, len(arxiv_ids), PAGE_RESULTS):
        ids = arxiv_ids[start : start + PAGE_RESULTS]
        records += _ask({"id_list": ",".join(ids), "max_results": len(ids)}).records
    return tuple(records)


def search(query: str, start: int, count: int, *, newest_first: bool = False) -> Page:
    """Return some results of a search.

    Args:
        query: such as ``cat:cs.CL AND training scheme``; see `arxiv_query`.
        start: how many results to leave out.
        count: how many to return at most, up to `PAGE_RESULTS`.
        newest_first: whether the latest come first, or those that fit best.

    Raises:
        NetworkError: arXiv is out of reach, or gives no usable answer.
        InputError: the query cannot be understood.
    """
    return _ask(
        {
            "search_query": arxiv_query(query),
            "start": start,
            "max_results": min(count, PAGE_RESULTS),
            "sortBy": "submittedDate" if newest_first else "relevance",
            "sortOrder": "descending",
        }
    )


def _ask(parameters: Parameters) -> Page:
    start = int(parameters.get("start", 0))
    return ask(ARXIV, "/query", parameters, lambda body: _page(body, start))


def _page(body: bytes, start: int) -> Page:
    if not body.rstrip().endswith(b"</feed>"):
        raise UnusableAnswerError("its answer is cut, or no list of papers")
    if error := _ERROR.search(body):
        reason = html.unescape(error.group(1).decode("utf-8", errors="replace")).strip()
        raise InputError(f"arXiv does not understand the question: {reason}. Correct it and retry.")
    total = _FOUND.search(body)
    found = int(total.group(1)) if total else None
    count = len(_ENTRY.findall(body))
    if not count:
        if found and start < found:
            # It is known to lose pages of long results now and then.
            raise UnusableAnswerError(f"it leaves out the results from the {start + 1}th on")
        return Page((), 0, found)
    try:
        records = tuple(arxiv_atom.read(Document(ARXIV.name, io.BytesIO(body))))
    except InputError as error:
        raise UnusableAnswerError(f"its answer {error}") from error
    return Page(records, count, found)
