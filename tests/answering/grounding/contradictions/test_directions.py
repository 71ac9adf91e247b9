"""A sentence that says the opposite of its evidence is told from one that says it otherwise."""

import pytest

from assistant.answering.grounding.contradictions.directions import opposes
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
        ("The method needs labels.", "The method does not need labels."),
        ("The method doesn't need labels.", "The method needs labels."),
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
def test_the_opposite_word_about_the_same_is_a_contradiction(sentence: str, evidence: str) -> None:
    assert opposes(sentence, evidence, evidence)


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
def test_a_comparison_the_other_way_round_is_a_contradiction(sentence: str, evidence: str) -> None:
    assert opposes(sentence, evidence, evidence)


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
        ("It works without labels.", "It does not need labels."),
        ("It removes what needs labels.", "It does not need labels."),
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
            "The oven generalizes to unseen grains.",
            "While other ovens do not generalize to unseen grains, our oven generalizes to them.",
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
def test_what_may_agree_is_no_contradiction(sentence: str, evidence: str) -> None:
    assert not opposes(sentence, evidence, evidence)


def test_what_another_sentence_of_the_abstract_says_is_no_contradiction() -> None:
    evidence = "Salt lowers the volume of the dough."
    assert opposes("Salt increases the volume of the dough.", evidence, evidence)
    abstract = f"{evidence} With yeast, salt increases the volume of the dough."
    assert not opposes("Salt increases the volume of the dough.", evidence, abstract)


def test_no_sentence_of_the_sample_papers_contradicts_a_sentence_of_its_own_paper() -> None:
    for paper in sample_papers():
        sentences = [span.of(paper.abstract) for span in sentence_spans(paper.abstract)]
        for sentence in sentences:
            for evidence in sentences:
                assert not opposes(sentence, evidence, paper.abstract), (sentence, evidence)
