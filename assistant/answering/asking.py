"""What all steps of answering one question share: the library, the model, and how to ask it."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from assistant.answering.blocks import evidence_blocks
from assistant.answering.clock import Clock
from assistant.answering.follow_up import Turn
from assistant.answering.loaded import model_used
from assistant.library import Library, Scope
from assistant.llm import (
    Completion,
    Engine,
    Logits,
    Prompt,
    ReadReply,
    Usage,
    read_probed,
    read_shares,
    read_yes,
    render_prompt,
)
from assistant.models import Calibration
from assistant.retrieval import Evidence
from assistant.settings import Settings

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Asking:
    """One question on its way to its answer.

    Attributes:
        library: with the papers.
        settings: of the assistant.
        engine: the model.
        calibration: how its replies are read.
        scope: the papers that may answer.
        stop: set when the answer is not wanted any more.
        clock: of this question; counts what the model reads and writes.
        history: what was said before and the question needs; none if it stands alone.
    """

    library: Library
    settings: Settings
    engine: Engine
    calibration: Calibration
    scope: Scope
    stop: threading.Event
    clock: Clock
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

    def likelihoods(self, question: str, shown: Sequence[Sequence[Evidence]]) -> list[float]:
        """Return the log-likelihood of a question behind each paper's evidence, in nats."""
        prompts = [self.prompt("question", question, evidence) for evidence in shown]
        return self._counted(self.engine.likelihoods(prompts, stop=self.stop))

    def yes_share(self, purpose: str, question: str, evidence: Sequence[Evidence]) -> float:
        """Return the share of yes in the model's reply to a prompt about evidence."""
        [yes] = self.yes_shares([self.prompt(purpose, question, evidence)])
        return yes

    def yes_shares(self, prompts: Sequence[Prompt]) -> list[float]:
        """Return the share of yes in the model's reply to each prompt, read side by side."""
        return self._weigh(prompts, read_yes())

    def verdict_shares(
        self, question: str, evidence: Sequence[Evidence], scale: Sequence[str]
    ) -> list[float]:
        """Return the shares of the verdicts of a scale in the model's reply to which one it is."""
        prompt = self.prompt("verdict", question, evidence, verdicts=scale)
        [shares] = self._weigh([prompt], read_shares(scale))
        return shares

    def decision_logits(self, question: str, evidence: Sequence[Evidence]) -> Logits:
        """Return what a probe sees of the reply to whether the evidence answers the question."""
        [logits] = self._weigh([self.prompt("decide", question, evidence)], read_probed)
        return logits

    def decide_and_begin(
        self, question: str, evidence: Sequence[Evidence]
    ) -> tuple[float, Completion]:
        """Return how sure the model is, 0 to 1, that the evidence answers; and its answer, begun.

        Both together cost little more than one of them.
        """
        yes, usage, begun = self.engine.weigh_and_generate(
            self.prompt("decide", question, evidence),
            read_yes(self.calibration.probe),
            self.prompt("answer", question, evidence),
            max_tokens=self.settings.max_answer_tokens,
            stop=self.stop,
        )
        self.clock.count(usage)
        return yes, begun

    def _weigh(self, prompts: Sequence[Prompt], read: ReadReply[T]) -> list[T]:
        return self._counted(self.engine.weigh(prompts, read, stop=self.stop))

    def _counted(self, looks: Sequence[tuple[T, Usage]]) -> list[T]:
        for _, usage in looks:
            self.clock.count(usage)
        return [found for found, _ in looks]

    def begin(self, prompt: Prompt) -> Completion:
        """Have the model begin an answer."""
        limit = self.settings.max_answer_tokens
        return self.engine.generate(prompt, max_tokens=limit, stop=self.stop)
