"""Threads of torch and llama.cpp, which share a library, look for each other before they sleep."""

import os
import subprocess
import sys

import pytest

_EMBEDS = """
from assistant.library import Embedder
from assistant.models import locate
from assistant.settings import Settings
Embedder("default", locate(Settings().embedder)).load()
"""
_LOADS_LLAMA = """
from assistant.llm.llama import _llama_cpp
_llama_cpp()
"""
# GCC's library tells on standard error how it is set up, when it is loaded.
_TOLD = {"OMP_DISPLAY_ENV": "verbose"}

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nothing is set")


def _told(script: str, **variables: str) -> str:
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("OMP_", "GOMP_"))
    }
    done = subprocess.run(
        [sys.executable, "-c", script],
        env=kept | _TOLD | variables,
        stderr=subprocess.PIPE,
        text=True,
        check=True,
    )
    if "GOMP_SPINCOUNT" not in done.stderr:
        pytest.skip("torch and llama.cpp were built with another OpenMP")
    return done.stderr


def test_the_embedder_has_threads_wait_briefly(models_cache: None) -> None:
    told = _told(_EMBEDS)
    assert "GOMP_SPINCOUNT = '1000'" in told
    assert "OMP_WAIT_POLICY = 'ACTIVE'" in told


def test_the_model_does_so_too() -> None:
    told = _told(_LOADS_LLAMA)
    assert "GOMP_SPINCOUNT = '1000'" in told
    assert "OMP_WAIT_POLICY = 'ACTIVE'" in told


def test_what_the_user_has_set_is_left_as_it_is() -> None:
    told = _told(_LOADS_LLAMA, GOMP_SPINCOUNT="77")
    assert "GOMP_SPINCOUNT = '77'" in told
    assert "OMP_WAIT_POLICY = 'PASSIVE'" in told
