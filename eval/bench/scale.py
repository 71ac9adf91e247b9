"""``python -m eval.bench.scale``: what a library of synthetic papers costs, by its size.

Each library is filled, and then opened and searched, in processes of their own. Vectors are random
unless ``--model-up-to`` says otherwise, so times exclude the embedder. Random vectors make most
questions ambiguous, which is the slowest path of `retrieve`. Prints a Markdown table with the
exponents of growth: 1 is in proportion to the number of papers, 0 is independent of it. Times of
opening and searching are those of the processor, which other load on the machine changes little.
"""

import argparse
import json
import math
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

import numpy as np

from assistant.library import Embedder, Library
from assistant.models import locate
from assistant.retrieval import retrieve
from assistant.settings import Settings
from eval.bench.peak_memory import peak_bytes
from eval.bench.synthetic import RandomEmbedder, questions, synthetic_papers

_WARM_UP_QUESTIONS = 5
# Questions are about these papers, which the libraries of all sizes have.
_ASKED_PAPERS = 1000
_FILES = ("catalogue.sqlite", "words.sqlite", "results.sqlite")


@dataclass(frozen=True, slots=True)
class Filled:
    """What filling a library took.

    Attributes:
        add_s: seconds, wall-clock.
        add_cpu_s: seconds of processor time.
        disk_bytes: of the library's folder, without its backup.
        vector_bytes: of these, Chroma's.
        add_memory_bytes: the peak of the process.
    """

    add_s: float
    add_cpu_s: float
    disk_bytes: int
    vector_bytes: int
    add_memory_bytes: int


@dataclass(frozen=True, slots=True)
class Searched:
    """What opening and searching a library took. Times are of the processor, in milliseconds.

    Attributes:
        open_ms: until the library is open.
        first_ms: the first search, which checks and loads the vectors.
        median_ms: of later searches.
        slow_ms: their 95th percentile.
        fingerprint_ms: the fingerprint that each answer carries, in an unchanged library.
        search_memory_bytes: the peak of the process.
    """

    open_ms: float
    first_ms: float
    median_ms: float
    slow_ms: float
    fingerprint_ms: float
    search_memory_bytes: int


def main() -> None:
    """Fill libraries of several sizes, search them, and print the figures."""
    parser = argparse.ArgumentParser(prog="eval.bench.scale", description=__doc__)
    parser.add_argument("--papers", type=int, nargs="+", default=[1000, 10_000])
    parser.add_argument("--questions", type=int, default=100)
    parser.add_argument("--model-up-to", type=int, default=0, metavar="PAPERS")
    parser.add_argument("--folder", type=Path, help="keep the libraries here, and reuse them")
    parser.add_argument("--part", choices=_PARTS, help=argparse.SUPPRESS)
    options = parser.parse_args()
    [papers, *_] = options.papers
    name = Settings().embedder
    is_random = papers > options.model_up_to
    embedder = RandomEmbedder() if is_random else Embedder(name, locate(name))
    if options.part == "fill":
        print(json.dumps(asdict(fill(options.folder, papers, embedder))))
    elif options.part == "search":
        print(json.dumps(asdict(search(options.folder, embedder, options.questions))))
    else:
        with tempfile.TemporaryDirectory() as temporary:
            folder = options.folder or Path(temporary)
            measured = [_measured(options, papers, folder) for papers in sorted(options.papers)]
        print("\n".join(_table(measured)))


def fill(folder: Path, papers: int, embedder: Embedder) -> Filled:
    """Fill a new library with synthetic papers."""
    embedder.load()
    wall, cpu = time.perf_counter(), time.process_time()
    library = Library(folder, embedder)
    library.add(synthetic_papers(papers))
    library.close()
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    vectors = _bytes_below(folder / "vectors")
    disk = sum((folder / name).stat().st_size for name in _FILES) + vectors
    return Filled(wall, cpu, disk, vectors, peak_bytes())


def search(folder: Path, embedder: Embedder, count: int) -> Searched:
    """Open a library and search it with questions about its first papers."""
    embedder.load()
    start = time.process_time()
    library = Library(folder, embedder)
    library.repair()
    open_ms = 1000 * (time.process_time() - start)
    number = 1 + _WARM_UP_QUESTIONS + count
    asked = questions(list(synthetic_papers(_ASKED_PAPERS)), number)
    times = [_cpu_ms(partial(retrieve, library, one, Settings())) for one in asked]
    median, slow = np.percentile(times[1 + _WARM_UP_QUESTIONS :], [50, 95])
    library.fingerprint()
    fingerprint_ms = _cpu_ms(library.fingerprint)
    library.close()
    return Searched(open_ms, times[0], float(median), float(slow), fingerprint_ms, peak_bytes())


def _cpu_ms(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return 1000 * (time.process_time() - start)


def _bytes_below(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _measured(options: argparse.Namespace, papers: int, folder: Path) -> dict[str, float]:
    """Run both parts in processes of their own; return their figures."""
    figures: dict[str, float] = {"papers": papers}
    kept = folder / f"{papers}"
    for part in _PARTS:
        command = [sys.executable, "-m", "eval.bench.scale", "--part", part]
        command += ["--papers", str(papers), "--folder", str(kept)]
        command += ["--questions", str(options.questions)]
        command += ["--model-up-to", str(options.model_up_to)]
        done = kept / f"{part}.json"
        if not done.exists():
            finished = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
            done.write_text(finished.stdout)
        figures |= json.loads(done.read_text())
    return figures


def _table(measured: Sequence[dict[str, float]]) -> Iterator[str]:
    """Yield the lines of a Markdown table: a column for each size, and the growth at the end."""
    sizes = [figures["papers"] for figures in measured]
    yield "| | " + " | ".join(f"{size:,.0f} papers" for size in sizes) + " | growth |"
    yield "|---|" + "---:|" * (len(sizes) + 1)
    for title, value in _ROWS.items():
        values = [value(figures) for figures in measured]
        growth = math.log(values[-1] / values[0]) / math.log(sizes[-1] / sizes[0])
        shown = " | ".join(f"{one:,.3g}" if one < 1000 else f"{one:,.0f}" for one in values)
        yield f"| {title} | {shown} | {growth:.2f} |"


_PARTS = ("fill", "search")
_ROWS: dict[str, Callable[[dict[str, float]], float]] = {
    "added, papers/s": lambda one: one["papers"] / one["add_s"],
    "added, papers/s of processor time": lambda one: one["papers"] / one["add_cpu_s"],
    "memory while adding, MB": lambda one: one["add_memory_bytes"] / 1e6,
    "disk, kB a paper": lambda one: one["disk_bytes"] / 1e3 / one["papers"],
    "of these vectors, kB a paper": lambda one: one["vector_bytes"] / 1e3 / one["papers"],
    "opening, ms": lambda one: one["open_ms"],
    "first search, ms": lambda one: one["first_ms"],
    "search, median, ms": lambda one: one["median_ms"],
    "search, 95th percentile, ms": lambda one: one["slow_ms"],
    "fingerprint in an answer, ms": lambda one: one["fingerprint_ms"],
    "memory while searching, MB": lambda one: one["search_memory_bytes"] / 1e6,
}


if __name__ == "__main__":
    main()
