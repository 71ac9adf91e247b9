"""Runs over verdict questions that include their abstracts, in a temporary library."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

from assistant.answering import Assistant
from assistant.errors import InputError
from assistant.evaluation.evaluate import Ask, OnProgress, answer_questions, make_ask
from assistant.evaluation.manifest import manifest_of
from assistant.evaluation.questions import Question
from assistant.evaluation.run import Run
from assistant.models import Calibration
from assistant.papers import Paper, paper_id
from assistant.settings import Settings

VerdictSetting = Literal["reading", "end-to-end"]
"""Which abstracts the library holds: in ``reading`` only the one that the question is about; in
``end-to-end`` those of the whole set, so that retrieval has to find the right one."""

Prepare = Callable[[Assistant], None]
"""Prepares an assistant before it is asked, for example by having the model read the papers."""


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
    """Ask verdict questions; see `evaluate` for the arguments not described here.

    Args:
        questions: the questions to ask.
        settings: the assistant's settings.
        setting: which abstracts the library holds.
        abstracts: those of the whole set, including questions that are not asked.
        calibration: replaces the model's calibration.
        prepare: called each time the library has been filled: once in ``end-to-end``, before each
            question in ``reading``.
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
        # In ``reading`` the library changes with each question; the manifest covers all abstracts.
        manifest = replace(
            manifest_of(assistant, name),
            system=f"assistant, {setting}",
            library=f"{_fingerprint(abstracts)}-{settings.embedder}",
        )
        ask = make_ask(assistant)
        return answer_questions(
            _ask_about_own_abstract(assistant, ask, prepare) if setting == "reading" else ask,
            questions,
            manifest,
            out=out,
            restart=restart,
            on_progress=on_progress,
        )


def abstracts_of(questions: Sequence[Question]) -> list[Paper]:
    """Return the abstracts that verdict questions include."""
    return [question.abstract for question in questions if question.abstract is not None]


def with_abstracts(questions: Sequence[Question], abstracts: Sequence[Paper]) -> list[Question]:
    """Return verdict questions with their abstracts filled in.

    Args:
        questions: verdict questions that name the papers they are about.
        abstracts: the abstracts to choose from.

    Raises:
        InputError: a question is about none of the abstracts.
    """
    by_id = {paper.id: paper for paper in abstracts}
    found = []
    for question in questions:
        paper = by_id.get(paper_id(question.papers[0]))
        if paper is None:
            raise InputError(
                f"Question {question.id!r} is about {question.papers[0]!r}, whose abstract is not "
                "among those given. Name the question sets that include it with --abstracts."
            )
        found.append(replace(question, abstract=paper))
    return found


def replace_library_by_abstract(assistant: Assistant, question: Question) -> None:
    """Remove all papers from the library and add the abstract that a question includes."""
    assistant.library.remove([paper.id for paper in assistant.papers()])
    assistant.library.add(abstracts_of([question]))


def _fingerprint(papers: Sequence[Paper]) -> str:
    hashes = sorted(paper.content_hash() for paper in papers)
    return hashlib.sha256("".join(hashes).encode()).hexdigest()[:12]


def _ask_about_own_abstract(assistant: Assistant, ask: Ask, prepare: Prepare) -> Ask:
    """Wrap ``ask`` so that the library holds only the abstract of the question asked."""

    def ask_about_own_abstract(question: Question) -> Mapping[str, Any]:
        replace_library_by_abstract(assistant, question)
        prepare(assistant)
        return ask(question)

    return ask_about_own_abstract
