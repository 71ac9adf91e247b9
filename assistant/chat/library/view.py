"""The updates that show the library in the library tab."""

import gradio as gr
from markupsafe import Markup

from assistant.chat.library.annotations.filter import chosen_values, filter_choices
from assistant.chat.library.annotations.panel import organise_menu
from assistant.chat.library.export_papers import formats_with
from assistant.chat.library.layout import LibraryParts
from assistant.chat.library.map.view import map_view
from assistant.chat.library.papers_table import papers_table
from assistant.chat.library.results.part import results_html
from assistant.chat.library.selection_bar import selection_bar
from assistant.chat.library.view_state import LibraryViewState
from assistant.chat.shell import Shell, Updates
from assistant.chat.state import AppState
from assistant.chat.widgets.header import header
from assistant.chat.widgets.progress_bar import error_note
from assistant.errors import AssistantError
from assistant.library.annotations import KINDS
from assistant.library.browse import count_by_source, count_by_year, find_ids
from assistant.library.paper_map import load_map
from assistant.papers.references import styles_of_library

TABLE, MAP, LITERATURE, RESULTS = "Table", "Map", "Literature table", "Results"
"""The ways to show the library."""


def papers_view(
    app: AppState, parts: LibraryParts, state: LibraryViewState, view: str, *, ticked: bool = False
) -> Updates:
    """Return the updates of the table, map or results and of the selection bar.

    Args:
        app: the state of the page.
        parts: the components of the library tab.
        state: what to show.
        view: `TABLE`, `MAP`, `LITERATURE` or `RESULTS`.
        ticked: whether the visitor ticked papers, so that the table shows the selection already.
    """
    catalogue = app.assistant.library.catalogue
    listed = state.listed(catalogue)
    annotations = catalogue.annotations
    organise = Markup("")
    if state.selected:
        known = {kind: annotations.names(state.owner, kind) for kind in KINDS}
        organise = organise_menu(annotations.of(state.owner, state.selected).values(), known)
    updates: Updates = {
        parts.state: state,
        parts.selection: selection_bar(
            len(state.selected),
            state.listing,
            listed.total,
            organise,
            formats_with(styles_of_library(app.assistant.library.folder)),
        ),
    }
    if view == MAP:
        updates[parts.map] = _map_html(app, state)
    elif view == RESULTS:
        updates[parts.results.table] = results_html(app, state)
    elif view == TABLE and not ticked:
        noted = annotations.of(state.owner, [paper.id for paper in listed.papers])
        updates[parts.table] = papers_table(
            listed, state.listing, state.selected, state.revision, noted
        )
    return updates


def annotated_view(
    app: AppState, parts: LibraryParts, state: LibraryViewState, view: str
) -> Updates:
    """Return the updates after annotations were changed: their filter and the papers."""
    choices = filter_choices(app.assistant.library.catalogue.annotations, state.owner)
    state = state.without_missing_choices(choices)
    chosen = chosen_values(state.listing.scope)
    return {
        parts.marks: gr.Dropdown(choices=choices, value=chosen, visible=bool(choices)),
        **papers_view(app, parts, state, view),
    }


def library_view(
    app: AppState, shell: Shell, parts: LibraryParts, state: LibraryViewState, view: str
) -> Updates:
    """Return the updates after papers were added or removed: filters, header and papers."""
    catalogue = app.assistant.library.catalogue
    years, sources = count_by_year(catalogue), count_by_source(catalogue)
    # Gradio rejects a selected value that is not among the choices.
    state = state.without_missing_filters(years, sources)
    return {
        shell.header: header(app.assistant),
        parts.years: gr.Dropdown(
            choices=[(f"{year} ({count:,})", year) for year, count in years.items()],
            value=[*state.listing.scope.years],
            visible=bool(years),
        ),
        parts.sources: gr.Dropdown(
            choices=[(f"{name or 'unknown'} ({count:,})", name) for name, count in sources.items()],
            value=[*state.listing.scope.sources],
            visible=len(sources) > 1,
        ),
        **annotated_view(app, parts, state, view),
    }


def _map_html(app: AppState, state: LibraryViewState) -> str:
    library = app.assistant.library
    try:
        paper_map = load_map(library)
    except AssistantError as error:
        return error_note(str(error))
    titles = {paper.id: paper.title for paper in library.catalogue.papers()}
    listing = state.listing
    matching = None if listing.matches_all else frozenset(find_ids(library.catalogue, listing))
    return map_view(paper_map, titles, state.selected, matching, state.revision)
