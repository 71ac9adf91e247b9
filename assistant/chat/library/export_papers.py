"""Files with papers for the browser to save."""

from collections.abc import Sequence

from assistant.chat.widgets.download import TextFile
from assistant.papers import Paper
from assistant.papers.annotation import NOTHING_ANNOTATED, Annotated
from assistant.papers.references import STYLE_NAMES, reference_list
from assistant.papers.writers import WRITERS

FORMATS = {name: writer.NAME for name, writer in WRITERS.items()} | {
    style: f"References, {name}" for style, name in STYLE_NAMES.items() if style not in WRITERS
}
"""The titles of the formats, by name."""


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
        writer = WRITERS[as_format]
        text = "".join(writer.write(papers, annotated))
        return {"name": f"papers{writer.SUFFIX}", "text": text}
    if as_format in FORMATS:
        return {"name": "references.txt", "text": "".join(reference_list(papers, as_format))}
    return None
