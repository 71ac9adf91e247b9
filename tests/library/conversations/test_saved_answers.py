"""The store of saved answers: who sees them, what they outlive, searching, removing, restoring."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from assistant.library.backup.archive import write_backup
from assistant.library.backup.restore import restore_backup
from assistant.library.catalogue import Catalogue
from assistant.library.conversations import FILE_NAME, Conversations, records


@pytest.fixture
def conversations(tmp_path: Path) -> Iterator[Conversations]:
    opened = Conversations(tmp_path / FILE_NAME)
    yield opened
    opened.close()


def _save(conversations: Conversations, text: str, owner: str = "") -> int:
    """Save an answer in a new conversation; return its number."""
    conversation = conversations.start(owner, text)
    number = conversations.add_exchange(conversation.id, 0, text, f'{{"question": "{text}"}}')
    conversations.saved_answers.add(owner, number)
    return number


def test_latest_saved_answer_is_first(conversations: Conversations) -> None:
    first = _save(conversations, "How does dough rise?")
    second = _save(conversations, "Who rides trams?")

    assert conversations.saved_answers.find("") == [second, first]
    [saved, _] = conversations.saved_answers.get("", [second, first])
    assert saved.content == '{"question": "Who rides trams?"}'
    assert saved.title == "Who rides trams?"
    assert saved.saved > 0


def test_exchange_tells_whether_its_answer_is_saved(conversations: Conversations) -> None:
    number = _save(conversations, "How does dough rise?")
    [conversation] = conversations.all("")
    assert [one.saved for one in conversations.exchanges(conversation.id)] == [True]
    conversations.saved_answers.remove("", number)
    assert [one.saved for one in conversations.exchanges(conversation.id)] == [False]


def test_owner_sees_and_changes_own_saved_answers_only(conversations: Conversations) -> None:
    number = _save(conversations, "Mine", owner="ada")
    other = conversations.add_exchange(conversations.start("ada", "Hers").id, 0, "Hers", "{}")
    saved = conversations.saved_answers

    saved.add("bo", other)
    saved.save_note("bo", number, "Stolen")
    saved.remove("bo", number)

    assert saved.find("bo") == []
    assert saved.get("bo", [number, other]) == []
    assert saved.find("ada") == [number]
    assert [one.note for one in saved.get("ada", [number])] == [""]


def test_saved_answer_outlives_its_conversation(conversations: Conversations) -> None:
    number = _save(conversations, "How does dough rise?")
    [conversation] = conversations.all("")
    saved = conversations.saved_answers
    assert saved.get("", [number])[0].conversation == conversation.id

    conversations.rename("", conversation.id, "Baking")
    removal = conversations.remove("", conversation.id)
    assert saved.get("", [number])[0].conversation == ""
    conversations.restore(removal)
    assert saved.get("", [number])[0].conversation == conversation.id

    conversations.remove("", conversation.id)
    conversations.purge()
    [kept] = saved.get("", [number])
    assert (kept.title, kept.conversation) == ("Baking", "")


def test_all_words_are_found_in_text_note_and_title(conversations: Conversations) -> None:
    dough = _save(conversations, "How does dough rise? By yeast, says Fréchet.")
    _save(conversations, "Who rides trams?")
    saved = conversations.saved_answers
    saved.save_note("", dough, "For chapter 2")

    assert saved.find("", "YEAST dou") == [dough]
    assert saved.find("", "frechet chapter") == [dough]
    assert saved.find("", "yeast trams") == []
    assert len(saved.find("", "  ")) == 2


def test_removed_answer_can_be_restored_until_purged(conversations: Conversations) -> None:
    number = _save(conversations, "How does dough rise?")
    saved = conversations.saved_answers
    saved.save_note("", number, " For chapter 2 ")

    removal = saved.remove("", number)
    assert saved.find("") == []
    assert conversations.restore(removal)
    assert [one.note for one in saved.get("", [number])] == ["For chapter 2"]

    removal = saved.remove("", number)
    conversations.purge()
    assert not conversations.restore(removal)


def test_answer_that_is_saved_again_keeps_its_note(conversations: Conversations) -> None:
    number = _save(conversations, "How does dough rise?")
    saved = conversations.saved_answers
    saved.save_note("", number, "For chapter 2")
    saved.add("", number)
    saved.remove("", number)
    saved.add("", number)
    assert [one.note for one in saved.get("", [number])] == ["For chapter 2"]


def test_saved_answers_are_part_of_a_backup(tmp_path: Path) -> None:
    library, restored = tmp_path / "library", tmp_path / "restored"
    library.mkdir()
    Catalogue(library / "catalogue.sqlite").close()
    with closing(Conversations(library / FILE_NAME)) as conversations:
        number = _save(conversations, "How does dough rise?")
    write_backup(library, tmp_path / "backup.zip")
    restore_backup(restored, tmp_path / "backup.zip")
    with closing(Conversations(restored / FILE_NAME)) as conversations:
        assert conversations.saved_answers.find("") == [number]


def test_file_of_the_second_schema_gets_saved_answers(tmp_path: Path) -> None:
    folder = Path(records.__file__).parent
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as old:
        for name in ("schema.sql", "schema-2.sql"):
            old.executescript((folder / name).read_text(encoding="utf-8"))
    with closing(Conversations(tmp_path / FILE_NAME)) as conversations:
        number = _save(conversations, "How does dough rise?")
        assert conversations.saved_answers.find("") == [number]
