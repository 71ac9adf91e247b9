"""``assistant answers``: the answers that were saved on the chat page."""

import json
import sys
from contextlib import closing
from pathlib import Path

import pytest
from command_line import Run

sys.path.insert(0, str(Path(__file__).parents[1] / "chat"))

from made_up_exchanges import answered_exchange, save_conversation

from assistant.library import Conversations
from assistant.library.conversations import FILE_NAME

DOUGH = "How far does it rise?"


@pytest.fixture
def number(library_folder: Path) -> int:
    """The number of a saved answer of the account ada, which has a note."""
    with closing(Conversations(library_folder / FILE_NAME)) as conversations:
        id_ = save_conversation(conversations, [answered_exchange(DOUGH)], owner="ada")
        [exchange] = conversations.exchanges(id_)
        conversations.saved_answers.add("ada", exchange.number)
        conversations.saved_answers.save_note("ada", exchange.number, "For chapter 2.")
        return exchange.number


def test_saved_answers_are_listed(run: Run, number: int) -> None:
    listed = run("answers", "list", "chapter", "--account", "ada")
    assert listed.out.split(maxsplit=2)[0] == str(number)
    assert listed.out.endswith(f"{DOUGH}\n")
    assert run("answers", "list", "trams", "--account", "ada").out == ""
    assert run("answers", "list").out == ""

    [answer] = json.loads(run("answers", "list", "--account", "ada", "--json").out)
    assert (answer["question"], answer["note"]) == (DOUGH, "For chapter 2.")
    assert answer["answer"]["citations"][0]["quote"] == "DoughNet rises 4 mm."


@pytest.mark.usefixtures("number")
def test_saved_answers_are_exported_with_references_and_notes(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "answers.md"
    assert run("answers", "export", "--account", "ada", "--out", file).err.startswith("1 answer ")
    text = file.read_text(encoding="utf-8")
    assert "### References" in text
    assert "> For chapter 2." in text
    assert run("answers", "export", "--account", "ada").out == text
    assert run("answers", "export", "--account", "ada", "--out", file).code == 2  # it exists


def test_saved_answer_is_removed(run: Run, number: int) -> None:
    wrong = run("answers", "remove", number, number + 1, "--account", "ada")
    assert wrong.code == 2
    assert f"the number {number + 1};" in wrong.err
    assert run("answers", "remove", number).code == 2  # it is ada's
    assert run("answers", "remove", number, "--account", "ada").out == "1 removed\n"
    assert run("answers", "list", "--account", "ada").out == ""


def test_library_without_conversations_is_reported(run: Run, library_folder: Path) -> None:
    assert library_folder.exists()
    outcome = run("answers", "list")
    assert outcome.code == 2
    assert "in the chat" in outcome.err
