"""The record of one paper, and the id that stays the same wherever the paper comes from."""

import hashlib
import unicodedata
from dataclasses import asdict, dataclass, field

from assistant.papers.identifiers import bare_arxiv_id, bare_doi


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One paper: what a reader found in a file, nothing derived.

    Attributes:
        title: as published, on one line.
        abstract: the whole abstract on one line; offsets elsewhere count its characters.
        authors: in published order.
        year: of publication.
        url: where a person can read the paper.
        doi: without the ``https://doi.org/`` prefix.
        arxiv_id: without the version, such as ``2412.15115``.
        source: the name of the file or page that the paper was read from.
        known_as: the id under which a library holds the paper, where its fields would now give
            another: an id never changes, even if the paper's arXiv id is learnt later.
    """

    title: str
    abstract: str
    authors: tuple[str, ...] = ()
    year: int | None = None
    url: str | None = None
    doi: str | None = None
    arxiv_id: str | None = None
    source: str = ""
    known_as: str | None = field(default=None, compare=False, repr=False)

    @property
    def id(self) -> str:
        """The stable id: see `paper_id`."""
        return self.known_as or paper_id(self.title, arxiv_id=self.arxiv_id, doi=self.doi)

    @property
    def keys(self) -> tuple[str, ...]:
        """The ids that the same paper may have elsewhere, the surest first: see `paper_id`."""
        keys = [self.id]
        if self.arxiv_id:
            keys.append(paper_id(self.title, arxiv_id=self.arxiv_id))
        if self.doi:
            keys.append(paper_id(self.title, doi=self.doi))
        return tuple(dict.fromkeys([*keys, paper_id(self.title)]))

    @property
    def link(self) -> str | None:
        """The paper's own page: its URL, or what its arXiv id or DOI leads to."""
        if self.url:
            return self.url
        if self.arxiv_id:
            return f"https://arxiv.org/abs/{self.arxiv_id}"
        return f"https://doi.org/{self.doi}" if self.doi else None

    def content_hash(self) -> str:
        """Return a digest of what the paper says: it changes when the paper does."""
        left_out = ("source", "known_as")
        content = {name: value for name, value in asdict(self).items() if name not in left_out}
        return hashlib.sha256(repr(sorted(content.items())).encode()).hexdigest()


def paper_id(title: str, *, arxiv_id: str | None = None, doi: str | None = None) -> str:
    """Return ``arxiv:...``, ``doi:...`` or, without either, ``title:`` and a short hash.

    The hash is of the title's letters and digits only, in lower case, so that spelling variants
    of spaces, hyphens, dashes and capitals give the same paper.
    """
    if arxiv_id:
        return f"arxiv:{bare_arxiv_id(arxiv_id)}"
    if doi:
        return f"doi:{bare_doi(doi).lower()}"
    letters = "".join(filter(str.isalnum, unicodedata.normalize("NFKD", title).casefold()))
    return f"title:{hashlib.sha256((letters or title).encode()).hexdigest()[:12]}"
