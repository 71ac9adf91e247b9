"""Prompt templates: the shipped ones, and those of a folder in their place."""

from pathlib import Path

import pytest

from assistant.errors import InputError
from assistant.llm import Block, prompts_fingerprint, render_prompt

OWN = '{% extends "reading.jinja" %}{% block task %}Answer in rhyme.{% endblock %}'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "answer.jinja").write_text(OWN, encoding="utf-8")
    return tmp_path


def test_a_template_of_the_folder_takes_the_place_of_the_shipped_one(folder: Path) -> None:
    shipped = render_prompt("answer", question="Why?").messages
    own = render_prompt("answer", folder=str(folder), question="Why?").messages
    assert own[0] == shipped[0]
    assert own[1].content == "Question: Why?\n\nAnswer in rhyme."


def test_the_other_templates_stay(folder: Path) -> None:
    shipped = render_prompt("decide", question="Why?")
    assert render_prompt("decide", folder=str(folder), question="Why?") == shipped


def test_other_prompts_have_another_fingerprint(folder: Path) -> None:
    assert prompts_fingerprint(str(folder)) != prompts_fingerprint()


@pytest.mark.parametrize("name", ["anwser.jinja", "paper.jinja"])
def test_a_template_that_takes_no_place_is_told(folder: Path, name: str) -> None:
    (folder / name).write_text(OWN, encoding="utf-8")
    with pytest.raises(InputError, match=rf"{name} takes no template's place. Name it after one"):
        prompts_fingerprint(str(folder))


@pytest.mark.parametrize("wrong", ["{% block task %}", "{{ never_given }}", "{% unheard of %}"])
def test_a_template_that_cannot_be_filled_is_told(folder: Path, wrong: str) -> None:
    (folder / "answer.jinja").write_text(
        f'{{% extends "reading.jinja" %}}{{% block ask %}}{wrong}{{% endblock %}}', encoding="utf-8"
    )
    with pytest.raises(InputError, match=r"answer\.jinja cannot be filled"):
        render_prompt("answer", folder=str(folder), question="Why?")


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="There is no folder"):
        render_prompt("answer", folder=str(tmp_path / "none"), question="Why?")


def test_what_was_said_before_becomes_turns_behind_the_papers() -> None:
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
    assert reply.content == "Glaciers  do."  # the mark of a turn cannot be forged
    assert last.content.startswith("Question: and where?")


def test_a_turn_of_the_model_at_the_end_is_what_its_answer_begins_with() -> None:
    block = Block("Glaciers", ("They melt.",), (0,))
    question = "How do glaciers and IceTrack differ?"
    named = render_prompt("part", [block], question=question, title="Glaciers", name="IceTrack")
    assert named.begun == "IceTrack"
    assert named.messages[-1].role == "user"
    described = render_prompt("part", [block], question=question, title="Glaciers", name=None)
    assert described.begun == ""


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
def test_what_is_asked_ends_with_a_question_mark_however_it_was_typed(text: str) -> None:
    asked = render_prompt("answer", question=text)
    assert asked.messages[-1].content == "Question: How fast is it?"
