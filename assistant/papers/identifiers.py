"""DOIs and arXiv ids: bare of what is written around them, and found in what is."""

import re

_DOI_PREFIX = re.compile(r"^\s*(?:(?:https?://)?(?:dx\.)?doi\.org/|doi:)\s*", re.IGNORECASE)
_ARXIV_PREFIX = re.compile(
    r"^\s*(?:(?:https?://)?(?:www\.)?arxiv\.org/(?:abs|pdf)/|arxiv:)\s*", re.IGNORECASE
)
_ARXIV_SUFFIX = re.compile(r"(?:v[0-9]+)?(?:\.pdf)?\s*$")

_ARXIV_ID = r"(?:[0-9]{4}\.[0-9]{4,5}|[a-z][a-z-]{1,20}(?:\.[A-Z]{2})?/[0-9]{7})"
_WHOLE_ARXIV_ID = re.compile(_ARXIV_ID)
# After "arXiv:", in an address of arXiv's (or a page that is named after its ids), or in a DOI of
# arXiv's.
_ARXIV_MENTION = re.compile(
    rf"(?:arxiv\.org/(?:abs|pdf|html)/|huggingface\.co/papers/|\barxiv:\s*|10\.48550/arxiv\.)"
    rf"({_ARXIV_ID})(?![0-9])",
    re.IGNORECASE,
)
_WHOLE_DOI = re.compile(r"10\.[0-9]{4,9}/\S+")
_DOI_MENTION = re.compile(r"\b10\.[0-9]{4,9}/[^\s\"'<>{}]+")


def bare_doi(text: str) -> str:
    """Return a DOI without ``https://doi.org/`` or ``doi:``; empty if nothing is left."""
    return _DOI_PREFIX.sub("", text).strip()


def bare_arxiv_id(text: str) -> str:
    """Return an arXiv id without address, ``arXiv:`` and version; empty if nothing is left."""
    return _ARXIV_SUFFIX.sub("", _ARXIV_PREFIX.sub("", text))


def valid_doi(text: str) -> str | None:
    """Return the bare DOI if the text is one."""
    doi = bare_doi(text)
    return doi if _WHOLE_DOI.fullmatch(doi) else None


def valid_arxiv_id(text: str) -> str | None:
    """Return the bare arXiv id if the text is one, an address of one, or the DOI of one."""
    arxiv_id = bare_arxiv_id(text)
    return arxiv_id if _WHOLE_ARXIV_ID.fullmatch(arxiv_id) else find_arxiv_id(text)


def find_arxiv_id(text: str) -> str | None:
    """Return the first arXiv id that a text gives as such, without its version."""
    mention = _ARXIV_MENTION.search(text)
    return mention.group(1) if mention else None


def find_doi(text: str) -> str | None:
    """Return the first DOI in a text, without the punctuation of the sentence around it."""
    mention = _DOI_MENTION.search(text)
    return mention.group().rstrip(".,;:)]") if mention else None
