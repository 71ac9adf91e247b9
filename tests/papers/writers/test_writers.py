"""The writers: their output is valid for other programs and round-trips through the readers."""

import csv
import io
import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from assistant.papers import Paper, Skipped, read_files
from assistant.papers.extra_fields import extra_from
from assistant.papers.names import Name, uncertain_parts
from assistant.papers.paper import PAPER_TYPES
from assistant.papers.writers import FOLDER_WRITERS, FORMAT_OF_SUFFIX, WRITERS
from assistant.papers.writers.bibtex import citation_key

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
# Any characters on one line.
lines = (
    st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), min_size=1)
    .map(lambda text: " ".join(text.split()))
    .filter(bool)
) | st.sampled_from(
    [
        "Summary: it works.",
        "Title: Snails",
        "## Abstract",
        "<!-- paper: {} -->",
        "=1+1",
        "'=1+1",
        "@article{a, title = {b}}",
        "TY - JOUR",
        "ER -",
        "a; b, c and {d} & e",
        r"\frac{1}{25} of $\alpha$ & <b>all</b> 100%",
        "Nuts, Inc.",
        "van der Berg, Jr., Bo",
        "others",
        "N/A",
    ]
)
# The same, after an ordinary word: no placeholder such as "N/A".
sentences = lines.map(lambda text: f"Of {text}")
words = st.text(st.characters(categories=["Lu", "Ll"]), min_size=4, max_size=9)
# BibTeX cannot tell a person called Network from an organisation.
people = st.builds(
    Name,
    family=st.lists(words, min_size=1, max_size=2).map(" ".join),
    given=words,
    particle=st.sampled_from(["", "van der", "de"]),
    suffix=st.sampled_from(["", "Jr.", "III"]),
).filter(lambda name: not Name.from_natural(str(name)).literal)
names_in_parts = people | st.builds(
    Name, literal=st.lists(words, min_size=2, max_size=4).map(" ".join)
)
urls = st.from_regex(r"https://[a-z]{1,9}\.org/[\w~#%&=?-]{0,9}", fullmatch=True)
extra_names = st.sampled_from(
    "note series address edition howpublished organization annote annotation urldate".split()
) | st.from_regex("x[a-z0-9_.+-]{0,9}", fullmatch=True)
addresses = st.dictionaries(st.sampled_from(["bdsk-url-1", "note"]), urls, max_size=2)
dates = st.dates(date(1600, 1, 1), date(2100, 1, 1)).map(date.isoformat)


@st.composite
def papers(draw: st.DrawFn, texts: st.SearchStrategy[str]) -> Paper:
    """A paper with any known fields, as a reader makes them."""
    authors = draw(st.lists(texts | names_in_parts, max_size=3))
    editors = draw(st.lists(texts | names_in_parts, max_size=2))
    in_parts = [name for name in (*authors, *editors) if isinstance(name, Name)]
    # The parts of a name that occurs twice are those of its last occurrence.
    parts = {str(name): name for name in in_parts}
    published = draw(st.none() | dates | dates.map(lambda text: text[:7]))
    optional = st.none() | texts
    ids = st.fixed_dictionaries(
        {},
        optional={
            "pmid": st.from_regex("[0-9]{1,8}", fullmatch=True),
            "isbn": st.just("978-3-16-148410-0"),
            "issn": st.just("1234-567X"),
            "openreview": st.from_regex("[A-Za-z0-9]{3,9}", fullmatch=True),
        },
    )
    return Paper(
        title=draw(texts),
        abstract=draw(texts | st.just("")),
        authors=tuple(map(str, authors)),
        year=draw(st.integers(1600, 2100) if published else st.none() | st.integers(1600, 2100)),
        url=draw(st.none() | urls),
        doi=draw(st.none() | st.from_regex(r"10\.[0-9]{4}/[a-z0-9._()-]{1,9}", fullmatch=True)),
        arxiv_id=draw(st.none() | st.from_regex(r"[0-9]{4}\.[0-9]{5}", fullmatch=True)),
        type=draw(st.none() | st.sampled_from(PAPER_TYPES)),
        venue=draw(optional),
        published=published,
        volume=draw(optional),
        issue=draw(optional),
        pages=draw(
            st.none() | st.from_regex(r"[0-9]{1,4}(-[0-9]{1,4})?|e[0-9]{1,5}", fullmatch=True)
        ),
        publisher=draw(optional),
        keywords=tuple(draw(st.lists(texts, max_size=3, unique=True))),
        citation_key=draw(st.none() | st.from_regex("[A-Za-z0-9:_+-]{1,12}", fullmatch=True)),
        language=draw(optional),
        editors=tuple(map(str, editors)),
        names=uncertain_parts(tuple(parts.values())),
        ids=tuple(sorted(draw(ids).items())),
        extra=extra_from(draw(st.dictionaries(extra_names, texts, max_size=3) | addresses)),
    )


