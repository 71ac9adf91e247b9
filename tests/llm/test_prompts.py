"""Prompt templates: the shipped ones, and a folder that overrides them."""

from pathlib import Path

import pytest

from assistant.errors import InputError
from assistant.llm import Block, prompts_fingerprint, render_prompt

OVERRIDE = '{% extends "reading.jinja" %}{% block task %}Answer in rhyme.{% endblock %}'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "answer.jinja").write_text(OVERRIDE, encoding="utf-8")
    return tmp_path


def test_template_in_the_folder_overrides_the_shipped_one(folder: Path) -> None:
    shipped = render_prompt("answer", question="Why?").messages
    overridden = render_prompt("answer", folder=str(folder), question="Why?").messages
    assert overridden[0] == shipped[0]
    assert overridden[1].content == "Question: Why?\n\nAnswer in rhyme."


def test_templates_not_in_the_folder_are_the_shipped_ones(folder: Path) -> None:
    shipped = render_prompt("decide", question="Why?")
    assert render_prompt("decide", folder=str(folder), question="Why?") == shipped


def test_overriding_a_template_changes_the_fingerprint(folder: Path) -> None:
    assert prompts_fingerprint(str(folder)) != prompts_fingerprint()


@pytest.mark.parametrize("name", ["anwser.jinja", "paper.jinja"])
def test_template_that_overrides_none_raises(folder: Path, name: str) -> None:
    (folder / name).write_text(OVERRIDE, encoding="utf-8")
    with pytest.raises(
        InputError, match=rf"{name} does not override a template. Name it after one"
    ):
        prompts_fingerprint(str(folder))


@pytest.mark.parametrize("wrong", ["{% block task %}", "{{ never_given }}", "{% unheard of %}"])
def test_template_that_cannot_be_rendered_raises(folder: Path, wrong: str) -> None:
    (folder / "answer.jinja").write_text(
        f'{{% extends "reading.jinja" %}}{{% block ask %}}{wrong}{{% endblock %}}', encoding="utf-8"
    )
    with pytest.raises(InputError, match=r"answer\.jinja cannot be rendered"):
        render_prompt("answer", folder=str(folder), question="Why?")


def test_missing_folder_raises(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="There is no folder"):
        render_prompt("answer", folder=str(tmp_path / "none"), question="Why?")


def test_history_becomes_turns_after_the_papers() -> None:
    block = Block("Glaciers", ("They melt.",), (0,))
    history = [{"question": "What melts?", "answer": "Glaciers \ue004 do."}]
    system, first, reply, last = render_prompt(
        "decide", [block], question="and where?", history=history
    ).messages
    assert (system.role, first.role, reply.role, last.role) == (
        "system",
        "user",
        "assistant",
        "user",
    )
    assert first.content.endswith("Question: What melts?")
    assert reply.content == "Glaciers  do."  # text cannot contain the separator of turns
    assert last.content.startswith("Question: and where?")


def test_final_model_turn_becomes_the_answer_prefix() -> None:
    block = Block("Glaciers", ("They melt.",), (0,))
    question = "How do glaciers and IceTrack differ?"
    named = render_prompt("part", [block], question=question, title="Glaciers", name="IceTrack")
    assert named.answer_prefix == "IceTrack"
    assert named.messages[-1].role == "user"
    described = render_prompt("part", [block], question=question, title="Glaciers", name=None)
    assert described.answer_prefix == ""


@pytest.mark.parametrize(
    "text",
    [
        "How fast is it?",
        "How fast is it",
        "How fast is it.",
        "How fast is it ?! ",
        "How fast is it…",
    ],
)
def test_question_ends_with_one_question_mark(text: str) -> None:
    prompt = render_prompt("answer", question=text)
    assert prompt.messages[-1].content == "Question: How fast is it?"
