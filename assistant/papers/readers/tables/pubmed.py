"""Tables that PubMed's website exports: names are ``Frost AB, Melt C.``, without an abstract."""

from collections.abc import Callable, Mapping, Sequence

from assistant.papers.parsing.fields.bibliography_names import name_with_initials
from assistant.papers.parsing.records import make_record
from assistant.papers.record import Record

_COLUMNS = {"PMID", "Title", "Authors", "Journal/Book"}


def row_reader(header: Sequence[str]) -> Callable[[Mapping[str, str], str, str], Record] | None:
    """Return the reader of rows, if the columns are those of PubMed."""
    return _record if set(header) >= _COLUMNS else None


def _record(cells: Mapping[str, str], source: str, where: str) -> Record:
    def text(name: str) -> str:
        return cells.get(name, "").strip()

    pmid = text("PMID")
    return make_record(
        source,
        where,
        title=text("Title"),
        abstract=text("Abstract"),
        authors=[name_with_initials(name) for name in text("Authors").rstrip(".").split(", ")],
        year=text("Publication Year"),
        url=f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/" if pmid.isdecimal() else None,
        doi=text("DOI"),
        venue=text("Journal/Book"),
        ids={"pmid": pmid, "pmcid": text("PMCID")},
    )
