"""The store of conversations: saving, searching, removing and restoring."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import LibraryError
from assistant.library.conversations import Conversations, Feedback, records


@pytest.fixture
def conversations(tmp_path: Path) -> Iterator[Conversations]:
    opened = Conversations(tmp_path / "conversations.sqlite")
    yield opened
    opened.close()


def _titles(conversations: Conversations, owner: str = "", search: str = "") -> list[str]:
    return [one.title for one in conversations.all(owner, search)]


def _contents(conversations: Conversations, id_: str) -> list[str]:
    return [exchange.content for exchange in conversations.exchanges(id_)]


def test_conversation_is_there_after_reopening(tmp_path: Path) -> None:
    before = Conversations(tmp_path / "conversations.sqlite")
    started = before.start("", "How does dough rise?")
    number = before.add_exchange(started.id, 0, "How does dough rise?", "{}")
    before.update_exchange(number, "How does dough rise? By yeast.", '{"answer": "By yeast."}')
    before.close()

    after = Conversations(tmp_path / "conversations.sqlite")
    assert _titles(after) == ["How does dough rise?"]
    assert _contents(after, started.id) == ['{"answer": "By yeast."}']
    after.close()


def test_saved_exchange_survives_killed_process(tmp_path: Path) -> None:
    path = tmp_path / "conversations.sqlite"
    program = (
        "import os, sys; from pathlib import Path\n"
        "from assistant.library.conversations import Conversations\n"
        "conversations = Conversations(Path(sys.argv[1]))\n"
        "id = conversations.start('', 'Saved').id\n"
        "conversations.add_exchange(id, 0, 'Saved', '{}')\n"
        "os.kill(os.getpid(), 9)\n"
    )
    subprocess.run(
        [sys.executable, "-c", program, str(path)],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        check=False,
    )

    conversations = Conversations(path)
    [saved] = conversations.all("")
    assert len(conversations.exchanges(saved.id)) == 1
    conversations.close()


def test_most_recently_changed_conversation_is_first(conversations: Conversations) -> None:
    old = conversations.start("", "Old")
    conversations.start("", "New")
    assert _titles(conversations) == ["New", "Old"]
    conversations.add_exchange(old.id, 0, "again", "{}")
    assert _titles(conversations) == ["Old", "New"]


def test_owner_sees_and_changes_own_conversations_only(conversations: Conversations) -> None:
    mine = conversations.start("ada", "Mine")
    conversations.start("bo", "Theirs")

    assert _titles(conversations, "ada") == ["Mine"]
    assert conversations.find("bo", mine.id) is None
    conversations.rename("bo", mine.id, "Stolen")
    conversations.remove("bo", mine.id)
    assert _titles(conversations, "ada") == ["Mine"]


def test_search_finds_word_prefixes_in_titles_and_exchanges(
    conversations: Conversations,
) -> None:
    bread = conversations.start("", "Baking")
    conversations.add_exchange(bread.id, 0, "How does dough rise? Yeast cells pass Signale.", "{}")
    conversations.start("", "Trams in Graz")

    assert _titles(conversations, search="bak") == ["Baking"]
    assert _titles(conversations, search="yeast dou") == ["Baking"]
    assert _titles(conversations, search="GRAZ") == ["Trams in Graz"]
    assert _titles(conversations, search="yeast tram") == []
    assert _titles(conversations, search="  ") == ["Trams in Graz", "Baking"]
    assert _titles(conversations, search="?!") == []


def test_found_conversation_has_a_snippet_of_its_best_exchange(
    conversations: Conversations,
) -> None:
    bread = conversations.start("", "Baking")
    text = f"How does dough rise? {'Slowly. ' * 40}Yeast cells pass signals."
    first = conversations.add_exchange(bread.id, 0, text, "{}")
    conversations.add_exchange(bread.id, first, "And yeast, cells of yeast, yeast cells?", "{}")

    [found] = conversations.all("", "ris dough")
    assert found.snippet[:4] == ("How does ", "dough", " ", "rise")
    [found] = conversations.all("", "yeast cells")
    assert found.snippet[0] == "And "
    [found] = conversations.all("", "bak")
    assert found.snippet == ()
    [listed] = conversations.all("")
    assert listed.snippet == ()


@given(st.text())
def test_search_accepts_any_text(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    conversations = Conversations(tmp_path_factory.mktemp("any") / "conversations.sqlite")
    conversations.start("", "Something")
    found = [one.title for one in conversations.all("", text)]
    assert found in ([], ["Something"])
    conversations.close()


def test_title_is_one_short_line_and_blank_title_is_ignored(
    conversations: Conversations,
) -> None:
    one = conversations.start("", "What\n is " + "very " * 50)
    assert len(one.title) <= 80
    assert one.title.startswith("What is very")
    conversations.rename("", one.id, " Long\tago ")
    assert _titles(conversations) == ["Long ago"]
    conversations.rename("", one.id, "   ")
    assert _titles(conversations) == ["Long ago"]


def test_removed_conversation_can_be_restored_until_purged(conversations: Conversations) -> None:
    one = conversations.start("", "One")
    conversations.add_exchange(one.id, 0, "question", "{}")

    removal = conversations.remove("", one.id)
    assert _titles(conversations) == []
    assert _titles(conversations, search="question") == []
    assert conversations.restore(removal)
    assert _titles(conversations) == ["One"]
    assert len(conversations.exchanges(one.id)) == 1

    removal = conversations.remove("", one.id)
    conversations.purge()
    assert not conversations.restore(removal)
    assert _titles(conversations) == []


def test_removed_exchange_is_skipped_and_restored_in_place(conversations: Conversations) -> None:
    one = conversations.start("", "One")
    first = conversations.add_exchange(one.id, 0, "a", "a")
    second = conversations.add_exchange(one.id, first, "b", "b")
    third = conversations.add_exchange(one.id, second, "c", "c")

    removal = conversations.remove_exchange(one.id, second)
    assert _contents(conversations, one.id) == ["a", "c"]
    conversations.add_exchange(one.id, third, "d", "d")
    conversations.restore(removal)
    assert _contents(conversations, one.id) == ["a", "b", "c", "d"]

    conversations.remove_exchange(one.id, first)
    conversations.remove_exchange(one.id, second)
    conversations.purge()
    assert _contents(conversations, one.id) == ["c", "d"]


def test_versions_of_a_turn_each_keep_what_follows_them(conversations: Conversations) -> None:
    one = conversations.start("", "One")
    older = conversations.add_exchange(one.id, 0, "older", "older")
    after = conversations.add_exchange(one.id, older, "after", "after")
    newer = conversations.add_exchange(one.id, 0, "newer", "newer")

    [shown] = conversations.exchanges(one.id)
    assert shown.content == "newer"
    assert shown.versions == (older, newer)
    conversations.choose_version(one.id, older)
    assert _contents(conversations, one.id) == ["older", "after"]
    again = conversations.add_exchange(one.id, older, "again", "again")
    assert _contents(conversations, one.id) == ["older", "again"]
    assert conversations.exchanges(one.id)[1].versions == (after, again)

    removal = conversations.remove_exchange(one.id, older)
    assert _contents(conversations, one.id) == ["newer"]
    conversations.restore(removal)
    assert _contents(conversations, one.id) == ["older", "again"]


def test_conversation_of_the_first_schema_keeps_its_order(tmp_path: Path) -> None:
    path = tmp_path / "conversations.sqlite"
    schema = Path(records.__file__).with_name("schema.sql").read_text(encoding="utf-8")
    with closing(sqlite3.connect(path)) as old:
        old.executescript(
            f"{schema} INSERT INTO conversations VALUES ('one', '', 'One', 1, NULL);"
            "INSERT INTO exchanges (conversation, position, text, content, removal) VALUES "
            "('one', 2, 'b', 'b', NULL), ('one', 1, 'a', 'a', NULL), ('one', 2, 'x', 'x', 'gone'),"
            "('one', 3, 'c', 'c', NULL);"
        )

    conversations = Conversations(path)
    assert _contents(conversations, "one") == ["a", "b", "c"]
    conversations.close()


def test_search_does_not_find_removed_exchange(conversations: Conversations) -> None:
    one = conversations.start("", "One")
    number = conversations.add_exchange(one.id, 0, "walnut", "{}")
    conversations.remove_exchange(one.id, number)
    assert _titles(conversations, search="walnut") == []


def test_feedback_is_saved_and_conversation_is_listed(
    conversations: Conversations,
) -> None:
    judged = conversations.start("ada", "Judged")
    number = conversations.add_exchange(judged.id, 0, "?", "{}")
    conversations.start("ada", "Not judged")
    assert conversations.with_feedback("ada") == []

    conversations.save_feedback(
        judged.id, number, Feedback(helpful=False, correction=" 14 glaciers ")
    )

    [[exchange]] = conversations.with_feedback("ada")
    assert exchange.feedback == Feedback(helpful=False, correction="14 glaciers")
    assert conversations.with_feedback("bo") == []
    conversations.save_feedback("another conversation", number, Feedback(helpful=True))
    [exchange] = conversations.exchanges(judged.id)
    assert exchange.feedback.helpful is False


def test_settings_are_saved_by_name(conversations: Conversations) -> None:
    conversations.save_settings({"theme": "dark", "papers_read": "3"})
    conversations.save_settings({"papers_read": "5"})
    assert conversations.settings() == {"theme": "dark", "papers_read": "5"}


def test_file_of_newer_version_is_rejected(tmp_path: Path) -> None:
    path = tmp_path / "conversations.sqlite"
    with sqlite3.connect(path) as database:
        database.execute("PRAGMA user_version = 99")
    with pytest.raises(LibraryError, match="newer version"):
        Conversations(path)


def test_other_file_is_rejected_with_advice(tmp_path: Path) -> None:
    path = tmp_path / "conversations.sqlite"
    path.write_text("not a database, but long enough to be taken for the header of one" * 20)
    with pytest.raises(LibraryError, match=r"is damaged.*`assistant restore`"):
        Conversations(path)


def test_write_error_is_reported_with_advice_and_rolled_back(
    conversations: Conversations, tmp_path: Path
) -> None:
    with closing(sqlite3.connect(tmp_path / "conversations.sqlite")) as database:
        database.execute(
            "CREATE TRIGGER full BEFORE INSERT ON conversations "
            "BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END"
        )
    with pytest.raises(LibraryError, match=r"cannot be written .*disk is full.*Free some space"):
        conversations.start("", "Lost")
    assert _titles(conversations) == []