def several(texts: st.SearchStrategy[str]) -> st.SearchStrategy[list[Paper]]:
    # A record without abstract is a paper only if more than its title is known.
    known = papers(texts).filter(lambda paper: bool(paper.abstract or paper.year))
    return st.lists(known, min_size=1, max_size=3, unique_by=citation_key)


LATEX = ["bibtex", "biblatex"]
PLAIN = [name for name in WRITERS if name not in LATEX] + list(FOLDER_WRITERS)


def text_of(format_name: str, *papers: Paper) -> str:
    return "".join(WRITERS[format_name].write(papers))


def read_back(format_name: str, *papers: Paper) -> list[Paper]:
    if format_name in FOLDER_WRITERS:
        files = dict(FOLDER_WRITERS[format_name].write(papers))
    else:
        files = {"exported": text_of(format_name, *papers)}
    with TemporaryDirectory() as folder:
        for name, text in files.items():
            (Path(folder) / name).write_bytes(text.encode())
        records = list(read_files(*(Path(folder) / name for name in files)))
    assert not any(isinstance(record, Skipped) for record in records)
    return [replace(record, source="") for record in records if isinstance(record, Paper)]


@pytest.mark.parametrize("format_name", PLAIN)
@given(written=several(lines))
def test_any_text_is_read_back(format_name: str, written: list[Paper]) -> None:
    assert list(map(by_whole_names, read_back(format_name, *written))) == list(
        map(by_whole_names, written)
    )


def by_whole_names(paper: Paper) -> Paper:
    """Return a paper without the parts of names, which are lost if they look like others."""
    return replace(paper, names=())


@pytest.mark.parametrize("format_name", PLAIN + LATEX)
@given(written=several(st.lists(words, min_size=2, max_size=3).map(" ".join)))
def test_plain_papers_are_read_back_with_the_parts_of_names(
    format_name: str, written: list[Paper]
) -> None:
    expected = [
        replace(paper, citation_key=citation_key(paper)) if format_name in LATEX else paper
        for paper in written
    ]
    assert read_back(format_name, *written) == expected


@pytest.mark.parametrize("format_name", LATEX)
@given(written=several(sentences))
@example(written=[Paper(title="Of ``", abstract="Of ''a``b''", language="Of ?`")])
def test_bibtex_is_read_back(format_name: str, written: list[Paper]) -> None:
    expected = [replace(paper, citation_key=citation_key(paper)) for paper in written]
    assert list(map(by_whole_names, read_back(format_name, *written))) == list(
        map(by_whole_names, expected)
    )


def test_every_format_has_a_file_suffix() -> None:
    assert set(FORMAT_OF_SUFFIX.values()) == set(WRITERS) - {"biblatex"}


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
    assert row["paper_id"] == "arxiv:1901.00001"
    assert row["abstract"] == PARROTS.abstract


