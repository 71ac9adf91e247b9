"""References in styles of the Citation Style Language."""

from pathlib import Path

import citeproc
import pytest
from own_csl_style import NUMBERED

from assistant.errors import InputError
from assistant.papers import Paper
from assistant.papers.references import find_style, format_reference, reference_list
from assistant.papers.references.csl_style import read_style, styles_in

HARVARD = Path(citeproc.__file__).parent / "data" / "styles" / "harvard-cite-them-right.csl"
DEPENDENT = """<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0"><info>
<title>Journal of Snow</title>
<link href="http://www.zotero.org/styles/nature" rel="independent-parent"/></info></style>"""
WITHOUT_BIBLIOGRAPHY = """<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0">
<info><title>Notes</title></info><citation><layout/></citation></style>"""
GLACIER = Paper(
    title="Glacier Melt & <Ice> Seen from Balloons",
    abstract="",
    authors=("Ada B. Frost", "Bo van der Berg", "Snow, Ice & Rain Consortium"),
    year=2021,
    type="article",
    venue="Journal of Snow",
    volume="3",
    issue="4",
    pages="12-34",
    doi="10.5555/1",
    extra=(("address", "Köln"), ("note", "In press")),
)
DOUGH = Paper(title="Dough", abstract="", authors=("Gabriela García",), year=2022)


@pytest.fixture
def numbered(tmp_path: Path) -> Path:
    file = tmp_path / "numbers.csl"
    file.write_text(NUMBERED)
    return file


def test_list_has_the_order_and_numbers_of_the_style(numbered: Path) -> None:
    assert list(reference_list([GLACIER, DOUGH], read_style(numbered))) == [
        "[1] G. García, “Dough”, 2022.\n\n",
        "[2] A. B. Frost, B. van der Berg, Snow, Ice & Rain Consortium, “Glacier Melt & <Ice> Seen "
        "from Balloons”, Köln, In press, 2021.\n\n",
    ]


def test_style_of_the_repository() -> None:
    style = read_style(HARVARD)
    assert style.title.startswith("Cite Them Right")
    assert format_reference(GLACIER, style) == (
        "Frost, A.B., van der Berg, B. and Snow, Ice & Rain Consortium (2021) “Glacier Melt & "
        "<Ice> Seen from Balloons”, Journal of Snow, 3(4), pp. 12–34. Available at: "
        "https://doi.org/10.5555/1."
    )


def test_list_without_papers_is_empty(numbered: Path) -> None:
    assert list(reference_list([], read_style(numbered))) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("@misc{a, title = {Dough}}", "is not a CSL style"),
        ("<html><body>404</body></html>", "is not a CSL style"),
        ('<!DOCTYPE x [<!ENTITY y "z">]><style>&y;</style>', "is not a CSL style"),
        (DEPENDENT, r"Use nature\.csl of https://"),
        (WITHOUT_BIBLIOGRAPHY, "without a bibliography"),
    ],
)
def test_other_file_is_rejected_with_advice(tmp_path: Path, text: str, expected: str) -> None:
    file = tmp_path / "other.csl"
    file.write_text(text)
    with pytest.raises(InputError, match=expected):
        read_style(file)
    assert styles_in(tmp_path) == {}


def test_style_that_cannot_be_processed_is_named(tmp_path: Path) -> None:
    file = tmp_path / "damaged.csl"
    file.write_text(NUMBERED.replace('<text variable="note"/>', '<text macro="missing"/>'))
    with pytest.raises(InputError, match="The style damaged cannot be processed"):
        format_reference(GLACIER, read_style(file))


def test_style_is_found_by_path_or_in_the_folder_of_the_library(
    numbered: Path, tmp_path: Path
) -> None:
    styles = tmp_path / "library" / "styles"
    styles.mkdir(parents=True)
    own = styles / "own.csl"
    own.write_text(NUMBERED)
    for name in (str(numbered), "own", "own.csl"):
        assert format_reference(DOUGH, find_style(name, tmp_path / "library")).startswith("[1] ")
    assert find_style("apa", tmp_path / "library") == "apa"
    with pytest.raises(InputError, match="is not a style of references"):
        find_style("numbers", tmp_path / "library")
