"""The settings chosen on the page, which are saved in the library for the next start."""

import logging
import os
from collections.abc import Collection, Mapping
from contextlib import closing
from pathlib import Path

from assistant.answering import check_model
from assistant.chat.jobs.model_loading import ModelLoading
from assistant.chat.state import AppState
from assistant.errors import InputError
from assistant.library import Conversations
from assistant.library.conversations import FILE_NAME
from assistant.settings import ABSTENTION, Settings

_log = logging.getLogger(__name__)

_SAVED_NAMES = ("model", "papers_read", "abstention_threshold", "keep_pdfs")


def merge_saved(
    settings: Settings, saved: Mapping[str, str], explicit: Collection[str] = ()
) -> Settings:
    """Return settings in which saved values replace defaults.

    Values given explicitly for this start, such as ``--model``, take precedence.

    Args:
        settings: the settings of this start.
        saved: the library's saved settings, by name. Other names, such as the theme, are ignored.
        explicit: names of settings that were given explicitly, even if with their default value.
    """
    defaults = Settings()
    for name in _SAVED_NAMES:
        is_default = getattr(settings, name) == getattr(defaults, name)
        if name in saved and name not in explicit and is_default:
            try:
                settings = settings.updated({name: saved[name]})
            except InputError as error:
                _log.warning("Ignoring a setting that is saved in the library: %s", error)
    return settings


def with_saved_settings(
    folder: Path, settings: Settings, explicit: Collection[str] = ()
) -> Settings:
    """Return settings merged with those saved in a library, if it exists: see `merge_saved`.

    Raises:
        LibraryError: the saved settings cannot be read.
    """
    file = folder / FILE_NAME
    if not os.access(file, os.R_OK):  # a new library, which must not be created here
        return settings
    with closing(Conversations(file)) as conversations:
        return merge_saved(settings, conversations.settings(), explicit)


def change_settings(app: AppState, values: Mapping[str, str]) -> None:
    """Change the settings of the page's assistant and save them.

    A new model starts to load at once; the previous one is unloaded. If the user named endpoints,
    it is only saved for the next start.

    Raises:
        InputError: a value is invalid.
        ModelError: the model is not on this machine.
        LibraryError: they cannot be saved. Nothing is changed then.
    """
    before = app.assistant
    settings = before.settings.updated(values)
    check_model(settings)
    app.conversations.save_settings(values)  # first: unsaved changes must not take effect
    app.assistant = before.with_settings(settings)
    if settings.has_local_model and settings.model != before.settings.model:
        loading = ModelLoading(app.assistant.load)
        loading.start()
        app.loading = loading
        before.unload()


def abstention_name(threshold: float) -> str | None:
    """Return the name of an abstention threshold, such as ``balanced``; None if it has none."""
    return next((name for name, value in ABSTENTION.items() if value == threshold), None)
