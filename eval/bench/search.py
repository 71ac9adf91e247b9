"""``python -m eval.bench.search``: how long a search takes, by the size of the library.

The papers are made up and their vectors random, so nothing is embedded, the question least of all:
what is measured is all the rest of `retrieve`, mostly on its longest way, since random vectors
leave open which paper is meant. Prints the median and the 95th percentile, by the clock and of the
processor: on a machine that does other things too, only the latter tells.
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
from eval.bench.made_up import RandomEmbedder, made_up_papers, questions

_WARMING_UP = 5


def main() -> None:
    """Fill libraries, search them and print how long it took."""
    parser = argparse.ArgumentParser(prog="eval.bench.search", description=__doc__)
    parser.add_argument("--papers", type=int, nargs="+", default=[109, 10_000])
    parser.add_argument("--questions", type=int, default=100)
    options = parser.parse_args()
    for count in options.papers:
        with tempfile.TemporaryDirectory() as folder:
            _measure(Path(folder), count, options.questions)


def _measure(folder: Path, papers: int, count: int) -> None:
    library = Library(folder / "library", RandomEmbedder())
    library.add(made_up_papers(papers))
    asked = questions(library.catalogue.papers(), count + _WARMING_UP)
    times = []
    for question in asked:
        clock, processor = time.perf_counter(), time.process_time()
        retrieve(library, question, Settings())
        times.append((time.perf_counter() - clock, time.process_time() - processor))
    library.close()
    milliseconds = 1000 * np.array(times[_WARMING_UP:])
    (median, median_cpu), (slow, slow_cpu) = np.percentile(milliseconds, [50, 95], axis=0)
    sys.stdout.write(
        f"{papers:,} papers, {count} questions: median {median:.1f} ms ({median_cpu:.1f} ms of the "
        f"processor), 95 % within {slow:.1f} ms ({slow_cpu:.1f} ms)\n"
    )
    sys.stdout.flush()


if __name__ == "__main__":
    main()
