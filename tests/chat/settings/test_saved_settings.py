"""The settings that the page keeps in the library."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import Assistant, Settings
from assistant.chat.jobs.model_loading import ModelLoading
from assistant.chat.settings.model_list import model_list
from assistant.chat.settings.saved_settings import (
    abstention_in_words,
    change_settings,
    with_kept,
    with_those_kept_in,
)
from assistant.chat.state import AppState
from assistant.errors import InputError, ModelError
from assistant.library import Conversations, Library
from assistant.models import ModelEntry, ModelFile, ModelStatus
from assistant.settings import ABSTENTION


@pytest.fixture
def app(small_library: Library) -> Iterator[AppState]:
    assistant = Assistant(small_library, Settings(model="smollm2-135m-instruct"))
    conversations = Conversations(small_library.folder / "conversations.sqlite")
    app = AppState(assistant, ModelLoading(assistant.load), conversations)
    yield app
    app.assistant.unload()
    conversations.close()


def test_what_was_kept_takes_the_place_of_the_defaults() -> None:
    kept = {"papers_read": "5", "abstention_threshold": "bold", "theme": "dark"}
    settings = with_kept(Settings(), kept)
    assert settings == Settings(papers_read=5, abstention_threshold=ABSTENTION["bold"])


def test_what_is_chosen_at_the_start_comes_before_what_was_kept() -> None:
    settings = with_kept(Settings(model="my.gguf"), {"model": "other", "papers_read": "5"})
    assert settings == Settings(model="my.gguf", papers_read=5)


def test_what_is_chosen_at_the_start_stays_even_if_it_is_the_default() -> None:
    kept = {"model": "other", "papers_read": "5"}
    assert with_kept(Settings(), kept, ["model"]) == Settings(papers_read=5)


def test_a_library_that_is_not_there_keeps_nothing_and_is_not_made(tmp_path: Path) -> None:
    assert with_those_kept_in(tmp_path / "library", Settings()) == Settings()
    assert not (tmp_path / "library").exists()


def test_a_kept_setting_that_makes_no_sense_is_passed_over(
    caplog: pytest.LogCaptureFixture,
) -> None:
    assert with_kept(Settings(), {"papers_read": "many"}) == Settings()
    assert "papers_read" in caplog.text


def test_a_change_is_used_at_once_and_kept(app: AppState) -> None:
    change_settings(app, {"papers_read": "2", "abstention_threshold": "cautious"})
    assert app.assistant.settings.papers_read == 2
    assert with_kept(Settings(), app.conversations.settings()) == Settings(
        papers_read=2, abstention_threshold=ABSTENTION["cautious"]
    )


def test_a_change_that_makes_no_sense_changes_nothing(app: AppState) -> None:
    before = app.assistant
    with pytest.raises(InputError):
        change_settings(app, {"papers_read": "0"})
    with pytest.raises(ModelError, match="No model is called"):
        change_settings(app, {"model": "no-such-model"})
    assert app.assistant is before
    assert app.conversations.settings() == {}


def test_another_model_begins_to_load(app: AppState, small_library: Library) -> None:
    from assistant.models import locate

    loading = app.loading
    path = str(locate("smollm2-135m-instruct"))
    change_settings(app, {"model": path})
    assert app.loading is not loading
    app.loading.start().result()
    assert app.loading.done


def test_a_threshold_has_a_word_or_none() -> None:
    assert [abstention_in_words(value) for value in ABSTENTION.values()] == [*ABSTENTION]
    assert abstention_in_words(0.123) is None


def _status(name: str, kind: str = "gguf", *, present: bool, on_disk: int = 0) -> ModelStatus:
    files = (ModelFile("a.gguf", 1_117_320_768, "0" * 64),)
    entry = ModelEntry(name, kind, "What <it> is.", "Apache-2.0", 0, 0, files, ())
    return ModelStatus(entry, present, None, on_disk)  # type: ignore[arg-type]


def test_the_list_says_of_each_model_what_can_be_done_with_it() -> None:
    statuses = [
        _status("used", present=True),
        _status("here", present=True),
        _status("begun", present=False, on_disk=7),
        _status("absent", present=False),
        _status("embedder", "embedder", present=True),
    ]
    html = model_list(statuses, "used")
    assert "1.1 GB · Apache-2.0" in html
    assert 'aria-label="Use here"' in html
    assert 'aria-label="Go on getting it: begun"' in html
    assert 'aria-label="Get it: absent"' in html
    assert "Use used" not in html
    assert "embedder" not in html
    assert "<it>" not in html


def test_a_model_that_is_pulled_can_be_stopped_and_no_other_started() -> None:
    html = model_list([_status("a", present=False), _status("b", present=False)], "a", pulling="a")
    assert 'data-do="stop"' in html
    assert html.count(" disabled") == 1


def test_a_model_file_of_ones_own_is_listed_too() -> None:
    assert "mine.gguf" in model_list([], "/models/mine.gguf")
