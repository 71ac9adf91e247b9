"""A model client that records its calls, and repeats their results without the model.

A call is identified by its prompts and everything else that its result depends on. Decoding is
greedy, so the model would reproduce the recorded result, except for the last bits of its numbers,
which depend on the contents of its cache. Whatever follows a call, such as a check of the generated
text, can be changed and rerun without the model.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from threading import Event
from typing import Any

import numpy as np

from assistant.answering.model_client import ModelClient, PaperScore
from assistant.answering.question.verdict import VerdictScale, VerdictScores
from assistant.errors import InputError
from assistant.jsonl_store import JsonlStore
from assistant.llm import Completion, Prompt, Usage
from assistant.papers import Paper
from assistant.retrieval import Evidence


class ModelCalls:
    """The results of calls to a model, kept in a JSON Lines file.

    Attributes:
        computed: the number of calls that the model made, because the file did not have them.
    """

    def __init__(self, file: Path, made_by: str) -> None:
        """Read a file; it need not exist yet.

        Args:
            file: the file of the results.
            made_by: the model and its calibration. Results of others are not used.

        Raises:
            InputError: the file cannot be read, or holds something else.
        """
        self.computed = 0
        self._store = JsonlStore(file)
        self._made_by = made_by
        self._results: dict[str, Any] = {}
        try:
            records = [json.loads(line) for line in self._store.lines()] if file.exists() else []
            self._results = {record["call"]: record["result"] for record in records}
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise InputError(
                f"{file} is not a file of model calls ({error}). Choose another folder with --out."
            ) from error

    def key(self, name: str, *inputs: object) -> str:
        """Return the key of a call from its name and what it depends on.

        Recordings have the names that the methods of the client had at first, such as
        ``yes_shares`` for `ModelClient.yes_probabilities`.
        """
        text = repr((self._made_by, name, inputs))
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]

    def get(self, key: str) -> Any | None:
        """Return a stored result; None if there is none."""
        return self._results.get(key)

    def put(self, key: str, result: Any) -> None:
        """Store a result, which must be JSON data.

        Raises:
            InputError: the file cannot be written.
        """
        self.computed += 1
        self._results[key] = result
        try:
            self._store.append([{"call": key, "result": result}])
        except OSError as error:
            raise InputError(
                f"The model's calls cannot be written to {self._store.path}: {error.strerror}. "
                "Choose another folder with --out."
            ) from error

    def result(self, key: str, compute: Callable[[], Any]) -> Any:
        """Return a stored result, or compute and store it."""
        if key not in self._results:
            self.put(key, compute())
        return self._results[key]


class RecordedCompletion(Completion):
    """A completion that is repeated from a recording, or recorded as it is iterated."""

    def __init__(
        self,
        calls: ModelCalls,
        key: str,
        start: Callable[[], Completion],
        started: Completion | None = None,
    ) -> None:
        """Repeat or record a completion.

        Args:
            calls: the recording.
            key: the key of the completion.
            start: starts it, if it is not recorded.
            started: the completion, if it is already running.
        """
        super().__init__(Event())
        self._calls = calls
        self._key = key
        self._start = start
        self._started = started

    def __iter__(self) -> Iterator[str]:
        recorded = self._calls.get(self._key)
        if recorded is None:
            completion = self._started or self._start()
            pieces = list(completion)
            recorded = {"pieces": pieces, "usage": asdict(completion.usage)}
            self._calls.put(self._key, recorded)
        elif self._started:
            self._started.drop()
        self.usage = Usage(**recorded["usage"])
        yield from recorded["pieces"]

    def drop(self) -> None:
        """Stop the model, if it is writing this completion."""
        if self._started:
            self._started.drop()


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedModel(ModelClient):
    """A model client that asks the model only what was not recorded.

    It does not read papers in the background, which would make calls depend on earlier ones.

    Attributes:
        calls: the recording.
    """

    calls: ModelCalls

    @classmethod
    def recording(cls, model: ModelClient, calls: ModelCalls) -> "RecordedModel":
        """Return a client with the parts of another one."""
        return cls(**{one.name: getattr(model, one.name) for one in fields(model)}, calls=calls)

    # super() without arguments does not work in a dataclass with slots.

    def is_cached(self, prompt: Prompt) -> bool:
        """Return whether the reading cache had all papers of a prompt."""
        key = self.calls.key("is_cached", prompt.blocks)
        return bool(self.calls.result(key, lambda: ModelClient.is_cached(self, prompt)))

    def cache_papers(self, papers: Sequence[Paper]) -> None:
        """Do nothing."""

    def score_papers(self, question: str, shown: Sequence[Sequence[Evidence]]) -> list[PaperScore]:
        """Return the scores of each paper's evidence for a question."""

        def compute() -> list[tuple[float, float]]:
            scores = ModelClient.score_papers(self, question, shown)
            return [(float(one.likelihood), float(one.answerability)) for one in scores]

        prompts = [self.prompt("answer", question, evidence) for evidence in shown]
        found = self.calls.result(self.calls.key("score_papers", prompts), compute)
        return [PaperScore(*one) for one in found]

    def answerabilities(self, question: str, shown: Sequence[Sequence[Evidence]]) -> list[float]:
        """Return the log-odds that the evidence of each paper answers the question."""

        def compute() -> list[float]:
            return [float(one) for one in ModelClient.answerabilities(self, question, shown)]

        prompts = [self.prompt("answer", question, evidence) for evidence in shown]
        found: list[float] = self.calls.result(self.calls.key("answerabilities", prompts), compute)
        return found

    def yes_probabilities(self, prompts: Sequence[Prompt]) -> list[float]:
        """Return P(yes), 0 to 1, in the reply to each prompt."""

        def compute() -> list[float]:
            return [float(one) for one in ModelClient.yes_probabilities(self, prompts)]

        key = self.calls.key("yes_shares", list(prompts))
        found: list[float] = self.calls.result(key, compute)
        return found

    def first_word_probability(
        self, words: Sequence[str], question: str, evidence: Sequence[Evidence]
    ) -> float:
        """Return the probability that the answer begins with one of some words."""
        prompt = self.prompt("answer", question, evidence)
        key = self.calls.key("first_word_share", list(words), prompt)
        return float(
            self.calls.result(
                key,
                lambda: float(ModelClient.first_word_probability(self, words, question, evidence)),
            )
        )

    def score_verdicts(
        self, question: str, evidence: Sequence[Evidence], scale: VerdictScale
    ) -> tuple[float, VerdictScores]:
        """Return the scores from which a verdict is chosen."""

        def compute() -> dict[str, Any]:
            yes, scores = ModelClient.score_verdicts(self, question, evidence, scale)
            state = None if scores.state is None else [float(one) for one in scores.state]
            return {
                "yes": float(yes),
                "shares": [*map(float, scores.probabilities)],
                "state": state,
            }

        prompt = self.prompt("verdict", question, evidence, verdicts=scale)
        found = self.calls.result(self.calls.key("score_verdicts", prompt), compute)
        state = found["state"]
        values = None if state is None else np.array(state, dtype=np.float32)
        return found["yes"], VerdictScores(scale, tuple(found["shares"]), values)

    def choose(self, words: Sequence[str], purpose: str, question: str) -> str:
        """Return the word that the model most probably replies with."""
        key = self.calls.key("choose", list(words), purpose, question)
        return str(
            self.calls.result(key, lambda: ModelClient.choose(self, words, purpose, question))
        )

    def start(self, prompt: Prompt, max_tokens: int | None = None) -> Completion:
        """Return a completion, which the model starts when it is iterated."""
        return self._completion(prompt, max_tokens)

    def score_and_start_answer(
        self, question: str, evidence: Sequence[Evidence]
    ) -> tuple[float, Completion]:
        """Return P(answerable), uncalibrated, and the answer."""
        answer = self.prompt("answer", question, evidence)
        if self.calibration.probe is None:
            return self.score_and_start(self.prompt("decide", question, evidence), answer)
        key = self.calls.key("score_and_start_answer", answer)
        return self._scored_completion(
            key, answer, lambda: ModelClient.score_and_start_answer(self, question, evidence)
        )

    def score_and_start(self, scored: Prompt, answer: Prompt) -> tuple[float, Completion]:
        """Return P(yes) in the reply to one prompt, and the answer to another."""
        key = self.calls.key("score_and_start", scored, answer)
        return self._scored_completion(
            key, answer, lambda: ModelClient.score_and_start(self, scored, answer)
        )

    def _scored_completion(
        self, key: str, answer: Prompt, start: Callable[[], tuple[float, Completion]]
    ) -> tuple[float, Completion]:
        started: Completion | None = None
        score = self.calls.get(key)
        if score is None:
            score, started = start()
            self.calls.put(key, float(score))
        return float(score), self._completion(answer, None, started)

    def _completion(
        self, prompt: Prompt, max_tokens: int | None, started: Completion | None = None
    ) -> Completion:
        limit = max_tokens or self.settings.max_answer_tokens
        return RecordedCompletion(
            self.calls,
            self.calls.key("completion", prompt, limit),
            lambda: ModelClient.start(self, prompt, max_tokens),
            started,
        )
