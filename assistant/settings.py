"""The settings of the assistant, and the folders it uses."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path

import platformdirs

from assistant.errors import InputError
from assistant.switches import PRESETS, RANKINGS, chosen

APP_NAME = "paper-assistant"

ABSTENTION = {"bold": 0.3, "balanced": 0.6, "cautious": 0.75}
"""Named values of `Settings.abstention_threshold`; `Settings.updated` accepts the names."""

STARTED_SERVER = "llama-server"
"""In place of an endpoint's address: a server that is started here, with the model named."""

_LOWEST = {
    "papers_ranked": 1,
    "papers_read": 1,
    "papers_reranked": 0,
    "evidence_sentences": 1,
    "max_answer_tokens": 1,
    "threads": 0,
    "context_tokens": 512,
    "reading_cache_mb": 0,
    "endpoint_requests": 1,
    "chunk_word_pieces": 20,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The settings of one assistant.

    Attributes:
        model: a name in the model registry, the path of a GGUF file, or
            ``hf:owner/repo/file.gguf``.
        embedder: the embedder of a new library: a registry name, or the path of a
            sentence-transformers folder. An existing library keeps the one it was indexed with.
        chunk_word_pieces: chunk size of a new library, in word pieces of the embedder.
        prompts: a folder whose templates replace those of the same name in `prompts/`; empty for
            none.
        papers_ranked: number of papers that a search returns.
        papers_read: number of top papers to take evidence from.
        papers_reranked: number of top papers that the model scores if the ranking is ambiguous; 0
            turns reranking off.
        evidence_sentences: number of sentences that the model is shown.
        abstention_threshold: abstain if the probability that the evidence answers the question is
            lower; from 0 (never abstain) to 1 (always).
        max_answer_tokens: maximum length of an answer, in tokens.
        threads: CPU threads for the model; 0 for one per core, or what `doctor --tune` found best.
        context_tokens: size of the model's context, in tokens.
        reading_cache_mb: maximum size of the reading cache on disk, in MB; 0 turns it off.
        checks: the checks of answers: all, none, or names; names with a minus are left out.
        steps: the steps of retrieval and of choosing how to answer, in the same form.
        endpoints: addresses of OpenAI-compatible servers that run the model instead, such as
            ``http://host:8000/v1#name``, separated by commas; or ``llama-server``, to start one
            here. Empty to run it in this process.
        endpoint_requests: maximum number of requests to one endpoint at the same time.
        keep_pdfs: whether a library keeps the PDFs that its papers are read from: ``true`` or
            ``false``.
    """

    model: str = "qwen2.5-coder-1.5b-instruct"
    embedder: str = "all-minilm-l6-v2"
    chunk_word_pieces: int = 100
    prompts: str = ""
    papers_ranked: int = 10
    papers_read: int = 3
    papers_reranked: int = 8
    evidence_sentences: int = 6
    abstention_threshold: float = ABSTENTION["balanced"]
    max_answer_tokens: int = 192
    threads: int = 0
    context_tokens: int = 4096
    reading_cache_mb: int = 4096
    checks: str = "all"
    steps: str = "all"
    endpoints: tuple[str, ...] = ()
    endpoint_requests: int = 4
    keep_pdfs: bool = True

    @property
    def enabled_checks(self) -> frozenset[str]:
        """The names of the enabled checks."""
        return chosen(self.checks, "checks")

    @property
    def enabled_steps(self) -> frozenset[str]:
        """The names of the enabled steps."""
        return chosen(self.steps, "steps")

    @property
    def has_local_model(self) -> bool:
        """Whether the model runs on this machine, started by the assistant."""
        return self.endpoints in ((), (STARTED_SERVER,))

    def updated(self, values: Mapping[str, str]) -> "Settings":
        """Return a copy with some settings replaced by values given as text.

        The name ``preset`` stands for the settings of a preset; other values take precedence.

        Raises:
            InputError: a name that is no setting, or a value that is not of its type.
        """
        if "preset" in values:
            values = {**_preset(values["preset"]), **values}
            del values["preset"]
        types = {field.name: type(getattr(self, field.name)) for field in fields(self)}
        parsed: dict[str, str | int | float | tuple[str, ...]] = {}
        for name, value in values.items():
            if name not in types:
                raise InputError(f"No setting is called {name!r}. Settings: {', '.join(types)}.")
            if name == "abstention_threshold" and value in ABSTENTION:
                parsed[name] = ABSTENTION[value]
                continue
            if types[name] is tuple:
                parsed[name] = tuple(value.replace(",", " ").split())
                continue
            try:
                parsed[name] = _parsed(value, types[name])
            except ValueError as error:
                kind = types[name].__name__
                raise InputError(
                    f"The setting {name} takes a value like {getattr(self, name)!r} ({kind}), "
                    f"not {value!r}."
                ) from error
        return replace(self, **parsed)  # type: ignore[arg-type]

    def __post_init__(self) -> None:
        """Raise `InputError` for a value that makes no sense."""
        for name, lowest in _LOWEST.items():
            if getattr(self, name) < lowest:
                raise InputError(f"The setting {name} must be at least {lowest}.")
        if not 0 <= self.abstention_threshold <= 1:
            raise InputError("The setting abstention_threshold must be between 0 and 1.")
        _ = self.enabled_checks  # raises for a name that is no check
        if not self.enabled_steps & RANKINGS:
            raise InputError(
                f"The setting steps needs at least one ranking: {', '.join(sorted(RANKINGS))}."
            )


def _preset(name: str) -> Mapping[str, str]:
    if name not in PRESETS:
        raise InputError(f"No preset is called {name!r}. Presets: {', '.join(PRESETS)}.")
    return PRESETS[name]


def _parsed(value: str, kind: type[str | int | float]) -> str | int | float:
    """Return a value given as text. Raises `ValueError` if it is not of its type."""
    if kind is not bool:
        return kind(value)
    if value.lower() not in ("true", "false"):
        raise ValueError(value)
    return value.lower() == "true"


def cache_folder() -> Path:
    """Return where models are kept: ``$ASSISTANT_CACHE`` or the user's cache folder."""
    return _folder("ASSISTANT_CACHE", platformdirs.user_cache_path(APP_NAME))


def library_folder() -> Path:
    """Return the default library: ``$ASSISTANT_LIBRARY`` or one in the user's data folder."""
    return _folder("ASSISTANT_LIBRARY", platformdirs.user_data_path(APP_NAME) / "library")


def _folder(variable: str, default: Path) -> Path:
    value = os.environ.get(variable)
    return Path(value).expanduser() if value else default
