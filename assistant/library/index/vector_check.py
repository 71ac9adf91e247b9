"""Checking vectors in a separate process: damaged files can crash Chroma."""

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from assistant.library.storage.read_only import PrivateCopy
from assistant.library.vector import Vector

_TIMEOUT_SECONDS = 600
# The tolerance for rounding to 32 and 16 bits.
_TOLERANCE = 0.01
# The number of vectors of each level to search for.
_SEARCHED = 200
_MIN_FOUND = 0.99


@dataclass(frozen=True, slots=True)
class VectorCheck:
    """The result of a check.

    Attributes:
        problem: what is wrong; empty if nothing is.
        ids: the ids of the vectors, of all levels.
    """

    problem: str
    ids: frozenset[int] = frozenset()


def check_vectors(folder: Path) -> VectorCheck:
    """Check a private copy of a folder of vectors.

    All vectors are read. They must be finite unit vectors, the vector of an abstract must be the
    mean of its chunks' vectors, and a search for a stored vector must find it.
    """
    if not (folder / "chroma.sqlite3").exists():
        return VectorCheck("they are missing")
    copy = PrivateCopy(folder)
    try:
        done = subprocess.run(
            [sys.executable, "-m", __name__, str(copy.path)],
            capture_output=True,
            timeout=_TIMEOUT_SECONDS,
            check=False,
        )
        found = json.loads(done.stdout) if done.returncode == 0 else None
    except (subprocess.TimeoutExpired, ValueError):
        return VectorCheck("reading them takes too long")
    finally:
        copy.close()
    if not isinstance(found, dict):
        return VectorCheck("reading them ends the process")
    return VectorCheck(found["problem"], frozenset(found["ids"]))


def _check(folder: str) -> dict[str, Any]:
    import chromadb
    from chromadb.config import Settings

    client = chromadb.PersistentClient(folder, settings=Settings(anonymized_telemetry=False))
    of_abstracts: dict[str, Vector] = {}
    of_chunks: dict[str, list[Vector]] = {}
    ids: list[int] = []
    problem = ""
    made = {collection.name for collection in client.list_collections()}
    for name in made & {"abstracts", "chunks"}:
        collection = client.get_collection(name, embedding_function=None)
        found = collection.get(include=["embeddings", "metadatas"])
        vectors = np.asarray(found["embeddings"], dtype=np.float32)
        ids += [int(id_) for id_ in found["ids"]]
        if not len(vectors):
            continue
        norms = np.linalg.norm(vectors, axis=1)
        if not np.all(np.abs(norms - 1) < _TOLERANCE):
            problem = "vectors have changed"
        for metadata, vector in zip(found["metadatas"] or (), vectors, strict=True):
            paper = str(metadata["paper"])
            if name == "abstracts":
                of_abstracts[paper] = vector
            else:
                of_chunks.setdefault(paper, []).append(vector)
        problem = problem or _searching(collection, vectors)
    return {"problem": problem or _means(of_abstracts, of_chunks), "ids": ids}


def _searching(collection: Any, vectors: Vector) -> str:
    rows = np.linspace(0, len(vectors) - 1, min(_SEARCHED, len(vectors)), dtype=int)
    found = collection.query(query_embeddings=vectors[rows], n_results=1, include=["distances"])
    hits = sum(
        bool(distances) and abs(distances[0]) < _TOLERANCE for distances in found["distances"]
    )
    return "" if hits >= _MIN_FOUND * len(rows) else "a search misses some"


def _means(of_abstracts: Mapping[str, Vector], of_chunks: Mapping[str, list[Vector]]) -> str:
    for paper, vector in of_abstracts.items():
        mean = np.mean(of_chunks.get(paper, [vector]), axis=0)
        if float(mean @ vector) < (1 - _TOLERANCE) * float(np.linalg.norm(mean)):
            return f"those of {paper} do not fit together"
    return ""


if __name__ == "__main__":
    print(json.dumps(_check(sys.argv[1])))
