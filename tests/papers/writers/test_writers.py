"""The writers: their output is valid for other programs and round-trips through the readers."""

import csv
import io
import json
import re
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.papers import Paper, Skipped, read_files
from assistant.papers.parsing.text_cleaning import clean_text
from assistant.papers.writers import FORMAT_OF_SUFFIX, WRITERS

PARROTS = Paper(
    title="Teaching Parrots to Count",
    abstract="They reach 93% {on average} with $n_1$ nuts.",
    authors=("Ada Frost", "Nuts and Sons"),
    year=2019,
    doi="10.5555/parrots_1",
    arxiv_id="1901.00001",
    url="https://example.org/parrots_1",
    source="zoo.txt",
)
# Enough words to be taken for an abstract under a heading in notes.
MANY_WORDS = "word " * 40 + "end."

# Any characters on one line.
lines = (
    st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), min_size=1)
    .map(lambda text: " ".join(text.split()))
    .filter(bool)
)
# The same, after an ordinary word.
sentences = lines.map(lambda text: f"Of {text}")
# The same, without anything that readers take for LaTeX or HTML.
plain_sentences = sentences.filter(lambda text: clean_text(text) == text)
# Beside an escaped character of Markdown, a tilde between letters is taken for a space in LaTeX.
no_tildes = plain_sentences.filter(lambda text: "~" not in text)
words = st.text(st.characters(categories=["Lu", "Ll"]), min_size=4, max_size=9)
names = st.lists(words, min_size=1, max_size=3).map(" ".join).filter(lambda n: n != "others")
urls = st.from_regex(r"https://[a-z]{1,9}\.org/[\w~#%&=?-]{0,9}", fullmatch=True)


def papers_of(
    titles: st.SearchStrategy[str],
    authors: st.SearchStrategy[str],
    abstracts: st.SearchStrategy[str] | None = None,
) -> st.SearchStrategy[list[Paper]]:
    paper = st.builds(
        Paper,
        title=titles,
        abstract=titles if abstracts is None else abstracts,
        authors=st.lists(authors, max_size=3).map(tuple),
        year=st.none() | st.integers(1600, 2100),
        url=st.none() | urls,
        doi=st.none() | st.from_regex(r"10\.[0-9]{4}/[a-z0-9._()-]{1,9}", fullmatch=True),
        arxiv_id=st.none() | st.from_regex(r"[0-9]{4}\.[0-9]{5}", fullmatch=True),
    )
    return st.lists(paper, min_size=1, max_size=3, unique_by=lambda paper: paper.id)


def text_of(format_name: str, *papers: Paper) -> str:
    return "".join(WRITERS[format_name].write(papers))


def read_back(format_name: str, *papers: Paper) -> list[Paper]:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "exported"
        file.write_bytes(text_of(format_name, *papers).encode())
        records = list(read_files(file))
    assert not any(isinstance(record, Skipped) for record in records)
    return [replace(record, source="") for record in records if isinstance(record, Paper)]


@given(papers_of(lines, lines))
def test_json_lines_round_trips_any_text(
    papers: list[Paper],
) -> None:
    assert read_back("jsonl", *papers) == papers


@given(papers_of(sentences, names))
def test_bibtex_round_trips(papers: list[Paper]) -> None:
    assert read_back("bibtex", *papers) == papers


@pytest.mark.parametrize("format_name", ["ris", "csv"])
@given(papers=papers_of(plain_sentences, names))
def test_ris_and_csv_round_trip(format_name: str, papers: list[Paper]) -> None:
    assert read_back(format_name, *papers) == papers


@given(papers_of(no_tildes, names, no_tildes.map(lambda text: f"{text} {MANY_WORDS}")))
def test_markdown_round_trips_except_for_ids_beside_a_link(
    papers: list[Paper],
) -> None:
    def shown(paper: Paper) -> tuple[object, ...]:
        return paper.title, paper.abstract, paper.authors, paper.year, paper.link

    assert list(map(shown, read_back("md", *papers))) == list(map(shown, papers))


def test_every_format_has_a_file_suffix() -> None:
    assert set(FORMAT_OF_SUFFIX.values()) == set(WRITERS)


def test_json_lines_contain_known_fields_only() -> None:
    snail = Paper(title="Snails", abstract="They are slow.")
    first, second = map(json.loads, text_of("jsonl", PARROTS, snail).splitlines())
    assert first["paper_id"] == "arxiv:1901.00001"
    assert first["source"] == "zoo.txt"
    assert second == {"paper_id": snail.id, "title": "Snails", "abstract": "They are slow."}


def test_csv_has_a_header_and_a_row_per_paper() -> None:
    (row,) = csv.DictReader(io.StringIO(text_of("csv", PARROTS)))
    assert row["title"] == "Teaching Parrots to Count"
    assert row["authors"] == "Ada Frost; Nuts and Sons"
    assert row["abstract"] == PARROTS.abstract


def test_bibtex_is_escaped_for_latex() -> None:
    entry = text_of("bibtex", PARROTS)
    assert entry.startswith("@misc{frost2019teaching,\n  title = {{Teaching Parrots to Count}},\n")
    assert "author = {Ada Frost and {Nuts and Sons}}," in entry
    assert r"93\% \textbraceleft{}on average\textbraceright{} with \$n\_1\$ nuts." in entry
    assert "doi = {10.5555/parrots_1}," in entry
    assert "eprint = {1901.00001},\n  archiveprefix = {arXiv}," in entry


@given(papers_of(lines, lines))
def test_bibtex_has_balanced_braces_and_unique_keys(
    papers: list[Paper],
) -> None:
    text = text_of("bibtex", *papers)
    assert text.count("{") == text.count("}")
    keys = re.findall(r"^@misc\{([a-z0-9-]+),$", text, re.MULTILINE)
    assert len(set(keys)) == len(keys) == len(papers)


def test_ris_has_a_line_per_field() -> None:
    assert text_of("ris", PARROTS).split("\r\n") == [
        "TY  - GEN",
        "AU  - Ada Frost",
        "AU  - Nuts and Sons",
        "TI  - Teaching Parrots to Count",
        "PY  - 2019",
        "AB  - They reach 93% {on average} with $n_1$ nuts.",
        "DO  - 10.5555/parrots_1",
        "AN  - arXiv:1901.00001",
        "UR  - https://example.org/parrots_1",
        "ER  - ",
        "",
        "",
    ]


def test_markdown_is_escaped() -> None:
    rules = Paper(title="1. *Rules* of <b>", abstract="# [Not](a link) `nor` code")
    assert text_of("md", rules) == (
        "## 1\\. \\*Rules\\* of \\<b\\>\n\n\\# \\[Not\\](a link) \\`nor\\` code\n\n"
    )


def test_markdown_links_to_http_addresses_only() -> None:
    assert "[https://a.org/x\\_1](<https://a.org/x_1>)" in text_of(
        "md", Paper(title="A", abstract="b", url="https://a.org/x_1")
    )
    assert "](" not in text_of("md", Paper(title="A", abstract="b", url="javascript:alert(1)"))
