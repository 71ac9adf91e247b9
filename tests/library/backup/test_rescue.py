"""What a damaged catalogue still holds is saved."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from assistant.library import Catalogue
from assistant.library.backup.rescue import rescue_papers
from assistant.papers import Paper

PAGE = 4096
LONG = "We weigh stones of all kinds. " * 400
PAPERS = [
    Paper(
        title=f"Report {number} – Größe",
        abstract=LONG if number % 10 == 0 else f"We weigh {number} stones. " * 20,
        authors=("Ada Frost",),
        year=2000 + number if number % 3 else None,
        venue="Journal of Stones" if number % 2 else None,
        extra=(("note", f"In press {number}"),) if number % 4 else (),
    )
    for number in range(60)
]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    with closing(Catalogue(tmp_path / "catalogue.sqlite")) as catalogue:
        catalogue.store((paper, []) for paper in PAPERS)
        catalogue.remove([PAPERS[-1].id])
    return tmp_path / "catalogue.sqlite"


def zero(file: Path, pages: range) -> None:
    data = bytearray(file.read_bytes())
    for page in pages:
        data[page * PAGE : (page + 1) * PAGE] = bytes(PAGE)
    file.write_bytes(data)


def test_all_papers_of_an_intact_catalogue_are_found(file: Path) -> None:
    found = rescue_papers(file)
    assert list(found.papers) == PAPERS[:-1]
    assert (found.changed, found.stored) == (0, 59)


def test_papers_in_the_write_ahead_log_are_found(file: Path) -> None:
    with closing(Catalogue(file)) as catalogue:
        catalogue.store([(Paper(title="Last", abstract="Saved."), [])])
        assert "Last" in [paper.title for paper in rescue_papers(file).papers]


@pytest.mark.parametrize(
    ("damage", "at_least"),
    [
        pytest.param(lambda file: zero(file, range(1)), 59, id="the header and the schema"),
        pytest.param(lambda file: zero(file, range(30, 1000, 4)), 30, id="every fourth page"),
        pytest.param(
            lambda file: file.write_bytes(file.read_bytes()[: PAGE * 46]), 15, id="the end"
        ),
    ],
)
def test_readable_papers_of_a_damaged_catalogue_are_found(
    damage: Callable[[Path], None], at_least: int, file: Path
) -> None:
    damage(file)
    found = rescue_papers(file)
    intact = [paper for paper in found.papers if paper in PAPERS]
    assert len(intact) >= at_least
    assert len(found.papers) - len(intact) <= found.changed


def test_file_that_is_no_catalogue_holds_no_papers(tmp_path: Path) -> None:
    (tmp_path / "catalogue.sqlite").write_bytes(b"A diary. " * 5000)
    assert rescue_papers(tmp_path / "catalogue.sqlite").papers == ()
