"""Paper references: ``arxiv:2412.15115``, ``doi:10.1000/182``, and links to papers."""

import re
from collections.abc import Sequence

from assistant.errors import InputError
from assistant.papers import Paper
from assistant.papers.identity.identifiers import valid_arxiv_id, valid_doi
from assistant.sources import arxiv, doi

_REFERENCE = re.compile(
    r"(?:arxiv:|doi:|https?://(?:www\.|dx\.)?(?:arxiv\.org|doi\.org|huggingface\.co/papers)/)",
    re.IGNORECASE,
)


def is_reference(text: str) -> bool:
    """Tell whether a text is a reference to a paper on the network, rather than a file."""
    return _REFERENCE.match(text) is not None


def fetch(references: Sequence[str]) -> tuple[Paper, ...]:
    """Return the referenced papers, in order.

    Papers on arXiv are requested together, including those referenced by DOI.

    Args:
        references: the references, such as ``arxiv:2412.15115``, ``doi:10.1000/182``, or the URL of
            a paper's page on arXiv, doi.org or Hugging Face Papers.

    Raises:
        InputError: a reference is malformed, or the paper or its abstract is not found.
        NetworkError: a service is unreachable, or its response cannot be used.
    """
    ids = [_ids(text) for text in references]
    arxiv_ids = list(dict.fromkeys(arxiv_id for arxiv_id, _ in ids if arxiv_id))
    from_arxiv = {
        record.arxiv_id: record for record in arxiv.papers(arxiv_ids) if isinstance(record, Paper)
    }
    missing = [arxiv_id for arxiv_id in arxiv_ids if arxiv_id not in from_arxiv]
    if missing:
        raise InputError(
            f"arXiv has no paper {', '.join(missing)}. Check the id; none of the papers was added."
        )
    return tuple(from_arxiv[arxiv_id] if arxiv_id else doi.paper(bare) for arxiv_id, bare in ids)


def _ids(text: str) -> tuple[str, str]:
    """Return the arXiv id and the DOI of a reference; one of them is empty."""
    if arxiv_id := valid_arxiv_id(text):
        return arxiv_id, ""
    if bare := valid_doi(text):
        return "", bare
    raise InputError(
        f"{text!r} is not a reference to a paper. Write arxiv:2412.15115, doi:10.1000/182, or the "
        "URL of the paper's page."
    )
