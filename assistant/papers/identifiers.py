"""DOIs and arXiv ids, bare of what is written around them."""

import re

_DOI_PREFIX = re.compile(r"^\s*(?:(?:https?://)?(?:dx\.)?doi\.org/|doi:)\s*", re.IGNORECASE)
_ARXIV_PREFIX = re.compile(
    r"^\s*(?:(?:https?://)?(?:www\.)?arxiv\.org/(?:abs|pdf)/|arxiv:)\s*", re.IGNORECASE
)
_ARXIV_SUFFIX = re.compile(r"(?:v[0-9]+)?(?:\.pdf)?\s*$")


def bare_doi(text: str) -> str:
    """Return a DOI without ``https://doi.org/`` or ``doi:``; empty if nothing is left."""
    return _DOI_PREFIX.sub("", text).strip()


def bare_arxiv_id(text: str) -> str:
    """Return an arXiv id without address, ``arXiv:`` and version; empty if nothing is left."""
    return _ARXIV_SUFFIX.sub("", _ARXIV_PREFIX.sub("", text))
