"""The reader of JSON Lines: what it takes, and the errors that name the line."""

import json
from pathlib import Path

import pytest

from assistant.errors import InputError
from assistant.papers import Paper, read_file

SNAIL = {"title": "Snail Mail", "abstract": "Snails carry letters at 2 metres an hour."}


def read(tmp_path: Path, text: str) -> list[Paper]:
    file = tmp_path / "refs.jsonl"
    file.write_bytes(text.encode())
    return read_file(file)


def test_every_known_field_is_kept(tmp_path: Path) -> None:
    line = json.dumps(
        SNAIL
        | {
            "authors": ["Ann Slow", "Ben Shell"],
            "year": 2020,
            "url": "https://example.org/snail",
            "doi": "10.5555/Snail.1",
            "arxiv_id": "2001.00001",
            "stars": 5,
        }
    )
    assert read(tmp_path, line) == [
        Paper(
            title="Snail Mail",
            abstract="Snails carry letters at 2 metres an hour.",
            authors=("Ann Slow", "Ben Shell"),
            year=2020,
            url="https://example.org/snail",
            doi="10.5555/Snail.1",
            arxiv_id="2001.00001",
            source="refs.jsonl",
        )
    ]


def test_authors_may_be_one_text_and_the_year_a_text(tmp_path: Path) -> None:
    line = json.dumps(SNAIL | {"authors": "Ann Slow and Ben Shell", "year": "2020"})
    paper = read(tmp_path, line)[0]
    assert paper.authors == ("Ann Slow", "Ben Shell")
    assert paper.year == 2020


def test_fields_that_are_null_or_blank_are_unknown(tmp_path: Path) -> None:
    line = json.dumps(SNAIL | {"authors": None, "year": "", "url": " ", "doi": None})
    paper = read(tmp_path, line)[0]
    assert (paper.authors, paper.year, paper.url, paper.doi) == ((), None, None, None)


@pytest.mark.parametrize(
    ("field", "written", "kept"),
    [
        ("doi", "https://doi.org/10.5555/snail", "10.5555/snail"),
        ("doi", "doi:10.5555/snail", "10.5555/snail"),
        ("arxiv_id", "arXiv:2001.00001v3", "2001.00001"),
        ("arxiv_id", "https://arxiv.org/abs/2001.00001", "2001.00001"),
        ("arxiv_id", "https://arxiv.org/pdf/2001.00001v2.pdf", "2001.00001"),
    ],
)
def test_identifiers_are_kept_bare(field: str, written: str, kept: str, tmp_path: Path) -> None:
    assert getattr(read(tmp_path, json.dumps(SNAIL | {field: written}))[0], field) == kept


def test_blank_lines_and_windows_line_ends_are_no_matter(tmp_path: Path) -> None:
    other = SNAIL | {"title": "Snail Mail Again"}
    text = f"\r\n{json.dumps(SNAIL)}\r\n\r\n{json.dumps(other)}\r\n"
    assert [paper.title for paper in read(tmp_path, text)] == ["Snail Mail", "Snail Mail Again"]


@pytest.mark.parametrize("separator", ["\u2028", "\u2029", "\x85"])
def test_a_separator_inside_a_text_does_not_end_the_line(separator: str, tmp_path: Path) -> None:
    abstract = f"Snails carry letters.{separator}They are slow."
    line = json.dumps(SNAIL | {"abstract": abstract}, ensure_ascii=False)
    assert separator in line
    assert read(tmp_path, line)[0].abstract == "Snails carry letters. They are slow."


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ('{"title": "Snail Mail", ', "not valid JSON"),
        ("[1, 2]", "expected an object"),
        (json.dumps({"abstract": "No title."}), "`title` is missing"),
        (json.dumps({"title": "No abstract"}), "`abstract` is missing"),
        (json.dumps(SNAIL | {"title": "  "}), "`title` is missing"),
        (json.dumps(SNAIL | {"title": 7}), "`title` is missing"),
        (json.dumps(SNAIL | {"authors": 7}), "`authors` must be"),
        (json.dumps(SNAIL | {"year": "soon"}), "`year` must be"),
        (json.dumps(SNAIL | {"year": 10**30}), "`year` must be"),
        (json.dumps(SNAIL | {"title": "Half \ud83d"}), "surrogate"),
    ],
)
def test_an_error_names_the_file_and_the_line(line: str, complaint: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"refs\.jsonl, line 3: ") as caught:
        read(tmp_path, f"{json.dumps(SNAIL)}\n\n{line}\n")
    assert complaint in str(caught.value)
