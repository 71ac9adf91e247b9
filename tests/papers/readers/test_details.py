"""The details of a paper, as read from the formats that have them."""

import json

import pytest
from reading import papers_of

from assistant.papers.names import Name
from assistant.papers.parsing.fields.dates import iso_date
from assistant.papers.parsing.fields.publication_types import type_of


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2021-03-09", "2021-03-09"),
        ("2021-03-09T12:00:00Z", "2021-03-09"),
        ("2021/03/09/", "2021-03-09"),
        ("2021/3", "2021-03"),
        ("2021 Mar 9", "2021-03-09"),
        ("2021 Mar-Apr", "2021-03"),
        ("20210309", "2021-03-09"),
        ("9 March 2021", "2021-03-09"),
        ("Mon, 9 Mar 2021 17:00:00 GMT", "2021-03-09"),
        ("March 9th, 2021", "2021-03-09"),
        ("Sept. 2021", "2021-09"),
        ("2021 3--5 June", "2021-06-03"),
        ("3-5 June 2021", "2021-06-03"),
        ("June 3–5, 2021", "2021-06-03"),
        ("2021-13", None),
        ("2021", None),
        ("2020-2021", None),
        ("soon", None),
        (None, None),
    ],
)
def test_date_is_parsed_if_at_least_the_month_is_known(text: str | None, date: str | None) -> None:
    assert iso_date(text) == date


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Conference Paper", "inproceedings"),
        ("proceedings-article", "inproceedings"),
        ("JournalArticle", "article"),
        ("posted-content", "preprint"),
        ("phdthesis", "thesis"),
        ("grocery list", None),
        (3, None),
    ],
)
def test_type_is_translated(name: object, expected: str | None) -> None:
    assert type_of(name) == expected


def test_bibtex_has_all_details() -> None:
    [paper] = papers_of(
        """@inproceedings{garcia2021,
        title = {Snail Mail}, abstract = {Snails carry letters.},
        author = {Garc{\\'i}a M{\\'a}rquez, Gabriela and {Nuts, Inc.} and Ada Frost},
        editor = {van der Berg, Bo}, booktitle = {Proceedings of Snow}, volume = 3, number = 4,
        pages = {12--34}, publisher = {Ice Press}, keywords = {snails; mail}, langid = {english},
        year = 2021, month = mar, day = 9, isbn = {978-3-16-148410-0}, pmid = {123}}"""
    )
    assert paper.authors == ("Gabriela García Márquez", "Nuts, Inc.", "Ada Frost")
    assert paper.author_names[0] == Name(family="García Márquez", given="Gabriela")
    assert paper.author_names[1] == Name(literal="Nuts, Inc.")
    assert paper.editors == ("Bo van der Berg",)
    assert (paper.type, paper.venue) == ("inproceedings", "Proceedings of Snow")
    assert (paper.volume, paper.issue, paper.pages) == ("3", "4", "12-34")
    assert (paper.publisher, paper.keywords) == ("Ice Press", ("snails", "mail"))
    assert (paper.citation_key, paper.language) == ("garcia2021", "english")
    assert (paper.year, paper.published) == (2021, "2021-03-09")
    assert paper.ids == (("isbn", "978-3-16-148410-0"), ("pmid", "123"))


def test_ris_has_all_details() -> None:
    [paper] = papers_of(
        "TY  - JOUR\nAU  - García Márquez, Gabriela\nED  - Melt, Bo\nTI  - Snail Mail\n"
        "AB  - Snails carry letters.\nT2  - Journal of Snow\nDA  - 2021/03/09/\nVL  - 3\n"
        "IS  - 4\nSP  - 12\nEP  - 34\nPB  - Ice Press\nKW  - snails\nKW  - mail\nLA  - en\n"
        "ID  - garcia2021\nER  - \n"
    )
    assert paper.author_names == (Name(family="García Márquez", given="Gabriela"),)
    assert (paper.type, paper.venue, paper.editors) == ("article", "Journal of Snow", ("Bo Melt",))
    assert (paper.volume, paper.issue, paper.pages) == ("3", "4", "12-34")
    assert (paper.publisher, paper.keywords) == ("Ice Press", ("snails", "mail"))
    assert (paper.citation_key, paper.language) == ("garcia2021", "en")
    assert (paper.year, paper.published) == (2021, "2021-03-09")


def test_table_has_details_in_its_columns() -> None:
    [paper] = papers_of(
        "Title,Abstract,Document Type,Source title,Volume,Author Keywords,Publication Date\n"
        "Snail Mail,Snails carry letters.,Article,Journal of Snow,3,snails; mail,2021-03\n"
    )
    assert (paper.type, paper.venue, paper.volume) == ("article", "Journal of Snow", "3")
    assert (paper.keywords, paper.published, paper.year) == (("snails", "mail"), "2021-03", 2021)


def test_crossref_has_all_details() -> None:
    work = {
        "DOI": "10.5555/1",
        "title": ["Snail Mail"],
        "abstract": "Snails carry letters.",
        "type": "journal-article",
        "container-title": ["Journal of Snow"],
        "published": {"date-parts": [[2021, 3, 9]]},
        "volume": "3",
        "issue": "4",
        "page": "12-34",
        "publisher": "Ice Press",
        "ISSN": ["1234-5678"],
    }
    [paper] = papers_of(json.dumps(work))
    assert (paper.type, paper.venue) == ("article", "Journal of Snow")
    assert (paper.published, paper.volume, paper.issue) == ("2021-03-09", "3", "4")
    assert (paper.pages, paper.publisher) == ("12-34", "Ice Press")
    assert paper.ids == (("issn", "1234-5678"),)
