"""The settings of the assistant, and the folders it uses."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path

import platformdirs

from assistant.errors import InputError

APP_NAME = "paper-assistant"

ABSTENTION = {"bold": 0.3, "balanced": 0.6, "cautious": 0.75}
"""Named values of `Settings.abstention_threshold`; `Settings.updated` accepts the names."""

_LOWEST = {
    "papers_ranked": 1,
    "papers_read": 1,
    "papers_reranked": 0,
    "evidence_sentences": 1,
    "max_answer_tokens": 1,
    "threads": 0,
    "context_tokens": 512,
    "reading_cache_mb": 0,
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
    keep_pdfs: bool = True

    def updated(self, values: Mapping[str, str]) -> "Settings":
        """Return a copy with some settings replaced by values given as text.

        Raises:
            InputError: a name that is no setting, or a value that is not of its type.
        """
        types = {field.name: type(getattr(self, field.name)) for field in fields(self)}
        parsed: dict[str, str | int | float] = {}
        for name, value in values.items():
            if name not in types:
                raise InputError(f"No setting is called {name!r}. Settings: {', '.join(types)}.")
            if name == "abstention_threshold" and value in ABSTENTION:
                parsed[name] = ABSTENTION[value]
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
