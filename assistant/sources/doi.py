"""Papers by DOI. Crossref has most DOIs; other services have more abstracts."""

from assistant.errors import InputError, NetworkError
from assistant.http.client import NotFoundError
from assistant.papers import Paper
from assistant.sources.lookups import LOOKUPS

# Tried in this order until one has the abstract.
_LOOKUPS = [lookup for lookup in LOOKUPS if lookup.kind == "doi"]


def paper(doi: str) -> Paper:
    """Return the paper with a DOI, from the first service that has its abstract.

    Args:
        doi: the DOI, without ``https://doi.org/``.

    Raises:
        NetworkError: a service that may have it is unreachable.
        InputError: no service has the paper, or none has its abstract.
    """
    known = False
    unreachable: NetworkError | None = None
    for lookup in _LOOKUPS:
        try:
            papers = lookup.papers(doi)
        except NotFoundError:
            continue
        except NetworkError as error:
            unreachable = unreachable or error
            continue
        known = known or bool(papers)
        for found in papers:
            if found.abstract:
                return found
    if unreachable:
        raise unreachable
    names = ", ".join(lookup.service.name for lookup in _LOOKUPS)
    if known:
        raise InputError(
            f"None of {names} has the abstract of doi:{doi}. Save the paper's page or PDF "
            "and add that file."
        )
    raise InputError(f"None of {names} has a paper with the DOI {doi}. Check the DOI and retry.")
