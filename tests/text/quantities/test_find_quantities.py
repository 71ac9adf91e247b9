"""Quantities are found in a text and matched across notations, units and signs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.text.quantities import find_quantities


def unmatched(sentence: str, source: str) -> list[str]:
    """Return the explicit quantities of a sentence that match none in a source, as written."""
    known = find_quantities(source)
    return [
        quantity.written
        for quantity in find_quantities(sentence)
        if quantity.explicit and not any(quantity.matches(other) for other in known)
    ]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("It gains 4.1 eV.", ["4.1"]),
        ("A gain of 26.47% over 1,024 runs", ["26.47", "1,024"]),
        ("57 billion tokens, written 57B", ["57 billion", "57B"]),
        ("from 1.24-2.01x", ["1.24", "2.01"]),
        ("an eight-fold saving, doubling the speed", ["eight", "doubling"]),
        ("GPT-4 and Qwen2.5 and ResNet50 and the top-5", []),
        ("CIFAR-100 accuracy of .76", [".76"]),
        ("a loss of -3.5", ["-3.5"]),
        ("images of 32x32", ["32", "32"]),
        ("at 1e-4, 10^5 or 3 x 10^5", ["1e-4", "10^5", "3 x 10^5"]),
        ("It tends to tensors of sixteen", ["sixteen"]),
        ("One of them is one.", []),
        ("two-thirds of twenty-five", ["two-thirds", "twenty-five"]),
        ("a third of it, seven thirds, a third way, halfway", ["a third", "seven thirds"]),
        ("zero-third", ["zero"]),
    ],
)
def test_explicit_quantities_are_found_as_written(text: str, written: list[str]) -> None:
    assert [number.written for number in find_quantities(text) if number.explicit] == written


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("It has 7B parameters.", "We tune LLaMA-7B on it."),
        ("It has 7 billion parameters.", "A 7B model."),
        ("It runs in 8 bits.", "in INT8"),
        ("It saves 8 times the data.", "an eight-fold saving"),
        ("It is 8x smaller.", "It shrinks eightfold."),
        ("It is 8x smaller.", "smaller by a factor of 8"),
        ("It is ten times faster.", "faster by an order of magnitude"),
        ("It is 100x faster.", "two orders of magnitude faster"),
        ("It is 1.8x faster.", "1.8 times the speed"),
        ("It is 2x faster.", "It is twice as fast."),
        ("It doubles the yield.", "a two-fold yield"),
        ("It takes 160,000 pairs.", "with 160k pairs"),
        ("It takes 160 thousand pairs.", "with 160,000 pairs"),
        ("A thousand loaves rise.", "1,000 loaves rise"),
        ("It has 1,000 classes.", "We test on WalnutNet-1k."),
        ("Five datasets are used.", "on 5 datasets"),
        ("25 birds sing.", "Twenty-five birds sing."),
        ("Two benches are tested.", "It is tested on both benches."),
        ("On three benches it wins.", "It wins on CrustBench, CrumbBench and WalnutBench."),
        ("It takes half of them.", "0.5 of them"),
        ("It takes half of them.", "50% of them"),
        ("It halves the cost.", "It costs 2x less."),
        ("It takes two-thirds.", "It takes 66.7 %."),
        ("It takes 2/3 of them.", "two thirds of them"),
        ("It takes 10% of the labels.", "a tenth of the labels"),
        ("Accuracy is 76 %.", "an accuracy of 0.76"),
        ("Accuracy is 76 percent.", "76% accuracy"),
        ("It gains 3 points.", "a gain of 3 percentage points"),
        ("It gains 3 points.", "a gain of 3% absolute"),
        ("The rate is 0.0001.", "a rate of 1e-4"),
        ("It makes 100,000 steps.", "10^5 steps"),
        ("It makes 10⁵ steps.", "100k steps"),
        ("It makes 300,000 steps.", "3 x 10^5 steps"),
        ("It takes 1.5 hours.", "within 90 minutes"),
        ("It takes an hour and 12.5 ms.", "It takes 60 minutes and 0.0125 s."),
        ("It fell by 3.5.", "a change of -3.5"),
        ("It rose by 3.5.", "a change of +3.5"),
        ("It needs 12.5 %.", "from 10 to 12.5 % of it"),
        ("It needs 10 %.", "from 10 to 12.5 % of it"),
        ("It took 26 instead of 13 minutes.", "from 13 to 26 minutes"),
        ("It was built in 1990.", "in the 1990s"),
        ("It gains 3-5%.", "a gain of 3--5%"),
        ("It gains 12.5 %.", "a gain of 12·5 %"),
        ("A change of -0.5.", "a change of –0.5"),
        ("A rate of 5 × 10^-8.", "a rate of 5 × 10(-8)"),
        ("It holds 5·10^6 grains.", "5,000,000 grains"),
        ("A dose of 5 milligrams.", "a dose of 5 mg"),
        ("It takes 5 mins.", "within 5 minutes"),
        ("A pinch of 2 μg.", "a pinch of 2 µg"),
    ],
)
def test_equal_quantities_match_in_any_notation(sentence: str, source: str) -> None:
    assert unmatched(sentence, source) == []


@pytest.mark.parametrize(
    ("sentence", "source", "missing"),
    [
        ("It gains 5.1%.", "a gain of 1.5%", ["5.1"]),
        ("It gains 26%.", "a gain of 26.47%", ["26"]),
        ("It has 7 million.", "It has 7 billion.", ["7 million"]),
        ("It takes 12 hours.", "in 1.2 hours, 2 times", ["12"]),
        ("It is three times faster.", "It is faster.", ["three"]),
        ("It takes 1,000 runs.", "It takes 1, 0 or 100 runs.", ["1,000"]),
    ],
)
def test_different_values_do_not_match(sentence: str, source: str, missing: list[str]) -> None:
    assert unmatched(sentence, source) == missing


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("It gains 12.5 %.", "within 12.5 ms"),
        ("It gains 3 %.", "a gain of 3 points"),
        ("It gains 3 points.", "a gain of 3 %"),
        ("It is 3x faster.", "3% faster"),
        ("It is 8x faster.", "on 8 ovens"),
        ("It gains 3 %.", "with 3 layers"),
        ("It is 8x faster.", "on 8 GPUs"),
        ("It gains 12 %.", "on 12 NLP benchmarks"),
        ("It helps 3 % of them.", "It helps 3 of 45."),
        ("A dose of 10 mg/kg.", "a dose of 10 µg/kg"),
        ("At 500 TeV.", "at 500 GeV"),
        ("It takes 12 hours.", "It takes 12 minutes."),
        ("It takes 5 MB.", "It takes 5 GB."),
        ("It is off by 4 mm.", "It is off by 4 cm."),
        ("It uses 4 bits.", "It uses 4 ms."),
        ("It gains 50 %.", "We test ResNet-50."),
        ("It takes half of them.", "It takes a third of them."),
        ("It gains 5 %.", "a gain of 12·5 %"),
    ],
)
def test_different_dimensions_do_not_match(sentence: str, source: str) -> None:
    assert unmatched(sentence, source) != []


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("It gains 3.5 there.", "a change of -3.5"),
        ("A change of +3.5.", "a change of −3.5"),
        ("A change of -3.5.", "a change of 3.5"),
        ("A change of +0.5.", "a change of –0.5"),
    ],
)
def test_opposite_signs_do_not_match(sentence: str, source: str) -> None:
    assert unmatched(sentence, source) != []


@given(st.text(max_size=300))
def test_every_quantity_matches_itself(text: str) -> None:
    assert unmatched(text, text) == []


_WRITINGS = st.sampled_from(
    """1,000|-3|2.5 |7B|10^5|1e-4|half|two-thirds|eight-fold|1/3|doubling|twenty-five| %| ms|x
    | points| to |-|/|GPT-4|. """.split("|")
)


@given(st.lists(_WRITINGS).map("".join))
def test_every_quantity_in_a_random_chain_of_numbers_and_units_matches_itself(text: str) -> None:
    assert unmatched(text, text) == []


@given(st.integers(13, 10**6), st.text(st.characters(categories=["Ll", "Zs"]), max_size=80))
def test_number_does_not_match_a_text_without_numbers(number: int, source: str) -> None:
    if not find_quantities(source):
        assert unmatched(f"It reaches {number} marks.", source) == [str(number)]
