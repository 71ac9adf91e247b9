"""What all steps of answering one question share: the library, the model, and how to ask it."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answering.blocks import evidence_blocks
from assistant.answering.clock import Clock
from assistant.answering.follow_up import Turn
from assistant.answering.loaded import model_used
from assistant.library import Library, Scope
from assistant.llm import Completion, Engine, Prompt, render_prompt
from assistant.models import Calibration
from assistant.retrieval import Evidence
from assistant.settings import Settings


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

    def yes_share(self, purpose: str, question: str, evidence: Sequence[Evidence]) -> float:
        """Return the share of yes in the model's reply to a prompt about evidence."""
        [yes] = self.yes_shares([self.prompt(purpose, question, evidence)])
        return yes

    def yes_shares(self, prompts: Sequence[Prompt]) -> list[float]:
        """Return the share of yes in the model's reply to each prompt, read side by side."""
        return [yes for yes, _ in self.shares(prompts, ("yes", "no"))]

    def shares(self, prompts: Sequence[Prompt], words: Sequence[str]) -> list[list[float]]:
        """Return for each prompt the shares of some words in the model's first token."""
        replies = self.engine.word_shares_of(prompts, words, stop=self.stop)
        for _, usage in replies:
            self.clock.count(usage)
        return [shares for shares, _ in replies]

    def begin(self, prompt: Prompt) -> Completion:
        """Have the model begin an answer."""
        limit = self.settings.max_answer_tokens
        return self.engine.generate(prompt, max_tokens=limit, stop=self.stop)
