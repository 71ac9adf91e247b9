"""Writer of BibLaTeX, the successor of BibTeX."""

from collections.abc import Iterable, Iterator

from assistant.papers.annotation import NOTHING_ANNOTATED, Annotated
from assistant.papers.paper import Paper
from assistant.papers.writers.bibtex import Dialect, Fields, write_entries

NAME = "BibLaTeX"
SUFFIX = ".bib"


def write(papers: Iterable[Paper], annotated: Annotated = NOTHING_ANNOTATED) -> Iterator[str]:
    """Yield an entry per paper, with the same keys as in BibTeX."""
    yield from write_entries(papers, annotated, _BIBLATEX)


def _date(paper: Paper) -> Fields:
    year = str(paper.year or "")
    date = paper.published or year
    if date:
        yield "date", f"{{{date}}}"
    if year and not date.startswith(year):
        yield "year", f"{{{year}}}"


_BIBLATEX = Dialect(
    entry_types={
        "article": "article",
        "inproceedings": "inproceedings",
        "preprint": "online",
        "book": "book",
        "thesis": "thesis",
        "report": "report",
        "dataset": "dataset",
        "other": "misc",
        None: "misc",
    },
    journal="journaltitle",
    institution={"thesis": "institution", "report": "institution"},
    archive="eprinttype",
    date=_date,
    note="annotation",
)
