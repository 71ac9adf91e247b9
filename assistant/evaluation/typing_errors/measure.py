"""How well questions find their papers in spite of a typing error, and what is changed wrongly."""

import random
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from assistant.evaluation.metrics.intervals import Estimate, mean
from assistant.evaluation.questions import Question
from assistant.evaluation.typing_errors.fit import Example, SpellingFit, is_same_word
from assistant.evaluation.typing_errors.mistype import mistyped, rarest_word
from assistant.library import Library
from assistant.papers import paper_id
from assistant.retrieval import retrieve
from assistant.retrieval.spelling import correct_spelling, words_of
from assistant.settings import Settings
from assistant.text.folding import folded


@dataclass(frozen=True, slots=True)
class MistypedQuestion:
    """A question with an error in its rarest word.

    Attributes:
        question: the question.
        word: the word, folded.
        typed: the word with the error.
        text: the question with the error.
    """

    question: Question
    word: str
    typed: str
    text: str

    @property
    def right(self) -> str:
        """The question without the error."""
        return self.question.standalone or self.question.text


@dataclass(frozen=True, slots=True)
class TypingErrors:
    """The figures.

    Attributes:
        right: the share of questions that find one of their papers first, without an error.
        mistyped: the same with an error in the rarest word.
        corrected: the same with the error, corrected.
        corrected_right: the share of errors that are corrected to the word that was meant.
        corrected_wrong: the share of errors that are corrected to another word.
        changed_words: the share of words right as typed, and in no paper, that are changed.
        changed_names: the same for names of the library, as if no paper had them.
        changed_questions: the share of questions without an error that are changed.
        changed_unanswerable: the same of those that no paper answers.
        changes: the words right as typed that are changed.
    """

    right: Estimate
    mistyped: Estimate
    corrected: Estimate
    corrected_right: Estimate
    corrected_wrong: Estimate
    changed_words: Estimate
    changed_names: Estimate
    changed_questions: Estimate
    changed_unanswerable: Estimate
    changes: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the figures for JSON."""
        return asdict(self)


def mistype_questions(
    library: Library, questions: Sequence[Question], chance: random.Random
) -> list[MistypedQuestion]:
    """Make an error in the rarest word of each question about papers of the library."""
    found = []
    for question in questions:
        text = question.standalone or question.text
        word = rarest_word(library, text)
        if not word or not question.papers or not question.answerable:
            continue
        place = text.lower().find(word)
        if place < 0:  # written with accents
            continue
        typed = mistyped(word, chance)
        changed = text[:place] + typed + text[place + len(word) :]
        found.append(MistypedQuestion(question, word, typed, changed))
    return found


def measure_typing_errors(
    library: Library,
    settings: Settings,
    fit: SpellingFit,
    mistyped_questions: Sequence[MistypedQuestion],
    unaltered: Sequence[Question],
    right: Sequence[Example],
    names: Sequence[Example],
    on_question: Callable[[int], None] | None = None,
) -> TypingErrors:
    """Return the figures, each of a model that was not fitted on the errors in the word."""
    before: list[float] = []
    after: list[float] = []
    repaired: list[float] = []
    outcomes: list[bool | None] = []
    for done, one in enumerate(mistyped_questions):
        if on_question:
            on_question(done)
        found = correct_spelling(library, one.text, fit.for_word(one.word))
        for shares, text in ((before, one.right), (after, one.text), (repaired, found.text)):
            shares.append(_finds_first(library, settings, one.question, text))
        of_error = [change for change in found.corrections if folded(change.typed) == one.typed]
        outcomes.append(is_same_word(of_error[0].searched, one.word) if of_error else None)
    changed_words = {one.typed: _is_changed(one, fit) for one in right}
    changed = [
        (one, [word for word in words_of(one.text) if changed_words.get(word)]) for one in unaltered
    ]
    return TypingErrors(
        right=mean(before),
        mistyped=mean(after),
        corrected=mean(repaired),
        corrected_right=mean([float(one is True) for one in outcomes]),
        corrected_wrong=mean([float(one is False) for one in outcomes]),
        changed_words=mean(list(map(float, changed_words.values()))),
        changed_names=mean([float(_is_changed(one, fit)) for one in names]),
        changed_questions=mean([float(bool(words)) for _, words in changed]),
        changed_unanswerable=mean(
            [float(bool(words)) for one, words in changed if not one.answerable]
        ),
        changes=tuple(word for word, is_changed in changed_words.items() if is_changed),
    )


def _finds_first(library: Library, settings: Settings, question: Question, text: str) -> float:
    first = retrieve(library, text, settings).papers[0].paper
    return float(paper_id(first.title) in map(paper_id, question.papers))


def _is_changed(example: Example, fit: SpellingFit) -> bool:
    model = fit.for_word(example.typed)
    best = example.best(model)
    return best is not None and best[0] >= model.min_probability
