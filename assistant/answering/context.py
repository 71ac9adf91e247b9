"""What all steps of answering one question share: the library, the model, and how to ask it."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from assistant.answering.answerability import apply_probe
from assistant.answering.log_odds import log_odds
from assistant.answering.model_handle import model_used
from assistant.answering.prompt_blocks import evidence_blocks
from assistant.answering.question.follow_up import Turn
from assistant.answering.question.verdict import VerdictScale, VerdictScores
from assistant.answering.rerank import PaperScore
from assistant.answering.timer import Timer
from assistant.library import Library, Scope
from assistant.llm import (
    Completion,
    Engine,
    PrefilledPrompt,
    Prefiller,
    Prompt,
    Readout,
    Values,
    read_first_word_share,
    read_likelihood_and_state,
    read_question_state,
    read_reply_state,
    read_shares,
    read_yes,
    render_prompt,
)
from assistant.models import Calibration
from assistant.retrieval import Evidence
from assistant.settings import Settings

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class AnswerContext:
    """One question on its way to its answer.

    Attributes:
        library: with the papers.
        settings: of the assistant.
        engine: the model.
        calibration: how its replies are read.
        scope: the papers that may answer.
        stop: set when the answer is not wanted any more.
        timer: of this question; counts what the model reads and writes.
        history: what was said before and the question needs; none if it stands alone.
    """

    library: Library
    settings: Settings
    engine: Engine
    calibration: Calibration
    scope: Scope
    stop: threading.Event
    timer: Timer
    history: tuple[Turn, ...] = ()

    @property
    def model(self) -> str:
        """The model's name and the beginning of its hash."""
        return model_used(self.settings)

    def prompt(
        self, purpose: str, question: str, evidence: Sequence[Evidence], **values: object
    ) -> Prompt:
        """Render a prompt about the evidence, a block a paper in the order of the evidence."""
        folder = self.settings.prompts
        values = {"question": question, "history": self.history, **values}
        return render_prompt(purpose, evidence_blocks(evidence), folder, **values)

    def score_paper(self, question: str, shown: Sequence[Sequence[Evidence]]) -> list[PaperScore]:
        """Return what the model makes of a question behind each paper's evidence."""
        prompts = [self.prompt("answer", question, evidence) for evidence in shown]
        found = self._weigh(prompts, read_likelihood_and_state, with_likelihood=True)
        probe = self.calibration.probe
        if probe is None:
            return [PaperScore(likelihood) for likelihood, _ in found]
        return [
            PaperScore(likelihood, log_odds(apply_probe(probe, state)))
            for likelihood, state in found
        ]

    def yes_shares(self, prompts: Sequence[Prompt]) -> list[float]:
        """Return the share of yes in the model's reply to each prompt, read side by side."""
        return self._weigh(prompts, read_yes)

    def begins_with(
        self, words: Sequence[str], question: str, evidence: Sequence[Evidence]
    ) -> float:
        """Return the share of the model's answers, 0 to 1, that begin with one of some words."""
        [share] = self._weigh(
            [self.prompt("answer", question, evidence)], read_first_word_share(words)
        )
        return share

    def weigh_verdict(
        self, question: str, evidence: Sequence[Evidence], scale: VerdictScale
    ) -> tuple[float, VerdictScores]:
        """Return what the model makes of a question that wants a verdict.

        Returns:
            The share of yes in its reply to whether the evidence states the answer, and what a
            verdict of the scale is taken from; both are read side by side.
        """
        look = self.prompt("look", question, evidence)
        verdict = self.prompt("verdict", question, evidence, verdicts=scale)
        (yes, _), (_, weighed) = self._weigh([look, verdict], _read_yes_and(scale))
        return yes, weighed

    def state(self, question: str, evidence: Sequence[Evidence]) -> Values | None:
        """Return the model's state at the end of a question about evidence."""
        [state] = self._weigh([self.prompt("answer", question, evidence)], read_question_state)
        return state

    def decide_and_begin(
        self, question: str, evidence: Sequence[Evidence]
    ) -> tuple[float, Completion]:
        """Return how sure the model is, 0 to 1, that the evidence answers; and its answer, begun.

        With a probe this costs no more than the answer, without one little more.
        """
        answer = self.prompt("answer", question, evidence)
        if self.calibration.probe is not None:
            limit = self.settings.max_answer_tokens
            state, begun = self.engine.read_and_generate(
                answer, read_question_state, max_tokens=limit, stop=self.stop
            )
            return apply_probe(self.calibration.probe, state), begun
        return self.score_and_begin(self.prompt("decide", question, evidence), answer)

    def score_and_begin(self, weighed: Prompt, answer: Prompt) -> tuple[float, Completion]:
        """Return the share of yes in the reply to one prompt, and the answer to another, begun."""
        limit = self.settings.max_answer_tokens
        yes, usage, begun = self.engine.score_and_generate(
            weighed, read_yes, answer, max_tokens=limit, stop=self.stop
        )
        self.timer.count(usage)
        return yes, begun

    def _weigh(
        self, prompts: Sequence[Prompt], read: Readout[T], *, with_likelihood: bool = False
    ) -> list[T]:
        looks = self.engine.score_prompts(
            prompts, read, with_likelihood=with_likelihood, stop=self.stop
        )
        for _, usage in looks:
            self.timer.count(usage)
        return [found for found, _ in looks]

    def begin(self, prompt: Prompt) -> Completion:
        """Have the model begin an answer."""
        limit = self.settings.max_answer_tokens
        return self.engine.generate(prompt, max_tokens=limit, stop=self.stop)


def _read_yes_and(scale: VerdictScale) -> Readout[tuple[float, VerdictScores]]:
    def read(reader: Prefiller, seated: PrefilledPrompt) -> tuple[float, VerdictScores]:
        shares = tuple(read_shares(scale)(reader, seated))
        weighed = VerdictScores(scale, shares, read_reply_state(reader, seated))
        return read_yes(reader, seated), weighed

    return read
