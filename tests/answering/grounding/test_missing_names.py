"""Names of a sentence that its sources do not have."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.grounding.names import missing_names, spelled_out_words


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
def test_name_matches_its_spelling_variants(sentence: str, source: str) -> None:
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
def test_name_does_not_match_a_longer_or_different_name(
    sentence: str, source: str, missing: tuple[str, ...]
) -> None:
    assert missing_names(sentence, [source]) == missing


@given(st.text(max_size=300))
def test_text_lacks_none_of_its_own_names(text: str) -> None:
    assert missing_names(text, [text]) == ()


def test_words_that_spell_out_a_known_abbreviation_are_found() -> None:
    text = "It is trained by Proximal Policy Optimization (PPO)."
    assert spelled_out_words(text, ["We train it with PPO."]) == {
        "Proximal",
        "Policy",
        "Optimization",
    }


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
def test_long_form_may_have_linking_words_hyphens_and_a_plural_abbreviation(
    text: str, source: str, words: str
) -> None:
    assert spelled_out_words(text, [source]) == set(words.split())


def test_unknown_abbreviation_or_unrelated_words_spell_out_nothing() -> None:
    text = "It is trained by Proximal Policy Optimization (PPO)."
    assert spelled_out_words(text, ["We train it with DPO."]) == frozenset()
    assert spelled_out_words("It is trained on Nice Birds (PPO).", ["We use PPO."]) == frozenset()
