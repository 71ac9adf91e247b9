"""Papers by DOI. Crossref has most DOIs; OpenAlex and Semantic Scholar have more abstracts."""

from functools import partial
from urllib.parse import quote

from assistant.errors import InputError, NetworkError
from assistant.http.client import NotFoundError, Parameters, get
from assistant.http.service import WebService
from assistant.papers import Paper
from assistant.sources.json_response import parse_records
from assistant.sources.services import CROSSREF, OPENALEX, SEMANTIC_SCHOLAR

_FIELDS = "title,abstract,authors,year,url,externalIds"
# Tried in this order until one has the abstract.
_SERVICES: tuple[tuple[WebService, str, Parameters], ...] = (
    (CROSSREF, "/works/{doi}", {}),
    (OPENALEX, "/works/doi:{doi}", {}),
    (SEMANTIC_SCHOLAR, "/graph/v1/paper/DOI:{doi}", {"fields": _FIELDS}),
)


def paper(doi: str) -> Paper:
    """Return the paper with a DOI, from the first service that has its abstract.

    Args:
        doi: without ``https://doi.org/``.

    Raises:
        NetworkError: a service that may have it is unreachable.
        InputError: no service has the paper, or none has its abstract.
    """
    known = False
    unreachable: NetworkError | None = None
    for service, path, parameters in _SERVICES:
        try:
            resource = path.format(doi=quote(doi, safe="/"))
            records = get(service, resource, parameters, partial(parse_records, service))
        except NotFoundError:
            continue
        except NetworkError as error:
            unreachable = unreachable or error
            continue
        known = True
        for record in records:
            if isinstance(record, Paper) and record.abstract:
                return record
    if unreachable:
        raise unreachable
    names = ", ".join(service.name for service, *_ in _SERVICES)
    if known:
        raise InputError(
            f"None of {names} has the abstract of doi:{doi}. Save the paper's page or PDF "
            "and add that file."
        )
    raise InputError(f"None of {names} has a paper with the DOI {doi}. Check the DOI and retry.")
