"""The reader of Hugging Face Papers pages, on a page of our own making and on the seed page."""

from pathlib import Path

import pytest

from assistant.papers import Paper, read_file

SEEDS = Path(__file__).parents[3] / "shared" / "seeds"

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
def test_a_page_gives_each_title_with_its_whole_abstract_and_no_furniture(
    data: bytes, tmp_path: Path
) -> None:
    page = tmp_path / "page.txt"
    page.write_bytes(data)
    assert titles_and_abstracts(read_file(page)) == titles_and_abstracts(PAPERS)


def test_each_paper_names_the_page_it_was_read_from(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text(PAGE, encoding="utf-8")
    assert {paper.source for paper in read_file(page)} == {"page.txt"}


def test_an_abstract_wrapped_over_lines_becomes_one_line(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text("Tomatoes\n\n" + FIRST_ABSTRACT.replace(". ", ".\n"), encoding="utf-8")
    assert read_file(page)[0].abstract == FIRST_ABSTRACT


def test_the_seed_page_gives_109_whole_papers() -> None:
    pages = sorted(SEEDS.glob("*.txt"))
    if not pages:
        pytest.skip(f"the seed page is not on this machine ({SEEDS})")
    papers = [paper for page in pages for paper in read_file(page)]
    text = " ".join(" ".join(page.read_text(encoding="utf-8-sig") for page in pages).split())
    assert len({paper.id for paper in papers}) == len(papers) == 109
    for paper in papers:
        assert f"{paper.title} {paper.abstract}" in text
        text = text.replace(f"{paper.title} {paper.abstract}", "", 1)
    # Whole: apart from the papers, the page holds nothing but its furniture.
    assert len(text.split()) < 50, text
