"""Files with papers for the browser to save."""

from collections.abc import Sequence

from assistant.chat.widgets.download import TextFile
from assistant.papers import Paper
from assistant.papers.annotation import NOTHING_ANNOTATED, Annotated
from assistant.papers.references import STYLES, reference_list
from assistant.papers.writers import FORMAT_OF_SUFFIX, WRITERS

FORMATS = {
    "bibtex": "BibTeX",
    "ris": "RIS",
    "csl": "CSL-JSON",
    "csv": "CSV",
    "jsonl": "JSON Lines",
    "md": "Markdown",
    "apa": "References, APA",
    "ieee": "References, IEEE",
    "mla": "References, MLA",
}
"""The titles of the formats, by name."""

_SUFFIX = {name: suffix for suffix, name in FORMAT_OF_SUFFIX.items()}


def papers_file(
    papers: Sequence[Paper], as_format: str, annotated: Annotated = NOTHING_ANNOTATED
) -> TextFile | None:
    """Return a file with papers or a list of references; None if there is no such format.

    Args:
        papers: the papers.
        as_format: one of `FORMATS`.
        annotated: what the visitor noted about the papers.
    """
    if as_format in WRITERS:
        text = "".join(WRITERS[as_format].write(papers, annotated))
        return {"name": f"papers{_SUFFIX[as_format]}", "text": text}
    if as_format in STYLES and as_format in FORMATS:
        return {"name": "references.txt", "text": "".join(reference_list(papers, as_format))}
    return None
