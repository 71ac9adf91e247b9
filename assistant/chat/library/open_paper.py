"""Open one paper in the library tab."""

from assistant.chat.library.layout import LibraryParts
from assistant.chat.library.paper_view import paper_view
from assistant.chat.shell import Updates
from assistant.chat.state import AppState
from assistant.errors import AssistantError
from assistant.papers import Paper

_SIMILAR = 4


def open_paper(app: AppState, parts: LibraryParts, id_: str) -> Updates:
    """Return the updates that show a paper; nothing is shown if it is gone."""
    paper = next(iter(app.assistant.library.catalogue.papers([id_])), None)
    similar = _similar(app, paper) if paper is not None else []
    return {parts.paper: paper_view(paper, similar)}


def _similar(app: AppState, paper: Paper) -> list[Paper]:
    try:
        found = app.assistant.search(paper.title, limit=_SIMILAR + 1)
    except AssistantError:
        return []  # such as a title that is too long for a question
    others = [ranked.paper for ranked in found.papers if ranked.paper.id != paper.id]
    return others[:_SIMILAR]
