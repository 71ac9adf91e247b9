"""The HTML of the library tab."""

from pathlib import Path

from own_csl_style import NUMBERED

from assistant.chat.library.adding.upload_report import upload_report
from assistant.chat.library.export_papers import FORMATS, formats_with, papers_file
from assistant.chat.library.map.view import map_view
from assistant.chat.library.paper_view import paper_view, similar_view
from assistant.chat.library.papers_table import PAGE_SIZE, papers_table
from assistant.chat.library.selection_bar import selection_bar
from assistant.chat.library.view_state import LibraryViewState
from assistant.library import AddReport, FileReport, Library, Scope, SkippedRecords
from assistant.library.browse import BrowseQuery, PaperPage
from assistant.library.paper_map import PaperMap, Point
from assistant.papers import Paper
from assistant.papers.references.csl_style import styles_in

_HOSTILE = Paper(
    title="<img src=x onerror=alert(1)> \"quotes\" & 'more'",
    abstract="<script>alert(1)</script>",
    authors=("<b>Eve</b>",),
    source="<i>file</i>.txt",
    url="javascript:alert(1)",
    known_as='title:"><script>',
)


def test_no_text_of_a_paper_becomes_markup() -> None:
    listed = PaperPage((_HOSTILE,), 1, 1)
    point = PaperMap((Point(_HOSTILE.id, 0.5, 0.5, 0),), ("<u>terms</u>",))
    report = AddReport((FileReport("<b>x</b>.txt", 1, skipped=(SkippedRecords("<b>", 1),)),))
    for html in (
        papers_table(listed, BrowseQuery(), ()),
        paper_view(_HOSTILE),
        map_view(point, {_HOSTILE.id: _HOSTILE.title}),
        upload_report(report),
    ):
        assert not any(tag in html for tag in ("<script", "<img", "<b>", "<i>", "<u>"))
        assert 'href="javascript:' not in html


def test_table_shows_selection_and_order() -> None:
    papers = tuple(Paper(title=f"Paper {number}", abstract="Text.") for number in range(2))
    html = papers_table(PaperPage(papers, 1, 2), BrowseQuery(order="newest"), {papers[1].id})
    assert html.count(" checked>") == 1
    assert 'aria-sort="descending"' in html
    assert "1–2 of 2" in html
    assert "Next" not in html


def test_table_links_to_the_previous_and_next_page() -> None:
    papers = tuple(Paper(title=f"Paper {number}", abstract="Text.") for number in range(PAGE_SIZE))
    html = papers_table(PaperPage(papers, PAGE_SIZE + 1, 10_000), BrowseQuery(), ())
    assert f"{PAGE_SIZE + 1}–{2 * PAGE_SIZE} of 10,000" in html
    assert 'data-page="1"' in html
    assert 'data-page="3"' in html
    assert "disabled" not in html


def test_empty_table_says_what_to_do() -> None:
    nothing = PaperPage((), 0, 0)
    assert "Add some" in papers_table(nothing, BrowseQuery(), ())
    assert "Try other words" in papers_table(nothing, BrowseQuery("zebra"), ())


def test_scope_is_the_selection_or_else_the_listing(small_library: Library) -> None:
    catalogue = small_library.catalogue
    years = Scope(years=(2019,))
    assert LibraryViewState(BrowseQuery(scope=years)).scope(catalogue) == years
    [parrots] = LibraryViewState(BrowseQuery("parrots")).scope(catalogue).papers
    assert catalogue.papers([parrots])[0].title == "Teaching Parrots to Count"
    selected = (
        LibraryViewState(BrowseQuery("parrots"))
        .with_ticks(["b", "a"], selected=True)
        .with_ticks(["b"], selected=False)
    )
    assert selected.scope(catalogue) == Scope(papers=("a",))


def test_filters_without_papers_are_removed() -> None:
    scope = Scope(years=(2019, 2021), sources=("gone.bib",))
    before = LibraryViewState(BrowseQuery("parrots", scope), page=2)
    after = before.without_missing_filters({2019: 1}, {"here.bib": 1})
    assert after == LibraryViewState(BrowseQuery("parrots", Scope(years=(2019,))), page=2)


