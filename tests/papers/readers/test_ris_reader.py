"""The RIS reader: wrapped lines, tags in lower case, names, DOIs in other fields."""

import pytest
from reading import papers_of

from assistant.papers.names import Name

ABSTRACT = "Nine snails carry letters over a garden wall of two metres."


def entry(*lines: str) -> str:
    return "\n".join(["TY  - JOUR", "TI  - Snail Mail", f"AB  - {ABSTRACT}", *lines, "ER  - ", ""])


def test_wrapped_line_may_begin_like_a_tag() -> None:
    [paper] = papers_of(
        "TY  - JOUR\nTI  - Snail Mail\nAB  - Snails with\nAI - based maps and\n"
        "ER - positive letters\narrive.\nPY  - 2020\nER  - \n"
    )
    assert paper.abstract == "Snails with AI - based maps and ER - positive letters arrive."
    assert paper.year == 2020


def test_tags_may_be_in_lower_case_or_narrow() -> None:
    lower = entry().lower().replace("jour", "JOUR").replace("snail mail", "Snail Mail")
    narrow = entry("AU - Frost, Ada").replace("  - ", " - ")
    first, second = papers_of(lower + narrow)
    assert (first.title, second.title) == ("Snail Mail", "Snail Mail")
    assert second.authors == ("Ada Frost",)


@pytest.mark.parametrize(
    ("field", "authors"),
    [
        ("Sánchez, Pedro J.; Montoya, Maria", ("Pedro J. Sánchez", "Maria Montoya")),
        ("Frost, Ada and Melt, Bo", ("Ada Frost", "Bo Melt")),
        ("Smith, John, Jr.", ("John Smith Jr.",)),
        ("Smith, John Jr.", ("John Smith Jr.",)),
        (
            "World Health Organization, Department of Snow",
            ("World Health Organization, Department of Snow",),
        ),
        ("Ministry of Snow, Centre for Ice", ("Ministry of Snow, Centre for Ice",)),
        ("Barnes and Noble", ("Barnes and Noble",)),
    ],
)
def test_author_field(field: str, authors: tuple[str, ...]) -> None:
    [paper] = papers_of(entry(f"AU  - {field}"))
    assert paper.authors == authors


def test_name_of_an_organisation_is_not_turned() -> None:
    [paper] = papers_of(entry("AU  - Ministry of Snow, Centre for Ice"))
    assert paper.author_names == (Name(literal="Ministry of Snow, Centre for Ice"),)


@pytest.mark.parametrize(
    "line",
    [
        "DO  - https://doi.org/10.1000/snow.5",
        "UR  - https://doi.org/10.1000/snow.5",
        "M3  - 10.1000/snow.5",
        "L3  - doi:10.1000/snow.5",
    ],
)
def test_doi_may_be_in_another_field(line: str) -> None:
    [paper] = papers_of(entry("UR  - https://example.org/snow", line))
    assert paper.doi == "10.1000/snow.5"
