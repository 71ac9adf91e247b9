"""Recognising questions about the collection, and their criterion."""

import json
from pathlib import Path

import pytest

from assistant.answering.question.collection_question import parse_collection_question
from assistant.evaluation import load_questions


@pytest.mark.parametrize(
    ("question", "criterion"),
    [
        ("Which papers evaluate on CIFAR-100?", "evaluate on CIFAR-100"),
        ("How many papers are about continual learning?", "continual learning"),
        ("List everything that reports a speed-up over 1.5x.", "speed-up over 1.5x"),
        ("papers about quantization", "quantization"),
        ("Papers using LoRA", "LoRA"),
        ("Recent papers on continual learning?", "continual learning"),
        ("Overview of papers on robotics", "robotics"),
        ("Name papers that use BERT.", "BERT"),
        ("Which recent and relevant papers use BERT?", "BERT"),
        ("Can you recommend some good recent papers about speech?", "speech"),
        ("Any work on speech?", "speech"),
        ("anything on GSM8K?", "GSM8K"),
        ("Is there anything about chip design?", "chip design"),
        ("Do any of these papers use Mistral?", "Mistral"),
        ("Does any paper here talk about federated learning?", "federated learning"),
        ("Has anyone looked into unlearning?", "unlearning"),
        ("Who uses CLIP?", "CLIP"),
        ("Where is GSM8K used?", "GSM8K"),
        ("I'd like to know which papers are about robotics.", "robotics"),
        ("Could you list all of the papers dealing with data augmentation?", "data augmentation"),
        ("I'm looking for papers on diffusion models", "diffusion models"),
        ("Which of these 109 papers come with code?", "code"),
        ("Of the papers in the library, which ones use LoRA?", "LoRA"),
        ("What fraction of the papers release code?", "release code"),
        ("What research is there on active learning?", "active learning"),
        ("What literature exists on unlearning?", "unlearning"),
        ("What do the papers say about catastrophic forgetting?", "catastrophic forgetting"),
        ("Do the papers agree that warmup helps?", "warmup helps"),
        ("Everything you have on curriculum learning", "curriculum learning"),
        ("Give me an overview of the work on distillation", "distillation"),
        ("How often is CIFAR-10 used in the papers?", "CIFAR-10"),
        ("Does the collection contain anything on causal reasoning?", "causal reasoning"),
        ("I am writing about tokenizers. Which papers should I cite?", "tokenizers"),
        ("Which of the documents are surveys?", "surveys"),
        ("Which methods save 30% or more of the memory?", "save 30% or more of the memory"),
        ("Who trains on fewer than three GPUs?", "trains on fewer than three GPUs"),
    ],
)
def test_question_for_papers_in_the_plural_is_a_collection_question(
    question: str, criterion: str
) -> None:
    asked = parse_collection_question(question)
    assert asked is not None
    assert not asked.is_comparison
    assert asked.criterion == criterion


@pytest.mark.parametrize(
    "question",
    [
        "Which paper introduces LightSeq?",
        "Which method works best on COCO?",
        "Which methods work best on COCO?",
        "Which methods does BossNAS beat by at least 2%?",
        "Who was asked at least ten questions?",
        "Which two papers use curriculum learning?",
        "How many papers were reviewed in the survey?",
        "What gets pulled out of a few expert papers before new text is made up?",
        "How many articles on average form a bundle?",
        "Which years of publications does the survey cover?",
        "A planner of studies is taught by articles. Each article is coupled with what?",
        "How many pairs of papers and ideas were collected?",
        "What do the authors of SLCA say about the learning rate?",
        "Is there any evidence that MeCo helps?",
        "List the datasets used by CaBaGe.",
        "Does the work on SST study machine translation?",
        "What does the survey on data augmentation cover?",
        "Which works better, IBP or CROWN-IBP?",
        "In the paper on papers and follow-up ideas, what does RL optimise?",
        "Explain everything about LightSeq.",
        "How many documents does EntiGraph rewrite?",
        "Compare how Bone and LoRA update the weights.",
        "What is LightSeq?",
        "",
    ],
)
def test_question_about_one_paper_is_not_a_collection_question(question: str) -> None:
    assert parse_collection_question(question) is None


@pytest.mark.parametrize(
    "question",
    ["Compare LightSeq and Megatron-LM.", "contrast OLMo 2 with Qwen2.5", "LoRA vs. Bone"],
)
def test_question_to_compare_two_named_things_is_a_comparison(question: str) -> None:
    asked = parse_collection_question(question)
    assert asked is not None
    assert asked.is_comparison


@pytest.mark.parametrize("question", ["List all papers.", "What do these papers disagree on?"])
def test_criterion_is_empty_if_the_question_asks_for_all_papers(question: str) -> None:
    asked = parse_collection_question(question)
    assert asked is not None
    assert asked.criterion == ""


def test_every_question_of_the_collection_set_has_a_criterion() -> None:
    for question in load_questions("collection"):
        asked = parse_collection_question(question.text)
        assert asked is not None, question.text
        assert asked.criterion, question.text


@pytest.mark.parametrize("name", ["sample", "own-words", "verdicts"])
def test_under_one_percent_of_single_paper_questions_are_taken_for_collection_questions(
    name: str,
) -> None:
    _check_misclassified([question.text for question in load_questions(name)])


def test_under_one_percent_of_shared_questions_are_taken_for_collection_questions(
    shared_folder: Path,
) -> None:
    lines = (shared_folder / "eval" / "seed_questions.jsonl").read_text(encoding="utf-8")
    _check_misclassified([json.loads(line)["question"] for line in lines.splitlines()])


def _check_misclassified(questions: list[str]) -> None:
    misclassified = [text for text in questions if parse_collection_question(text)]
    assert len(misclassified) < len(questions) / 100, misclassified
