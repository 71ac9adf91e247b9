"""``python -m eval.bench.adding``: add made-up papers to a new library, then add them again.

Prints seconds, papers a second, and the peak of memory after a tenth of the papers and after all:
reading takes no more for more papers, but Chroma holds the index of the vectors in memory.
"""

import argparse
import sys
import tempfile
import time
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
    options = parser.parse_args()
    name = Settings().embedder
    embedder = RandomEmbedder() if options.random_vectors else Embedder(name, locate(name))
    embedder.load()
    with tempfile.TemporaryDirectory() as folder:
        library = Library(Path(folder) / "library", embedder)
        _add(library, Path(folder) / "tenth.jsonl", options.papers // 10)
        before = peak_bytes()
        _add(library, Path(folder) / "all.jsonl", options.papers)
        sys.stdout.write(
            f"peak of memory: {before / 1e6:.0f} MB, then {peak_bytes() / 1e6:.0f} MB\n"
        )
        _add(library, Path(folder) / "all.jsonl", options.papers)
        library.close()


def _add(library: Library, file: Path, count: int) -> None:
    write_arxiv_dump(file, count)
    start = time.perf_counter()
    report = library.add(read_files(file))
    seconds = time.perf_counter() - start
    sys.stdout.write(f"{report}: {seconds:.1f} s, {count / seconds:.0f} papers/s\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
