"""Ratios of the wrong quantity."""

import pytest

from assistant.answering.grounding.contradictions.ratios import has_wrong_ratio
from assistant.papers import sample_papers
from assistant.text.sentences import sentence_spans


@pytest.mark.parametrize(
    ("sentence", "evidence"),
    [
        ("Ovens bake 4.7x faster.", "Ovens exchange 4.7 times less traffic."),
        ("Memory falls by 30 %.", "Training takes 30% less time."),
        ("The accuracy of DoughNet is 12% higher.", "DoughNet needs 12% of the labels."),
        ("A loaf is 2x better.", "A loaf is ready 2x sooner."),
    ],
)
def test_ratio_of_another_quantity_is_wrong(sentence: str, evidence: str) -> None:
    assert has_wrong_ratio(sentence, evidence, evidence)


@pytest.mark.parametrize(
    ("sentence", "evidence"),
    [
        ("Ovens need 4.7 times less communication.", "Ovens exchange 4.7x less traffic."),
        ("Ovens bake 4.7x faster.", "Ovens reach 4.7x."),  # of what the evidence does not say
        ("It is 4.7x.", "Ovens exchange 4.7x less traffic."),  # nor the sentence here
        ("Ovens cost 30 % less.", "Ovens take 30% less time."),  # a cost may be of anything
        ("Ovens bake 5x faster.", "Ovens exchange 4.7x less traffic."),  # another number
        ("Ovens bake in 4.7 hours.", "Ovens exchange 4.7 GB of data."),  # no ratio
    ],
)
def test_ratio_that_may_be_of_the_same_quantity_is_not_wrong(sentence: str, evidence: str) -> None:
    assert not has_wrong_ratio(sentence, evidence, evidence)


def test_ratio_that_another_sentence_of_the_abstract_states_is_not_wrong() -> None:
    evidence = "Ovens exchange 4.7x less traffic."
    abstract = f"{evidence} They bake 4.7x faster."
    assert not has_wrong_ratio("Ovens bake 4.7 times faster.", evidence, abstract)


def test_sample_sentences_have_no_wrong_ratio_of_their_own_paper() -> None:
    for paper in sample_papers():
        sentences = [span.of(paper.abstract) for span in sentence_spans(paper.abstract)]
        for sentence in sentences:
            mistaken = [one for one in sentences if has_wrong_ratio(sentence, one, paper.abstract)]
            assert not mistaken, sentence
