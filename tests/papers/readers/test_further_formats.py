"""Formats of reference managers, publishers and services: their details and their odd records."""

import json
from pathlib import Path

import pytest
from package_specimens import e_book, package, word_document, workbook
from reading import papers_of, records_of, skipped_of
from specimen_papers import PLANES, TOMATO
from specimens import SPECIMENS

from assistant.papers import Paper, Skipped, read_files
from assistant.papers.names import Name


def first(name: str) -> Paper:
    record = records_of(SPECIMENS[name])[0]
    assert isinstance(record, Paper)
    return record


@pytest.mark.parametrize(
    "name",
    [
        *("endnote.xml", "zotero.rdf", "article.nxml", "dblp.xml", "refs.enw", "savedrecs.txt"),
        *("scopus.csv", "csl.json", "europe-pmc.json", "ads.json", "inspire.json"),
    ],
)
def test_place_of_publication_is_read(name: str) -> None:
    paper = first(name)
    assert paper.type == "article"
    assert (paper.venue or "").title() == "Gardens"
    assert (paper.volume, paper.pages) == ("3", "12-34")


@pytest.mark.parametrize(
    "name",
    [
        *("endnote.xml", "zotero.rdf", "article.nxml", "refs.enw", "savedrecs.txt", "csl.json"),
        *("europe-pmc.json", "datacite.json", "dimensions.json", "paper.epub"),
    ],
)
def test_date_is_read_to_the_day(name: str) -> None:
    assert first(name).published == "2021-03-09"


@pytest.mark.parametrize(
    "name",
    ["endnote.xml", "zotero.rdf", "article.nxml", "refs.enw", "savedrecs.txt", "csl.json"],
)
def test_keywords_are_read(name: str) -> None:
    assert set(first(name).keywords) == {"tomatoes", "films"}


def test_names_of_csl_keep_their_parts() -> None:
    assert first("csl.json").editor_names == (
        Name(family="Berg", given="Bo", particle="van der", suffix="Jr."),
        Name(literal="Snow Consortium"),
    )


@pytest.mark.parametrize(
    ("issued", "year", "published"),
    [
        ({"date-parts": [[2020]]}, 2020, None),
        ({"date-parts": [["2020", "5"], ["2020", "6"]]}, 2020, "2020-05"),
        ({"raw": "5 May 2020"}, 2020, "2020-05-05"),
        ({"literal": "circa 2020"}, 2020, None),
        ({"date-parts": [[None]]}, None, None),
    ],
)
def test_dates_of_csl(issued: object, year: int | None, published: str | None) -> None:
    item = {"type": "report", "title": "Snails", "abstract": "They are slow.", "issued": issued}
    [paper] = papers_of(json.dumps([item]))
    assert (paper.type, paper.year, paper.published) == ("report", year, published)


def test_record_of_plain_fields_is_not_taken_for_csl() -> None:
    item = {"type": "article", "title": "Snails", "DOI": "10.5555/a", "authors": ["Ada Frost"]}
    [paper] = papers_of(json.dumps([item]))
    assert (paper.authors, paper.doi) == (("Ada Frost",), "10.5555/a")


def test_field_that_is_named_like_a_wrapper_does_not_hide_its_record() -> None:
    item = {"title": "Snails", "abstractNote": "They are slow.", "notes": [], "date": "2020"}
    [paper] = papers_of(json.dumps({"items": [item]}))
    assert (paper.title, paper.year) == ("Snails", 2020)


def test_headings_of_europe_pmc_are_labels() -> None:
    assert first("europe-pmc.json").abstract == f"Aim: {TOMATO.abstract}"


def test_initials_of_europe_pmc_come_before_the_family_name() -> None:
    item = {"title": "Snails", "authorString": "Melt B, van der Berg CD.", "pubYear": "2020"}
    [paper] = papers_of(json.dumps({"resultList": {"result": [item]}}))
    assert paper.authors == ("B Melt", "CD van der Berg")


