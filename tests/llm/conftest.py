"""Engines with the small model."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.llm import Engine, ReadingCache, Tuning


@pytest.fixture(scope="module")
def engine(small_model: Path) -> Iterator[Engine]:
    engine = Engine(small_model, context_tokens=2048, threads=1)
    yield engine
    engine.close()


@pytest.fixture(params=["f16", "q8_0"])
def caching_engine(
    small_model: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[Engine]:
    """An engine with a reading cache, for both types of cells: llama.cpp moves those in q8_0."""
    reading_cache = ReadingCache(tmp_path / "cache", 10**9, "test")
    tuning = Tuning(kv_type=request.param)
    engine = Engine(
        small_model, context_tokens=2048, threads=1, reading_cache=reading_cache, tuning=tuning
    )
    yield engine
    engine.close()
