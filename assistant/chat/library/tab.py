"""The library tab: the papers in a table or on a map, one of them to read, files to add."""

from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import replace

import gradio as gr

from assistant.chat.jobs.background_job import BackgroundJob
from assistant.chat.library.map_view import map_view
from assistant.chat.library.paper_view import paper_view
from assistant.chat.library.papers_table import papers_table
from assistant.chat.library.selection_bar import choice_bar, removed_notice
from assistant.chat.library.upload_report import add_report
from assistant.chat.library.view_state import LibraryViewState
from assistant.chat.shell import QUIET, Shell, Updates
from assistant.chat.state import AppState
from assistant.chat.uploads import PAPER_FILES, add_uploads
from assistant.chat.widgets.header import header
from assistant.chat.widgets.progress_bar import problem, progress_bar
from assistant.chat.widgets.raw_html import CLICKS, raw_html
from assistant.errors import AssistantError
from assistant.library import AddReport, PaperProgress, Scope
from assistant.library.browse import (
    Listing,
    count_by_source,
    count_by_year,
    listed_ids,
)
from assistant.library.paper_map import map_of
from assistant.papers import Paper

_SEARCH_CHARACTERS = 200

_READ = "() => document.querySelector('#reader article')?.focus()"
_ASK = "() => setTimeout(() => document.querySelector('#question textarea')?.focus(), 150)"

Adding = Callable[[Callable[[PaperProgress], None]], AddReport]