def test_doi_of_a_journal_with_several_papers_is_that_of_none() -> None:
    specimen = SPECIMENS["zotero.rdf"].decode()
    part = '<dcterms:isPartOf rdf:resource="urn:issn:1234-567X"/>'
    shared = specimen.replace("<z:itemType>document</z:itemType>", part)
    assert [paper.doi for paper in papers_of(shared)] == [None, None]
    assert [paper.venue for paper in papers_of(shared)] == ["Gardens", "Gardens"]


def test_sections_of_a_jats_abstract_are_labelled() -> None:
    text = SPECIMENS["article.nxml"].decode()
    start, end = text.index("<abstract><title>"), text.index("<kwd-group>")
    sections = (
        "<abstract><sec><title>Aim:</title><p>To see.</p></sec>"
        "<sec><title>Results</title><p>It is <italic>red</italic>.</p><p>Very.</p></sec></abstract>"
    )
    [paper] = papers_of(text[:start] + sections + text[end:])
    assert paper.abstract == "Aim: To see. Results: It is red. Very."


def test_articles_of_pubmed_central_are_read() -> None:
    article = SPECIMENS["article.nxml"].decode().partition("<article ")[2]
    articles = f"<article {article}" * 2
    two = f'<!DOCTYPE a SYSTEM "a.dtd"><pmc-articleset>{articles}</pmc-articleset>'
    assert [paper.title for paper in papers_of(two)] == [TOMATO.title] * 2


def test_dblp_has_no_abstracts_and_its_numbers_of_persons_are_no_names() -> None:
    papers = papers_of(SPECIMENS["dblp.xml"])
    assert [(paper.title, paper.abstract) for paper in papers] == [
        (TOMATO.title, ""),
        (PLANES.title, ""),
    ]
    assert papers[0].authors == ("Ada Frost", "Jörg Møller")


def test_deleted_and_foreign_records_of_a_harvest_are_reported() -> None:
    assert skipped_of(SPECIMENS["oai.xml"]) == [
        ("oai:example.org:2", "a deleted record"),
        ("oai:example.org:4", "metadata in the format record; harvest oai_dc"),
    ]


def test_items_of_a_feed_without_the_id_of_a_paper_are_no_papers() -> None:
    [(where, reason)] = skipped_of(SPECIMENS["feed.rss"])
    assert (where, reason) == ("item 3", "an item of news: neither a DOI nor an arXiv id")


def test_teaser_in_a_feed_is_no_abstract() -> None:
    feed = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns="http://purl.org/rss/1.0/"'
        ' xmlns:prism="http://prismstandard.org/namespaces/basic/2.0/"><channel/>'
        "<item><title>Snails</title><link>https://example.org/1</link>"
        "<description>Gardens, Published online: 1 March 2021; doi:10.5555/a</description>"
        "<dc:creator>Ada Frost</dc:creator><dc:identifier>doi:10.5555/a</dc:identifier>"
        "<prism:publicationName>Gardens</prism:publicationName></item></rdf:RDF>"
    )
    [paper] = papers_of(feed)
    assert (paper.abstract, paper.venue, paper.doi) == ("", "Gardens", "10.5555/a")


def test_refer_without_types_is_separated_by_blank_lines() -> None:
    papers = papers_of("%A Ada Frost\n%T Snails\n%D 2020\n\n%A Bo Melt\n%T Ice\n%D 2021\n")
    assert [(paper.title, paper.year) for paper in papers] == [("Snails", 2020), ("Ice", 2021)]


def test_organisation_ends_with_a_comma_in_endnote() -> None:
    [paper] = papers_of("%0 Report\n%A Nuts and Sons,\n%A Frost, Ada\n%T Nuts\n%X They are hard.\n")
    assert paper.author_names == (Name(literal="Nuts and Sons"), Name(family="Frost", given="Ada"))


def test_web_of_science_may_be_a_table() -> None:
    tags = ("PT", "AU", "AF", "TI", "SO", "DT", "AB", "PY", "PD", "UT")
    row = ("J", "Frost, A; Melt, B", "Frost, Ada; Melt, Bo", "Snails", "GARDENS",
           "Article; Proceedings Paper", "They are slow.", "2020", "MAY 5", "WOS:1")  # fmt: skip
    [paper] = papers_of("\ufeff" + "\t".join(tags) + "\n" + "\t".join(row) + "\n")
    assert paper.authors == ("Ada Frost", "Bo Melt")
    assert (paper.venue, paper.type, paper.published) == ("GARDENS", "inproceedings", "2020-05-05")


