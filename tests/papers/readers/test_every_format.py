"""Every format is recognised by its content and read; each specimen contains the same paper."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from reading import format_of, papers_of, records_of
from specimen_papers import PLANES, TOMATO
from specimens import BINARY, SPECIMENS

from assistant.papers import Paper, Skipped, read_files
from assistant.papers.paper import DETAILS
from assistant.papers.readers import READERS

ALL = {"title", "abstract", "authors", "year", "url", "doi", "arxiv_id"}
# The name of each format, and the fields of the paper that it contains.
FIELDS = {
    "hf.txt": ("Hugging Face Papers page (text)", {"title", "abstract"}),
    "hf-data.html": (
        "Hugging Face Papers page (HTML)",
        {"title", "abstract", "authors", "year", "arxiv_id"},
    ),
    "hf.html": ("Hugging Face Papers page (HTML)", {"title", "abstract", "arxiv_id"}),
    "arxiv.atom": ("arXiv Atom feed", ALL),
    "arxiv-dump.jsonl": ("JSON Lines", ALL - {"url"}),
    "arxiv.html": ("arXiv abstract page", ALL),
    "refs.bib": ("BibTeX", ALL),
    "refs.ris": ("RIS", ALL),
    "table.csv": ("CSV", ALL),
    "s2.json": ("JSON", ALL),
    "openalex.json": ("JSON", ALL),
    "crossref.json": ("JSON", ALL),
    "exported.csv": ("CSV exported", ALL),
    "exported.md": ("Markdown exported", ALL),
    "exported-note.md": ("Obsidian note exported", ALL),
    "exported.xml": ("EndNote XML", ALL),
    "notes.txt": ("notes with labels", {"title", "abstract", "authors", "year", "arxiv_id"}),
    "notes.md": ("Markdown", {"title", "abstract", "authors", "year", "arxiv_id"}),
    "paper.pdf": ("PDF", {"title", "abstract", "year", "arxiv_id"}),
    "endnote.xml": ("EndNote XML", ALL),
    "zotero.rdf": ("Zotero RDF", ALL),
    "article.nxml": ("JATS", ALL - {"url", "arxiv_id"}),
    "anthology.mods": ("MODS", ALL),
    "dblp.xml": ("DBLP XML", ALL - {"abstract"}),
    "oai.xml": ("OAI-PMH", ALL),
    "feed.rss": ("RSS", ALL),
    "refs.enw": ("EndNote refer", ALL),
    "savedrecs.txt": ("Web of Science", ALL - {"url", "arxiv_id"}),
    "scopus.csv": ("CSV", ALL),
    "csl.json": ("JSON", ALL),
    "europe-pmc.json": ("JSON", {"title", "authors", "year", "doi"}),
    "ads.json": ("JSON", ALL - {"url"}),
    "inspire.json": ("JSON", ALL - {"url"}),
    "openreview.json": ("JSON", {"title", "abstract", "authors", "year"}),
    "datacite.json": ("JSON", ALL),
    "dimensions.json": ("JSON", ALL - {"url", "arxiv_id"}),
    "dblp.json": ("JSON", {"title", "authors", "year"}),
    "paper.docx": ("Word document", {"title", "abstract", "authors", "doi", "arxiv_id"}),
    "table.xlsx": ("Excel workbook", ALL),
    "paper.epub": ("e-book", {"title", "abstract", "authors", "year", "doi"}),
}


def papers(name: str) -> list[Paper]:
    return [record for record in records_of(SPECIMENS[name]) if isinstance(record, Paper)]


def basic(paper: Paper) -> Paper:
    """Return a paper without its details."""
    default = Paper(title="", abstract="")
    return replace(paper, **{name: getattr(default, name) for name in DETAILS})


@pytest.mark.parametrize("name", FIELDS)
def test_format_is_recognised_and_its_fields_are_read(name: str) -> None:
    format_name, fields = FIELDS[name]
    assert format_of(SPECIMENS[name]).startswith(format_name)
    paper = papers(name)[0]
    expected = {field: getattr(TOMATO, field) for field in fields}
    assert {field: getattr(paper, field) for field in fields} == expected


@pytest.mark.parametrize(
    "name",
    [
        *("hf.txt", "hf.html", "arxiv.atom", "refs.bib", "refs.ris", "table.csv", "notes.md"),
        *("endnote.xml", "zotero.rdf", "anthology.mods", "refs.enw", "savedrecs.txt", "csl.json"),
        *("europe-pmc.json", "openreview.json", "table.xlsx"),
    ],
)
def test_second_paper_of_a_file_is_read_too(name: str) -> None:
    _, paper = papers(name)
    assert (paper.title, paper.abstract) == (PLANES.title, PLANES.abstract)


def test_parts_of_a_structured_pubmed_abstract_are_preceded_by_labels() -> None:
    paper = papers("pubmed.xml")[0]
    assert basic(paper) == replace(
        TOMATO,
        abstract=f"AIM: {TOMATO.abstract} RESULT: It works.",
        authors=(*TOMATO.authors, "The Gardeners"),
        url="https://pubmed.ncbi.nlm.nih.gov/12345/",
        arxiv_id=None,
        source="file",
    )


@pytest.mark.parametrize(
    "content",
    [
        "<PubmedArticleSet><PubmedArticle><MedlineCitation><Article><ArticleTitle>T</ArticleTitle>"
        "<Abstract><AbstractText>It holds 10<sup>6</sup> seeds<sup>1</sup>.</AbstractText>"
        "</Abstract></Article></MedlineCitation></PubmedArticle></PubmedArticleSet>",
        '{"title": "T", "abstract": "It holds 10<sup>6</sup> seeds<sup>1</sup>."}',
    ],
)
def test_superscript_after_ten_is_a_power(content: str) -> None:
    [paper] = papers_of(content)
    assert paper.abstract == "It holds 10^6 seeds1."


def test_nbib_authors_have_full_names() -> None:
    paper = papers("pubmed.nbib")[0]
    assert paper.ids == (("pmid", "12345"),)
    assert basic(paper) == replace(
        TOMATO, url="https://pubmed.ncbi.nlm.nih.gov/12345/", arxiv_id=None, source="file"
    )


def test_table_may_be_delimited_by_tabs() -> None:
    assert papers("table.tsv") == [replace(PLANES, year=None, source="file")]


@pytest.mark.parametrize(
    ("name", "where"),
    [
        ("refs.bib", "bare"),
        ("s2.json", "line 1, no. 2"),
    ],
)
def test_record_without_abstract_is_reported(name: str, where: str) -> None:
    skipped = [record for record in records_of(SPECIMENS[name]) if isinstance(record, Skipped)]
    assert skipped == [Skipped("file", "no abstract", where)]


@pytest.mark.parametrize("name", ["pubmed.xml", "pubmed.nbib"])
def test_record_without_abstract_is_a_paper_if_it_has_an_id(name: str) -> None:
    assert [bool(paper.abstract) for paper in papers(name)] == [True, False]


def test_record_without_abstract_is_a_paper_if_it_has_authors() -> None:
    assert [bool(paper.abstract) for paper in papers("arxiv-dump.jsonl")] == [True, False]
    assert papers("arxiv-dump.jsonl")[1].authors


def test_every_reader_has_a_specimen() -> None:
    assert {format_of(data) for data in SPECIMENS.values()} == {reader.NAME for reader in READERS}


@pytest.mark.parametrize("name", sorted(SPECIMENS.keys() - BINARY))
def test_windows_line_ends_do_not_matter(name: str) -> None:
    data = SPECIMENS[name]
    windows = re.sub(rb"\r?\n", b"\r\n", data)
    assert records_of(windows) == records_of(data)


@pytest.mark.parametrize("name", sorted(SPECIMENS.keys() - BINARY))
def test_byte_order_mark_and_utf_16_do_not_matter(name: str) -> None:
    text = SPECIMENS[name].decode("utf-8-sig")
    assert records_of(text.encode("utf-8-sig")) == records_of(text.encode("utf-16"))
    assert records_of(text.encode("utf-16")) == records_of(text)


@pytest.mark.parametrize("name", sorted(SPECIMENS.keys() - BINARY))
def test_cp1252_is_decoded(name: str) -> None:
    text = SPECIMENS[name].decode("utf-8-sig")
    assert records_of(text.encode("cp1252")) == records_of(text)


def test_folder_with_every_format_yields_papers_from_each_file(tmp_path: Path) -> None:
    for name, data in SPECIMENS.items():
        # File names do not matter.
        (tmp_path / name.replace(".", "-")).write_bytes(data)
    records = list(read_files(tmp_path))
    by_file = {record.source for record in records if isinstance(record, Paper)}
    assert by_file == {f"{tmp_path.name}/{name.replace('.', '-')}" for name in SPECIMENS}