def build_library_tab(app: AppState, shell: Shell) -> None:
    """Lay out the library tab within the page."""
    with gr.Row(elem_id="library"):
        with gr.Column(scale=3, min_width=320, elem_id="papers"):
            with gr.Row(elem_id="finding"):
                search = gr.Textbox(
                    label="Search the papers",
                    placeholder="Words of the title or abstract",
                    max_length=_SEARCH_CHARACTERS,
                    scale=3,
                    min_width=220,
                )
                years = gr.Dropdown([], multiselect=True, label="Years", scale=1, min_width=130)
                sources = gr.Dropdown([], multiselect=True, label="Sources", scale=2, min_width=170)
                view = gr.Radio(["Table", "Map"], value="Table", label="Show as", scale=1)
            with gr.Accordion("Add papers", open=False, elem_id="adding"):
                drop = gr.File(
                    label="Drop files here: PDF, BibTeX, RIS, CSV, JSON, text, zip and more",
                    file_count="multiple",
                    file_types=PAPER_FILES,
                    height=130,
                    elem_id="drop",
                )
                told = raw_html(elem_id="added")
            notice = raw_html(script=CLICKS, elem_id="library-notice")
            choice = raw_html(script=CLICKS, elem_id="choice")
            table = raw_html(script=CLICKS, elem_id="papers-table")
            map_ = raw_html(script="library/map.js", elem_id="papers-map", visible=False)
        with gr.Column(scale=2, min_width=320, elem_id="reader"):
            reader = raw_html(paper_view(None), script=CLICKS, elem_id="reader-panel")
    looking = gr.State(LibraryViewState())
    removed: gr.State = gr.State(())

    # -- what is shown ------------------------------------------------------------------------

    def shown(now: LibraryViewState, as_map: str, *, ticked: bool = False) -> Updates:
        """Return how the library looks now; where the visitor ticked, the table does already."""
        catalogue = app.assistant.library.catalogue
        listed = now.listed(catalogue)
        updates: Updates = {
            looking: now,
            choice: choice_bar(len(now.chosen), now.listing, listed.total),
        }
        if as_map == "Map":
            updates[map_] = _drawn(app, now)
        elif not ticked:
            updates[table] = papers_table(listed, now.listing, now.chosen, now.drawn)
        return updates

    def refresh(now: LibraryViewState, as_map: str) -> Updates:
        """Return how the library looks once papers came or went, and how many there are of each."""
        catalogue = app.assistant.library.catalogue
        of_years, of_sources = count_by_year(catalogue), count_by_source(catalogue)
        # A choice that is left without a paper is none any more: Gradio would refuse it.
        now = now.among(of_years, of_sources)
        return {
            shell.head: header(app.assistant),
            years: gr.Dropdown(
                choices=[(f"{year} ({count:,})", year) for year, count in of_years.items()],
                value=[*now.listing.scope.years],
                visible=bool(of_years),
            ),
            sources: gr.Dropdown(
                choices=[
                    (f"{name or 'unknown'} ({count:,})", name) for name, count in of_sources.items()
                ],
                value=[*now.listing.scope.sources],
                visible=len(of_sources) > 1,
            ),
            **shown(now, as_map),
        }

    def find(
        typed: str,
        of_years: list[int] | None,
        of_sources: list[str] | None,
        now: LibraryViewState,
        as_map: str,
    ) -> Updates:
        scope = Scope(years=tuple(of_years or ()), sources=tuple(of_sources or ()))
        return shown(now.at(Listing(typed, scope, now.listing.order)), as_map)

    def show_as(now: LibraryViewState, as_map: str) -> Iterator[Updates]:
        is_map = as_map == "Map"
        yield {
            table: gr.HTML(visible=not is_map),
            map_: gr.HTML(progress_bar("Drawing the map"), visible=True)
            if is_map
            else gr.HTML(visible=False),
        }
        yield shown(now, as_map)

    # -- what a visitor does ------------------------------------------------------------------

    def on_table(event: gr.EventData, now: LibraryViewState, as_map: str) -> Updates:
        match event.do:
            case "open":
                return {reader: paper_view(_paper(app, event.id))}
            case "sort":
                return shown(now.at(replace(now.listing, order=event.order)), as_map)
            case "turn":
                return shown(replace(now, page=int(event.page)), as_map)
        return {}

    def on_map(event: gr.EventData, now: LibraryViewState, as_map: str) -> Updates:
        if event.do == "cluster":
            members = map_of(app.assistant.library).of_cluster(int(event.cluster))
            return shown(now.choosing(members), as_map)
        return {reader: paper_view(_paper(app, event.id))}

    def choose(event: gr.EventData, now: LibraryViewState, as_map: str) -> Updates:
        return shown(now.ticked(event.ids, chosen=event.chosen), as_map, ticked=True)

    def on_choice(event: gr.EventData, now: LibraryViewState, as_map: str) -> Updates:
        catalogue = app.assistant.library.catalogue
        match event.do:
            case "ask":
                return shell.ask_about(now.scope(catalogue))
            case "all":
                return shown(now.choosing(listed_ids(catalogue, now.listing)), as_map)
            case "none":
                return shown(now.choosing(()), as_map)
            case "remove":
                return remove(sorted(now.chosen), now, as_map)
        return {}

    def on_reader(event: gr.EventData, now: LibraryViewState, as_map: str) -> Updates:
        match event.do:
            case "ask":
                return shell.ask_about(Scope(papers=(event.id,)))
            case "remove":
                return remove([event.id], now, as_map)
        return {reader: paper_view(None)}

    # -- papers in and out --------------------------------------------------------------------

    def remove(ids: Sequence[str], now: LibraryViewState, as_map: str) -> Updates:
        library = app.assistant.library
        papers = tuple(library.catalogue.papers(ids))
        try:
            library.remove(ids)
        except AssistantError as error:
            return {notice: problem(str(error))}
        return {
            removed: papers,
            notice: removed_notice(len(papers)),
            reader: paper_view(None),
            **refresh(now.choosing(now.chosen - set(ids)), as_map),
        }

    def undo(papers: tuple[Paper, ...]) -> Iterator[Updates]:
        """Put back what was removed last."""
        library = app.assistant.library
        report = yield from _adding(
            lambda tell: library.add(papers, tell), notice, "Putting the papers back"
        )
        if report is not None:  # else what went wrong is told, and the papers are not forgotten
            yield {removed: (), notice: ""}

    def add(files: list[str] | None) -> Iterator[Updates]:
        if not files:
            return
        assistant = app.assistant
        yield {drop: gr.File(interactive=False)}
        report = yield from _adding(
            lambda tell: add_uploads(assistant, files, tell), told, "Adding the papers"
        )
        yield {
            drop: gr.File(value=None, interactive=True),
            **({told: add_report(report)} if report else {}),
        }

    # -- events -------------------------------------------------------------------------------

    state = [looking, view]
    everything = [looking, choice, table, map_, reader, years, sources, notice, removed, shell.head]
    gr.on(
        # Gradio's input event of a textbox tells of keys alone: not of what is pasted or cut.
        [search.change, years.input, sources.input],
        find,
        [search, years, sources, *state],
        everything,
        trigger_mode="always_last",
        **QUIET,
    )
    view.input(show_as, state, everything, trigger_mode="always_last", **QUIET)
    opened = [
        table.click(on_table, state, everything, trigger_mode="multiple", **QUIET),
        map_.click(on_map, state, everything, trigger_mode="multiple", **QUIET),
    ]
    for event in opened:
        event.then(None, js=_READ, **QUIET)
    gr.on(
        [table.select, map_.select],
        choose,
        state,
        [looking, choice, map_],
        trigger_mode="multiple",
        **QUIET,
    )
    asked = [
        choice.click(on_choice, state, [*everything, *shell.to_chat], **QUIET),
        reader.click(on_reader, state, [*everything, *shell.to_chat], **QUIET),
    ]
    for event in asked:
        event.then(None, js=_ASK, **QUIET)
    changed = [
        notice.click(undo, removed, [removed, notice], **QUIET),
        drop.upload(add, drop, [drop, told], **QUIET),
    ]
    shell.page.load(refresh, state, everything, **QUIET)
    for event in changed:
        # Another event: adding takes a while, in which the visitor may look at something else.
        event.then(refresh, state, everything, **QUIET)


def _paper(app: AppState, id_: str) -> Paper | None:
    return next(iter(app.assistant.library.catalogue.papers([id_])), None)


def _drawn(app: AppState, now: LibraryViewState) -> str:
    library = app.assistant.library
    try:
        drawn = map_of(library)
    except AssistantError as error:
        return problem(str(error))
    titles = {paper.id: paper.title for paper in library.catalogue.papers()}
    listing = now.listing
    some = None if listing.is_everything else frozenset(listed_ids(library.catalogue, listing))
    return map_view(drawn, titles, now.chosen, some, now.drawn)


def _adding(add: Adding, where: gr.HTML, doing: str) -> Generator[Updates, None, AddReport | None]:
    """Add papers and show how it goes; return the report, None if it went wrong."""
    work: BackgroundJob[PaperProgress, AddReport] = BackgroundJob(add)
    yield {where: progress_bar(doing)}
    for progress in work.watch():
        count = f"{progress.done:,} of {progress.total:,}"
        yield {where: progress_bar(doing, progress.done, progress.total, count)}
    try:
        return work.result()
    except AssistantError as error:
        yield {where: problem(str(error))}
        return None
