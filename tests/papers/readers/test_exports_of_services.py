"""Layouts that databases, repositories and programs write, beyond those of the specimens."""

import json

import pytest
from reading import format_of, papers_of, records_of, skipped_of

from assistant.papers import Paper

ABSTRACT = "Nine snails carry letters over a garden wall of two metres in three days."


def test_springer_table_has_no_separators_between_authors() -> None:
    [paper] = papers_of(
        "Item Title,Publication Title,Book Series Title,Journal Volume,Journal Issue,Item DOI,"
        "Authors,Publication Year,URL,Content Type\n"
        "Snail Mail,Post,,3,4,10.5555/snail.1,Ada McFrostBo MeltCy van der IceÅsa Ólafs,2021,"
        "https://example.org/1,Article\n"
    )
    assert paper.authors == ("Ada McFrost", "Bo Melt", "Cy van der Ice", "Åsa Ólafs")
    assert (paper.title, paper.venue, paper.year) == ("Snail Mail", "Post", 2021)
    assert (paper.volume, paper.issue, paper.doi) == ("3", "4", "10.5555/snail.1")


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        (
            "Journal of Snails (2021) 3:4 (12-34). Date of Publication: 9 Mar 2021",
            ("Journal of Snails", 2021, "3", "4", "12-34", "2021-03-09"),
        ),
        ("Snails (Basel) (2021) 3", ("Snails (Basel)", 2021, "3", None, None, None)),
        ("Snails (2021)", ("Snails", 2021, None, None, None, None)),
        ("Snails", ("Snails", None, None, None, None, None)),
    ],
)
def test_embase_table_has_the_place_in_one_column(place: str, expected: tuple[object, ...]) -> None:
    [paper] = papers_of(
        "Title,Author Names,Source,Abstract,keywords\n"
        f'Snail Mail,"Frost A., Melt B.C.","{place}",{ABSTRACT},"snail (slow, wet), mail"\n'
    )
    assert paper.authors == ("A. Frost", "B.C. Melt")
    assert paper.keywords == ("snail (slow, wet)", "mail")
    found = (paper.venue, paper.year, paper.volume, paper.issue, paper.pages, paper.published)
    assert found == expected


def test_old_scopus_table_separates_authors_by_commas() -> None:
    [paper] = papers_of(
        "Authors,Title,Source title,Abstract,EID\n"
        f'"Frost A.B., van der Melt C., Ice D.",Snail Mail,Post,{ABSTRACT},2-s2.0-1\n'
    )
    assert paper.authors == ("A.B. Frost", "C. van der Melt", "D. Ice")


def test_table_of_authors_and_journals_holds_papers() -> None:
    [paper] = papers_of("Title,Author,Journal,Reason\nSnail Mail,Ada Frost;Bo Melt,Post,Late\n")
    assert (paper.authors, paper.venue) == (("Ada Frost", "Bo Melt"), "Post")


def test_ris_keywords_without_a_tag_of_their_own() -> None:
    [paper] = papers_of(
        "TY  - JOUR\nTI  - Snail Mail\nKW  - snails\nmail of\n  the town\nKW  - walls; gardens\n"
        f"AB  - {ABSTRACT}\nA second line.\nER  - \n"
    )
    assert paper.keywords == ("snails", "mail of the town", "walls", "gardens")
    assert paper.abstract == f"{ABSTRACT} A second line."


def test_ris_names_under_two_tags_are_counted_once() -> None:
    names = "".join(f"{tag}  - {name}\n" for tag in ("AU", "A1") for name in ("Frost, A", "Ice, B"))
    [paper] = papers_of(f"TY  - JOUR\nTI  - Snail Mail\n{names}ER  - \n")
    assert paper.authors == ("A Frost", "B Ice")


