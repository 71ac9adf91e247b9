"""Answer a question set with each check and step off in turn, from one recording of the model."""

import itertools
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from assistant.answering import Answer, Assistant, SentenceDropped, SentenceWritten
from assistant.answering.events import AnswerEvent, TokenWritten
from assistant.answering.grounding.reported import REPORTED
from assistant.answering.language import foreign_language
from assistant.answering.pipeline import answer_question
from assistant.evaluation.ablation.recorded_model import ModelCalls, RecordedModel
from assistant.evaluation.comparison.compare import Comparison, compare
from assistant.evaluation.evaluate import OnProgress, Progress
from assistant.evaluation.manifest import Manifest, manifest_of
from assistant.evaluation.predictions import Prediction
from assistant.evaluation.questions import Question
from assistant.evaluation.run import Run
from assistant.library import PaperProgress
from assistant.retrieval import retrieve
from assistant.settings import Settings
from assistant.switches import CHECKS

# A sentence that fails one of these alone may be kept, but does not count.
_COUNTED_OUT = {"echoes", "requested_numbers", "ungrounded", REPORTED}

CALLS_FILE = "calls.jsonl"


@dataclass(frozen=True, slots=True)
class Ablated:
    """The contribution of a check or step.

    Attributes:
        name: the name of what was switched off.
        changes: the settings that were changed for it.
        fired: the number of questions in whose answer it fired; None for a step.
        changed: the number of questions whose answer is different without it.
        comparison: the comparison of the run without it (before) with the run with it (after).
    """

    name: str
    changes: Mapping[str, str]
    fired: int | None
    changed: int
    comparison: Comparison

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form."""
        return {
            "name": self.name,
            "settings": dict(self.changes),
            "fired": self.fired,
            "changed": self.changed,
            "brings": self.comparison.to_dict(),
        }


@dataclass(frozen=True, slots=True)
class Ablation:
    """The result of an ablation.

    Attributes:
        run: the run with everything on.
        ablated: one for each variant, in their order.
        computed: the number of calls that the model computed.
    """

    run: Run
    ablated: tuple[Ablated, ...]
    computed: int


def ablate(
    assistant: Assistant,
    questions: Sequence[Question],
    variants: Mapping[str, Mapping[str, str]],
    *,
    name: str,
    out: Path,
    on_reading: Callable[[PaperProgress], None] | None = None,
    on_progress: OnProgress | None = None,
) -> Ablation:
    """Measure the effect of each variant.

    The calls to the model are recorded, and a variant only makes calls that no earlier one has
    made. Switching off a check, which acts on generated text, therefore costs no call. A question
    in whose answer a check did not fire has the same answer without it, and is not asked again.

    Args:
        assistant: its settings have everything on.
        questions: the questions of one set.
        variants: the changes of settings by name.
        name: name or path of the question set.
        out: folder for the recording; calls that it already holds are reused.
        on_reading: called with the number of papers that the model has read, if it reads them all
            first, as for a run.
        on_progress: called before the first answer and after each.

    Raises:
        InputError: the folder cannot be used, or a variant changes an unknown setting.
    """
    if len(questions) >= len(assistant.papers()):
        assistant.read(on_reading)
    assistant.load()
    manifest = manifest_of(assistant, name)
    made_by = f"{manifest.model} {assistant.calibration().summary()}"
    calls = ModelCalls(out / CALLS_FILE, made_by)

    def answer(settings: Settings, question: Question) -> _Answered:
        return _answer(assistant, settings, question, calls)

    run, ablated = _ablated(assistant, questions, variants, answer, manifest, on_progress)
    return Ablation(run, ablated, calls.computed)


def ablate_retrieval(
    assistant: Assistant,
    questions: Sequence[Question],
    variants: Mapping[str, Mapping[str, str]],
    *,
    name: str,
    on_progress: OnProgress | None = None,
) -> Ablation:
    """Measure the effect of each variant on the ranked papers and the evidence.

    No question is answered, so no language model is needed. Papers are ranked as they are before
    the model reranks them. See `ablate` for the arguments.
    """

    def find(settings: Settings, question: Question) -> _Answered:
        text = question.standalone or question.text
        found = retrieve(assistant.library, text, settings)
        prediction = Prediction(
            id=question.id,
            question=text,
            answer="",
            abstained=False,
            confidence=None,
            sentences=(),
            citations=(),
            papers=tuple(ranked.paper.title for ranked in found.papers),
            evidence=tuple(one.text for one in found.evidence),
            timings={},
        )
        return _Answered(prediction, frozenset(), is_traced=True)

    manifest = manifest_of(assistant, name, with_model=False)
    run, ablated = _ablated(assistant, questions, variants, find, manifest, on_progress)
    return Ablation(run, ablated, 0)


def _ablated(
    assistant: Assistant,
    questions: Sequence[Question],
    variants: Mapping[str, Mapping[str, str]],
    answer: Callable[[Settings, Question], "_Answered"],
    manifest: Manifest,
    on_progress: OnProgress | None,
) -> tuple[Run, tuple[Ablated, ...]]:
    """Answer all questions with everything on and under each variant."""
    progressed = _counter(len(questions) * (1 + len(variants)), on_progress)
    with_all: list[_Answered] = []
    for question in questions:
        with_all.append(answer(assistant.settings, question))
        progressed()
    run = Run(_paired(questions, with_all), manifest)
    fired = Counter(name for one in with_all for name in one.fired)
    ablated = []
    for variant, changes in variants.items():
        settings = assistant.settings.updated(changes)
        without: list[_Answered] = []
        for question, base in zip(questions, with_all, strict=True):
            is_same = variant in CHECKS and base.is_traced and variant not in base.fired
            without.append(base if is_same else answer(settings, question))
            progressed()
        pairs = zip(with_all, without, strict=True)
        ablated.append(
            Ablated(
                variant,
                changes,
                fired[variant] if variant in CHECKS else None,
                sum(one.result != other.result for one, other in pairs),
                compare(Run(_paired(questions, without), manifest), run),
            )
        )
    return run, tuple(ablated)


def _counter(total: int, on_progress: OnProgress | None) -> Callable[[], None]:
    """Report that nothing is done yet; return a function that reports one more at each call."""
    done = itertools.count()

    def progressed() -> None:
        if on_progress:
            on_progress(Progress(next(done), total))

    progressed()
    return progressed


def _paired(
    questions: Sequence[Question], answers: Sequence["_Answered"]
) -> tuple[tuple[Question, Prediction], ...]:
    predictions = (one.prediction for one in answers)
    return tuple(zip(questions, predictions, strict=True))


@dataclass(frozen=True, slots=True)
class _Answered:
    """An answer.

    Attributes:
        prediction: the answer.
        fired: the names of the checks that fired.
        is_traced: whether no other check can have fired. The events of an answer from many papers,
            or in another language, do not include every sentence that the model wrote.
    """

    prediction: Prediction
    fired: frozenset[str]
    is_traced: bool

    @property
    def result(self) -> object:
        """The text of the answer, or the retrieved papers and evidence if there is none."""
        one = self.prediction
        return one.answer or (one.papers, one.evidence)


def _answer(
    assistant: Assistant, settings: Settings, question: Question, calls: ModelCalls
) -> _Answered:
    context = assistant.with_settings(settings).context()
    context = replace(context, model=RecordedModel.recording(context.model, calls))
    events = list(answer_question(context, question.text, question.history))
    answer = events[-1]
    assert isinstance(answer, Answer)
    prediction = Prediction.from_dict({"id": question.id, **answer.to_dict()})
    is_traced = answer.kind == "fact" and foreign_language(question.text) is None
    return _Answered(prediction, fired_checks(events), is_traced)


def fired_checks(events: Sequence[AnswerEvent]) -> frozenset[str]:
    """Return the names of the checks without which the answer might be different."""
    sentences = [one for one in events if isinstance(one, SentenceWritten | SentenceDropped)]
    fired = {name for one in sentences for name in one.failed}
    kept = [one for one in sentences if isinstance(one, SentenceWritten)]
    if any(set(one.failed) - _COUNTED_OUT for one in kept):
        fired.add("replacements")
    is_written = any(isinstance(one, TokenWritten) for one in events)
    if is_written and all(one.failed for one in kept):
        fired.add("ungrounded")
    return frozenset(fired)
