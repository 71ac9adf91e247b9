"""Real parts for the tests: the embedder, a small GGUF, libraries made of them, a Chromium."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from chromium import ARGUMENTS, find_chromium
from filelock import FileLock
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright
from replayed import ADDRESSES, Replayed, serving

from assistant.library import Embedder, Library
from assistant.llm.endpoint import Endpoint, StartedServer
from assistant.models import locate, pull
from assistant.papers import Paper, sample_papers

if TYPE_CHECKING:
    from server_under_test import Served

SMALL_MODEL = "smollm2-135m-instruct"
EMBEDDER = "all-minilm-l6-v2"

_SHARED = Path(__file__).resolve().parents[2] / "shared"

# Tests assert behaviour, never how long it takes. A run tries the same examples as the one before,
# so that what fails is what changed; `make properties` looks for others.
settings.register_profile("same", deadline=None, derandomize=True)
settings.register_profile("new", deadline=None, max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))


def pytest_configure() -> None:
    """Give each process of ``pytest -n`` cores of its own: threads that wait for others spin."""
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    if worker is None or not hasattr(os, "sched_setaffinity"):
        return
    number, count = int(worker.removeprefix("gw")), int(os.environ["PYTEST_XDIST_WORKER_COUNT"])
    cores = sorted(os.sched_getaffinity(0))
    for thread in Path("/proc/self/task").iterdir():
        os.sched_setaffinity(int(thread.name), cores[number::count] or cores)


@pytest.fixture(scope="session")
def shared_folder() -> Path:
    """The folder `shared` beside the checkout; tests that use it are skipped without it."""
    if not _SHARED.is_dir():
        pytest.skip(f"no folder {_SHARED}")
    return _SHARED


@pytest.fixture(scope="session")
def models_cache() -> None:
    """The embedder and the small GGUF are here; fetched only the first time."""
    pull(EMBEDDER)
    pull(SMALL_MODEL)


@pytest.fixture(scope="session")
def embedder(models_cache: None) -> Embedder:
    return Embedder(EMBEDDER, locate(EMBEDDER))


@pytest.fixture(scope="session")
def small_model(models_cache: None) -> Path:
    return locate(SMALL_MODEL)


@pytest.fixture(scope="session")
def sample_library_folder(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """A library with the sample papers. Read it; change a copy."""
    own = tmp_path_factory.getbasetemp()
    # The workers of pytest-xdist have folders below a common one: one of them indexes for all.
    common = own.parent if hasattr(request.config, "workerinput") else own
    indexed = common / "indexed-samples"
    with FileLock(f"{indexed}.lock"):
        if not indexed.exists():
            folder = tmp_path_factory.mktemp("indexing")
            library = Library(folder, request.getfixturevalue("embedder"))
            library.add(sample_papers())
            library.close()
            folder.rename(indexed)
    return shutil.copytree(indexed, own / "sample-library")


@pytest.fixture(scope="session")
def made_up_papers() -> list[Paper]:
    """Five papers of our own making, on topics far apart."""
    return [
        Paper(
            title="Glacier Melt Seen from Balloons",
            abstract=(
                "We tie cameras to weather balloons and follow 14 glaciers in Norway over 3 years. "
                "IceTrack, our method, finds cracks that satellites miss. "
                "The melt speeds up by 12.5% a year."
            ),
            year=2021,
            authors=("Ada Frost", "Bo Melt"),
            url="https://example.org/glacier",
        ),
        Paper(
            title="Teaching Parrots to Count",
            abstract=(
                "Six parrots learn to count walnuts up to eight. "
                "PolyCount rewards each right answer with a nut. "
                "Half of the birds reach an accuracy of 93 percent on the WalnutBench test."
            ),
            year=2019,
            arxiv_id="1901.00001",
        ),
        Paper(
            title="Bread Dough as a Neural Network",
            abstract=(
                "Yeast cells in dough pass signals much like neurons do. "
                "Our simulator, DoughNet, predicts the rise of 200 loaves with an error of 4 mm. "
                "It runs on a toaster."
            ),
            year=2023,
        ),
        Paper(
            title="Silent Trams for Old Towns",
            abstract=(
                "Rubber wheels and soft curves make trams 9 decibels quieter. "
                "Residents of Graz slept 21 minutes longer after the change."
            ),
            doi="10.5555/trams.7",
        ),
        Paper(
            title="A Survey of Lighthouse Keepers",
            abstract=(
                "We interview 77 keepers on the coasts of Portugal and Chile. "
                "Most read novels at night, and none would trade the work for an office."
            ),
        ),
    ]


@pytest.fixture
def small_library(
    embedder: Embedder, made_up_papers: list[Paper], tmp_path: Path
) -> Iterator[Library]:
    """A library with the five made-up papers, for one test alone."""
    library = Library(tmp_path / "library", embedder)
    library.add(made_up_papers)
    yield library
    library.close()


@pytest.fixture(scope="session")
def served(
    embedder: Embedder, made_up_papers: list[Paper], tmp_path_factory: pytest.TempPathFactory
) -> Iterator["Served"]:
    """A server over the five made-up papers. A test that changes it undoes that."""
    from server_under_test import serving_library

    folder = tmp_path_factory.mktemp("served") / "library"
    library = Library(folder, embedder)
    library.add(made_up_papers)
    library.close()
    with serving_library(folder) as served:
        yield served


@pytest.fixture
def replayed(monkeypatch: pytest.MonkeyPatch) -> Iterator[Replayed]:
    """A server in the place of every source on the network; it needs no pauses."""
    for variable in ("HF_HUB_OFFLINE", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(variable, raising=False)
        monkeypatch.delenv(variable.lower(), raising=False)
    monkeypatch.setenv("ASSISTANT_REQUEST_PAUSE", "0")
    with serving() as replayed:
        for variable in ADDRESSES:
            monkeypatch.setenv(variable, replayed.url)
        yield replayed


@pytest.fixture(scope="session")
def model_server(small_model: Path) -> Iterator[Endpoint]:
    """A server of llama-cpp-python with the small GGUF, for endpoints that are named."""
    server = StartedServer(small_model, context_tokens=2048, threads=1)
    server.wait_until_ready()
    yield server.endpoint
    server.close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests: Playwright runs one event loop a process."""
    found = find_chromium()
    if not found:
        pytest.skip("no Chromium here: install it, or set CHROMIUM to its path")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def wheelhouse(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that pip, by the user's own settings, takes wheels from."""
    folder = tmp_path / "wheelhouse"
    folder.mkdir()
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    return folder