def test_nbib_of_eric() -> None:
    record = (
        "OWN - ERIC\nTI  - Snail Mail\nAU  - van der Frost, Ada B.\nOT  - Snails\nJT  - Post\n"
        "VI  - 3\nPG  - 12-34\nDP  - 2021\nLID - http://eric.ed.gov/?id=EJ1\n"
        f"AB  - {ABSTRACT}\nISSN - ISSN-1234-567X\nPT  - Journal Articles\n"
    )
    first, second = papers_of(f"\n{record}\n{record.replace('Snail Mail', 'Slug Mail')}\n")
    assert (first.title, second.title) == ("Snail Mail", "Slug Mail")
    assert (first.authors, first.abstract) == (("Ada B. van der Frost",), ABSTRACT)
    assert (first.type, first.venue, first.ids) == ("article", "Post", (("issn", "1234-567X"),))
    assert first.url == "http://eric.ed.gov/?id=EJ1"


def test_nbib_tags_before_the_id_belong_to_the_record() -> None:
    [paper] = papers_of(f"OWN - NLM\nPMID- 12\nTI  - Walls\nBTI - Snail Mail\nAB  - {ABSTRACT}\n")
    assert (paper.title, paper.venue, paper.ids) == ("Walls", "Snail Mail", (("pmid", "12"),))


def test_addresses_are_no_part_of_names_in_web_of_science() -> None:
    [paper] = papers_of(
        "FN X\nVR 1.0\nPT J\nAU Frost, Ada B. (ada@example.org)\n   Melt, Bo\nTI Snail Mail\n"
        f"AB {ABSTRACT}\nPS 12-34\nER\n\nEF\n"
    )
    assert (paper.authors, paper.pages) == (("Ada B. Frost", "Bo Melt"), "12-34")


CSL_YAML = f"""---
references:
- id: frost
  type: article-journal
  title: Snail Mail
  author:
  - family: Frost
    given: Ada
  issued:
  - year: 2021
    month: 3
    day: 9
  - year: 2022
  abstract: >-
    {ABSTRACT}
- {{id: melt, type: book, title: Walls, issued: 2020-05}}
...
"""


def test_dates_of_csl_yaml() -> None:
    snails, walls = papers_of(CSL_YAML)
    assert (snails.year, snails.published, snails.abstract) == (2021, "2021-03-09", ABSTRACT)
    assert (walls.year, walls.published, walls.extra) == (2020, "2020-05", ())


def test_yaml_of_one_paper_or_several_documents() -> None:
    one = f"author: Frost, Ada\nyear: '2021'\ntitle: Snail Mail\nabstract: {ABSTRACT}\n"
    two = "doi: 10.5555/wall.1\ntitle: Walls\nauthor: Melt, Bo and Ice, Cy\n"
    [paper] = papers_of(one)
    assert (paper.title, paper.authors, paper.abstract) == ("Snail Mail", ("Ada Frost",), ABSTRACT)
    assert [p.authors for p in papers_of(f"{one}---\n{two}---\n")] == [
        ("Ada Frost",),
        ("Bo Melt", "Cy Ice"),
    ]


@pytest.mark.parametrize(
    "settings",
    [
        "title: Garden\nauthor: Ada Frost\nurl: https://example.org\ntheme: snow\n",
        "title: Garden\nabstract: Notes on snails and walls.\ntheme: snow\n",
        "version: '3'\nservices:\n  post:\n    image: snail\n",
        "on: push\nname: Post\njobs:\n  test:\n    runs-on: snail\n",
    ],
)
def test_settings_in_yaml_hold_no_papers(settings: str) -> None:
    assert not any(isinstance(record, Paper) for record in records_of(settings))


def test_hayagriva() -> None:
    snails, walls = papers_of(
        "frost2021:\n  type: Article\n  title: {value: Snail Mail, verbatim: true}\n"
        "  author: ['Frost, Ada', {name: Melt, given-name: Bo, prefix: van}]\n  date: 2021-03\n"
        "  page-range: 12-34\n  serial-number: {doi: 10.5555/snail.1}\n"
        "  parent:\n    type: Periodical\n    title: Post\n    volume: 3\n    issue: 4\n"
        "walls:\n  type: Article\n  title: Walls\n  author: Ice, Cy\n  parent:\n"
        "  - type: Proceedings\n    title: Garden Conference\n    date: 2020\n"
        "    publisher: {name: Snow Press}\n"
    )
    assert (snails.title, snails.authors) == ("Snail Mail", ("Ada Frost", "Bo van Melt"))
    assert (snails.venue, snails.volume, snails.issue) == ("Post", "3", "4")
    assert (snails.pages, snails.published, snails.doi) == ("12-34", "2021-03", "10.5555/snail.1")
    assert (snails.type, snails.citation_key) == ("article", "frost2021")
    assert (walls.type, walls.venue, walls.year) == ("inproceedings", "Garden Conference", 2020)
    assert walls.publisher == "Snow Press"