def test_bibtex_is_escaped_for_latex() -> None:
    entry = text_of("bibtex", PARROTS)
    assert entry.startswith("@misc{frost2019teaching,\n  title = {{Teaching Parrots to Count}},\n")
    assert "author = {Ada Frost and {Nuts and Sons}}," in entry
    assert r"93\% \textbraceleft{}on average\textbraceright{} with \$n\_1\$ nuts." in entry
    assert "doi = {10.5555/parrots_1}," in entry
    assert "eprint = {1901.00001},\n  archiveprefix = {arXiv}," in entry


@given(st.lists(papers(lines), min_size=1, max_size=3))
def test_bibtex_has_balanced_braces_and_unique_keys(written: list[Paper]) -> None:
    text = text_of("bibtex", *written)
    assert text.count("{") == text.count("}")
    keys = re.findall(r"^@[a-z]+\{([^,]+),$", text, re.MULTILINE)
    assert len(set(keys)) == len(keys) == len(written)


def test_ris_has_a_line_per_field() -> None:
    assert text_of("ris", PARROTS).split("\r\n") == [
        "TY  - GEN",
        "AU  - Frost, Ada",
        "AU  - Nuts and Sons",
        "TI  - Teaching Parrots to Count",
        "PY  - 2019",
        "AB  - They reach 93% {on average} with $n_1$ nuts.",
        "DO  - 10.5555/parrots_1",
        "AN  - arXiv:1901.00001",
        "UR  - https://example.org/parrots_1",
        "DB  - paper-assistant",
        "ER  - ",
        "",
        "",
    ]


def test_markdown_is_escaped() -> None:
    rules = Paper(title="1. *Rules* of <b>", abstract="# [Not](a link) `nor` code")
    heading, _, comment, _, abstract, *_ = text_of("md", rules).split("\n")
    assert heading == "## 1\\. \\*Rules\\* of \\<b\\>"
    assert comment.startswith("<!-- paper: ")
    assert abstract == "\\# \\[Not\\](a link) \\`nor\\` code"


def test_markdown_links_to_http_addresses_only() -> None:
    assert "[https://a.org/x\\_1](<https://a.org/x_1>)" in text_of(
        "md", Paper(title="A", abstract="b", url="https://a.org/x_1")
    )
    assert "](" not in text_of("md", Paper(title="A", abstract="b", url="javascript:alert(1)"))


def test_cells_that_begin_like_a_formula_are_escaped() -> None:
    paper = Paper(title="=HYPERLINK(1)", abstract="-5 degrees", authors=("@snow",))
    (row,) = csv.DictReader(io.StringIO(text_of("csv", paper)))
    assert (row["title"], row["abstract"]) == ("'=HYPERLINK(1)", "'-5 degrees")
    assert row["authors"] == "'@snow"


def test_bibtex_has_type_venue_and_key() -> None:
    paper = replace(
        PARROTS,
        type="inproceedings",
        venue="Proceedings of Birds",
        citation_key="frost:parrots",
        published="2019-03-09",
        pages="12-34",
    )
    entry = text_of("bibtex", paper)
    assert entry.startswith("@inproceedings{frost:parrots,\n")
    assert "booktitle = {Proceedings of Birds}," in entry
    assert "year = {2019},\n  month = mar,\n  day = {9}," in entry
    assert "pages = {12--34}," in entry
    article = text_of("bibtex", replace(paper, type="article", volume="3", issue="4"))
    assert article.startswith("@article{")
    assert "journal = {Proceedings of Birds}," in article
    assert "volume = {3},\n  number = {4}," in article


def test_names_are_written_by_their_parts() -> None:
    double = Name(family="García Márquez", given="Gabriela")
    third = Name(family="Frost", given="Ada", suffix="III")
    group = "Snow Consortium"
    paper = Paper(
        title="A", abstract="B", authors=(str(double), str(third), group), names=(double,)
    )
    assert "author = {García Márquez, Gabriela and Frost, III, Ada and {Snow Consortium}}" in (
        text_of("bibtex", paper)
    )
    assert text_of("bibtex", replace(paper, authors=(str(third),))).startswith("@misc{frost")
    ris = text_of("ris", paper)
    assert "AU  - García Márquez, Gabriela\r\n" in ris
    assert "AU  - Frost, III, Ada\r\nAU  - Snow Consortium\r\n" in ris


