"""Verdict questions, asked of a library made for them alone and thrown away afterwards."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

from assistant.answering import Assistant
from assistant.evaluation.evaluate import Ask, OnProgress, answer_questions, asking
from assistant.evaluation.manifest import manifest_of
from assistant.evaluation.questions import Question
from assistant.evaluation.run import Run
from assistant.papers import Paper
from assistant.settings import Settings

VerdictSetting = Literal["reading", "end-to-end"]
"""``reading``: the library holds just the abstract that settles the question; ``end-to-end``: all
abstracts of the set, and the right one must be found."""


def evaluate_verdicts(
    questions: Sequence[Question],
    settings: Settings,
    setting: VerdictSetting,
    *,
    abstracts: Sequence[Paper],
    prepare: Callable[[Assistant], None] | None = None,
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
        prepare: called once the library holds the abstracts, before the first question.
        name: as for `evaluate`.
        out: as for `evaluate`.
        restart: as for `evaluate`.
        on_progress: as for `evaluate`.
    """
    with (
        TemporaryDirectory() as folder,
        Assistant.open(folder, settings=settings, samples=False) as assistant,
    ):
        # For reading too: the manifest then names all abstracts that the answers come from.
        assistant.library.add(abstracts)
        if prepare:
            prepare(assistant)
        manifest = replace(manifest_of(assistant, name), system=f"assistant, {setting}")
        return answer_questions(
            _reading(assistant) if setting == "reading" else asking(assistant),
            questions,
            manifest,
            out=out,
            restart=restart,
            on_progress=on_progress,
        )


def abstracts_of(questions: Sequence[Question]) -> list[Paper]:
    """Return the abstracts that verdict questions bring along."""
    return [question.abstract for question in questions if question.abstract is not None]


def _reading(assistant: Assistant) -> Ask:
    put = asking(assistant)

    def ask(question: Question) -> Mapping[str, Any]:
        assistant.library.remove([paper.id for paper in assistant.papers()])
        assistant.library.add(abstracts_of([question]))
        return put(question)

    return ask