@pytest.mark.parametrize(
    "text",
    [
        "Usage:\n\n" + "    command\n\n" * 3000,
        "Usage:\n" + " " * 100_000 + "\n" + " " * 100_000,
        "Usage:\n" * 20_000,
    ],
)
def test_long_text_of_indented_paragraphs_is_no_hayagriva(text: str) -> None:
    assert not format_of(text).startswith("YAML")


def test_hayagriva_may_have_blank_lines() -> None:
    [snails] = papers_of(
        "frost2021:\n\n  type: Article\n  title: Snail Mail\n\n  date: 2021\n\n"
        "  parent:\n    type: Periodical\n    title: Post\n"
    )
    assert (snails.title, snails.venue) == ("Snail Mail", "Post")


ZENODO = {
    "title": "Snail Mail",
    "doi": "10.5281/zenodo.1",
    "metadata": {
        "title": "Snail Mail",
        "publication_date": "2021-03-09",
        "description": f"<p>{ABSTRACT}</p>",
        "creators": [{"name": "Frost, Ada"}, {"name": "Snow Consortium"}],
        "resource_type": {"type": "publication", "subtype": "article"},
        "journal": {"title": "Post", "volume": "3", "issue": "4", "pages": "12-34"},
        "keywords": ["snails"],
    },
}
INVENIO = {
    "pids": {"doi": {"identifier": "10.5281/zenodo.1"}},
    "metadata": {
        "title": "Snail Mail",
        "publication_date": "2021-03-09",
        "description": f"<p>{ABSTRACT}</p>",
        "creators": [
            {"person_or_org": {"family_name": "Frost", "given_name": "Ada", "type": "personal"}},
            {"person_or_org": {"name": "Snow Consortium", "type": "organizational"}},
        ],
        "resource_type": {"id": "publication-article"},
        "subjects": [{"subject": "snails"}],
    },
    "custom_fields": {
        "journal:journal": {"title": "Post", "volume": "3", "issue": "4", "pages": "12-34"}
    },
}


@pytest.mark.parametrize("record", [ZENODO, INVENIO])
def test_zenodo(record: object) -> None:
    [paper] = papers_of(json.dumps({"hits": {"hits": [record]}}))
    assert papers_of(json.dumps(record)) == [paper]
    assert (paper.title, paper.abstract, paper.doi) == ("Snail Mail", ABSTRACT, "10.5281/zenodo.1")
    assert paper.authors == ("Ada Frost", "Snow Consortium")
    assert (paper.type, paper.venue, paper.pages) == ("article", "Post", "12-34")
    assert (paper.published, paper.keywords) == ("2021-03-09", ("snails",))


def test_datacite_chapter_is_part_of_a_related_item() -> None:
    [paper] = papers_of(
        json.dumps(
            {
                "doi": "10.5555/chapter.1",
                "titles": [{"title": "Snail Mail", "titleType": "TranslatedTitle"}],
                "creators": [{"name": "Frost, Ada", "nameType": "Personal"}],
                "container": {},
                "relatedItems": [
                    {
                        "relationType": "IsPublishedIn",
                        "titles": [{"title": "Post"}],
                        "volume": "3",
                        "firstPage": "12",
                        "lastPage": "34",
                        "relatedItemIdentifier": {
                            "relatedItemIdentifier": "1234-567X",
                            "relatedItemIdentifierType": "ISSN",
                        },
                    }
                ],
            }
        )
    )
    assert (paper.title, paper.venue, paper.volume) == ("Snail Mail", "Post", "3")
    assert (paper.pages, paper.ids) == ("12-34", (("issn", "1234-567X"),))


