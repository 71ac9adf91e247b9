"""Sentences that assert what their evidence negates, or the reverse."""

import pytest

from assistant.answering.grounding.contradictions.negations import negates
from assistant.papers import sample_papers
from assistant.text.sentences import sentence_spans


@pytest.mark.parametrize(
    ("sentence", "evidence"),
    [
        ("The method needs labels.", "The method does not need labels."),
        ("The method doesn't need labels.", "The method needs labels."),
    ],
)
def test_assertion_and_negation_of_one_verb_contradict(sentence: str, evidence: str) -> None:
    assert negates(sentence, evidence, evidence)


@pytest.mark.parametrize(
    ("sentence", "evidence"),
    [
        ("It works without labels.", "It does not need labels."),
        ("It removes what needs labels.", "It does not need labels."),
        (
            "The oven generalizes to unseen grains.",
            "While other ovens do not generalize to unseen grains, our oven generalizes to them.",
        ),
        ("The method improves recall.", "The method does not improve recall."),  # a direction
    ],
)
def test_sentences_that_may_agree_do_not_contradict(sentence: str, evidence: str) -> None:
    assert not negates(sentence, evidence, evidence)


def test_verb_that_the_abstract_asserts_elsewhere_is_not_negated() -> None:
    evidence = "The method does not need labels."
    assert negates("The method needs labels.", evidence, evidence)
    abstract = f"{evidence} At first it needs labels."
    assert not negates("The method needs labels.", evidence, abstract)


def test_sample_sentences_negate_no_sentence_of_their_own_paper() -> None:
    for paper in sample_papers():
        sentences = [span.of(paper.abstract) for span in sentence_spans(paper.abstract)]
        for sentence in sentences:
            for evidence in sentences:
                assert not negates(sentence, evidence, paper.abstract), sentence
