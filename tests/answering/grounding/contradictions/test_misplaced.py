"""Numbers put into a statement that has another number."""

import pytest

from assistant.answering.grounding.contradictions.misplaced import has_misplaced_number
from assistant.papers import sample_papers
from assistant.text.sentences import sentence_spans

BEFORE = "At the start, 52% (545 of 1042) of the bakers owned a steam oven."
EVER = "Over the years, 2985 (80%) bakers bought a steam oven at least once in Graz."


def test_number_of_one_sentence_in_the_words_of_another_is_misplaced() -> None:
    assert has_misplaced_number(
        "52% of bakers bought a steam oven at least once in Graz.", [BEFORE], EVER
    )


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
def test_number_that_may_be_right_is_not_misplaced(sentence: str) -> None:
    assert not has_misplaced_number(sentence, [BEFORE], EVER)


def test_sample_sentences_have_no_misplaced_number() -> None:
    for paper in sample_papers():
        sentences = [span.of(paper.abstract) for span in sentence_spans(paper.abstract)]
        for sentence in sentences:
            assert not any(has_misplaced_number(sentence, [sentence], other) for other in sentences)
