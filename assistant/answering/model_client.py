"""The model client used for answering: renders prompts, returns scores and completions."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from assistant.answering.answerability import apply_probe
from assistant.answering.log_odds import log_odds
from assistant.answering.prompt_blocks import evidence_blocks, whole_papers
from assistant.answering.question.follow_up import Turn
from assistant.answering.question.verdict import VerdictScale, VerdictScores
from assistant.answering.timer import Timer
from assistant.llm import (
    Backend,
    Completion,
    KvVectors,
    Prompt,
    PromptReading,
    Readout,
    read_first_word_probability,
    read_likelihood_and_state,
    read_question_state,
    read_word_probabilities,
    read_yes,
    render_prompt,
)
from assistant.models import Calibration
from assistant.papers import Paper
from assistant.retrieval import Evidence
from assistant.settings import Settings

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class PaperScore:
    """The model's scores of one paper for a question.

    Attributes:
        likelihood: log P(question | the paper's evidence), in nats; 0 if it is not available.
        answerability: the log-odds that the evidence answers the question; 0 if not available.
    """

    likelihood: float
    answerability: float = 0.0


@dataclass(frozen=True, slots=True)
class ModelClient:
    """A client of the model for answering one question.

    Attributes:
        engine: runs the model.
        calibration: of the model.
        settings: the settings, for the folder of prompts and the length of answers.
        stop: cancels all requests when set.
        timer: counts the tokens of all requests.
        history: earlier turns to include in every prompt.
    """

    engine: Backend
    calibration: Calibration
    settings: Settings
    stop: threading.Event
    timer: Timer
    history: tuple[Turn, ...] = ()

    def with_history(self, history: tuple[Turn, ...]) -> "ModelClient":
        """Return a client whose prompts include these turns."""
        return replace(self, history=history)

    def prompt(
        self, purpose: str, question: str, evidence: Sequence[Evidence], **values: object
    ) -> Prompt:
        """Render a prompt with a block for each paper, in the order of the evidence.

        Args:
            purpose: the name of the template, such as "answer".
            question: in plain words.
            evidence: the sentences to show.
            **values: further variables of the template.
        """
        values = {"question": question, "history": self.history, **values}
        return render_prompt(purpose, evidence_blocks(evidence), self.settings.prompts, **values)

    def is_cached(self, prompt: Prompt) -> bool:
        """Return whether all papers of a prompt are in the reading cache."""
        return self.engine.is_cached(prompt)

    def cache_papers(self, papers: Sequence[Paper]) -> None:
        """Prefill papers into the reading cache, in the background."""
        if papers:
            self.engine.cache_blocks(whole_papers(papers, self.settings.prompts))

    # -- scores -------------------------------------------------------------------------------

    def score_papers(self, question: str, shown: Sequence[Sequence[Evidence]]) -> list[PaperScore]:
        """Return the scores of each paper's evidence for a question, computed in one batch.

        If likelihoods are not available, the model is asked whether the evidence answers the
        question.
        """
        if not self.engine.reads_likelihoods:
            decide = [self.prompt("decide", question, evidence) for evidence in shown]
            return [PaperScore(0.0, log_odds(yes)) for yes in self.yes_probabilities(decide)]
        prompts = [self.prompt("answer", question, evidence) for evidence in shown]
        found = self._score(prompts, read_likelihood_and_state, with_likelihood=True)
        probe = self.calibration.probe
        if probe is None:
            return [PaperScore(likelihood) for likelihood, _ in found]
        return [
            PaperScore(likelihood, log_odds(apply_probe(probe, state)))
            for likelihood, state in found
        ]

    def answerabilities(self, question: str, shown: Sequence[Sequence[Evidence]]) -> list[float]:
        """Return the log-odds that each paper's evidence answers; 0 without a probe."""
        probe = self.calibration.probe
        if probe is None:
            return [0.0] * len(shown)
        prompts = [self.prompt("answer", question, evidence) for evidence in shown]
        states = self._score(prompts, read_question_state)
        return [log_odds(apply_probe(probe, state)) for state in states]

    def yes_probabilities(self, prompts: Sequence[Prompt]) -> list[float]:
        """Return the probability, 0 to 1, of the reply "yes" to each prompt, in one batch."""
        return self._score(prompts, read_yes)

    def first_word_probability(
        self, words: Sequence[str], question: str, evidence: Sequence[Evidence]
    ) -> float:
        """Return the probability, 0 to 1, that the answer begins with one of the given words."""
        prompt = self.prompt("answer", question, evidence)
        [probability] = self._score([prompt], read_first_word_probability(words))
        return probability

    def score_verdicts(
        self, question: str, evidence: Sequence[Evidence], scale: VerdictScale
    ) -> tuple[float, VerdictScores]:
        """Return the scores from which a verdict is chosen.

        Returns:
            The probability, 0 to 1, that the model replies "yes" when asked whether the evidence
            states the answer, and the scores of the verdicts. Both prompts are scored in one batch.
        """
        states_answer = self.prompt("look", question, evidence)
        verdict = self.prompt("verdict", question, evidence, verdicts=scale)
        (yes, _), (_, scores) = self._score([states_answer, verdict], _read_yes_and_verdicts(scale))
        return yes, scores

    def choose(self, words: Sequence[str], purpose: str, question: str) -> str:
        """Return the word that is the most probable reply to a prompt without papers."""
        prompt = render_prompt(purpose, [], self.settings.prompts, question=question)
        [probabilities] = self._score([prompt], read_word_probabilities(words))
        return words[probabilities.index(max(probabilities))]

    def question_state(self, question: str, evidence: Sequence[Evidence]) -> KvVectors | None:
        """Return the probe input at the end of a question."""
        [state] = self._score([self.prompt("answer", question, evidence)], read_question_state)
        return state

    # -- completions --------------------------------------------------------------------------

    def start(self, prompt: Prompt, max_tokens: int | None = None) -> Completion:
        """Start a completion; by default of at most ``settings.max_answer_tokens``."""
        limit = max_tokens or self.settings.max_answer_tokens
        return self.engine.generate(prompt, max_tokens=limit, stop=self.stop)

    def score_and_start_answer(
        self, question: str, evidence: Sequence[Evidence]
    ) -> tuple[float, Completion]:
        """Return P(answerable), uncalibrated, 0 to 1, and start the completion of the answer.

        With a probe, the score costs nothing extra, because the probe's input is computed during
        the prefill of the answer's prompt.
        """
        answer = self.prompt("answer", question, evidence)
        if self.calibration.probe is None:
            return self.score_and_start(self.prompt("decide", question, evidence), answer)
        state, completion = self.engine.read_and_generate(
            answer, read_question_state, max_tokens=self.settings.max_answer_tokens, stop=self.stop
        )
        return apply_probe(self.calibration.probe, state), completion

    def score_and_start(self, scored: Prompt, answer: Prompt) -> tuple[float, Completion]:
        """Return the probability of the reply "yes" to one prompt; start the answer to another.

        Both prompts are prefilled in one batch.
        """
        yes, usage, completion = self.engine.score_and_generate(
            scored, read_yes, answer, max_tokens=self.settings.max_answer_tokens, stop=self.stop
        )
        self.timer.add_usage(usage)
        return yes, completion

    def drop(self, completion: Completion) -> None:
        """Stop a completion that is no longer needed."""
        completion.drop()
        self.timer.add_usage(completion.usage)

    def _score(
        self, prompts: Sequence[Prompt], read: Readout[T], *, with_likelihood: bool = False
    ) -> list[T]:
        results = self.engine.score_prompts(
            prompts, read, with_likelihood=with_likelihood, stop=self.stop
        )
        for _, usage in results:
            self.timer.add_usage(usage)
        return [result for result, _ in results]


def _read_yes_and_verdicts(scale: VerdictScale) -> Readout[tuple[float, VerdictScores]]:
    def read(reading: PromptReading) -> tuple[float, VerdictScores]:
        probabilities = tuple(reading.word_probabilities(scale))
        return read_yes(reading), VerdictScores(scale, probabilities, reading.reply_state())

    return read
