"""Questions written one by one, as people might type them, to train the classifier of kinds.

A line of ``eval/question-kinds/written*.tsv`` is a kind, a tab and a question. Braces enclose the
words of its subject, which say nothing about its kind: ``synthesis<tab>how do people keep
{catalysts} from {sintering}?``. A name that may refer to records of the library has a type, such as
``{author:Okafor}``.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from assistant.answering.question.kind import KINDS, QuestionKind
from assistant.errors import InputError
from assistant.evaluation.question_kinds.labelled_question import (
    ENTITY_SLOTS,
    LabelledQuestion,
    kind_named,
)
from assistant.text.sentences import Span

# The weight of each relative to a template: it is worded as people type, and occurs only once.
_WEIGHT = 5.0
_SUBJECT = re.compile(r"\{(?:(\w+):)?([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class MarkedQuestion:
    """A question with its marked subject.

    Attributes:
        text: as a person might type it.
        kind: the kind of the question.
        subject: from the first to the last marked word; None if nothing is marked.
    """

    text: str
    kind: QuestionKind
    subject: Span | None


def load_marked_questions(file: Path) -> list[MarkedQuestion]:
    """Return the questions of a file with their subjects.

    Raises:
        InputError: a line has no tab, or names an unknown kind or type.
    """
    questions = []
    for _, kind, marked in _lines(file):
        text, subjects, end = "", [], 0
        for match in _SUBJECT.finditer(marked):
            text += marked[end : match.start()]
            subjects.append(Span(len(text), len(text) + len(match[2])))
            text += match[2]
            end = match.end()
        text += marked[end:]
        subject = Span(subjects[0].start, subjects[-1].end) if subjects else None
        questions.append(MarkedQuestion(text, kind, subject))
    return questions


def load_written_questions(file: Path) -> list[LabelledQuestion]:
    """Return the questions of a file; those with typed names twice, with and without placeholders.

    Raises:
        InputError: a line has no tab, or names an unknown kind or type.
    """
    questions: list[LabelledQuestion] = []
    for number, kind, marked in _lines(file):
        names = {text: type_ for type_, text in _SUBJECT.findall(marked) if type_}
        text = _SUBJECT.sub(lambda subject: subject[2], marked)
        form = _SUBJECT.sub(" ", marked)
        template = f"{file.stem} {number}"
        questions.append(LabelledQuestion(text, {}, kind, template, form, _WEIGHT))
        if names:
            resolved = {name: ENTITY_SLOTS[type_] for name, type_ in names.items()}
            questions.append(LabelledQuestion(text, resolved, kind, template, form, _WEIGHT))
    return questions


def _lines(file: Path) -> Iterator[tuple[int, QuestionKind, str]]:
    """Yield the number, kind and marked question of each line.

    Raises:
        InputError: a line has no tab, or names an unknown kind or type.
    """
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        name, _, marked = line.partition("\t")
        kind = kind_named(name)
        if kind is None or not marked:
            raise InputError(
                f"{file}, line {number} needs a kind, a tab and a question; kinds: "
                f"{', '.join(KINDS)}."
            )
        types = {type_ for type_, _ in _SUBJECT.findall(marked) if type_}
        if unknown := types - ENTITY_SLOTS.keys():
            raise InputError(f"{file}, line {number} has an unknown type: {', '.join(unknown)}.")
        yield number, kind, marked
