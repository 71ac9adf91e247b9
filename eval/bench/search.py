"""``python -m eval.bench.search``: measure search time by the size of the library.

Papers are synthetic and their vectors random, so the time for embedding is not included. Random
vectors make most questions ambiguous, which is the slowest path of `retrieve`. Prints the median
and the 95th percentile, in wall-clock and CPU time. Only the latter is reliable on a busy machine.
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from assistant.library import Library
from assistant.retrieval import retrieve
from assistant.settings import Settings
from eval.bench.synthetic import RandomEmbedder, questions, synthetic_papers

_WARM_UP_QUESTIONS = 5


def main() -> None:
    """Fill libraries, search them and print the times."""
    parser = argparse.ArgumentParser(prog="eval.bench.search", description=__doc__)
    parser.add_argument("--papers", type=int, nargs="+", default=[109, 10_000])
    parser.add_argument("--questions", type=int, default=100)
    options = parser.parse_args()
    for count in options.papers:
        with tempfile.TemporaryDirectory() as folder:
            _measure(Path(folder), count, options.questions)


def _measure(folder: Path, papers: int, count: int) -> None:
    library = Library(folder / "library", RandomEmbedder())
    library.add(synthetic_papers(papers))
    times = []
    for question in questions(library.catalogue.papers(), count + _WARM_UP_QUESTIONS):
        wall, cpu = time.perf_counter(), time.process_time()
        retrieve(library, question, Settings())
        times.append((time.perf_counter() - wall, time.process_time() - cpu))
    library.close()
    milliseconds = 1000 * np.array(times[_WARM_UP_QUESTIONS:])
    (median, median_cpu), (slow, slow_cpu) = np.percentile(milliseconds, [50, 95], axis=0)
    sys.stdout.write(
        f"{papers:,} papers, {count} questions: median {median:.1f} ms (CPU {median_cpu:.1f} ms), "
        f"95th percentile {slow:.1f} ms (CPU {slow_cpu:.1f} ms)\n"
    )
    sys.stdout.flush()


if __name__ == "__main__":
    main()
