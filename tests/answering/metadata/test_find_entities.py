"""What a question names of the records."""

from collections.abc import Mapping

import pytest

from assistant.answering.metadata import find_entities
from assistant.library import Library
from assistant.papers import Paper

LINDQVIST, MUELLER, BERG = "Åsa Lindqvist", "Jürgen Müller", "Pieter van den Berg"
CFV, LETTERS = "Conference on Field Vision (CFV)", "Letters of Quiet Botany"


@pytest.mark.parametrize(
    ("question", "authors"),
    [
        ("papers by Åsa Lindqvist", {LINDQVIST}),
        ("papers by asa lindqvist", {LINDQVIST}),
        ("Lindqvist's papers", {LINDQVIST}),
        ("lindqvist newest", {LINDQVIST}),
        ("Lindqvist, Åsa", {LINDQVIST}),
        ("Prof. Dr. Lindqvist's papers", {LINDQVIST}),
        ("what did A. Lindqvist write", {LINDQVIST}),
        ("papers by Mueller", {MUELLER}),
        ("papers by Muller", {MUELLER}),
        ("papers by van den Berg", {BERG}),
        ("papers by Berg", {BERG}),
        ("papers by ODowd", {"Brigid O'Dowd"}),
        ("papers by o'dowd", {"Brigid O'Dowd"}),
        ("papers by Zhang", {"Wei Zhang", "Xiu Zhang"}),
        ("papers by Wei Zhang", {"Wei Zhang"}),
        ("papers by X. Zhang", {"Xiu Zhang"}),
        ("Brigid's thesis", {"Brigid O'Dowd"}),
        ("papers by Johanna Lindqvist", set()),
        ("papers by Wei Lindqvist", set()),
        ("papers by Brigid Larsson", set()),
    ],
)
def test_author_is_found_by_the_parts_of_a_name(
    record_library: Library, question: str, authors: set[str]
) -> None:
    found = find_entities(record_library, question).of_kind("author")
    assert {name for mention in found for name in mention.names} == authors


def test_two_authors_are_two_mentions(record_library: Library) -> None:
    found = find_entities(record_library, "Did Lindqvist and van den Berg write together?")
    assert [mention.names for mention in found.of_kind("author")] == [{LINDQVIST}, {BERG}]


def test_lower_case_word_of_the_abstracts_is_no_author(
    record_library: Library,
) -> None:
    record_library.add([Paper(title="A", abstract="Hedges hedge.", authors=("Tom Hedges",))])
    try:
        assert not find_entities(record_library, "papers about hedges").of_kind("author")
        assert find_entities(record_library, "papers by Hedges").of_kind("author")
    finally:
        record_library.remove([paper.id for paper in record_library.catalogue.papers()[-1:]])


@pytest.mark.parametrize(
    ("question", "venues"),
    [
        ("papers in Letters of Quiet Botany", {LETTERS}),
        ("letters of quiet botany since 2019", {LETTERS}),
        ("papers in Quiet Botany", {LETTERS}),
        ("CFV papers", {CFV}),
        ("cfv 2022", {CFV}),
        ("papers at the Conference on Field Vision", {CFV}),
        ("papers about field work", set()),
        ("letters about botany", set()),
    ],
)
def test_venue_is_found_by_name_abbreviation_or_distinctive_words(
    record_library: Library, question: str, venues: set[str]
) -> None:
    found = find_entities(record_library, question).of_kind("venue")
    assert {name for mention in found for name in mention.names} == venues


@pytest.mark.parametrize(
    "question",
    [
        "who wrote MossNet: Counting Moss Cushions from Drones?",
        "who wrote mossnet",
        "who proposed PeatLoss?",
        "what does 10.5555/moss.1 find?",
        "Who wrote https://doi.org/10.5555/MOSS.1?",
    ],
)
def test_paper_is_found_by_title_coined_name_or_id(record_library: Library, question: str) -> None:
    [mention] = find_entities(record_library, question).of_kind("title")
    [paper] = record_library.catalogue.papers(list(mention.papers))
    assert paper.title.startswith("MossNet")


def test_year_inside_a_title_is_no_condition(record_library: Library) -> None:
    paper = Paper(title="Storms Since 1998", abstract="Storms grew.", year=2021)
    record_library.add([paper])
    try:
        found = find_entities(record_library, "When did Storms Since 1998 appear?")
        assert not found.years
        assert len(found.of_kind("title")) == 1
    finally:
        record_library.remove([paper.id])


def test_placeholders_replace_authors_venues_and_titles(record_library: Library) -> None:
    placeholders: Mapping[str, str] = find_entities(
        record_library, "Did Lindqvist publish MossNet in CFV in 2022?"
    ).placeholders
    assert placeholders == {"Lindqvist": "<author>", "MossNet": "<title>", "CFV": "<venue>"}
