"""Kill a process that changes a library, again and again; nothing saved may be lost.

Usage: python tests/trust/kills.py [KILLS [SEED]]
"""

import json
import multiprocessing
import os
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from contextlib import closing
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "library"))

from consistency import assert_consistent
from word_embedder import WordEmbedder

from assistant.library import Conversations, Library
from assistant.library.backup.archive import write_backup
from assistant.library.inspect_library import inspect_library
from assistant.papers import Paper

# Each process starts with Chroma imported, which takes a second.
_PROCESSES = multiprocessing.get_context("forkserver")
_PROCESSES.set_forkserver_preload(["chromadb", "assistant.library", "numpy"])
# When the process is killed: after some lines of its log, and some of the next change.
_MOST_LINES = 12
_LONGEST_SECONDS = 0.3
_OPERATIONS = {
    "add": 6,
    "update": 3,
    "remove": 3,
    "merge": 2,
    "split": 1,
    "reindex": 2,
    "talk": 4,
    "settings": 2,
    "backup": 1,
}


def _paper(number: int) -> Paper:
    return Paper(
        title=f"Report {number}",
        abstract=f"We weigh stone {number} of hill {number % 7}. It is heavy. Nobody lifts it.",
        arxiv_id=f"{number:09.4f}"[:4] + f".{number:05}",
    )


def work(folder: Path, seed: int, log: Path) -> None:
    """Change a library at random until killed; log each change before and after it."""
    rng = random.Random(seed)
    with log.open("a", encoding="utf-8", buffering=1) as file:

        def note(**values: object) -> None:
            file.write(json.dumps(values) + "\n")

        library = Library(folder, WordEmbedder())
        library.repair()
        conversations = Conversations(folder / "conversations.sqlite")
        talk = conversations.start("", f"Conversation {seed}")
        said = 0
        note(did="start", papers=[one.id for one in library.catalogue.papers()])
        for step in count():
            name = rng.choices(list(_OPERATIONS), _OPERATIONS.values())[0]
            papers = library.catalogue.papers()
            some = rng.sample(papers, min(len(papers), rng.randint(1, 8)))
            if name == "add":
                numbers = [rng.randrange(100_000) for _ in range(rng.randint(1, 40))]
                note(doing=name, ids=[_paper(number).id for number in numbers])
                library.add([_paper(number) for number in numbers])
            elif name == "update":
                changed = [replace(one, venue=f"Journal {step}") for one in some]
                note(doing=name, ids=[])
                library.add(changed)
            elif name == "remove":
                note(doing=name, ids=[one.id for one in some])
                library.remove([one.id for one in some])
            elif name == "merge" and len(some) > 1:
                note(doing=name, ids=[some[1].id])
                library.merge(some[0].id, some[1].id)
            elif name == "split" and some and library.catalogue.merge_log.last(some[0].id):
                note(doing=name, ids=["*"])
                library.split(some[0].id)
            elif name == "reindex":
                note(doing=name, ids=[])
                library.reindex()
            elif name == "talk":
                note(doing=name, ids=[])
                said = conversations.add_exchange(talk.id, said, "stones", json.dumps([step]))
                note(said=said, talk=talk.id)
            elif name == "settings":
                note(doing=name, ids=[])
                conversations.save_settings({"papers_read": str(step)})
            elif name == "backup":
                note(doing=name, ids=[])
                write_backup(folder, folder.parent / "backup.zip", overwrite=True)
            else:
                continue
            note(did=name, papers=[one.id for one in library.catalogue.papers()])


def check(folder: Path, log: Path, answer: Any) -> None:
    """Open a library after a kill, and send what is wrong with it."""
    entries = [json.loads(line) for line in log.read_text("utf-8").splitlines() if line[-1:] == "}"]
    try:
        answer.send(_problem(folder, entries))
    except BaseException as error:
        answer.send(f"{type(error).__name__}: {error}")


def _problem(folder: Path, entries: list[dict[str, Any]]) -> str:
    before: set[str] = set()
    in_flight: set[str] = set()
    for entry in entries:
        if "papers" in entry:
            before, in_flight = set(entry["papers"]), set()
        elif "doing" in entry:
            in_flight = set(entry["ids"])
    with closing(Library(folder, WordEmbedder())) as library:
        library.repair()
        assert_consistent(library)
        now = {paper.id for paper in library.catalogue.papers()}
    if "*" not in in_flight and (now ^ before) - in_flight:
        return f"papers lost or appeared: {sorted((now ^ before) - in_flight)[:3]}"
    said = [(entry["talk"], entry["said"]) for entry in entries if "said" in entry]
    with closing(Conversations(folder / "conversations.sqlite")) as conversations:
        for talk, number in said:
            if number not in [one.number for one in conversations.exchanges(talk)]:
                return f"exchange {number} is lost"
    wrong = [one for one in inspect_library(folder) if not one.ok]
    return f"{wrong[0].name}: {wrong[0].detail}" if wrong else ""


def main(kills: int = 200, seed: int = 1) -> int:
    """Kill and check; print the figures. Return the number of libraries that were not right."""
    rng = random.Random(seed)
    place = Path(tempfile.mkdtemp(prefix="trust-"))
    folder, log = place / "library", place / "log.jsonl"
    problems, killed_in = [], Counter[str]()
    done = Counter[str]()
    started = time.monotonic()
    for kill in range(kills):
        log.write_text("", encoding="utf-8")
        process = _PROCESSES.Process(
            target=work, args=(folder, seed * 10_000 + kill, log), daemon=True
        )
        process.start()
        wanted = rng.randint(1, _MOST_LINES)
        while process.is_alive() and log.read_bytes().count(b"\n") < wanted:
            time.sleep(0.01)
        time.sleep(rng.uniform(0, _LONGEST_SECONDS))
        if not process.is_alive():
            problems.append(f"{kill}: the process ended by itself")
        os.kill(process.pid or 0, 9)
        process.join()
        entries = [json.loads(line) for line in log.read_text("utf-8").splitlines() if line]
        done.update(entry["did"] for entry in entries if "did" in entry)
        doing = [entry for entry in entries if "doing" in entry or "did" in entry]
        killed_in[doing[-1].get("doing", "between") if doing else "opening"] += 1
        ours, theirs = _PROCESSES.Pipe(False)
        checking = _PROCESSES.Process(target=check, args=(folder, log, theirs))
        checking.start()
        theirs.close()
        try:
            problem = ours.recv()
        except EOFError:
            problem = "the check ended its process"
        checking.join()
        if problem:
            problems.append(f"{kill}: {problem}")
            print(problems[-1], flush=True)
        if kill % 10 == 9:
            print(f"{kill + 1} kills, {len(problems)} problems", flush=True)
    shutil.rmtree(place)
    print(f"{kills} kills in {time.monotonic() - started:.0f} s; problems: {len(problems)}")
    print("killed in:", dict(killed_in.most_common()))
    print("completed:", dict(done.most_common()))
    return len(problems)


if __name__ == "__main__":
    sys.exit(min(main(*map(int, sys.argv[1:])), 1))
