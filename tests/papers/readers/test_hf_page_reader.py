"""The reader of Hugging Face Papers pages as text, on a made-up page and on the seed page."""

from pathlib import Path

import pytest

from assistant.papers import Paper, Skipped, read_files
from assistant.papers.parsing.latex.text import without_latex

FIRST_ABSTRACT = (
    "Gardeners rarely agree on when a tomato is ripe. We film 300 tomatoes for two summers and "
    "train a small network, RedGuess, on the films. It names the day of ripeness within 1.5 days, "
    "where gardeners are off by 4, and it needs no more than a telephone."
)
SECOND_ABSTRACT = (
    "Paper planes fly further when their wings are creased twice. We fold 1,200 planes and throw "
    "each of them five times in a gymnasium without wind.",
    "The longest flight measured 41 metres; planes with one crease stayed below 29 metres, and the "
    "difference holds for three kinds of paper.",
)
PAGE = f"""new

Get new papers in your letter box!

Subscribe

by a person and the community

Mar 13

Knowing When a Tomato
is Ripe

{FIRST_ABSTRACT}

Mar 14

Creases: On the Flight of Paper Planes

{SECOND_ABSTRACT[0]}

{SECOND_ABSTRACT[1]}

Previous

Next
"""
PAPERS = [
    Paper(title="Knowing When a Tomato is Ripe", abstract=FIRST_ABSTRACT),
    Paper(title="Creases: On the Flight of Paper Planes", abstract=" ".join(SECOND_ABSTRACT)),
]


def papers_in(page: Path, *, as_page: bool = False) -> list[Paper]:
    papers = []
    for record in read_files(page, as_page=as_page):
        assert not isinstance(record, Skipped), record
        papers.append(record)
    return papers


def papers_of(text: str, tmp_path: Path, *, as_page: bool = False) -> list[Paper]:
    page = tmp_path / "page.txt"
    page.write_text(text, encoding="utf-8")
    return papers_in(page, as_page=as_page)


def titles_and_abstracts(papers: list[Paper]) -> list[tuple[str, str]]:
    return [(paper.title, paper.abstract) for paper in papers]


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(PAGE.encode(), id="as saved on Linux"),
        pytest.param(PAGE.replace("\n", "\r\n").encode(), id="with Windows line ends"),
        pytest.param(b"\xef\xbb\xbf" + PAGE.encode(), id="with a byte order mark"),
        pytest.param(PAGE.replace("\n\n", "\n \t\n\n").encode(), id="with blanks on empty lines"),
    ],
)
def test_page_yields_titles_with_complete_abstracts_and_nothing_else(
    data: bytes, tmp_path: Path
) -> None:
    page = tmp_path / "page.txt"
    page.write_bytes(data)
    assert titles_and_abstracts(papers_in(page)) == titles_and_abstracts(PAPERS)


def test_source_of_each_paper_is_the_file_name(tmp_path: Path) -> None:
    assert {paper.source for paper in papers_of(PAGE, tmp_path)} == {"page.txt"}


def test_wrapped_abstract_becomes_one_line(tmp_path: Path) -> None:
    wrapped = "Tomatoes\n\n" + FIRST_ABSTRACT.replace(". ", ".\n")
    assert papers_of(wrapped, tmp_path, as_page=True)[0].abstract == FIRST_ABSTRACT


@pytest.mark.parametrize("last", ["Code is available online.", "We share all 1,200 films."])
def test_short_last_paragraph_belongs_to_the_abstract(last: str, tmp_path: Path) -> None:
    page = PAGE.replace(FIRST_ABSTRACT, f"{FIRST_ABSTRACT}\n\n{last}")
    first, second = papers_of(page, tmp_path)
    assert first.abstract == f"{FIRST_ABSTRACT} {last}"
    assert titles_and_abstracts([second]) == titles_and_abstracts(PAPERS[1:])


def test_short_paragraph_between_long_ones_does_not_split_the_abstract(tmp_path: Path) -> None:
    one, other = SECOND_ABSTRACT
    page = f"Creases\n\n{one}\n\nWe measured every flight twice.\n\n{other}\n"
    [paper] = papers_of(page, tmp_path, as_page=True)
    assert paper.abstract == f"{one} We measured every flight twice. {other}"


@pytest.mark.parametrize("title", ["Do Paper Planes Like the Wind?", "Paper planes like the wind."])
def test_title_may_end_like_a_sentence(title: str, tmp_path: Path) -> None:
    page = PAGE.replace("Mar 14\n\n", "").replace("Creases: On the Flight of Paper Planes", title)
    assert [paper.title for paper in papers_of(page, tmp_path)] == [PAPERS[0].title, title]


def test_latex_in_abstract_is_converted(tmp_path: Path) -> None:
    page = PAGE.replace("within 1.5 days", r"in 33.3\% of cases, by T\"ulu and the Fr\'echet mean,")
    abstract = papers_of(page, tmp_path)[0].abstract
    assert "in 33.3% of cases, by Tülu and the Fréchet mean," in abstract


def test_seed_page_yields_109_complete_papers(shared_folder: Path) -> None:
    pages = sorted((shared_folder / "seeds").glob("*.txt"))
    papers = [paper for page in pages for paper in papers_in(page)]
    text = " ".join(page.read_text(encoding="utf-8-sig") for page in pages)
    text = " ".join(without_latex(text).split())
    assert len({paper.id for paper in papers}) == len(papers) == 109
    for paper in papers:
        assert f"{paper.title} {paper.abstract}" in text
        text = text.replace(f"{paper.title} {paper.abstract}", "", 1)
    # Complete: little is left of the page but menus and dates.
    assert len(text.split()) < 50, text
