"""``python -m eval.bench.adding``: add made-up papers to a new library, then add them again.

Prints seconds, papers a second, and the peak of memory after a tenth of the papers, half of them
and all. Reading takes no more for more papers, which ``--trace`` shows: it tells what Python itself
holds. The rest is Chroma's index, which is searched in memory: about 2 kB a vector, and these
papers have 8.
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
from eval.bench.made_up import RandomEmbedder, write_arxiv_dump
from eval.bench.peak import peak_bytes


def main() -> None:
    """Add the papers twice and print what it took."""
    parser = argparse.ArgumentParser(prog="eval.bench.adding", description=__doc__)
    parser.add_argument("--papers", type=int, default=2000)
    parser.add_argument(
        "--random-vectors", action="store_true", help="embed nothing: measure all the rest"
    )
    parser.add_argument(
        "--trace", action="store_true", help="tell what Python holds; takes twice as long"
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
            held = f", held by Python: {_held() / 1e6:.1f} MB" if options.trace else ""
            sys.stdout.write(f"peak of memory: {peak_bytes() / 1e6:.0f} MB{held}\n")
        _add(library, file, options.papers)
        library.close()


def _held() -> int:
    """Return how many bytes Python's own objects take."""
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
