"""A loaded model that several assistants may share."""

import threading
from importlib.metadata import version

from assistant.llm import Engine, KVDiskCache, Tuning
from assistant.llm.tuning.store import load_tuning
from assistant.models import fingerprint, locate
from assistant.settings import Settings, cache_folder

_COUNTS = ("model", "context_tokens", "threads", "reading_cache_mb")


class ModelHandle:
    """Starts the engine of a model when it is first needed. Safe to call from any thread."""

    def __init__(self, settings: Settings, tuning: Tuning | None = None) -> None:
        """Prepare to load a model; nothing is loaded yet.

        Args:
            settings: name the model and its context size.
            tuning: of the engine; by default the one stored for this machine.
        """
        self._settings = settings
        self._tuning = tuning
        self._engine: Engine | None = None
        self._opening = threading.Lock()

    def serves(self, settings: Settings) -> bool:
        """Return whether these settings would load the same model in the same way."""
        return all(getattr(settings, name) == getattr(self._settings, name) for name in _COUNTS)

    def engine(self) -> Engine:
        """Return the engine. The first call starts loading the model; a failed load is retried.

        Raises:
            ModelError: the model is not on this machine.
        """
        with self._opening:
            if self._engine is None or self._engine.has_failed:
                self._engine = Engine(
                    locate(self._settings.model),
                    context_tokens=self._settings.context_tokens,
                    threads=self._settings.threads,
                    disk_cache=_readings(self._settings),
                    tuning=self._tuning or load_tuning(fingerprint(self._settings.model)),
                )
            return self._engine

    def close(self) -> None:
        """Stop the engine and free its memory. The next use loads the model again."""
        with self._opening:
            engine, self._engine = self._engine, None
        if engine is not None:
            engine.close()


def model_used(settings: Settings) -> str:
    """Return the model's name and the start of its hash, joined by ``@``.

    Raises:
        ModelError: the model is not on this machine.
    """
    return f"{settings.model}@{fingerprint(settings.model)}"


def _readings(settings: Settings) -> KVDiskCache | None:
    if settings.reading_cache_mb == 0:
        return None
    reader = f"{fingerprint(settings.model)}|llama-cpp-python {version('llama-cpp-python')}"
    return KVDiskCache(cache_folder() / "readings", settings.reading_cache_mb * 2**20, reader)
