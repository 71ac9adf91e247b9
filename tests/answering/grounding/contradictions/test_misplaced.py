"""A number must not be put into the words of a sentence that gives another one for them."""

import pytest

from assistant.answering.grounding.contradictions.misplaced import misplaces
from assistant.papers import sample_papers
from assistant.text.sentences import sentence_spans

BEFORE = "At the start, 52% (545 of 1042) of the bakers owned a steam oven."
EVER = "Over the years, 2985 (80%) bakers bought a steam oven at least once in Graz."


def test_the_words_of_one_sentence_with_the_number_of_another() -> None:
    assert misplaces("52% of bakers bought a steam oven at least once in Graz.", [BEFORE], EVER)


@pytest.mark.parametrize(
    "sentence",
    [
        "80% of bakers bought a steam oven at least once in Graz.",  # as it is
        "52% of the bakers owned a steam oven at the start.",
        "52% of bakers had a steam oven.",  # either may say so
        "1042 bakers bought a steam oven at least once in Graz.",  # no number with a unit
        "First 52% of the bakers owned one, then 80% bought a steam oven at least once.",
    ],
)
def test_a_number_that_may_stand_where_it_does(sentence: str) -> None:
    assert not misplaces(sentence, [BEFORE], EVER)


def test_no_sentence_of_the_sample_papers_misplaces_a_number() -> None:
    for paper in sample_papers():
        sentences = [span.of(paper.abstract) for span in sentence_spans(paper.abstract)]
        for sentence in sentences:
            assert not any(misplaces(sentence, [sentence], other) for other in sentences)
