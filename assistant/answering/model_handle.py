"""One model in memory, which several assistants may share."""

import threading
from importlib.metadata import version

from assistant.llm import Engine, KVDiskCache, Tuning
from assistant.llm.tuning.store import load_tuning
from assistant.models import fingerprint, locate
from assistant.settings import Settings, cache_folder

_COUNTS = ("model", "context_tokens", "threads", "reading_cache_mb")


class ModelHandle:
    """The engine of a model; it starts when it is first asked for. Any thread may call it."""

    def __init__(self, settings: Settings, tuning: Tuning | None = None) -> None:
        """Prepare to load a model.

        Args:
            settings: which one.
            tuning: how it is computed; by default as was found best on this machine.
        """
        self._settings = settings
        self._tuning = tuning
        self._engine: Engine | None = None
        self._opening = threading.Lock()

    def serves(self, settings: Settings) -> bool:
        """Tell whether an assistant with these settings would load the same model the same way."""
        return all(getattr(settings, name) == getattr(self._settings, name) for name in _COUNTS)

    def engine(self) -> Engine:
        """Return the engine, which loads the model from then on; anew if that failed before.

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
        """Stop and free the model; the next use loads it again."""
        with self._opening:
            engine, self._engine = self._engine, None
        if engine is not None:
            engine.close()


def model_used(settings: Settings) -> str:
    """Return the model's name and the beginning of its hash, as an answer names it.

    Raises:
        ModelError: the model is not on this machine.
    """
    return f"{settings.model}@{fingerprint(settings.model)}"


def _readings(settings: Settings) -> KVDiskCache | None:
    if settings.reading_cache_mb == 0:
        return None
    reader = f"{fingerprint(settings.model)}|llama-cpp-python {version('llama-cpp-python')}"
    return KVDiskCache(cache_folder() / "readings", settings.reading_cache_mb * 2**20, reader)
