"""``python -m eval.bench.adding``: measure adding synthetic papers to a library, twice.

Prints seconds, papers per second, and peak memory after a tenth, half and all of the papers. With
``--trace`` it also prints the memory held by Python objects, which does not grow with the number of
papers. The rest is Chroma's index, which is kept in memory: about 2 kB per vector, with 8 vectors
per paper here.
"""

import argparse
import gc
import sys
import tempfile
import time
import tracemalloc
from pathlib import Path

from assistant.library import Embedder, Library
from assistant.models import locate
from assistant.papers import read_files
from assistant.settings import Settings
from eval.bench.peak_memory import peak_bytes
from eval.bench.synthetic import RandomEmbedder, write_arxiv_dump


def main() -> None:
    """Add the papers twice and print the measurements."""
    parser = argparse.ArgumentParser(prog="eval.bench.adding", description=__doc__)
    parser.add_argument("--papers", type=int, default=2000)
    parser.add_argument(
        "--random-vectors", action="store_true", help="skip the embedder: measure everything else"
    )
    parser.add_argument(
        "--trace", action="store_true", help="print Python's memory; takes twice as long"
    )
    options = parser.parse_args()
    if options.trace:
        tracemalloc.start()
    name = Settings().embedder
    embedder = RandomEmbedder() if options.random_vectors else Embedder(name, locate(name))
    embedder.load()
    with tempfile.TemporaryDirectory() as folder:
        library = Library(Path(folder) / "library", embedder)
        file = Path(folder) / "papers.jsonl"
        for share in (10, 2, 1):
            _add(library, file, options.papers // share)
            python = f", Python objects: {_python_bytes() / 1e6:.1f} MB" if options.trace else ""
            sys.stdout.write(f"peak memory: {peak_bytes() / 1e6:.0f} MB{python}\n")
        _add(library, file, options.papers)
        library.close()


def _python_bytes() -> int:
    """Return the memory of Python objects in bytes."""
    gc.collect()
    return tracemalloc.get_traced_memory()[0]


def _add(library: Library, file: Path, count: int) -> None:
    write_arxiv_dump(file, count)
    start = time.perf_counter()
    report = library.add(read_files(file))
    seconds = time.perf_counter() - start
    sys.stdout.write(f"{report}: {seconds:.1f} s, {count / seconds:.0f} papers/s\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
