"""A paper by its DOI: Crossref knows the DOIs of publishers, others more of the abstracts."""

from functools import partial
from urllib.parse import quote

from assistant.errors import InputError, NetworkError
from assistant.http.client import NothingThereError, Parameters, ask
from assistant.http.service import WebService
from assistant.papers import Paper
from assistant.sources.json_response import records_in
from assistant.sources.services import CROSSREF, OPENALEX, SEMANTIC_SCHOLAR

_FIELDS = "title,abstract,authors,year,url,externalIds"
# In the order in which they are asked, until one gives the abstract.
_ASKED: tuple[tuple[WebService, str, Parameters], ...] = (
    (CROSSREF, "/works/{doi}", {}),
    (OPENALEX, "/works/doi:{doi}", {}),
    (SEMANTIC_SCHOLAR, "/graph/v1/paper/DOI:{doi}", {"fields": _FIELDS}),
)


def paper(doi: str) -> Paper:
    """Return the paper with a DOI, from the first source that knows its abstract.

    Args:
        doi: without ``https://doi.org/``.

    Raises:
        NetworkError: a source that might have it is out of reach.
        InputError: no source has it, or none its abstract.
    """
    known = False
    unreachable: NetworkError | None = None
    for source, path, parameters in _ASKED:
        try:
            place = path.format(doi=quote(doi, safe="/"))
            records = ask(source, place, parameters, partial(records_in, source))
        except NothingThereError:
            continue
        except NetworkError as error:
            unreachable = unreachable or error
            continue
        known = True
        for record in records:
            if isinstance(record, Paper):
                return record
    if unreachable:
        raise unreachable
    names = ", ".join(source.name for source, *_ in _ASKED)
    if known:
        raise InputError(
            f"The abstract of doi:{doi} is known to none of {names}. Save the paper's page or PDF "
            "and add that file."
        )
    raise InputError(f"No paper with the DOI {doi} is known to {names}. Check it and retry.")