def test_year_and_names_of_a_damaged_export_are_ignored(tmp_path: Path) -> None:
    damaged = text_of("csv", PARROTS).replace(",2019,", f",{'9' * 5000},")
    (tmp_path / "papers.csv").write_text(damaged)
    [paper] = read_files(tmp_path / "papers.csv")
    assert isinstance(paper, Paper)
    assert paper.year is None
    item = json.loads(text_of("csl", PARROTS))[0]
    item["author"] = [{"family": "Frost\ud800", "given": "Ada\nB."}, "no object", {"family": ["x"]}]
    (tmp_path / "papers.json").write_text(json.dumps([item]))
    [paper] = read_files(tmp_path / "papers.json")
    assert isinstance(paper, Paper)
    assert paper.authors[0] == "Ada B. Frost\N{REPLACEMENT CHARACTER}"


def test_biblatex_has_its_own_types_and_fields() -> None:
    paper = replace(PARROTS, type="article", venue="Birds", published="2019-03")
    entry = text_of("biblatex", paper)
    assert "journaltitle = {Birds},\n  date = {2019-03}," in entry
    assert "eprinttype = {arXiv}," in entry
    thesis = text_of("biblatex", replace(PARROTS, type="thesis", publisher="Uni"))
    assert thesis.startswith("@thesis{")
    assert "institution = {Uni}," in thesis


@pytest.mark.parametrize("form", ["bibtex", "biblatex"])
@pytest.mark.parametrize("field", ["archiveprefix", "eprinttype"])
def test_arxiv_id_survives_the_name_of_another_archive(
    form: str, field: str, tmp_path: Path
) -> None:
    """A record of arXiv was merged with one of HAL, whose fields are kept."""
    merged = replace(PARROTS, extra=((field, "hal"), ("eprint", "hal-123"), ("note", "Loud")))
    (tmp_path / "parrots.bib").write_text(text_of(form, merged))
    [read] = read_files(tmp_path / "parrots.bib")
    assert isinstance(read, Paper)
    assert (read.arxiv_id, read.extra) == (PARROTS.arxiv_id, (("note", "Loud"),))


def test_endnote_names_organisations_with_a_comma_at_the_end() -> None:
    text = text_of("endnote", PARROTS)
    assert "<author>Frost, Ada</author><author>Nuts and Sons,</author>" in text


def test_characters_that_xml_does_not_allow_are_replaced_in_endnote() -> None:
    text = text_of("endnote", Paper(title="A\uffff < B", abstract="c"))
    assert "<title>A\N{REPLACEMENT CHARACTER} &lt; B</title>" in text


def test_notes_keep_what_was_added_to_them(tmp_path: Path) -> None:
    [(name, text)] = FOLDER_WRITERS["obsidian"].write([PARROTS])
    assert name == "frost2019teaching.md"
    edited = text.replace("year: 2019", "year: 2020\nrating: 5\npublished: 2020-03-09")
    (tmp_path / name).write_text(f"{edited}\n## My notes\n\nPrivate.\n")
    [paper] = read_files(tmp_path / name)
    assert isinstance(paper, Paper)
    assert replace(paper, source="zoo.txt") == replace(PARROTS, year=2020, published="2020-03-09")


def test_names_of_notes_are_unique_and_valid() -> None:
    keys = ["a:b/c", "A:b/C", "a-b-c"]
    papers = [Paper(title=key, abstract="b", citation_key=key) for key in keys]
    names = [name for name, _ in FOLDER_WRITERS["obsidian"].write(papers)]
    assert names == ["a-b-c.md", "A-b-C-2.md", "a-b-c-3.md"]