def test_openalex_names_publisher_and_journal() -> None:
    [paper] = papers_of(
        json.dumps(
            {
                "id": "https://openalex.org/W1",
                "title": "Snail Mail",
                "publication_year": 2021,
                "biblio": {"first_page": "12", "last_page": "12"},
                "keywords": [{"keyword": "snails"}, {"display_name": "mail"}],
                "primary_location": {
                    "source": {
                        "display_name": "Post",
                        "issn_l": "1234-567X",
                        "host_organization_name": "Snow Press",
                    }
                },
            }
        )
    )
    assert (paper.pages, paper.publisher, paper.venue) == ("12", "Snow Press", "Post")
    assert (paper.keywords, paper.ids) == (("snails", "mail"), (("issn", "1234-567X"),))


def test_book_of_pubmed_has_the_authors_of_the_book() -> None:
    people = "<Author><LastName>{}</LastName><ForeName>{}</ForeName></Author>"
    [paper] = papers_of(
        "<PubmedArticleSet><PubmedBookArticle><BookDocument><PMID>12</PMID><Book>"
        "<BookTitle>Snail Mail</BookTitle>"
        f"<AuthorList Type='authors'>{people.format('Frost', 'Ada')}</AuthorList>"
        f"<AuthorList Type='editors'>{people.format('Melt', 'Bo')}</AuthorList></Book>"
        "</BookDocument></PubmedBookArticle></PubmedArticleSet>"
    )
    assert (paper.authors, paper.editors) == (("Ada Frost",), ("Bo Melt",))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("<?xml version='1.0'?><doi_records><doi_record/></doi_records>", "is Crossref's XML"),
        ("<mets:METS xmlns:mets='x'/>", "is METS"),
        ("<record xmlns='http://x/primo_nm_bib'/>", "is an export of Primo"),
        ("<collection xmlns='http://x/MARC21/slim'/>", "is MARC XML"),
        ("<c:context-objects xmlns:c='x'/>", "is OpenURL"),
        ("<snails><mail/></snails>", "is XML of an unknown kind (root element snails)"),
        ("<1. >\nVN  - Ovid\nTI  - Snail Mail\n", "is an export of Ovid"),
        ("Refworks Export Tagged Format\n\nRT Journal\n", "is RefWorks Tagged Format"),
        (
            "<rdf:RDF xmlns:rdf='r' xmlns:z='http://www.zotero.org/namespaces/export#' "
            "xmlns:b='b'><b:Article><b:title>Snail Mail</b:title></b:Article></rdf:RDF>",
            "is RDF",
        ),
    ],
)
def test_other_exports_are_named(text: str, reason: str) -> None:
    assert format_of(text) == ""
    [(_, found)] = skipped_of(text)
    assert found.startswith(reason)
    assert "; " in found  # and what to do instead


@pytest.mark.parametrize(
    ("date", "year", "published"),
    [("20210309", 2021, "2021-03-09"), ("２０２１年３月", 2021, None), ("n.d.", None, None)],
)
def test_year_of_unusual_dates(date: str, year: int | None, published: str | None) -> None:
    [paper] = papers_of(f"TY  - JOUR\nTI  - Snail Mail\nAU  - Frost, A\nPY  - {date}\nER  - \n")
    assert (paper.year, paper.published) == (year, published)


def test_invisible_characters_are_dropped() -> None:
    [paper] = papers_of("@article{a, title = {Snail\u200b Ma\u00adil\ufeff}, year = 2021}")
    assert paper.title == "Snail Mail"


BIB = "@article{a, title = {Snail Mail}, year = 2021}\n"
RIS = "TY  - JOUR\nTI  - Walls\nPY  - 2021\nER  - \n"
NBIB = f"PMID- 12\nTI  - Gardens\nAB  - {ABSTRACT}\n"


@pytest.mark.parametrize(
    ("text", "title", "other"),
    [
        (f"{BIB}\n{RIS}", "Snail Mail", "RIS"),
        (f"{RIS}\n{BIB}", "Snail Mail", "RIS"),
        (f"{BIB}\n{NBIB}", "Snail Mail", "PubMed NBIB"),
    ],
)
def test_records_of_another_format_in_a_file_are_reported(
    text: str, title: str, other: str
) -> None:
    assert [one.title for one in records_of(text) if isinstance(one, Paper)] == [title]
    [(where, reason)] = skipped_of(text)
    assert (where, reason.partition(";")[0]) == ("", f"also holds records of {other}")
