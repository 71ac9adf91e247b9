"""Papers named by ids that the network knows: ``arxiv:2412.15115``, ``doi:10.1000/182``, links."""

import re
from collections.abc import Sequence

from assistant.errors import InputError
from assistant.papers import Paper
from assistant.papers.identifiers import valid_arxiv_id, valid_doi
from assistant.sources import arxiv, doi

_REFERENCE = re.compile(
    r"(?:arxiv:|doi:|https?://(?:www\.|dx\.)?(?:arxiv\.org|doi\.org|huggingface\.co/papers)/)",
    re.IGNORECASE,
)


def is_reference(text: str) -> bool:
    """Tell whether a text names a paper on the network, and no file."""
    return _REFERENCE.match(text) is not None


def fetch(references: Sequence[str]) -> tuple[Paper, ...]:
    """Return the papers that are named, in order.

    arXiv is asked for all of its papers at once. The DOI of an arXiv paper is asked of arXiv.

    Args:
        references: such as ``arxiv:2412.15115``, ``doi:10.1000/182``, or the address of a paper's
            page on arXiv, doi.org or Hugging Face Papers.

    Raises:
        InputError: one is no reference, or there is no such paper, or not its abstract.
        NetworkError: a source is out of reach, or gives no usable answer.
    """
    ids = [_ids(text) for text in references]
    wanted = list(dict.fromkeys(arxiv_id for arxiv_id, _ in ids if arxiv_id))
    from_arxiv = {
        record.arxiv_id: record for record in arxiv.papers(wanted) if isinstance(record, Paper)
    }
    missing = [arxiv_id for arxiv_id in wanted if arxiv_id not in from_arxiv]
    if missing:
        raise InputError(
            f"arXiv has no paper {', '.join(missing)}. Check the id; none of the papers was added."
        )
    return tuple(from_arxiv[arxiv_id] if arxiv_id else doi.paper(bare) for arxiv_id, bare in ids)


def _ids(text: str) -> tuple[str, str]:
    """Return the arXiv id, or else the DOI, that a reference means; the other is empty."""
    if arxiv_id := valid_arxiv_id(text):
        return arxiv_id, ""
    if bare := valid_doi(text):
        return "", bare
    raise InputError(
        f"{text!r} names no paper. Write arxiv:2412.15115, doi:10.1000/182, or the address of the "
        "paper's page."
    )
