"""The names of a sentence must stand in its source; this finds those that do not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.grounding.names import missing_names, spelt_out


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("We use Flickr30K and GPT4.", "on flickr-30k with GPT-4"),
        ("We use Flickr30K.", "on Flickr 30K"),
        ("We use BERT.", "We use BERT-large."),
        ("We use Qwen and GPT.", "We use Qwen2.5 and GPT-4."),
        ("It resembles LoRA-like and LEP-adapted ones.", "It resembles LoRA and LEP."),
        ("We use CNNs.", "We use a CNN."),
        ("We use a CNN.", "We use CNNs."),
        ("It is good at Reinforcement Learning.", "It is good at reinforcement learning."),
        ("It is good at RL.", "It is good at reinforcement learning."),
        ("It is the SOTA.", "It is the state of the art."),
        ("We test on CIFAR-100.", "on CIFAR-10/100"),
        ("We test on CIFAR-100.", "on CIFAR-10 and -100"),
        ("The Frechet distance", "the Fréchet distance"),
    ],
)
def test_a_name_is_supported_however_it_is_written(sentence: str, source: str) -> None:
    assert missing_names(sentence, [source]) == ()


@pytest.mark.parametrize(
    ("sentence", "source", "missing"),
    [
        ("We use BERT.", "on flickr-30k with GPT-4", ("BERT",)),
        ("We use BERT.", "We use RoBERTa.", ("BERT",)),
        ("We use a GAN.", "An organ plays.", ("GAN",)),
        ("We use LoRA.", "We use QLoRA.", ("LoRA",)),
        ("We test on CIFAR-100.", "on CIFAR-10", ("CIFAR-100",)),
        ("We use GPT-4.", "We use GPT-3 and Llama-4.", ("GPT-4",)),
        ("It runs in Ada.", "We read and adapt.", ("Ada",)),
    ],
)
def test_a_name_inside_or_beside_another_is_another(
    sentence: str, source: str, missing: tuple[str, ...]
) -> None:
    assert missing_names(sentence, [source]) == missing


@given(st.text(max_size=300))
def test_a_text_supports_itself(text: str) -> None:
    assert missing_names(text, [text]) == ()


def test_the_words_of_a_known_abbreviation_are_told() -> None:
    text = "It is trained by Proximal Policy Optimization (PPO)."
    assert spelt_out(text, ["We train it with PPO."]) == {"Proximal", "Policy", "Optimization"}


@pytest.mark.parametrize(
    ("text", "source", "words"),
    [
        (
            "Reinforcement Learning from Human Feedback (RLHF) helps.",
            "We use RLHF.",
            "Reinforcement Learning from Human Feedback",
        ),
        ("It adds Low-Rank Adaptation (LoRA).", "LoRA is cheap.", "Low-Rank Adaptation"),
        (
            "Convolutional Neural Networks (CNNs) do.",
            "A CNN does.",
            "Convolutional Neural Networks",
        ),
    ],
)
def test_linking_words_parts_of_words_and_a_plural_are_spelt_out_too(
    text: str, source: str, words: str
) -> None:
    assert spelt_out(text, [source]) == set(words.split())


def test_an_unknown_abbreviation_or_other_words_before_it_spell_out_nothing() -> None:
    text = "It is trained by Proximal Policy Optimization (PPO)."
    assert spelt_out(text, ["We train it with DPO."]) == frozenset()
    assert spelt_out("It is trained on Nice Birds (PPO).", ["We use PPO."]) == frozenset()