def test_selection_bar_offers_actions() -> None:
    assert selection_bar(0, BrowseQuery(), 0) == ""
    everything = selection_bar(0, BrowseQuery(), 5)
    assert "5 papers" in everything
    assert 'data-action="export" data-format="bibtex">BibTeX' in everything
    assert "Ask about" not in everything
    assert "1 paper matches" in selection_bar(0, BrowseQuery("x"), 1)
    assert selection_bar(0, BrowseQuery("x"), 0) == ""
    two, one = (selection_bar(count, BrowseQuery("x"), 1) for count in (2, 1))
    assert "2 papers selected" in two
    assert ">Ask about them<" in two
    assert ">Ask about it<" in one


def test_points_that_do_not_match_are_faint_and_selected_ones_have_a_ring() -> None:
    drawn = PaperMap((Point("a", 0, 0, 0), Point("b", 1, 1, 0)), ("terms",))
    html = map_view(drawn, {"a": "A", "b": "B"}, selected={"a"}, matching={"a"})
    assert '<circle class="c0 selected"' in html
    assert '<circle class="c0 faint"' in html


def test_upload_report_counts_papers_and_gives_reasons() -> None:
    skipped = (SkippedRecords("has no abstract", 2, ("line 3", "line 7")),)
    html = upload_report(AddReport((FileReport("a.bib", 3, 1, 0, skipped),)))
    assert "3 papers added, 1 updated with new details, 2 skipped." in html
    assert "has no abstract (line 3, line 7)" in html


def test_paper_without_an_abstract_says_so_and_offers_to_fetch_it() -> None:
    bare = Paper(title="A Title Alone", abstract="", doi="10.5555/alone")
    assert "no answer cites it" in paper_view(bare)
    assert 'data-action="fetch"' in paper_view(bare)
    assert 'data-action="fetch"' not in paper_view(Paper(title="Nothing", abstract=""))
    html = papers_table(PaperPage((bare,), 1, 1), BrowseQuery(), ())
    assert '<span class="tag">no abstract</span>' in html
    report = upload_report(AddReport((FileReport("a.bib", 2, without_abstract=1),)))
    assert "1 without an abstract" in report


def test_paper_offers_references_and_similar_papers() -> None:
    paper = Paper(title="Dough", abstract="It rises.", authors=("Ada Frost",), year=2021)
    assert 'data-copy="Frost, A. (2021). Dough."' in paper_view(paper)
    html = similar_view([_HOSTILE])
    assert "Similar papers" in html
    assert "<img" not in html


def test_styles_of_the_library_are_choices(tmp_path: Path) -> None:
    (tmp_path / "own.csl").write_text(NUMBERED)
    (tmp_path / "broken.csl").write_text("no style")
    styles = styles_in(tmp_path)
    paper = Paper(title="Dough", abstract="It rises.", authors=("Ada Frost",), year=2021)
    bar = selection_bar(0, BrowseQuery(), 5, formats=formats_with(styles))
    assert 'data-format="own.csl">References, Numbers</button>' in bar
    assert "broken" not in bar
    assert ">Numbers</button>" in paper_view(paper, styles.values())
    file = papers_file([paper], "own.csl", styles=styles)
    assert file is not None
    assert file["text"] == "[1] A. Frost, “Dough”, 2021.\n\n"


def test_papers_are_exported_in_every_format() -> None:
    paper = Paper(title="Dough", abstract="It rises.", authors=("Ada Frost",), year=2021)
    for name in FORMATS:
        file = papers_file([paper], name)
        assert file is not None
        assert "Dough" in file["text"]
    assert papers_file([paper], "../x") is None


def test_filter_by_tags_of_another_account_is_removed() -> None:
    scope = Scope(tags=("secret",), years=(2019,), owner="ada")
    state = LibraryViewState(BrowseQuery(scope=scope), owner="ada")
    assert state.of("ada") == state
    assert state.of("cy").listing.scope == Scope(years=(2019,))
