"""A handle on the engine of a model, which several assistants may share."""

import threading
from importlib.metadata import version

from assistant.llm import Backend, Engine, ReadingCache, Tuning
from assistant.llm.endpoint import (
    EndpointEngine,
    StartedServer,
    check_endpoints,
    parse_endpoint,
)
from assistant.llm.tuning.store import load_tuning
from assistant.models import fingerprint, locate
from assistant.settings import STARTED_SERVER, Settings, cache_folder

# The settings that an engine is started with. A handle serves only settings that agree in these.
_ENGINE_SETTINGS = (
    "model",
    "context_tokens",
    "threads",
    "reading_cache_mb",
    "endpoints",
    "endpoint_requests",
)


class ModelHandle:
    """Starts the engine of a model on first use. Thread-safe."""

    def __init__(self, settings: Settings, tuning: Tuning | None = None) -> None:
        """Prepare to load a model; nothing is loaded yet.

        Args:
            settings: the settings, for the model, its context size and its endpoints.
            tuning: that of the engine; by default the one stored for this machine.
        """
        self._settings = settings
        self._tuning = tuning
        self._engine: Backend | None = None
        self._opening = threading.Lock()

    def serves(self, settings: Settings) -> bool:
        """Return whether these settings would load the same model in the same way.

        The setting ``model`` is ignored if the user named endpoints: these have their own models.
        """
        names = [name for name in _ENGINE_SETTINGS if name != "model" or settings.has_local_model]
        return all(getattr(settings, name) == getattr(self._settings, name) for name in names)

    def engine(self) -> Backend:
        """Return the engine. The first call starts loading the model; a failed load is retried.

        Raises:
            ModelError: the model is not on this machine.
            InputError: an endpoint is not valid.
        """
        with self._opening:
            if self._engine is not None and self._engine.has_failed:
                self._engine.close()
                self._engine = None
            if self._engine is None:
                is_served = bool(self._settings.endpoints)
                start = endpoint_engine if is_served else self._local_engine
                self._engine = start(self._settings)
            return self._engine

    def model_used(self) -> str:
        """Return the model's name and the start of its hash, or the address of its endpoint.

        An endpoint is contacted if its model is not known yet.

        Raises:
            ModelError: the model is not on this machine, or no endpoint can be used.
        """
        served = self.engine().identify_model() if self._settings.endpoints else ""
        return served or model_used(self._settings)

    def close(self) -> None:
        """Stop the engine and free its memory. The next use loads the model again."""
        with self._opening:
            engine, self._engine = self._engine, None
        if engine is not None:
            engine.close()

    def _local_engine(self, settings: Settings) -> Engine:
        return Engine(
            locate(settings.model),
            context_tokens=settings.context_tokens,
            threads=settings.threads,
            reading_cache=_reading_cache(settings),
            tuning=self._tuning or load_tuning(fingerprint(settings.model)),
        )


def endpoint_engine(settings: Settings) -> EndpointEngine:
    """Return an engine for the endpoints in the settings; start a server if they ask for one.

    Raises:
        ModelError: the model of a server to start is not on this machine.
        InputError: an endpoint is not valid.
    """
    check_endpoints(settings.endpoints)
    if settings.endpoints != (STARTED_SERVER,):
        return EndpointEngine(
            [parse_endpoint(one) for one in settings.endpoints],
            context_tokens=settings.context_tokens,
            requests_at_once=settings.endpoint_requests,
        )
    server = StartedServer(
        locate(settings.model), context_tokens=settings.context_tokens, threads=settings.threads
    )
    return EndpointEngine(
        [server.endpoint],
        context_tokens=settings.context_tokens,
        requests_at_once=1,  # the server handles one request at a time
        server=server,
    )


def check_model(settings: Settings) -> None:
    """Check that a model is on this machine or its endpoints are valid, before slower work starts.

    Endpoints are not contacted.

    Raises:
        ModelError: it is not on this machine.
        InputError: an endpoint is not valid.
    """
    check_endpoints(settings.endpoints)
    if settings.has_local_model:
        locate(settings.model)


def model_used(settings: Settings) -> str:
    """Return the name of a model on this machine and the start of its hash, joined by ``@``.

    Raises:
        ModelError: the model is not on this machine.
    """
    return f"{settings.model}@{fingerprint(settings.model)}"


def _reading_cache(settings: Settings) -> ReadingCache | None:
    if settings.reading_cache_mb == 0:
        return None
    reader = f"{fingerprint(settings.model)}|llama-cpp-python {version('llama-cpp-python')}"
    return ReadingCache(cache_folder() / "readings", settings.reading_cache_mb * 2**20, reader)
