"""Names and lists in JSON and tables, in the forms that various programs write."""

import json

import pytest
from reading import papers_of, skipped_of

TITLE, ABSTRACT = "Snail Mail", "Nine snails carry letters over a garden wall of two metres."


@pytest.mark.parametrize(
    ("authors", "expected"),
    [
        ([{"given": "Bo", "family": "Melt", "suffix": "Jr."}], "Bo Melt Jr."),
        ([{"given": "Cy", "family": "Berg", "prefix": "van der"}], "Cy van der Berg"),
        ([{"given": "Cy", "family": "Berg", "prefix": "Dr."}], "Cy Berg"),
        ([{"first": "Ada", "middle": ["B."], "last": "Frost", "suffix": ""}], "Ada B. Frost"),
        ([{"firstName": "Ada", "lastName": "Frost"}], "Ada Frost"),
        ([{"literal": "Snow Consortium"}], "Snow Consortium"),
        ([["Frost", "Ada", ""]], "Ada Frost"),
        ("['Ada Frost']", "Ada Frost"),
        (["O&#39;Neill, Ada"], "Ada O'Neill"),
        ("A. Frost et al.", "A. Frost"),
        ("Frost, Ada, et al", "Ada Frost"),
        ("O&#39;Neill, Ada", "Ada O'Neill"),
        ([{"name": "Frost, Ada"}], "Ada Frost"),
    ],
)
def test_author_in_json(authors: object, expected: str) -> None:
    [paper] = papers_of(json.dumps({"title": TITLE, "abstract": ABSTRACT, "authors": authors}))
    assert paper.authors == (expected,)


@pytest.mark.parametrize(
    "cell",
    [
        "['Ada Frost', 'Bo Melt']",
        '["Ada Frost", "Bo Melt"]',
        "('Ada Frost', 'Bo Melt')",
        "['Ada Frost' 'Bo Melt']",
        "array(['Ada Frost', 'Bo Melt'], dtype=object)",
        "[{'authorId': '1', 'name': 'Ada Frost'}, {'authorId': '2', 'name': 'Bo Melt'}]",
    ],
)
def test_list_that_pandas_writes_into_a_table(cell: str) -> None:
    quoted = cell.replace('"', '""')
    [paper] = papers_of(
        "title,abstract,authors,year,keywords\n"
        f"{TITLE},{ABSTRACT},\"{quoted}\",2020.0,\"['snails', 'mail']\"\n"
    )
    assert paper.authors == ("Ada Frost", "Bo Melt")
    assert paper.year == 2020
    assert paper.keywords == ("snails", "mail")


@pytest.mark.parametrize("end", ["et al.", "and et al.", ", et al", "& et al."])
def test_et_al_is_no_author(end: str) -> None:
    [paper] = papers_of(
        f'title,abstract,authors\n{TITLE},{ABSTRACT},"Ada Frost and Bo Melt {end}"\n'
    )
    assert paper.authors == ("Ada Frost", "Bo Melt")


def test_title_in_brackets_is_no_list() -> None:
    [paper] = papers_of(f"title,abstract,authors\n[Retracted] {TITLE},{ABSTRACT},nan\n")
    assert (paper.title, paper.authors) == (f"[Retracted] {TITLE}", ())


ZOTERO = {
    "itemType": "journalArticle",
    "title": TITLE,
    "abstractNote": ABSTRACT,
    "creators": [
        {"creatorType": "author", "firstName": "Ada", "lastName": "Frost"},
        {"creatorType": "author", "name": "Snow Consortium"},
        {"creatorType": "editor", "name": "Editor House"},
        {"creatorType": "translator", "firstName": "Cy", "lastName": "Ice"},
    ],
    "publicationTitle": "Journal of Snow",
    "date": "2020-05-01",
    "extra": "arXiv:2005.00001 [cs.CL]\nPMID: 123\nCitation Key: frost2020",
    "tags": [{"tag": "snails"}],
}


@pytest.mark.parametrize("items", [[{"key": "A", "data": ZOTERO}], {"items": [ZOTERO]}])
def test_zotero_json(items: object) -> None:
    [paper] = papers_of(json.dumps(items))
    assert paper.authors == ("Ada Frost", "Snow Consortium")
    assert paper.editors == ("Editor House",)
    assert (paper.arxiv_id, paper.citation_key) == ("2005.00001", "frost2020")
    assert (paper.venue, paper.published) == ("Journal of Snow", "2020-05-01")
    assert (paper.keywords, paper.ids) == (("snails",), (("pmid", "123"),))


def test_attachment_of_zotero_is_no_paper() -> None:
    [(_, reason)] = skipped_of(json.dumps([{"itemType": "attachment", "title": "Full text"}]))
    assert reason == "an attachment, note or annotation of Zotero"


def test_settings_of_a_program_are_no_paper() -> None:
    package = {"name": "snails", "version": "1.0", "author": "Ada", "url": "https://a.org"}
    assert skipped_of(json.dumps(package)) == [("line 1", "no title")]


@pytest.mark.parametrize(
    "table",
    [
        {"title": {"0": TITLE, "1": "Ants"}, "abstract": {"0": ABSTRACT, "1": ABSTRACT}},
        {"title": [TITLE, "Ants"], "abstract": [ABSTRACT, ABSTRACT]},
        {
            "columns": ["title", "abstract"],
            "index": [0, 1],
            "data": [[TITLE, ABSTRACT], ["Ants", ABSTRACT]],
        },
    ],
)
def test_table_that_pandas_writes_as_json(table: object) -> None:
    papers = papers_of(json.dumps(table))
    assert [(paper.title, paper.abstract) for paper in papers] == [
        (TITLE, ABSTRACT),
        ("Ants", ABSTRACT),
    ]
