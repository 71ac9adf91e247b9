"""Settings saved in the library."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import Assistant, Settings
from assistant.chat.jobs.model_loading import ModelLoading
from assistant.chat.settings.model_list import model_list
from assistant.chat.settings.saved_settings import (
    abstention_name,
    change_settings,
    merge_saved,
    with_saved_settings,
)
from assistant.chat.state import AppState
from assistant.errors import InputError, LibraryError, ModelError
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


def test_saved_settings_replace_defaults() -> None:
    saved = {"papers_read": "5", "abstention_threshold": "bold", "theme": "dark"}
    settings = merge_saved(Settings(), saved)
    assert settings == Settings(papers_read=5, abstention_threshold=ABSTENTION["bold"])


def test_saved_choice_to_keep_no_pdfs_holds_until_one_is_given() -> None:
    saved = {"keep_pdfs": str(False)}
    assert not merge_saved(Settings(), saved).keep_pdfs
    assert merge_saved(Settings(), saved, explicit=["keep_pdfs"]).keep_pdfs


def test_settings_of_this_start_take_precedence() -> None:
    settings = merge_saved(Settings(model="my.gguf"), {"model": "other", "papers_read": "5"})
    assert settings == Settings(model="my.gguf", papers_read=5)


def test_explicit_default_takes_precedence() -> None:
    saved = {"model": "other", "papers_read": "5"}
    assert merge_saved(Settings(), saved, ["model"]) == Settings(papers_read=5)


def test_missing_library_is_not_created(tmp_path: Path) -> None:
    assert with_saved_settings(tmp_path / "library", Settings()) == Settings()
    assert not (tmp_path / "library").exists()


def test_invalid_saved_setting_is_ignored(
    caplog: pytest.LogCaptureFixture,
) -> None:
    assert merge_saved(Settings(), {"papers_read": "many"}) == Settings()
    assert "papers_read" in caplog.text


def test_change_is_applied_and_saved(app: AppState) -> None:
    change_settings(app, {"papers_read": "2", "abstention_threshold": "cautious"})
    assert app.assistant.settings.papers_read == 2
    assert merge_saved(Settings(), app.conversations.settings()) == Settings(
        papers_read=2, abstention_threshold=ABSTENTION["cautious"]
    )


def test_invalid_change_changes_nothing(app: AppState) -> None:
    before = app.assistant
    with pytest.raises(InputError):
        change_settings(app, {"papers_read": "0"})
    with pytest.raises(ModelError, match="No model is called"):
        change_settings(app, {"model": "no-such-model"})
    assert app.assistant is before
    assert app.conversations.settings() == {}


def test_new_model_starts_to_load(app: AppState, small_library: Library) -> None:
    from assistant.models import locate

    loading = app.loading
    path = str(locate("smollm2-135m-instruct"))
    change_settings(app, {"model": path})
    assert app.loading is not loading
    app.loading.start().result()
    assert app.loading.done


def test_model_chosen_under_an_endpoint_leaves_running_answers_alone(app: AppState) -> None:
    app.assistant = Assistant(app.assistant.library, Settings(endpoints=("http://127.0.0.1:9/v1",)))
    engine, loading = app.assistant.engine(), app.loading
    change_settings(app, {"model": "smollm2-135m-instruct"})
    assert app.assistant.engine() is engine
    assert app.loading is loading
    assert app.conversations.settings()["model"] == "smollm2-135m-instruct"


def test_threshold_has_a_name_or_none() -> None:
    assert [abstention_name(value) for value in ABSTENTION.values()] == [*ABSTENTION]
    assert abstention_name(0.123) is None


def _status(name: str, kind: str = "gguf", *, present: bool, on_disk: int = 0) -> ModelStatus:
    files = (ModelFile("a.gguf", 1_117_320_768, "0" * 64),)
    entry = ModelEntry(name, kind, "What <it> is.", "Apache-2.0", 0, 0, files, ())
    return ModelStatus(entry, present, None, on_disk)  # type: ignore[arg-type]


def test_model_list_offers_an_action_for_each_model() -> None:
    statuses = [
        _status("used", present=True),
        _status("here", present=True),
        _status("partial", present=False, on_disk=7),
        _status("absent", present=False),
        _status("embedder", "embedder", present=True),
    ]
    html = model_list(statuses, "used")
    assert "1.1 GB · Apache-2.0" in html
    assert 'aria-label="Use here"' in html
    assert 'aria-label="Resume download: partial"' in html
    assert 'aria-label="Download: absent"' in html
    assert "Use used" not in html
    assert "embedder" not in html
    assert "<it>" not in html


def test_running_download_can_be_stopped_and_no_other_started() -> None:
    html = model_list([_status("a", present=False), _status("b", present=False)], "a", pulling="a")
    assert 'data-action="stop"' in html
    assert html.count(" disabled") == 1


def test_own_model_file_is_listed() -> None:
    assert "mine.gguf" in model_list([], "/models/mine.gguf")


def test_setting_that_cannot_be_saved_is_not_in_force(app: AppState) -> None:
    with sqlite3.connect(app.assistant.library.folder / "conversations.sqlite") as damaging:
        damaging.execute("DROP TABLE settings")
    damaging.close()
    before = app.assistant.settings
    with pytest.raises(LibraryError):
        change_settings(app, {"papers_read": "7"})
    assert app.assistant.settings == before
