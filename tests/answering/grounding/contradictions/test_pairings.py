"""Numbers swapped between two things."""

import pytest

from assistant.answering.grounding.contradictions.pairings import swaps_numbers
from assistant.papers import sample_papers
from assistant.text.sentences import sentence_spans


@pytest.mark.parametrize(
    ("sentence", "evidence"),
    [
        ("DoughNet reaches 71 %.", "DoughNet reaches 76 %, BreadNet 71 %."),
        ("BreadNet reaches 76%.", "DoughNet reaches 76 % and BreadNet reaches 71 %."),
        ("DoughNet reaches 71 %.", "Our DoughNet reaches 76 %, while BreadNet reaches 71 %."),
        ("On CrustBench it has 71 %.", "It has 76 % on CrustBench and 71 % on CrumbBench."),
        ("It has a specificity of 91%.", "It has a sensitivity of 91% and a specificity of 84%."),
        ("DoughNet takes 9 ms.", "DoughNet takes 4 ms, whereas BreadNet takes 9 ms."),
        ("It has 71 % on CrustBench.", "It has 76 % on CrustBench and 71 % on CrumbBench."),
        ("It has 71 % on CrustBench on GRAIN.", "It has 76 % on CrustBench, 71 % on CrumbBench."),
    ],
)
def test_number_of_another_thing_is_swapped(sentence: str, evidence: str) -> None:
    assert swaps_numbers(sentence, evidence, evidence)


@pytest.mark.parametrize(
    ("sentence", "evidence"),
    [
        ("DoughNet reaches 76 %.", "DoughNet reaches 76 %, BreadNet 71 %."),
        ("BreadNet reaches 71%.", "DoughNet reaches 76 % and BreadNet reaches 71 %."),
        ("DoughNet has 71 %.", "DoughNet has 76 % on CrustBench and 71 % on CrumbBench."),
        ("DoughNet has 71 %.", "DoughNet has 76 %, and 71 % on CrumbBench."),
        ("DoughNet has 76 %.", "DoughNet has 76 %, and BreadNet has 76 % too."),
        ("CrumbBench gains 20%.", "It gains 20% on CrustBench and CrumbBench with 12M loaves."),
        ("It reaches 71 %.", "DoughNet reaches 76 %, BreadNet 71 %."),
        ("It has a specificity of 84%.", "It has a sensitivity of 91% and a specificity of 84%."),
        ("The oats fall by 0.4 %.", "It falls by 1.2 % with rye and by 0.4 % with oats."),
        ("Baking takes 9 ms.", "Kneading takes 4 ms and it then bakes for 9 ms."),
        (
            "It has 71 % on CrustBench on CrumbBench.",
            "It has 76 % on CrustBench, 71 % on CrumbBench.",
        ),
    ],
)
def test_number_that_may_belong_to_the_thing_is_not_swapped(sentence: str, evidence: str) -> None:
    assert not swaps_numbers(sentence, evidence, evidence)


def test_sample_sentences_swap_no_numbers_of_their_own_paper() -> None:
    for paper in sample_papers():
        sentences = [span.of(paper.abstract) for span in sentence_spans(paper.abstract)]
        for sentence in sentences:
            assert not any(swaps_numbers(sentence, one, paper.abstract) for one in sentences), (
                sentence
            )
