"""Normalising, validating and finding DOIs and arXiv ids."""

import re

_DOI_PREFIX = re.compile(r"^\s*(?:(?:https?://)?(?:dx\.)?doi\.org/|doi:)\s*", re.IGNORECASE)
_ARXIV_PREFIX = re.compile(
    r"^\s*(?:(?:https?://)?(?:www\.)?arxiv\.org/(?:abs|pdf)/|arxiv:)\s*", re.IGNORECASE
)
_ARXIV_SUFFIX = re.compile(r"(?:v[0-9]+)?(?:\.pdf)?\s*$")

_ARXIV_ID = r"(?:[0-9]{4}\.[0-9]{4,5}|[a-z][a-z-]{1,20}(?:\.[A-Z]{2})?/[0-9]{7})"
_WHOLE_ARXIV_ID = re.compile(_ARXIV_ID)
# After "arXiv:", in a URL of arXiv or Hugging Face Papers, or in an arXiv DOI.
_ARXIV_MENTION = re.compile(
    rf"(?:arxiv\.org/(?:abs|pdf|html)/|huggingface\.co/papers/|\barxiv:\s*|10\.48550/arxiv\.)"
    rf"({_ARXIV_ID})(?![0-9])",
    re.IGNORECASE,
)
# In entries from DBLP and Google Scholar with the journal CoRR.
_ARXIV_VOLUME = re.compile(rf"abs/({_ARXIV_ID})(?:v[0-9]+)?")
_WHOLE_DOI = re.compile(r"10\.[0-9]{4,9}/\S+")
_DOI_MENTION = re.compile(r"\b10\.[0-9]{4,9}/[^\s\"'<>{}]+")


def bare_doi(text: str) -> str:
    """Return a DOI without ``https://doi.org/`` or ``doi:``."""
    return _DOI_PREFIX.sub("", text).strip()


def bare_arxiv_id(text: str) -> str:
    """Return an arXiv id without URL, ``arXiv:`` prefix and version."""
    return _ARXIV_SUFFIX.sub("", _ARXIV_PREFIX.sub("", text))


def valid_doi(text: str) -> str | None:
    """Return the bare DOI if the text is a DOI, else None."""
    doi = bare_doi(text)
    return doi if _WHOLE_DOI.fullmatch(doi) else None


def valid_arxiv_id(text: str) -> str | None:
    """Return the bare arXiv id if the text is an arXiv id or its URL or DOI, else None."""
    arxiv_id = bare_arxiv_id(text)
    return arxiv_id if _WHOLE_ARXIV_ID.fullmatch(arxiv_id) else find_arxiv_id(text)


def find_arxiv_id(text: str) -> str | None:
    """Return the first arXiv id that is marked as one in a text, without its version."""
    mention = _ARXIV_MENTION.search(text)
    return mention.group(1) if mention else None


def arxiv_id_of_place(venue: str, volume: str) -> str | None:
    """Return the arXiv id in ``arXiv preprint arXiv:2005.00001`` or CoRR's ``abs/2005.00001``.

    Args:
        venue: the paper's venue.
        volume: the volume of the venue.
    """
    mention = _ARXIV_VOLUME.fullmatch(volume.strip())
    return mention.group(1) if mention else find_arxiv_id(venue)


def find_doi(text: str) -> str | None:
    """Return the first DOI in a text, without trailing punctuation."""
    mention = _DOI_MENTION.search(text)
    return mention.group().rstrip(".,;:)]") if mention else None
