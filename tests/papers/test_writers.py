"""What is exported: other programs can read it, and so can our own readers."""

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
# Under a heading in notes, so many are an abstract.
MANY_WORDS = "word " * 40 + "end."

# Any characters that can stand on one line.
lines = (
    st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), min_size=1)
    .map(lambda text: " ".join(text.split()))
    .filter(bool)
)
# The same as part of a text that somebody wrote,
sentences = lines.map(lambda text: f"Of {text}")
# and without what readers take for LaTeX or HTML, where these may be meant.
plain_sentences = sentences.filter(lambda text: clean_text(text) == text)
# Beside an escaped sign of Markdown's, a tilde between letters is taken for a space of LaTeX.
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


def text_of(written_as: str, *papers: Paper) -> str:
    return "".join(WRITERS[written_as].write(papers))


def read_back(written_as: str, *papers: Paper) -> list[Paper]:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "exported"
        file.write_bytes(text_of(written_as, *papers).encode())
        records = list(read_files(file))
    assert not any(isinstance(record, Skipped) for record in records)
    return [replace(record, source="") for record in records if isinstance(record, Paper)]


@given(papers_of(lines, lines))
def test_json_lines_read_back_as_the_same_papers_whatever_their_fields_hold(
    papers: list[Paper],
) -> None:
    assert read_back("jsonl", *papers) == papers


@given(papers_of(sentences, names))
def test_bibtex_reads_back_as_the_same_papers(papers: list[Paper]) -> None:
    assert read_back("bibtex", *papers) == papers


@pytest.mark.parametrize("written_as", ["ris", "csv"])
@given(papers=papers_of(plain_sentences, names))
def test_ris_and_csv_read_back_as_the_same_papers(written_as: str, papers: list[Paper]) -> None:
    assert read_back(written_as, *papers) == papers


@given(papers_of(no_tildes, names, no_tildes.map(lambda text: f"{text} {MANY_WORDS}")))
def test_markdown_reads_back_as_the_same_papers_but_for_ids_beside_a_link(
    papers: list[Paper],
) -> None:
    def shown(paper: Paper) -> tuple[object, ...]:
        return paper.title, paper.abstract, paper.authors, paper.year, paper.link

    assert list(map(shown, read_back("md", *papers))) == list(map(shown, papers))


def test_every_ending_of_a_file_names_a_format() -> None:
    assert set(FORMAT_OF_SUFFIX.values()) == set(WRITERS)


def test_json_lines_hold_what_is_known() -> None:
    snail = Paper(title="Snails", abstract="They are slow.")
    first, second = map(json.loads, text_of("jsonl", PARROTS, snail).splitlines())
    assert first["paper_id"] == "arxiv:1901.00001"
    assert first["source"] == "zoo.txt"
    assert second == {"paper_id": snail.id, "title": "Snails", "abstract": "They are slow."}


def test_csv_has_a_header_and_a_row_a_paper() -> None:
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
def test_bibtex_has_balanced_braces_and_a_key_of_its_own_for_each_entry(
    papers: list[Paper],
) -> None:
    text = text_of("bibtex", *papers)
    assert text.count("{") == text.count("}")
    keys = re.findall(r"^@misc\{([a-z0-9-]+),$", text, re.MULTILINE)
    assert len(set(keys)) == len(keys) == len(papers)


def test_ris_has_a_line_a_field() -> None:
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


def test_markdown_shows_the_characters_as_they_are() -> None:
    rules = Paper(title="1. *Rules* of <b>", abstract="# [Not](a link) `nor` code")
    assert text_of("md", rules) == (
        "## 1\\. \\*Rules\\* of \\<b\\>\n\n\\# \\[Not\\](a link) \\`nor\\` code\n\n"
    )


def test_markdown_links_to_pages_of_the_web_only() -> None:
    assert "[https://a.org/x\\_1](<https://a.org/x_1>)" in text_of(
        "md", Paper(title="A", abstract="b", url="https://a.org/x_1")
    )
    assert "](" not in text_of("md", Paper(title="A", abstract="b", url="javascript:alert(1)"))
