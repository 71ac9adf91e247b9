"""The library's HTML: nothing of a paper becomes a tag, and what is shown is what is there."""

from assistant.chat.library.map_view import map_view
from assistant.chat.library.paper_view import paper_view
from assistant.chat.library.papers_table import PAGE_SIZE, papers_table
from assistant.chat.library.selection_bar import choice_bar
from assistant.chat.library.upload_report import add_report
from assistant.chat.library.view_state import LibraryViewState
from assistant.library import AddReport, FileReport, Library, Scope, SkippedRecords
from assistant.library.browse import ListedPapers, Listing
from assistant.library.paper_map import PaperMap, Point
from assistant.papers import Paper

_HOSTILE = Paper(
    title="<img src=x onerror=alert(1)> \"quotes\" & 'more'",
    abstract="<script>alert(1)</script>",
    authors=("<b>Eve</b>",),
    source="<i>file</i>.txt",
    url="javascript:alert(1)",
    known_as='title:"><script>',
)


def test_nothing_of_a_paper_becomes_a_tag() -> None:
    listed = ListedPapers((_HOSTILE,), 1, 1)
    point = PaperMap((Point(_HOSTILE.id, 0.5, 0.5, 0),), ("<u>terms</u>",))
    report = AddReport((FileReport("<b>x</b>.txt", 1, skipped=(SkippedRecords("<b>", 1),)),))
    for html in (
        papers_table(listed, Listing(), ()),
        paper_view(_HOSTILE),
        map_view(point, {_HOSTILE.id: _HOSTILE.title}),
        add_report(report),
    ):
        assert not any(tag in html for tag in ("<script", "<img", "<b>", "<i>", "<u>"))
        assert "javascript:" not in html


def test_the_table_shows_which_papers_are_ticked_and_how_they_are_sorted() -> None:
    papers = tuple(Paper(title=f"Paper {number}", abstract="Text.") for number in range(2))
    html = papers_table(ListedPapers(papers, 1, 2), Listing(order="newest"), {papers[1].id})
    assert html.count(" checked>") == 1
    assert 'aria-sort="descending"' in html
    assert "1–2 of 2" in html
    assert "Next" not in html


def test_a_table_of_many_pages_can_be_turned_over() -> None:
    papers = tuple(Paper(title=f"Paper {number}", abstract="Text.") for number in range(PAGE_SIZE))
    html = papers_table(ListedPapers(papers, PAGE_SIZE + 1, 10_000), Listing(), ())
    assert f"{PAGE_SIZE + 1}–{2 * PAGE_SIZE} of 10,000" in html
    assert 'data-page="1"' in html
    assert 'data-page="3"' in html
    assert "disabled" not in html


def test_an_empty_table_says_what_to_do() -> None:
    nothing = ListedPapers((), 0, 0)
    assert "Add some" in papers_table(nothing, Listing(), ())
    assert "Type other words" in papers_table(nothing, Listing("zebra"), ())


def test_what_is_asked_about_is_what_is_chosen_else_what_is_listed(small_library: Library) -> None:
    catalogue = small_library.catalogue
    years = Scope(years=(2019,))
    assert LibraryViewState(Listing(scope=years)).scope(catalogue) == years
    [parrots] = LibraryViewState(Listing("parrots")).scope(catalogue).papers
    assert catalogue.papers([parrots])[0].title == "Teaching Parrots to Count"
    chosen = (
        LibraryViewState(Listing("parrots"))
        .ticked(["b", "a"], chosen=True)
        .ticked(["b"], chosen=False)
    )
    assert chosen.scope(catalogue) == Scope(papers=("a",))


def test_a_view_is_limited_only_to_years_and_sources_that_there_still_are() -> None:
    scope = Scope(years=(2019, 2021), sources=("gone.bib",))
    before = LibraryViewState(Listing("parrots", scope), page=2)
    after = before.among({2019: 1}, {"here.bib": 1})
    assert after == LibraryViewState(Listing("parrots", Scope(years=(2019,))), page=2)


def test_the_bar_offers_what_can_be_done() -> None:
    assert choice_bar(0, Listing(), 5) == ""
    assert "1 paper fits" in choice_bar(0, Listing("x"), 1)
    assert choice_bar(0, Listing("x"), 0) == ""
    assert "2 papers chosen" in choice_bar(2, Listing("x"), 1)


def test_points_outside_the_search_are_faint_and_the_chosen_ringed() -> None:
    drawn = PaperMap((Point("a", 0, 0, 0), Point("b", 1, 1, 0)), ("terms",))
    html = map_view(drawn, {"a": "A", "b": "B"}, chosen={"a"}, shown={"a"})
    assert '<circle class="c0 chosen"' in html
    assert '<circle class="c0 faint"' in html


def test_a_report_says_what_was_added_and_why_the_rest_was_not() -> None:
    skipped = (SkippedRecords("has no abstract", 2, ("line 3", "line 7")),)
    html = add_report(AddReport((FileReport("a.bib", 3, 1, 0, skipped),)))
    assert "3 papers added, 1 updated with what the files say more, 2 skipped." in html
    assert "has no abstract (line 3, line 7)" in html
