"""Numbers of abstracts with their unit, what they measure, their data set and method."""

import pytest

from assistant.library.results import Result, read_results
from assistant.papers import Paper


def read(abstract: str, title: str = "A Study of Loaves") -> list[Result]:
    return list(read_results(Paper(title=title, abstract=abstract)))


@pytest.mark.parametrize(
    ("abstract", "value", "measures"),
    [
        ("It has a mean accuracy of up to 93% here.", "93%", "mean accuracy"),
        ("DoughNet reaches 82.5% top-1 accuracy on BunBench.", "82.5%", "top-1 accuracy"),
        ("The error rate of our oven (E3) is only 4 mm.", "4 mm", "error rate"),
        ("Sensitivity was high (AUC = 0.93).", "0.93", "AUC"),
        ("It keeps 96% of the taste.", "96%", "share of taste"),
        ("It gains 5.1% in rise score.", "5.1%", "rise score"),
        ("It bakes 2.5x faster than before.", "2.5x", "faster"),
        ("It needs 20x fewer ovens.", "20x", "fewer ovens"),
        ("This reduces baking time by 40%.", "40%", "baking time"),
        ("We trained on 18 trillion crumbs in total.", "18 trillion", "crumbs"),
        ("It has an improvement over DoughNet of 8.3%.", "8.3%", "improvement"),
        # Where the sentence does not say it in a readable form, nothing is guessed.
        ("It beats DoughNet by 2%.", "2%", ""),
        ("It is 12% relative to the baseline.", "12%", ""),
        ("Loaves took 26 instead of 13 minutes.", "26", ""),
    ],
)
def test_what_is_measured_is_read_from_the_words_around_a_number(
    abstract: str, value: str, measures: str
) -> None:
    first = read(abstract)[0]
    assert (first.value, first.measures) == (value, measures)


@pytest.mark.parametrize(
    ("abstract", "measures"),
    [
        ("Accuracy rises by 3% to 6%.", "Accuracy rises"),
        ("The cost drops by 8-10 times.", "cost drops"),
        ("It bakes loaves of 32K to 512K crumbs.", "crumbs"),
        # Not adjacent, so what the second one measures stays unknown.
        ("It has an accuracy of 3% and beats DoughNet by 6%.", ""),
    ],
)
def test_both_ends_of_a_range_measure_the_same(abstract: str, measures: str) -> None:
    *_, last = read(abstract)
    assert last.measures == measures


def test_data_set_is_named_after_on() -> None:
    results = read("On BunBench, it scores 66.0% AP on ROLLS test-dev and 67.9% on BAGELS val.")
    assert [one.data_set for one in results] == ["ROLLS test-dev", "BAGELS val"]
    [one] = read("On BunBench and ROLLS, it scores 66.0% AP.")
    assert one.data_set == "BunBench and ROLLS"
    [one] = read("On BunBench loaves DoughNet averages a score of 73.76.")
    assert one.data_set == "BunBench loaves"


def test_hardware_and_models_are_no_data_sets() -> None:
    [took, gained] = read("It takes 3 hours on ToastGPU. It gains 3% on LLaMA-7B.")
    assert (took.data_set, gained.data_set) == ("", "")


def test_method_is_the_named_one_of_the_title_or_the_subject() -> None:
    [own] = read("On ROLLS the gain of DoughNet is 3%.", title="DoughNet: Neurons of Yeast")
    [subject] = read("With yeast, DoughNet reaches 93% accuracy.")
    [none] = read("We reach 93% accuracy on CIFAR-10 and CIFAR-100.")
    assert (own.method, subject.method, none.method) == ("DoughNet", "DoughNet", "")


def test_both_ends_of_a_range_have_its_unit() -> None:
    low, high = read("It takes 13 to 26 minutes.")
    assert (low.value, low.amount, high.amount) == ("13 minutes", 13 * 60, 26 * 60)


@pytest.mark.parametrize(
    "abstract",
    [
        "(1) It rises.",
        "Loaf et al. (2023) knead in 2021.",
        "We compare with Llama 3.1, GPT-4 and LLaMa-3-8B.",
        "A 3D oven for zero-shot baking.",
        "Two further ideas are new.",
    ],
)
def test_numerals_years_versions_and_parts_of_words_are_no_results(abstract: str) -> None:
    assert read(abstract) == []


def test_result_quotes_its_sentence() -> None:
    [one] = read("We bake. The loaves rise by 4 mm.")
    assert one.quote == "The loaves rise by 4 mm."
    assert one.paper.abstract[one.start] == "4"
