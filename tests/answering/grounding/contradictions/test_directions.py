"""Sentences that state the opposite direction of their evidence."""

import re
from collections.abc import Iterator

import pytest

from assistant.answering.grounding.contradictions.directions import (
    states_opposite_direction,
)
from assistant.papers import sample_papers
from assistant.text.sentences import sentence_spans


@pytest.mark.parametrize(
    ("sentence", "evidence"),
    [
        ("FrostNet increases the error.", "FrostNet reduces the error by 12%."),
        ("The new loss gives lower accuracy.", "The new loss gives higher accuracy."),
        (
            "Longer proofing decreases the volume by 3 ml.",
            "Longer proofing raises the volume by 3 ml.",
        ),
        ("DoughNet underperforms BreadNet.", "DoughNet outperforms BreadNet."),
        ("DoughNet is slower than BreadNet.", "DoughNet is faster than BreadNet."),
        ("The network is pruned after baking.", "The network is pruned before baking."),
        ("The method improves recall.", "The method does not improve recall."),
        ("The method does not improve recall.", "The method improves recall."),
        ("DoughNet needs fewer labels than BreadNet.", "DoughNet needs more labels than BreadNet."),
        (
            "Steam reduces the crust on CrustBench.",
            "We find that steam increases the crust on CrustBench.",
        ),
        (
            "Steam was associated with a significant reduction in weight.",
            "Steam was not associated with a significant reduction in weight.",
        ),
    ],
)
def test_opposite_word_about_the_same_thing_is_opposite(sentence: str, evidence: str) -> None:
    assert states_opposite_direction(sentence, evidence, evidence)


@pytest.mark.parametrize(
    ("sentence", "evidence"),
    [
        ("BreadNet outperforms DoughNet.", "DoughNet outperforms BreadNet."),
        ("BreadNet is faster than DoughNet.", "DoughNet is faster than BreadNet."),
        (
            "BreadNet outperforms DoughNet on CrustBench.",
            "DoughNet outperforms BreadNet on CrustBench.",
        ),
    ],
)
def test_reversed_comparison_is_opposite(sentence: str, evidence: str) -> None:
    assert states_opposite_direction(sentence, evidence, evidence)


@pytest.mark.parametrize(
    ("sentence", "evidence"),
    [
        ("FrostNet lowers the error.", "FrostNet reduces the error by 12%."),
        ("BreadNet is slower than DoughNet.", "DoughNet is faster than BreadNet."),
        ("BreadNet is outperformed by DoughNet.", "DoughNet outperforms BreadNet."),
        ("BreadNet underperforms DoughNet.", "DoughNet outperforms BreadNet."),
        ("It does not only raise recall.", "It raises recall."),
        ("It raises speed and cuts memory.", "It raises speed, and lowers memory."),
        ("The error is higher for BreadNet.", "The error is lower for DoughNet."),
        ("The error first rises.", "The error first rises, then it falls."),
        ("It needs fewer labels.", "It does not need more labels."),
        ("Bread is baked after pruning.", "Pruning is done before the bread is baked."),
        (
            "Steam increased cracks in the crust.",
            "Steam reduced the risk of mould but increased the number of cracks in the crust.",
        ),
        (
            "Steam did not reduce weight.",
            "Steam was not associated with a significant reduction in weight.",
        ),
        (
            "DoughNet outperforms BreadNet on CrustBench.",
            "On CrustBench DoughNet outperforms BreadNet.",
        ),
        (
            "Trained on CrustBench it outperforms BreadNet.",
            "Our method outperforms BreadNet on CrustBench.",
        ),
    ],
)
def test_sentence_that_may_agree_is_not_opposite(sentence: str, evidence: str) -> None:
    assert not states_opposite_direction(sentence, evidence, evidence)


def test_direction_that_another_sentence_of_the_abstract_states_is_not_opposite() -> None:
    evidence = "Salt lowers the volume of the dough."
    assert states_opposite_direction("Salt increases the volume of the dough.", evidence, evidence)
    abstract = f"{evidence} With yeast, salt increases the volume of the dough."
    assert not states_opposite_direction(
        "Salt increases the volume of the dough.", evidence, abstract
    )


# -- sentences of the sample papers ----------------------------------------------------------------

_OPPOSITES = {
    "better": "worse",
    "exceeding": "trailing",
    "faster": "slower",
    "higher": "lower",
    "improve": "degrade",
    "improved": "degraded",
    "improves": "degrades",
    "improving": "degrading",
    "increase": "decrease",
    "increases": "decreases",
    "larger": "smaller",
    "lower": "higher",
    "more": "fewer",
    "outperform": "underperform",
    "outperforms": "underperforms",
    "reduce": "increase",
    "reduces": "increases",
    "reducing": "increasing",
    "smaller": "larger",
    "surpasses": "underperforms",
}
_DIRECTION_WORD = re.compile(rf"\b(?:{'|'.join(_OPPOSITES)})\b")


def _sample_sentences() -> Iterator[tuple[str, str]]:
    """Yield each sentence of the sample papers, with its abstract."""
    for paper in sample_papers():
        for span in sentence_spans(paper.abstract):
            yield span.of(paper.abstract), paper.abstract


def test_sample_sentences_with_their_direction_word_replaced_are_opposite() -> None:
    found = []
    for sentence, abstract in _sample_sentences():
        if len(_DIRECTION_WORD.findall(sentence)) == 1:
            opposite = _DIRECTION_WORD.sub(lambda match: _OPPOSITES[match[0]], sentence)
            found.append(states_opposite_direction(opposite, sentence, abstract))
    assert len(found) > 100
    assert sum(found) >= 0.95 * len(found)


def test_beginnings_of_sample_sentences_are_not_opposite_to_the_whole_sentence() -> None:
    pairs = 0
    for sentence, abstract in _sample_sentences():
        words = sentence.split()
        for count in range(4, len(words) + 1):
            beginning = " ".join(words[:count])
            if _DIRECTION_WORD.search(beginning):
                pairs += 1
                assert not states_opposite_direction(beginning, sentence, abstract), beginning
    assert pairs > 1000


def test_sample_sentences_are_not_opposite_to_sentences_of_their_own_paper() -> None:
    for paper in sample_papers():
        sentences = [span.of(paper.abstract) for span in sentence_spans(paper.abstract)]
        for sentence in sentences:
            for evidence in sentences:
                assert not states_opposite_direction(sentence, evidence, paper.abstract), sentence
