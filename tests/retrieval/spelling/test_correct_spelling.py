"""Typing errors in questions are corrected towards the words of the library."""

import pytest

from assistant.library import Library
from assistant.retrieval import Correction, correct_spelling
from assistant.retrieval.spelling.candidates import find_candidates, one_error_away


def corrected(library: Library, question: str) -> str:
    return correct_spelling(library, question).text


@pytest.mark.parametrize(
    "typed",
    ["IceTrcak", "walnutbech", "WalnutBenchh", "wallnutbench"],
    ids=["swapped", "missing", "doubled", "too many"],
)
def test_a_mistyped_name_is_corrected_as_a_paper_writes_it(
    small_library: Library, typed: str
) -> None:
    meant = "IceTrack" if typed.startswith("Ice") else "WalnutBench"
    found = correct_spelling(small_library, f"What does {typed} do?")
    assert found.text == f"What does {meant} do?"
    assert found.corrections == (Correction(typed, meant),)


@pytest.mark.parametrize(
    "question",
    [
        "What does IceTrack do?",
        "How many penguins were followed?",  # in no paper, and a word that the embedder knows
        "What does BlueRail find?",  # in no paper, and near none of its words
        "What's the melt rate, and why doesn't it slow down?",
        'Which papers mention "IceTrcak"?',
        "What is on https://icetrcak.example?",
        "x" * 2000,
        "",
    ],
)
def test_words_that_are_right_stay(small_library: Library, question: str) -> None:
    assert correct_spelling(small_library, question).text == question
    assert not correct_spelling(small_library, question).corrections


def test_an_inflection_of_a_word_of_the_library_stays(small_library: Library) -> None:
    assert corrected(small_library, "Does it follow glaciered valleys?") == (
        "Does it follow glaciered valleys?"
    )


def test_names_of_authors_are_words_of_the_library(small_library: Library) -> None:
    assert [one.written for one in find_candidates(small_library, "froost")] == ["Frost"]
    assert small_library.catalogue.vocabulary.counts(["frost", "froost"]) == {"frost": 1}


def test_digits_are_never_changed() -> None:
    near = one_error_away("gpt4")
    assert {"gtp4", "gpt4s", "pt4", "got4"} <= near
    assert not near & {"gpt", "gpt5", "gp4t", "gpt4"}


def test_a_word_that_only_shares_a_stem_with_the_library_is_no_candidate(
    small_library: Library,
) -> None:
    # Porter's stemmer makes "mel" + "ts" equal to "melt", but no paper writes "melets".
    assert all(
        one.written.lower() in ("melt", "melts") for one in find_candidates(small_library, "meltts")
    )
