"""Names in questions, and the papers that mention them."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.collection.name_filter import NameFilter, parse_name_filter
from assistant.evaluation import load_questions
from assistant.papers import sample_papers

_TEXTS = [paper.text for paper in sample_papers()]


def _names(criterion: str) -> NameFilter:
    names = parse_name_filter(criterion, _TEXTS)
    assert names is not None
    return names


@pytest.mark.parametrize(
    ("criterion", "wanted"),
    [
        ("evaluate on CIFAR-100", ["CIFAR-100"]),
        ("compare with Megatron-LM or Rainbow Teaming", ["Megatron-LM", "Rainbow Teaming"]),
        ("Qwen2.5 and OLMo 2", ["Qwen2.5", "OLMo 2"]),
        ("use imagenet", ["imagenet"]),
        ("use mistral models", ["mistral"]),
        ("evaluate on the Penn Treebank", ["Penn Treebank"]),
    ],
)
def test_names_are_recognised_by_spelling_in_the_question_or_the_papers(
    criterion: str, wanted: list[str]
) -> None:
    assert [name.name for name in _names(criterion).required] == wanted


@pytest.mark.parametrize(
    "criterion",
    [
        "continual learning",
        "Reinforcement Learning",
        "materials science",
        "a speed-up over 1.5x",
        "models of 30 billion parameters",
        "a language other than English",
        "",
    ],
)
def test_other_words_are_not_names_even_with_a_capital(criterion: str) -> None:
    names = parse_name_filter(criterion, _TEXTS)
    assert names is None or names.excluded


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("CIFAR-100", "on CIFAR100 and"),
        ("CIFAR-100", "on 10-Split-CIFAR-100"),
        ("cifar 100", "on CIFAR-100."),
        ("GSM8K", "on GSM8k, and"),
        ("Llama-3", "LLaMA3 models"),
        ("Llama-3", "with Llama 3 (8B)"),
        ("Llama-3", "Llama-3-8B"),
        ("ResNets", "a ResNet-18"),
        ("ResNet", "with resnet101"),
        ("Qwen", "Qwen2.5-7B"),
        ("GPT-4", "than GPT-4."),
        ("Tülu 3", "TULU 3 is"),
        ("LSTM", "long short-term memory networks"),
    ],
)
def test_name_matches_all_its_spellings(name: str, text: str) -> None:
    assert _names(f"use {name}").matches(text)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("CIFAR-10", "on CIFAR-100"),
        ("CIFAR-100", "on CIFAR-10"),
        ("Llama-3", "on Llama 3.1"),
        ("GPT-4", "on GPT-4o"),
        ("BERT", "RoBERTa and SentenceBert"),
        ("MNIST", "on FMNIST"),
        ("CLIP", "clipping eclipses"),
        ("MATH", "solves math problems"),
        ("LoRA", "ReLoRA"),
    ],
)
def test_name_does_not_match_other_names(name: str, text: str) -> None:
    assert not _names(f"use {name}").matches(text)


def test_names_inside_words_match_if_the_question_asks_for_a_family() -> None:
    assert _names("use some version of ImageNet").matches("on miniImageNet")
    assert not _names("use ImageNet").matches("on miniImageNet")


def test_question_determines_whether_all_or_any_names_must_match() -> None:
    both, one = "on CIFAR-10 and CIFAR-100", "on CIFAR-100"
    assert _names("use both CIFAR-10 and CIFAR-100").matches(both)
    assert not _names("use both CIFAR-10 and CIFAR-100").matches(one)
    assert _names("use CIFAR-10 or CIFAR-100").matches(one)
    assert _names("use CIFAR-100 but not CIFAR-10").matches(one)
    assert not _names("use CIFAR-100 but not CIFAR-10").matches(both)


def test_filter_is_whole_criterion_only_if_nothing_else_is_asked() -> None:
    assert _names("report results on GSM8K").is_whole_criterion
    assert not _names("fine-tune Mistral on legal texts").is_whole_criterion


def test_name_filter_finds_the_papers_of_the_development_questions() -> None:
    for question in load_questions("collection"):
        if question.subject == "name" and question.id.startswith("development"):
            names = _names(question.text.split(" ", 2)[2])
            found = {
                paper.title
                for paper, text in zip(sample_papers(), _TEXTS, strict=True)
                if names.matches(text)
            }
            assert found - set(question.borderline) == set(question.papers), question.text


@given(st.text(alphabet=string.printable, max_size=60))
def test_any_criterion_can_be_parsed(criterion: str) -> None:
    names = parse_name_filter(criterion, _TEXTS[:3])
    assert names is None or all(name.name in criterion for name in names.required)
