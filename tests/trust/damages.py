"""Damage a library in twelve ways; each damage must be mended, explained or without effect.

Usage: python tests/trust/damages.py [DAMAGES [PAPERS [SEED]]]
"""

import logging
import multiprocessing
import random
import shutil
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "library"))

from word_embedder import WordEmbedder

from assistant.errors import LibraryError
from assistant.library import Conversations, Library
from assistant.library.backup.rescue import rescue_papers
from assistant.library.inspect_library import inspect_library
from assistant.papers import Paper

_PROCESSES = multiprocessing.get_context("forkserver")
_PROCESSES.set_forkserver_preload(["chromadb", "assistant.library", "numpy"])
_PAGE = 4096

Damage = Callable[[Path, random.Random], object]


def _flip(path: Path, rng: random.Random, share: float = 0.01) -> str:
    data = bytearray(path.read_bytes())
    for _ in range(max(1, int(len(data) * share))):
        data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
    path.write_bytes(data)
    return f"{path.name}, {len(data)} bytes"


def _truncate(path: Path, rng: random.Random) -> None:
    path.write_bytes(path.read_bytes()[: rng.randrange(path.stat().st_size)])


def _zero_pages(path: Path, rng: random.Random) -> None:
    data = bytearray(path.read_bytes())
    for _ in range(rng.randint(1, 4)):
        page = rng.randrange(len(data) // _PAGE)
        data[page * _PAGE : (page + 1) * _PAGE] = bytes(_PAGE)
    path.write_bytes(data)


def _index_file(folder: Path, rng: random.Random) -> Path:
    files = sorted(path for path in folder.glob("vectors/*/*") if path.stat().st_size)
    return rng.choice(files)


def _sql(folder: Path, sql: str) -> None:
    with closing(sqlite3.connect(folder / "catalogue.sqlite")) as db, db:
        db.execute(sql)


def _garbage_over_words(folder: Path, rng: random.Random) -> None:
    (folder / "words.sqlite").write_bytes(rng.randbytes(20_000))


def _remove_catalogue(folder: Path, rng: random.Random) -> None:
    (folder / "catalogue.sqlite").unlink()
    if rng.random() < 0.5:
        (folder / "library.json").unlink()


DAMAGES: dict[str, Damage] = {
    "vectors removed": lambda f, rng: shutil.rmtree(f / "vectors"),
    "a file of the vector index cut": lambda f, rng: _truncate(_index_file(f, rng), rng),
    "bits of the vector index flipped": lambda f, rng: _flip(_index_file(f, rng), rng),
    "the vector database cut": lambda f, rng: _truncate(f / "vectors/chroma.sqlite3", rng),
    "bits of the vector database flipped": lambda f, rng: _flip(f / "vectors/chroma.sqlite3", rng),
    "the catalogue removed": _remove_catalogue,
    "the catalogue cut": lambda f, rng: _truncate(f / "catalogue.sqlite", rng),
    "pages of the catalogue zeroed": lambda f, rng: _zero_pages(f / "catalogue.sqlite", rng),
    "bits of the catalogue flipped": lambda f, rng: _flip(f / "catalogue.sqlite", rng, 0.0001),
    "sentence vectors deleted": lambda f, rng: _sql(
        f, f"DELETE FROM sentence_vectors WHERE chunk % {rng.randint(1, 9)} = 0"
    ),
    "conversations damaged": lambda f, rng: rng.choice([_truncate, _zero_pages, _flip])(
        f / "conversations.sqlite", rng
    ),
    "word vectors overwritten": _garbage_over_words,
}


def _paper(number: int) -> Paper:
    return Paper(
        title=f"Report {number}",
        abstract=" ".join(f"We weigh stone {number * n} of hill {n}." for n in range(12)),
    )


def make(folder: Path, papers: int) -> None:
    """Make the library that copies of are damaged."""
    with closing(Library(folder, WordEmbedder(), 30)) as library:
        library.add(_paper(number) for number in range(papers))
    with closing(Conversations(folder / "conversations.sqlite")) as conversations:
        for number in range(30):
            talk = conversations.start("", f"What does stone {number} weigh?")
            conversations.add_exchange(talk.id, 0, "stone", '{"answer": "much"}')


def outcome(folder: Path, papers: int, answer: Any) -> None:
    """Open a damaged library as the commands do, and send what came of it."""
    logging.disable()
    try:
        answer.send(_outcome(folder, papers))
    except BaseException as error:
        answer.send(("traceback", f"{type(error).__name__}: {error}"))


def _outcome(folder: Path, papers: int) -> tuple[str, str]:
    explained = ""
    wanted = [_paper(number) for number in range(papers)]
    try:
        with closing(Library(folder, WordEmbedder())) as library:
            library.repair()
            found = library.catalogue.papers()
            for paper in (wanted[0], wanted[-1]):
                vector = WordEmbedder().embed([f"{paper.title}. {paper.abstract}"])[0]
                [(id_, _)] = library.nearest("abstract", vector, 1)
                if id_ != paper.id:
                    explained = explained or f"unnoticed: {paper.title} is not found"
                library.word_cosines(["stone"], ["hill"])
    except LibraryError as error:
        explained, found = str(error), []
    try:
        with closing(Conversations(folder / "conversations.sqlite")) as conversations:
            talks = conversations.all("")
            said = sum(len(conversations.exchanges(talk.id)) for talk in talks)
    except LibraryError as error:
        explained, talks, said = str(error), [], 0
    wrong = [one for one in inspect_library(folder) if not one.ok]
    is_same = found == wanted and len(talks) == said == 30
    if explained.startswith("unnoticed") and not wrong:
        return "unnoticed", explained
    if explained or wrong:
        return "explained", explained or wrong[0].detail
    return ("right", "") if is_same else ("unnoticed", "the content has changed")


def main(damages: int = 100, papers: int = 200, seed: int = 1) -> int:
    """Damage and open; print the figures. Return the number of damages that went unnoticed."""
    rng = random.Random(seed)
    place = Path(tempfile.mkdtemp(prefix="trust-"))
    making = _PROCESSES.Process(target=make, args=(place / "base", papers))
    making.start()
    making.join()
    outcomes: dict[str, Counter[str]] = {name: Counter() for name in DAMAGES}
    rescued: list[float] = []
    bad = 0
    started = time.monotonic()
    for number in range(damages):
        name = list(DAMAGES)[number % len(DAMAGES)]
        folder = Path(shutil.copytree(place / "base", place / f"copy-{number}"))
        damaged = DAMAGES[name](folder, rng)
        if "catalogue" in name and (folder / "catalogue.sqlite").exists():
            rescued.append(len(rescue_papers(folder / "catalogue.sqlite").papers) / papers)
        ours, theirs = _PROCESSES.Pipe(False)
        process = _PROCESSES.Process(target=outcome, args=(folder, papers, theirs))
        process.start()
        theirs.close()
        try:
            what, why = ours.recv()
        except EOFError:
            what, why = "crash", ""
        process.join()
        outcomes[name][what] += 1
        if what not in ("right", "explained"):
            bad += 1
            print(f"{number} {name} ({damaged}): {what}: {why[:300]}", flush=True)
        shutil.rmtree(folder)
    shutil.rmtree(place)
    print(f"{damages} damages in {time.monotonic() - started:.0f} s; unnoticed or crashed: {bad}")
    for name, counts in outcomes.items():
        print(f"  {name}: {dict(counts)}")
    if rescued:
        share = sum(rescued) / len(rescued)
        print(f"rescued papers of damaged catalogues: {share:.0%}; of the worst {min(rescued):.0%}")
    return bad


if __name__ == "__main__":
    sys.exit(min(main(*map(int, sys.argv[1:])), 1))
