"""Markdown notes with front matter and callouts, and YAML."""

import pytest
from reading import format_of, papers_of, records_of, skipped_of

from assistant.papers import Paper

ABSTRACT = "Nine snails carry letters over a garden wall of two metres in three days."
FIRST, SECOND = ABSTRACT[:30], ABSTRACT[31:]
PROSE = "This is about the installation of the program on a machine. " * 6


def test_front_matter_describes_the_paper_and_notes_are_private() -> None:
    [paper] = papers_of(
        '---\ntitle: "Snail Mail: By Land"\nauthors:\n  - Ada Frost\n  - "van der Berg, Bo"\n'
        "year: 2020\ntags: [snails, mail]\njournal: Journal of Snow\n"
        f"abstract: >-\n  {FIRST}\n"
        f"  {SECOND}\n---\n\n# Notes\n\nMy own note. {PROSE}\n"
    )
    assert (paper.title, paper.abstract) == (
        "Snail Mail: By Land",
        ABSTRACT,
    )
    assert paper.authors == ("Ada Frost", "Bo van der Berg")
    assert (paper.year, paper.venue, paper.keywords) == (
        2020,
        "Journal of Snow",
        ("snails", "mail"),
    )


@pytest.mark.parametrize(
    "authors",
    [
        '["Frost, Ada", "Melt, Bo"]',
        '"[[Ada Frost]], [[Bo Melt]]"',
        "[[[Ada Frost]], [[People/Bo Melt]]]",
        "\n  - [[Ada Frost]]\n  - '[[melt2020|Bo Melt]]'",
        "Ada Frost and Bo Melt",
        "\n  - given: Ada\n    family: Frost\n  - name: Bo Melt",
    ],
)
def test_authors_in_front_matter(authors: str) -> None:
    [paper] = papers_of(
        f"---\ntitle: Snail Mail\nauthors: {authors}\n---\n\n## Abstract\n\n{ABSTRACT}\n"
    )
    assert (paper.authors, paper.abstract) == (("Ada Frost", "Bo Melt"), ABSTRACT)


def test_callout_is_the_abstract_without_its_marks() -> None:
    [paper] = papers_of(
        "---\ntitle: Snail Mail\nauthor: Ada Frost\n---\n\n> [!abstract] Abstract\n"
        f"> {FIRST}\n> {SECOND}\n\nMy own thoughts are here.\n\n> A quotation.\n"
    )
    assert paper.abstract == ABSTRACT


def test_note_of_zotero_integration() -> None:
    [paper] = papers_of(
        "---\ncitekey: frost2020\n---\n\n> [!Cite]\n> Frost, A. (2020). Snail Mail. Snow, 3.\n\n"
        "> [!md]\n> **FirstAuthor**:: Frost, Ada  \n> **Author**:: Melt, Bo  \n"
        "> **Title**:: Snail Mail  \n> **Year**:: 2020  \n> **DOI**:: 10.1000/snow.1\n\n"
        f"> [!Abstract]\n> {ABSTRACT}\n\n# Notes\n> My annotation\n"
    )
    assert (paper.title, paper.authors) == ("Snail Mail", ("Ada Frost", "Bo Melt"))
    assert (paper.year, paper.doi, paper.abstract) == (2020, "10.1000/snow.1", ABSTRACT)


def test_properties_of_logseq() -> None:
    [paper] = papers_of(
        "title:: Snail Mail\nauthors:: [[Ada Frost]], [[Bo Melt]]\nyear:: 2020\n"
        f"abstract:: {ABSTRACT}\n"
    )
    assert (paper.authors, paper.year) == (("Ada Frost", "Bo Melt"), 2020)
    assert paper.abstract == ABSTRACT


def test_front_matter_may_be_toml() -> None:
    [paper] = papers_of(
        f'+++\ntitle = "Snail Mail"\nauthors = ["Frost, Ada"]\ndate = 2020-05-01\n'
        f'abstract = "{ABSTRACT}"\n+++\n\nMy notes.\n'
    )
    assert (paper.title, paper.authors, paper.year) == ("Snail Mail", ("Ada Frost",), 2020)
    assert paper.abstract == ABSTRACT


def test_front_matter_that_is_not_valid_does_not_hide_the_paper() -> None:
    [paper] = papers_of(f"---\ntags: [snails\n---\n\n# Snail Mail\n\n## Abstract\n\n{ABSTRACT}\n")
    assert (paper.title, paper.abstract) == ("Snail Mail", ABSTRACT)


@pytest.mark.parametrize(
    "text",
    [
        f"# Snails\n\n{PROSE}\n\n## Install\n\n{PROSE}\n\n## Licence\n\n{PROSE}\n",
        f"---\ntitle: Installation\n---\n\n# Requirements\n\n{PROSE}\n",
        f"# Snails\n\nSee [the site](https://example.org/a)\n\n{PROSE}\n",
        f"# Change 12\n\n## Summary\n\n{PROSE}\n",
        f"Name: snails\nAuthor: Ada Frost\nSummary: Carries letters.\n\n# snails\n\n{PROSE}\n",
    ],
)
def test_manual_holds_no_papers(text: str) -> None:
    assert not any(isinstance(record, Paper) for record in records_of(text))
    assert skipped_of(text)


def test_prose_under_a_heading_with_a_year_is_an_abstract() -> None:
    [paper] = papers_of(f"# Snail Mail\n\nAda Frost, 2020\n\n{ABSTRACT} {ABSTRACT} {ABSTRACT}\n")
    assert (paper.title, paper.year) == ("Snail Mail", 2020)


CITATION = f"""cff-version: 1.2.0
title: Snow Tools
authors:
  - family-names: Frost
    given-names: Ada
date-released: 2021-03-09
doi: 10.1000/tools
abstract: >-
  {ABSTRACT}
"""
PREFERRED = """preferred-citation:
  type: article
  title: Snail Mail
  journal: Journal of Snow
  year: 2020
  authors:
    - {family-names: Berg, name-particle: van der, given-names: Bo}
"""


def test_citation_file_is_the_software_or_the_paper_that_it_prefers() -> None:
    [software] = papers_of(CITATION)
    assert (software.title, software.authors, software.abstract) == (
        "Snow Tools",
        ("Ada Frost",),
        ABSTRACT,
    )
    assert (software.doi, software.published) == ("10.1000/tools", "2021-03-09")
    [paper] = papers_of(CITATION + PREFERRED)
    assert (paper.title, paper.authors) == ("Snail Mail", ("Bo van der Berg",))
    assert (paper.venue, paper.year, paper.type) == ("Journal of Snow", 2020, "article")


def test_yaml_of_references() -> None:
    fields = f"title: Snail Mail\n  abstract: {ABSTRACT}\n  author: [Ada Frost]"
    text = f"references:\n- id: a\n  {fields}\n"
    assert format_of(text).startswith("YAML")
    [paper] = papers_of(text)
    assert (paper.title, paper.authors) == ("Snail Mail", ("Ada Frost",))


def test_damaged_yaml_is_reported() -> None:
    assert skipped_of("cff-version: 1.2.0\ntitle: [a\n") == [("", "not valid YAML")]
