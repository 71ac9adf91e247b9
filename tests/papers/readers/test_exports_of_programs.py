"""Files as programs and services write them: each keeps names, titles, ids and places whole."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from reading import papers_of, records_of, skipped_of

from assistant.papers import Paper, Skipped, read_files

ABSTRACT = "Nine snails carry letters over a garden wall of two metres in three days."
Fields = dict[str, Any]


def check(content: str, **expected: object) -> None:
    [paper] = papers_of(content)
    assert {field: getattr(paper, field) for field in expected} == expected


def bibtex(key: str = "a", **fields: str) -> str:
    values = {"title": "Snail Mail", "author": "Ada Frost"} | fields
    return f"@article{{{key}, " + ", ".join(f"{k} = {{{v}}}" for k, v in values.items()) + "}\n"


@pytest.mark.parametrize(
    "place",
    [
        {"journal": "arXiv preprint arXiv:2005.00001"},
        {"journal": "CoRR", "volume": "abs/2005.00001"},
    ],
)
def test_preprint_has_the_arxiv_id_that_is_written_for_its_journal(place: dict[str, str]) -> None:
    check(bibtex(**place), arxiv_id="2005.00001", type="preprint", venue=place["journal"])


def test_dblp_numbers_of_persons_are_no_names() -> None:
    check(
        bibtex("DBLP:conf/x", author="Bo Melt 0001 and Ada Frost"), authors=("Bo Melt", "Ada Frost")
    )
    check(bibtex("x", author="Team 2020"), authors=("Team 2020",))


@pytest.mark.parametrize("names", ["Frost, Ada; Melt, Bo", "Ada Frost; Bo Melt;"])
def test_authors_may_be_separated_by_semicolons(names: str) -> None:
    check(bibtex(author=names), authors=("Ada Frost", "Bo Melt"))


def test_name_in_braces_may_have_a_semicolon() -> None:
    check(bibtex(author="{Snow; Ice and Rain}"), authors=("Snow; Ice and Rain",))


def test_title_has_its_subtitle() -> None:
    check(bibtex(subtitle="A Study"), title="Snail Mail: A Study")
    check(bibtex(title="Do Snails Run?", subtitle="A Study"), title="Do Snails Run? A Study")
    check(
        bibtex()
        .replace("@article", "@incollection")
        .replace("author", "booktitle = {Snails}, booksubtitle = {A Handbook}, author"),
        venue="Snails: A Handbook",
    )
    work = {"DOI": "10.5555/1", "title": ["Snail Mail"], "subtitle": ["A Study"]}
    check(json.dumps(work), title="Snail Mail: A Study")
    check(json.dumps(work | {"title": ["Snail Mail: A Study"]}), title="Snail Mail: A Study")
    titles = [{"title": "Snail Mail"}, {"title": "A Study", "titleType": "Subtitle"}]
    check(json.dumps({"titles": titles, "doi": "10.5555/1"}), title="Snail Mail: A Study")


def test_bibtex_of_web_of_science_has_two_pairs_of_braces() -> None:
    check(
        bibtex(keywords="{snails; mail}", year="{2020}", month="{MAY 1}"),
        keywords=("snails", "mail"),
        published="2020-05-01",
    )


def test_bibtex_of_acm_and_scopus_has_fields_of_its_own() -> None:
    check(bibtex(articleno="12", numpages="9"), pages="12")
    check(bibtex(author_keywords="snails; mail"), keywords=("snails", "mail"))


def ris(*lines: str) -> str:
    return "\n".join(["TY  - JOUR", "TI  - Snail Mail", f"AB  - {ABSTRACT}", *lines, "ER  - ", ""])


@pytest.mark.parametrize(
    ("lines", "field", "value"),
    [
        (["SN  - 1234567X (ISSN)"], "ids", (("issn", "1234567X"),)),
        (["SN  - 978-3-16-148410-0"], "ids", (("isbn", "978-3-16-148410-0"),)),
        (["AN  - 31234567", "DB  - PubMed"], "ids", (("pmid", "31234567"),)),
        (["C2  - PMC123456"], "ids", (("pmcid", "PMC123456"),)),
        (["SP  - 12-34"], "pages", "12-34"),
        (["SP  - 12-34", "EP  - 34"], "pages", "12-34"),
        (["C7  - e12"], "pages", "e12"),
        (["AU  - Frost A.B."], "authors", ("A.B. Frost",)),
        (["AU  - Ada FROST"], "authors", ("Ada FROST",)),
        (["UR  - http://a.org/b;http://c.org/d"], "url", "http://a.org/b"),
        (["UR  - http://a.org/b;"], "url", "http://a.org/b"),
        (["UR  - http://a.org/b;v=1"], "url", "http://a.org/b;v=1"),
    ],
)
def test_field_of_ris(lines: list[str], field: str, value: object) -> None:
    check(ris(*lines), **{field: value})


def test_names_of_nbib_may_have_initials_only() -> None:
    check(
        "PMID- 31234567\nTI  - Snail mail\nAU  - Frost AB\nAU  - van der Berg C\nFED - Ice, Cy\n"
        "IS  - 1234-5678 (Electronic)\nMH  - *Snails\nMH  - Mail/*history\n",
        authors=("AB Frost", "C van der Berg"),
        editors=("Cy Ice",),
        keywords=("Snails", "Mail/history"),
        ids=(("issn", "1234-5678"), ("pmid", "31234567")),
    )


def test_endnote_has_the_pubmed_id_as_its_accession_number() -> None:
    check(
        "<xml><records><record><titles><title>Snail Mail</title></titles>"
        "<accession-num>31234567</accession-num><remote-database-name>PubMed"
        "</remote-database-name></record></records></xml>",
        ids=(("pmid", "31234567"),),
    )


def test_pubmed_xml_has_issn_and_headings() -> None:
    check(
        "<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>31234567</PMID><Article><Journal>"
        "<ISSN>1234-5678</ISSN><Title>Snails</Title></Journal><ArticleTitle>Snail mail"
        "</ArticleTitle></Article><MeshHeadingList><MeshHeading><DescriptorName>Snails"
        "</DescriptorName></MeshHeading></MeshHeadingList></MedlineCitation></PubmedArticle>"
        "</PubmedArticleSet>",
        ids=(("issn", "1234-5678"), ("pmid", "31234567")),
        keywords=("Snails",),
    )


def table(**cells: str) -> str:
    return ",".join(cells) + "\n" + ",".join(f'"{cell}"' for cell in cells.values()) + "\n"


def test_table_of_pubmed() -> None:
    cells = {
        "PMID": "31234567",
        "Title": "Snail mail",
        "Authors": "Frost AB, van der Berg C, Melt B.",
        "Citation": "J Snails. 2020",
        "Journal/Book": "J Snails",
        "Publication Year": "2020",
        "PMCID": "PMC123456",
        "DOI": "10.5555/1",
    }
    check(
        table(**cells),
        authors=("AB Frost", "C van der Berg", "B Melt"),
        venue="J Snails",
        year=2020,
        ids=(("pmcid", "PMC123456"), ("pmid", "31234567")),
    )


def test_table_of_ieee_xplore_has_the_first_and_the_last_page() -> None:
    cells = {
        "Document Title": "Snail Mail",
        "Authors": "A. Frost; B. Melt",
        "Publication Title": "Proceedings of Snails",
        "Publication Year": "2020",
        "Start Page": "12",
        "End Page": "34",
        "Abstract": ABSTRACT,
        "ISSN": "2379-190X",
        "ISBNs": "978-3-16-148410-0",
    }
    check(
        table(**cells),
        pages="12-34",
        ids=(("isbn", "978-3-16-148410-0"), ("issn", "2379-190X")),
        venue="Proceedings of Snails",
    )


def test_table_of_dimensions_begins_with_a_line_about_the_export() -> None:
    cells = {
        "Rank": "1",
        "DOI": "10.5555/1",
        "Title": "Snail Mail",
        "Abstract": ABSTRACT,
        "Source title": "Journal of Snails",
        "PubYear": "2020",
        "Pagination": "12-34",
        "Authors": "Frost, Ada; Melt, Bo",
    }
    check(
        f'"About the data: Exported on May 01, 2020. Criteria: snails."\n{table(**cells)}',
        authors=("Ada Frost", "Bo Melt"),
        pages="12-34",
        venue="Journal of Snails",
        abstract=ABSTRACT,
    )
    # A line of a text that names the same is no header.
    text = "Fields:\ntitle, abstract, authors\nSnail Mail, Nine snails, Ada Frost\n"
    assert not any(isinstance(record, Paper) for record in records_of(text))


def test_snippets_of_publish_or_perish_are_no_abstracts() -> None:
    cells = {
        "Cites": "5",
        "Authors": "A Frost, B Melt",
        "Title": "Snail Mail",
        "Year": "2020",
        "Source": "Journal of Snails",
        "GSRank": "1",
        "StartPage": "12",
        "EndPage": "34",
        "Abstract": "Nine snails carry letters over a …",
    }
    check(table(**cells), abstract="", venue="Journal of Snails", pages="12-34")


def test_editors_in_a_table_of_zotero_are_turned() -> None:
    cells = {
        "Title": "Snail Mail",
        "Author": "Frost, Ada",
        "Abstract": ABSTRACT,
        "Editor": "Ice, Cy; Melt, Bo",
    }
    check(table(**cells), editors=("Cy Ice", "Bo Melt"))


@pytest.mark.parametrize(
    ("cell", "authors"),
    [
        ("Frost, A., Melt, B.", ("A. Frost", "B. Melt")),
        ("Frost, A., van der Berg, B. C., & Ice, C.", ("A. Frost", "B. C. van der Berg", "C. Ice")),
        ("Frost, Ada, Melt, Bo", ("Ada Frost", "Bo Melt")),
        ("Frost A, Melt B", ("A Frost", "B Melt")),
        ("Frost AB, van der Berg C", ("AB Frost", "C van der Berg")),
        ("Frost A., Melt B.C.", ("A. Frost", "B.C. Melt")),
        ("Malcolm X", ("Malcolm X",)),
        ("Wei LI, Jun XU", ("Wei LI", "Jun XU")),
        ("A. Frost, B.-C. Melt", ("A. Frost", "B.-C. Melt")),
        ("Frost, Ada|Melt, Bo", ("Ada Frost", "Bo Melt")),
        ("Ada Frost\nBo Melt", ("Ada Frost", "Bo Melt")),
        ("[Ada Frost, Bo Melt]", ("Ada Frost", "Bo Melt")),
        ("Ada Frost*, Bo Melt†", ("Ada Frost", "Bo Melt")),
        ("Frost, Ada (ORCID 0000-0001)", ("Ada Frost",)),
        ("Frost, Ada", ("Ada Frost",)),
    ],
)
def test_authors_in_a_cell(cell: str, authors: tuple[str, ...]) -> None:
    check(table(title="Snail Mail", abstract=ABSTRACT, authors=cell), authors=authors)


def test_table_may_have_titles_and_dois_only() -> None:
    check(table(Title="Snail Mail", DOI="10.5555/1"), doi="10.5555/1")
    films = table(title="Snail Mail", year="2020", url="https://example.org")
    assert not any(isinstance(record, Paper) for record in records_of(films))


def test_ids_of_mendeley_are_in_an_object() -> None:
    document = {
        "title": "Snail Mail",
        "type": "journal",
        "authors": [{"first_name": "Ada", "last_name": "Frost"}],
        "year": 2020,
        "month": 5,
        "source": "Journal of Snails",
        "identifiers": {"doi": "10.5555/1", "pmid": "31234567"},
    }
    check(
        json.dumps(document),
        authors=("Ada Frost",),
        doi="10.5555/1",
        venue="Journal of Snails",
        published="2020-05",
        ids=(("pmid", "31234567"),),
    )


def test_text_of_pubmed_is_refused_with_advice() -> None:
    text = (
        f"1. J Snails. 2020;3:4.\n\nSnail mail.\n\nFrost AB(1).\n\n{ABSTRACT}\n\nPMID: 31234567\n"
    )
    [(_, reason)] = skipped_of(text)
    assert "is a text of PubMed" in reason


def test_openalex_has_the_name_on_the_paper_if_it_does_not_know_the_person() -> None:
    authorships = [
        {"author": {"display_name": "Ada Frost"}},
        {"author": {"display_name": None}, "raw_author_name": "Bo Melt"},
    ]
    work = {"id": "https://openalex.org/W1", "title": "Snail Mail", "authorships": authorships}
    check(json.dumps(work), authors=("Ada Frost", "Bo Melt"))


def test_venue_of_semantic_scholar_may_be_an_object() -> None:
    paper = {
        "paperId": "1",
        "externalIds": {"DOI": "10.5555/1"},
        "title": "Snail Mail",
        "venue": "",
        "publicationVenue": {"name": "Journal of Snails"},
    }
    check(json.dumps(paper), venue="Journal of Snails")


def test_date_of_pandoc_is_a_text() -> None:
    item = {
        "type": "article-journal",
        "title": "Snail Mail",
        "author": [{"family": "Frost", "given": "Ada"}],
        "issued": "2020-05-01",
    }
    check(json.dumps([item]), year=2020, published="2020-05-01")


def test_headings_in_an_abstract_of_crossref_are_labels() -> None:
    abstract = (
        "<jats:title>Abstract</jats:title><jats:sec><jats:title>Background</jats:title>"
        f"<jats:p>{ABSTRACT}</jats:p></jats:sec>"
    )
    work = {"DOI": "10.5555/1", "title": ["Snail Mail"], "abstract": abstract}
    check(json.dumps(work), abstract=f"Background: {ABSTRACT}")


@pytest.mark.parametrize("wrapped", [False, True])
def test_papers_may_be_keyed_by_their_ids(wrapped: bool) -> None:
    papers: Fields = {
        "x1": {"title": "Snail Mail", "abstract": ABSTRACT},
        "x2": {"title": "Slow Post", "abstract": ABSTRACT},
    }
    content = json.dumps({"papers": papers} if wrapped else papers)
    assert [paper.title for paper in papers_of(content)] == ["Snail Mail", "Slow Post"]


@pytest.mark.parametrize("indent", [None, 1])
def test_papers_before_the_damage_of_a_json_file_are_read(indent: int | None) -> None:
    papers = [{"title": f"Snail {number}", "abstract": ABSTRACT} for number in range(3)]
    damaged = json.dumps({"count": 3, "results": papers}, indent=indent)[:-30]
    assert [r.title for r in records_of(damaged) if isinstance(r, Paper)] == ["Snail 0", "Snail 1"]
    [(_, reason)] = skipped_of(damaged)
    assert reason.startswith("not valid JSON")
    references = {"title": "Snail Mail", "year": 2020, "references": papers}
    assert not any(isinstance(r, Paper) for r in records_of(json.dumps(references)[:-30]))


def test_papers_before_the_damage_of_a_compressed_file_are_read(tmp_path: Path) -> None:
    lines = "".join(
        json.dumps({"title": f"Snail {number}", "abstract": ABSTRACT}) + "\n"
        for number in range(20_000)
    )
    data = gzip.compress(lines.encode())
    (tmp_path / "papers.jsonl.gz").write_bytes(data[: len(data) // 2])
    records = list(read_files(tmp_path / "papers.jsonl.gz"))
    papers = [record for record in records if isinstance(record, Paper)]
    assert [paper.title for paper in papers] == [f"Snail {n}" for n in range(len(papers))]
    assert len(papers) > 8_000
    last = records[-1]
    assert isinstance(last, Skipped)
    assert last.reason.startswith("is a damaged compressed file")
