"""Generate a question set about the papers of a library: answerable and unanswerable questions.

Two of three questions are answerable. Each is tested by a round trip (the answer must come back
from its own abstract, and not without the sentence that states it), as in consistency filtering
(Alberti et al., ACL 2019, arXiv 1906.05416). The others ask for a detail that the abstract of their
paper does not give: the kind of detail that a question about a similar paper asks for, or any
other.
"""

import json
import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.answering import Assistant
from assistant.errors import InputError
from assistant.evaluation.evaluate import OnProgress, Progress
from assistant.evaluation.generation.facts import Fact, facts_in_turn
from assistant.evaluation.generation.write import Written, write_question, write_unanswerable
from assistant.evaluation.questions import UNANSWERABLE
from assistant.jsonl_store import JsonlStore
from assistant.library import Library
from assistant.papers import Paper, paper_id

_SEED = 23
# Every third question is unanswerable: with fewer, abstention could not be measured.
_UNANSWERABLE_EVERY = 3
# How many nearest neighbours of a paper are searched for one that already has a question.
_NEIGHBOURS = 20


@dataclass(frozen=True, slots=True)
class Generated:
    """The result of a generation.

    Attributes:
        kept: the number of questions in the file.
        outcomes: the number of questions that were written, by outcome.
    """

    kept: int
    outcomes: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class OpenDetail:
    """A detail to ask for that the abstract of a paper does not give.

    Attributes:
        paper: the paper.
        like_neighbour: whether to ask for the kind of detail that a question about a similar paper
            asks for.
    """

    paper: Paper
    like_neighbour: bool


def tried_path(out: Path) -> Path:
    """Return the file with every question that was written for a question set."""
    return out.with_suffix(".tried.jsonl")


def generate_questions(
    assistant: Assistant, count: int, *, out: Path, on_progress: OnProgress | None = None
) -> Generated:
    """Write questions about the papers of a library until there are enough of them.

    Args:
        assistant: the assistant whose library has the papers.
        count: the number of questions in ``out`` at the end, if the papers have enough facts.
        out: the question set, which questions are appended to. Beside it, ``.tried.jsonl`` has each
            question that was written, with its outcome; nothing is tried twice.
        on_progress: called before the first question and after each that was tried.

    Raises:
        InputError: a file cannot be read or written, or holds something else.
    """
    kept = _records(out)
    tried = _records(tried_path(out))
    papers = assistant.papers()
    random.Random(_SEED).shuffle(papers)
    done = {str(record.get("key")) for record in tried}
    facts = (one for one in facts_in_turn(papers) if _key(one) not in done)
    details = (one for one in _open_details(papers) if _key(one) not in done)
    assistant.load()
    while True:
        if on_progress:
            on_progress(Progress(min(len(kept), count), count))
        task = _next_task(facts, details, kept)
        if len(kept) >= count or task is None:
            break
        written = _written(assistant, task, kept)
        tried.append({"key": _key(task), "outcome": written.outcome, "question": written.text})
        _append(tried_path(out), tried[-1])
        if written.outcome == "kept":
            kept.append(question_record(task, written.text, f"g{len(tried)}"))
            _append(out, kept[-1])
    return Generated(len(kept), Counter(str(record.get("outcome")) for record in tried))


def _next_task(
    facts: Iterator[Fact], details: Iterator[OpenDetail], kept: Sequence[Mapping[str, Any]]
) -> Fact | OpenDetail | None:
    """Return what to ask for next; None if there are no more facts."""
    unanswerable = sum(record.get("kind") == UNANSWERABLE for record in kept)
    if (unanswerable + 1) * _UNANSWERABLE_EVERY <= len(kept) + 1:
        detail = next(details, None)
        if detail is not None:
            return detail
    return next(facts, None)


def _open_details(papers: Sequence[Paper]) -> Iterator[OpenDetail]:
    """Yield two details of each paper, so that both kinds alternate from paper to paper."""
    for turn in range(2):
        for place, paper in enumerate(papers):
            if paper.abstract:
                yield OpenDetail(paper, like_neighbour=(place + turn) % 2 == 0)


def _written(
    assistant: Assistant, task: Fact | OpenDetail, kept: Sequence[Mapping[str, Any]]
) -> Written:
    if isinstance(task, Fact):
        return write_question(assistant.context(), task)
    example = _neighbours_question(assistant.library, task.paper, kept)
    return write_unanswerable(
        assistant.context(), task.paper, example if task.like_neighbour else ""
    )


def _neighbours_question(library: Library, paper: Paper, kept: Sequence[Mapping[str, Any]]) -> str:
    """Return a question about a fact in a similar paper; empty if there is none."""
    by_paper = {
        paper_id(title): str(record["question"])
        for record in kept
        if record.get("kind") != UNANSWERABLE
        for title in record.get("papers", ())
    }
    vector = library.embedder.embed_question(paper.title)
    near = [id_ for id_, _ in library.nearest("abstract", vector, _NEIGHBOURS) if id_ != paper.id]
    # By title: the papers of the library may have the id of a service.
    by_title = {one.id: paper_id(one.title) for one in library.catalogue.papers(near)}
    return next((by_paper[by_title[id_]] for id_ in near if by_title[id_] in by_paper), "")


def _key(task: Fact | OpenDetail) -> str:
    if isinstance(task, Fact):
        return f"{task.paper.id} {task.kind} {task.answer}"
    return f"{task.paper.id} {'neighbour' if task.like_neighbour else 'plausible'}"


def question_record(task: Fact | OpenDetail, question: str, id_: str) -> dict[str, Any]:
    """Return a question in the format of question sets."""
    record = {"id": id_, "question": question, "papers": [task.paper.title]}
    if isinstance(task, OpenDetail):
        return {**record, "kind": UNANSWERABLE}
    return {
        **record,
        "kind": task.kind,
        "answers": [task.answer],
        "evidence": [task.sentence],
    }


def _records(path: Path) -> list[dict[str, Any]]:
    """Return the records of a file; none if it does not exist."""
    if not path.exists():
        return []
    try:
        records = [json.loads(line) for line in JsonlStore(path).lines()]
    except (OSError, ValueError) as error:
        raise InputError(f"{path} cannot be read: {error}. Choose another --out.") from error
    if not all(isinstance(record, dict) for record in records):
        raise InputError(f"{path} holds no questions. Choose another --out.")
    return records


def _append(path: Path, record: Mapping[str, Any]) -> None:
    try:
        JsonlStore(path).append([record])
    except OSError as error:
        raise InputError(
            f"The questions cannot be written to {path}: {error.strerror}. Choose another --out."
        ) from error
