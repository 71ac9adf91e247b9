"""The paper record and its stable id."""

import hashlib
import unicodedata
from dataclasses import asdict, dataclass, field
from typing import Literal, get_args

from assistant.papers.identity.identifiers import bare_arxiv_id, bare_doi
from assistant.papers.names import Name
from assistant.papers.pdf_file import PdfFile

PaperType = Literal[
    "article", "inproceedings", "preprint", "book", "thesis", "report", "dataset", "other"
]
"""The kind of publication."""

PAPER_TYPES: tuple[PaperType, ...] = get_args(PaperType)

DETAILS = (
    "type",
    "venue",
    "published",
    "volume",
    "issue",
    "pages",
    "publisher",
    "keywords",
    "citation_key",
    "language",
    "editors",
    "names",
    "ids",
    "extra",
)
"""The details: fields that few sources provide completely. They are unknown by default."""


IDENTIFYING_IDS = frozenset(("pmid", "pmcid", "openreview", "acl"))
"""The kinds of further ids that are unique to a paper."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One paper, as read from a file or a source.

    Attributes:
        title: as published, on one line.
        abstract: the whole abstract on one line; empty if unknown. Spans are character offsets into
            it.
        authors: their names, in published order.
        year: the year of publication.
        url: the address of the paper's page.
        doi: without the ``https://doi.org/`` prefix.
        arxiv_id: without the version, such as ``2412.15115``.
        source: the name of the file or page that the paper was read from.
        type: the kind of publication.
        venue: the journal, book or conference in which it was published.
        published: the date of publication, in ISO form: ``2021-03`` or ``2021-03-09``. None if
            only the year is known.
        volume: the volume of the journal or series.
        issue: the issue of the journal.
        pages: the first and the last page, such as ``12-34``, or an article number.
        publisher: the publisher; for a thesis or report, the institution.
        keywords: the paper's keywords and categories.
        citation_key: the key of its entry in the bibliography it was read from.
        language: its code or name, as in the source.
        editors: their names, in published order.
        names: the parts of those names of authors and editors whose parts cannot be guessed from
            the whole (see `author_names`).
        ids: further ids as sorted pairs of kind and value. The kinds are lower-case, such as
            ``pmid``, ``pmcid``, ``openreview``, ``acl``, ``isbn`` and ``issn``.
        extra: fields without an attribute, as sorted pairs of name and text (see
            `assistant.papers.extra_fields`), such as ``("note", "In press")``. They are displayed
            and exported, but never searched, quoted or given to a model.
        pdf: its PDF, if it was read from one.
        known_as: the id under which a library stores the paper, if it differs from the one that its
            fields give. An id never changes, even if the arXiv id becomes known later.
    """

    title: str
    abstract: str
    authors: tuple[str, ...] = ()
    year: int | None = None
    url: str | None = None
    doi: str | None = None
    arxiv_id: str | None = None
    source: str = ""
    type: PaperType | None = None
    venue: str | None = None
    published: str | None = None
    volume: str | None = None
    issue: str | None = None
    pages: str | None = None
    publisher: str | None = None
    keywords: tuple[str, ...] = ()
    citation_key: str | None = None
    language: str | None = None
    editors: tuple[str, ...] = ()
    names: tuple[Name, ...] = ()
    ids: tuple[tuple[str, str], ...] = ()
    extra: tuple[tuple[str, str], ...] = ()
    pdf: PdfFile | None = None
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
        """The ids that other records of it may have, most reliable first (see `paper_id`)."""
        keys = [self.id]
        if self.arxiv_id:
            keys.append(paper_id(self.title, arxiv_id=self.arxiv_id))
        if self.doi:
            keys.append(paper_id(self.title, doi=self.doi))
        keys += [f"{kind}:{id_.casefold()}" for kind, id_ in self.ids if kind in IDENTIFYING_IDS]
        return tuple(dict.fromkeys([*keys, paper_id(self.title)]))

    @property
    def link(self) -> str | None:
        """The address of the paper's page: its URL, or one built from its arXiv id or DOI."""
        if self.url:
            return self.url
        if self.arxiv_id:
            return f"https://arxiv.org/abs/{self.arxiv_id}"
        return f"https://doi.org/{self.doi}" if self.doi else None

    @property
    def author_names(self) -> tuple[Name, ...]:
        """The parts of the authors' names, guessed where they are not known."""
        return self._with_parts(self.authors)

    @property
    def editor_names(self) -> tuple[Name, ...]:
        """The parts of the editors' names, guessed where they are not known."""
        return self._with_parts(self.editors)

    def _with_parts(self, wholes: tuple[str, ...]) -> tuple[Name, ...]:
        known = {str(name): name for name in self.names}
        return tuple(known.get(whole) or Name.from_natural(whole) for whole in wholes)

    def content_hash(self) -> str:
        """Return a SHA-256 digest of all fields except the source, the PDF and the stored id.

        Unknown details are left out, so that the digest of a paper without details is the same as
        before details were introduced.
        """
        excluded = ("source", "pdf", "known_as")
        content = {
            name: value
            for name, value in asdict(self).items()
            if name not in excluded and (value or name not in DETAILS)
        }
        return hashlib.sha256(repr(sorted(content.items())).encode()).hexdigest()


def paper_id(title: str, *, arxiv_id: str | None = None, doi: str | None = None) -> str:
    """Return ``arxiv:ID``, ``doi:DOI`` or, without either, ``title:`` and a hash of the title.

    The hash covers the title's letters and digits only, case-folded, so that variants in spacing,
    hyphens, dashes and capitals get the same id.
    """
    if arxiv_id:
        return f"arxiv:{bare_arxiv_id(arxiv_id)}"
    if doi:
        return f"doi:{bare_doi(doi).lower()}"
    letters = "".join(filter(str.isalnum, unicodedata.normalize("NFKD", title).casefold()))
    return f"title:{hashlib.sha256((letters or title).encode()).hexdigest()[:12]}"
