"""Open one paper in the library tab, and close it."""

from assistant.chat.library.annotations.panel import annotation_panel
from assistant.chat.library.layout import LibraryParts
from assistant.chat.library.paper_view import paper_view, similar_view
from assistant.chat.shell import Updates
from assistant.chat.state import AppState
from assistant.errors import AssistantError
from assistant.library.annotations import KINDS
from assistant.library.similar_papers import similar_papers
from assistant.papers import Paper
from assistant.papers.annotation import NO_ANNOTATION
from assistant.papers.references import styles_of_library

_SIMILAR = 4


def open_paper(app: AppState, parts: LibraryParts, id_: str, owner: str) -> Updates:
    """Return the updates that show a paper with its annotations; none is shown if it is gone."""
    paper = next(iter(app.assistant.library.catalogue.papers([id_])), None)
    if paper is None:
        return close_paper(parts)
    return {
        parts.paper: paper_view(paper, styles_of_library(app.assistant.library.folder).values()),
        parts.shown: id_,
        **annotations_view(app, parts, id_, owner),
        parts.similar: similar_view(_similar(app, paper)),
    }


def close_paper(parts: LibraryParts) -> Updates:
    """Return the updates that show no paper."""
    return {parts.paper: "", parts.shown: "", parts.annotations: "", parts.similar: ""}


def annotations_view(
    app: AppState, parts: LibraryParts, id_: str, owner: str, *, saved: bool = False
) -> Updates:
    """Return the update that shows what an owner noted about the open paper, if there is one."""
    if not id_:
        return {}
    annotations = app.assistant.library.catalogue.annotations
    noted = annotations.of(owner, [id_]).get(id_, NO_ANNOTATION)
    known = {kind: annotations.names(owner, kind) for kind in KINDS}
    return {parts.annotations: annotation_panel(id_, noted, known, saved=saved)}


def _similar(app: AppState, paper: Paper) -> list[Paper]:
    try:
        return similar_papers(app.assistant.library, paper, _SIMILAR)
    except AssistantError:
        return []  # the paper can be read without the index
