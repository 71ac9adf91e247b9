"""Verdict questions, asked of a library made for them alone and thrown away afterwards."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

from assistant.answering import Assistant
from assistant.errors import InputError
from assistant.evaluation.evaluate import Ask, OnProgress, answer_questions, asking
from assistant.evaluation.manifest import manifest_of
from assistant.evaluation.questions import Question
from assistant.evaluation.run import Run
from assistant.models import Calibration
from assistant.papers import Paper, paper_id
from assistant.settings import Settings

VerdictSetting = Literal["reading", "end-to-end"]
"""``reading``: the library holds just the abstract that settles the question; ``end-to-end``: all
abstracts of the set, and the right one must be found."""

Prepare = Callable[[Assistant], None]
"""Does something with an assistant before it is asked, such as to have it read the papers."""


def evaluate_verdicts(
    questions: Sequence[Question],
    settings: Settings,
    setting: VerdictSetting,
    *,
    abstracts: Sequence[Paper],
    calibration: Calibration | None = None,
    prepare: Prepare = lambda _: None,
    name: str = "",
    out: Path | None = None,
    restart: bool = False,
    on_progress: OnProgress | None = None,
) -> Run:
    """Ask verdict questions; see `evaluate` for what is not described here.

    Args:
        questions: those to ask.
        settings: of the assistant.
        setting: whether the abstract is given or must be found.
        abstracts: of the whole set, asked about or not: the library of ``end-to-end``.
        calibration: of the model, if not its own.
        prepare: called when the library holds what is asked about next: before the first question,
            or before each if the setting is ``reading``.
        name: as for `evaluate`.
        out: as for `evaluate`.
        restart: as for `evaluate`.
        on_progress: as for `evaluate`.
    """
    with (
        TemporaryDirectory() as folder,
        Assistant.open(
            folder, settings=settings, samples=False, calibration=calibration
        ) as assistant,
    ):
        if setting == "end-to-end":
            assistant.library.add(abstracts)
            prepare(assistant)
        # The library of ``reading`` changes with each question: its manifest names all abstracts.
        manifest = replace(
            manifest_of(assistant, name),
            system=f"assistant, {setting}",
            library=f"{_fingerprint(abstracts)}-{settings.embedder}",
        )
        return answer_questions(
            _reading(assistant, prepare) if setting == "reading" else asking(assistant),
            questions,
            manifest,
            out=out,
            restart=restart,
            on_progress=on_progress,
        )


def abstracts_of(questions: Sequence[Question]) -> list[Paper]:
    """Return the abstracts that verdict questions bring along."""
    return [question.abstract for question in questions if question.abstract is not None]


def with_abstracts(questions: Sequence[Question], abstracts: Sequence[Paper]) -> list[Question]:
    """Return verdict questions that bring the abstracts along which they are about.

    Raises:
        InputError: one is about none of the abstracts.
    """
    by_id = {paper.id: paper for paper in abstracts}
    found = []
    for question in questions:
        paper = by_id.get(paper_id(question.papers[0]))
        if paper is None:
            raise InputError(
                f"No abstract of {question.papers[0]!r}, which question {question.id!r} is about. "
                "Give the question sets that bring it along."
            )
        found.append(replace(question, abstract=paper))
    return found


def give_abstract(assistant: Assistant, question: Question) -> None:
    """Let the library hold just the abstract that settles a question."""
    assistant.library.remove([paper.id for paper in assistant.papers()])
    assistant.library.add(abstracts_of([question]))


def _fingerprint(papers: Sequence[Paper]) -> str:
    hashes = sorted(paper.content_hash() for paper in papers)
    return hashlib.sha256("".join(hashes).encode()).hexdigest()[:12]


def _reading(assistant: Assistant, prepare: Prepare) -> Ask:
    put = asking(assistant)

    def ask(question: Question) -> Mapping[str, Any]:
        give_abstract(assistant, question)
        prepare(assistant)
        return put(question)

    return ask
