"""The paper record and its stable id."""

import hashlib
import unicodedata
from dataclasses import asdict, dataclass, field

from assistant.papers.identifiers import bare_arxiv_id, bare_doi


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One paper, as read from a file or a source.

    Attributes:
        title: as published, on one line.
        abstract: the whole abstract on one line. Spans elsewhere are character offsets into it.
        authors: their names, in published order.
        year: the year of publication.
        url: the address of the paper's page.
        doi: without the ``https://doi.org/`` prefix.
        arxiv_id: without the version, such as ``2412.15115``.
        source: the name of the file or page that the paper was read from.
        known_as: the id under which a library stores the paper, if its fields would now give
            another. An id never changes, even if the paper's arXiv id becomes known later.
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
        """The stable id (see `paper_id`)."""
        return self.known_as or paper_id(self.title, arxiv_id=self.arxiv_id, doi=self.doi)

    @property
    def text(self) -> str:
        """The title and, on the next line, the abstract."""
        return f"{self.title}\n{self.abstract}"

    @property
    def keys(self) -> tuple[str, ...]:
        """The ids that the same paper may have elsewhere, most reliable first (see `paper_id`)."""
        keys = [self.id]
        if self.arxiv_id:
            keys.append(paper_id(self.title, arxiv_id=self.arxiv_id))
        if self.doi:
            keys.append(paper_id(self.title, doi=self.doi))
        return tuple(dict.fromkeys([*keys, paper_id(self.title)]))

    @property
    def link(self) -> str | None:
        """The address of the paper's page: its URL, or one made of its arXiv id or DOI."""
        if self.url:
            return self.url
        if self.arxiv_id:
            return f"https://arxiv.org/abs/{self.arxiv_id}"
        return f"https://doi.org/{self.doi}" if self.doi else None

    def content_hash(self) -> str:
        """Return a SHA-256 digest of all fields except the source and the stored id."""
        excluded = ("source", "known_as")
        content = {name: value for name, value in asdict(self).items() if name not in excluded}
        return hashlib.sha256(repr(sorted(content.items())).encode()).hexdigest()


def paper_id(title: str, *, arxiv_id: str | None = None, doi: str | None = None) -> str:
    """Return ``arxiv:ID``, ``doi:DOI`` or, without either, ``title:`` with a hash of the title.

    The hash covers the title's letters and digits only, case-folded, so that variants in spacing,
    hyphens, dashes and capitals get the same id.
    """
    if arxiv_id:
        return f"arxiv:{bare_arxiv_id(arxiv_id)}"
    if doi:
        return f"doi:{bare_doi(doi).lower()}"
    letters = "".join(filter(str.isalnum, unicodedata.normalize("NFKD", title).casefold()))
    return f"title:{hashlib.sha256((letters or title).encode()).hexdigest()[:12]}"
