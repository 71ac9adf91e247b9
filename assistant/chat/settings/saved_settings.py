"""The settings that are chosen on the page: kept in the library and used at the next start too."""

import logging
import os
from collections.abc import Collection, Mapping
from contextlib import closing
from pathlib import Path

from assistant.chat.jobs.model_loading import ModelLoading
from assistant.chat.state import AppState
from assistant.errors import InputError
from assistant.library import Conversations
from assistant.library.conversations import FILE_NAME
from assistant.models import locate
from assistant.settings import ABSTENTION, Settings

_log = logging.getLogger(__name__)

_KEPT = ("model", "papers_read", "abstention_threshold")


def with_kept(
    settings: Settings, kept: Mapping[str, str], chosen: Collection[str] = ()
) -> Settings:
    """Return settings with those that were kept in the place of the defaults.

    What somebody has chosen for this start alone, such as ``--model``, stays.

    Args:
        settings: of this start.
        kept: of the library, by name; those that are no settings of an assistant are passed over.
        chosen: the names of settings that stay although they may be as by default.
    """
    defaults = Settings()
    for name in _KEPT:
        by_default = getattr(settings, name) == getattr(defaults, name)
        if name in kept and name not in chosen and by_default:
            try:
                settings = settings.updated({name: kept[name]})
            except InputError as error:
                _log.warning("A setting that the library keeps is passed over: %s", error)
    return settings


def with_those_kept_in(folder: Path, settings: Settings, chosen: Collection[str] = ()) -> Settings:
    """Return settings with those that a library keeps, if there is one: see `with_kept`.

    Raises:
        LibraryError: they cannot be read.
    """
    file = folder / FILE_NAME
    if not os.access(file, os.R_OK):  # a new library, which is not made here
        return settings
    with closing(Conversations(file)) as conversations:
        return with_kept(settings, conversations.settings(), chosen)


def change_settings(app: AppState, values: Mapping[str, str]) -> None:
    """Give the page's assistant other settings, and keep them.

    Another model begins to load at once; the one before is freed.

    Raises:
        InputError: a value makes no sense.
        ModelError: the model is not on this machine.
    """
    before = app.assistant
    settings = before.settings.updated(values)
    locate(settings.model)
    app.assistant = before.with_settings(settings)
    app.conversations.keep_settings(values)
    if settings.model != before.settings.model:
        loading = ModelLoading(app.assistant.load)
        loading.start()
        app.loading = loading
        before.unload()


def abstention_in_words(threshold: float) -> str | None:
    """Return which word an abstention threshold goes by; None if it has none."""
    return next((word for word, value in ABSTENTION.items() if value == threshold), None)
