"""OpenMP threads of torch and llama.cpp spin briefly before they sleep."""

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
from assistant.llm.llama.library import load_llama_cpp
load_llama_cpp()
"""
# GCC's library prints its settings to standard error when it is loaded.
_DISPLAY = {"OMP_DISPLAY_ENV": "verbose"}

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="nothing is set on other systems")


def _openmp_settings(script: str, **variables: str) -> str:
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("OMP_", "GOMP_"))
    }
    done = subprocess.run(
        [sys.executable, "-c", script],
        env=environment | _DISPLAY | variables,
        stderr=subprocess.PIPE,
        text=True,
        check=True,
    )
    if "GOMP_SPINCOUNT" not in done.stderr:
        pytest.skip("torch and llama.cpp were built with another OpenMP")
    return done.stderr


def test_embedder_makes_threads_spin_briefly(models_cache: None) -> None:
    settings = _openmp_settings(_EMBEDS)
    assert "GOMP_SPINCOUNT = '1000'" in settings
    assert "OMP_WAIT_POLICY = 'ACTIVE'" in settings


def test_llama_cpp_makes_threads_spin_briefly() -> None:
    settings = _openmp_settings(_LOADS_LLAMA)
    assert "GOMP_SPINCOUNT = '1000'" in settings
    assert "OMP_WAIT_POLICY = 'ACTIVE'" in settings


def test_variables_set_by_the_user_are_unchanged() -> None:
    settings = _openmp_settings(_LOADS_LLAMA, GOMP_SPINCOUNT="77")
    assert "GOMP_SPINCOUNT = '77'" in settings
    assert "OMP_WAIT_POLICY = 'PASSIVE'" in settings