def test_scopus_adds_no_numbers_to_names_and_no_placeholder_as_abstract() -> None:
    assert first("scopus.csv").authors == ("Ada Frost", "Jörg Møller")
    assert skipped_of(SPECIMENS["scopus.csv"]) == [("line 4", "no abstract")]


def test_table_of_scopus_may_be_a_workbook() -> None:
    header = ("Title", "Authors", "Source title", "Year", "Abstract", "EID")
    row = ("Snails", "Frost A.; Melt B.C.", "Gardens", 2020, "They are slow.", "2-s2.0-3")
    [paper] = papers_of(workbook(header, row))
    assert paper.authors == ("A. Frost", "B.C. Melt")
    assert (paper.venue, paper.year) == ("Gardens", 2020)


def test_workbook_without_a_table_of_papers_is_reported() -> None:
    records = records_of(workbook(("Month", "Rent"), ("May", 500)))
    assert records == [Skipped("file", "holds no papers that could be recognised")]


@pytest.mark.parametrize("name", ["paper.docx", "table.xlsx", "paper.epub"])
def test_document_in_an_archive_is_read(name: str, tmp_path: Path) -> None:
    (tmp_path / "all.zip").write_bytes(package({name: SPECIMENS[name]}))
    [paper, *_] = read_files(tmp_path / "all.zip")
    assert isinstance(paper, Paper)
    assert (paper.title, paper.source) == (TOMATO.title, f"all.zip/{name}")


def test_word_document_may_have_a_style_for_its_abstract() -> None:
    data = word_document(
        ("Titel", "Snails"), ("Abstract", "Abstract. Snails are slow."), ("Text", "They eat.")
    )
    [paper] = papers_of(data)
    assert (paper.title, paper.abstract) == ("Snails", "Snails are slow.")


@pytest.mark.parametrize(
    "data",
    [
        word_document(("Titel", "A letter"), ("Text", "Dear Ada, how are the tomatoes?")),
        e_book("<h1>A novel</h1><p>It was a dark night.</p>", "<title>A novel</title>"),
    ],
)
def test_document_without_an_abstract_is_no_paper(data: bytes) -> None:
    [record] = records_of(data)
    assert isinstance(record, Skipped)
    assert record.reason.startswith('no heading "Abstract" found')


def test_document_that_unpacks_to_too_much_is_not_read() -> None:
    bomb = package({"word/document.xml": " " * (80 << 20)})
    [record] = records_of(bomb)
    assert isinstance(record, Skipped)
    assert "far more data than papers would" in record.reason


def test_announcement_of_arxiv_is_no_part_of_an_abstract() -> None:
    atom = SPECIMENS["arxiv.atom"].decode()
    announced = atom.replace(
        "<summary>", "<summary>arXiv:2103.00001v2 Announce Type: new\nAbstract:"
    )
    assert [paper.abstract for paper in papers_of(announced)] == [TOMATO.abstract, PLANES.abstract]


def test_host_of_mods_that_continues_is_a_journal() -> None:
    item = (
        "<mods><titleInfo><title>Snails</title><partNumber>2</partNumber></titleInfo>"
        '<relatedItem type="host"><titleInfo><title>Gardens</title></titleInfo><originInfo>'
        "<issuance>continuing</issuance></originInfo><part><extent unit='pages'><start>17</start>"
        "<end>17</end></extent><date>2000</date></part></relatedItem></mods>"
    )
    [paper] = papers_of(item)
    assert (paper.title, paper.type, paper.venue) == ("Snails 2", "article", "Gardens")
    assert (paper.pages, paper.year) == ("17", 2000)


def test_kind_of_publication_stands_in_for_the_type_of_document_in_web_of_science() -> None:
    [paper] = papers_of("PT J\nAU Frost, A\nTI Snails are\n   slow\nSO GARDENS\nPY 2020\nER\n")
    assert (paper.title, paper.type) == ("Snails are slow", "article")
