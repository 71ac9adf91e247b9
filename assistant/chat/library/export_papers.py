"""Files with papers for the browser to save."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from assistant.chat.widgets.download import TextFile
from assistant.errors import InputError
from assistant.papers import Paper
from assistant.papers.annotation import NOTHING_ANNOTATED, Annotated
from assistant.papers.references import STYLE_NAMES, CslStyle, reference_list
from assistant.papers.writers import WRITERS

FORMATS = {name: writer.NAME for name, writer in WRITERS.items()} | {
    style: f"References, {name}" for style, name in STYLE_NAMES.items() if style not in WRITERS
}
"""The titles of the formats that every library has, by name."""

_NO_STYLES: Mapping[str, CslStyle] = MappingProxyType({})


def formats_with(styles: Mapping[str, CslStyle]) -> dict[str, str]:
    """Return the titles of the formats, by name, with those of a library's CSL styles."""
    return FORMATS | {name: f"References, {style.title}" for name, style in styles.items()}


def papers_file(
    papers: Sequence[Paper],
    as_format: str,
    annotated: Annotated = NOTHING_ANNOTATED,
    styles: Mapping[str, CslStyle] = _NO_STYLES,
) -> TextFile | None:
    """Return a file with papers or a list of references; None if there is no such format.

    Args:
        papers: the papers.
        as_format: one of `FORMATS`, or the name of one of the styles.
        annotated: what the visitor noted about the papers.
        styles: the CSL styles of the library, by name.
    """
    if as_format in WRITERS:
        writer = WRITERS[as_format]
        text = "".join(writer.write(papers, annotated))
        return {"name": f"papers{writer.SUFFIX}", "text": text}
    style = as_format if as_format in FORMATS else styles.get(as_format)
    if style is None:
        return None
    try:
        text = "".join(reference_list(papers, style))
    except InputError as error:
        text = f"{error}\n"
    return {"name": "references.txt", "text": text}
