"""The assistant and the questions that all parts of the benchmark share."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property

from assistant.answering import Assistant
from assistant.answering.model_handle import ModelHandle
from assistant.answering.prompt_blocks import evidence_blocks
from assistant.cores import cores
from assistant.evaluation import Question
from assistant.llm import Engine, Prompt, Tuning, render_prompt
from assistant.models import locate
from assistant.papers import Paper
from assistant.retrieval import Retrieval

# Maximum number of papers in a prompt, in the part ``growth``.
MAX_PAPERS = 8
# Minimum number of papers per question to read in advance, even if fewer are reranked.
_MIN_READ = 5


@dataclass(frozen=True)
class Setting:
    """An assistant and questions.

    Attributes:
        assistant: an assistant with a reading cache.
        questions: questions that the abstracts answer.
    """

    assistant: Assistant
    questions: Sequence[Question]

    @property
    def threads(self) -> int:
        """The number of CPU threads for the peers."""
        return self.assistant.settings.threads or cores()

    @cached_property
    def found(self) -> dict[str, Retrieval]:
        """The search results of each question, by its id."""
        return {question.id: self.assistant.search(question.text) for question in self.questions}

    def papers_to_read(self) -> list[Paper]:
        """Return the papers of a warm reading cache: all that a prompt may contain."""
        count = max(_MIN_READ, self.assistant.settings.papers_reranked)
        return list(
            dict.fromkeys(
                ranked.paper for found in self.found.values() for ranked in found.papers[:count]
            )
        )

    def prompts(self, purpose: str) -> list[Prompt]:
        """Return the prompt of each question that has evidence."""
        return [
            render_prompt(purpose, evidence_blocks(found.evidence), question=question.text)
            for question in self.questions
            if (found := self.found[question.id]).evidence
        ]

    @contextmanager
    def engine(self, tuning: Tuning | None = None) -> Iterator[Engine]:
        """Load the model again as the assistant does, with the same reading cache.

        Args:
            tuning: engine options; by default those that the assistant uses.
        """
        handle = ModelHandle(self.assistant.settings, tuning)
        try:
            engine = handle.engine()
            assert isinstance(engine, Engine)  # the settings name no endpoint
            engine.wait_until_loaded()
            yield engine
        finally:
            handle.close()

    def tuning(self) -> Tuning:
        """Return the engine options that the assistant uses."""
        with self.engine() as engine:
            return engine.tuning

    def cold(self) -> Assistant:
        """Return an assistant over the same library, without a reading cache."""
        return self.assistant.with_settings(replace(self.assistant.settings, reading_cache_mb=0))

    @property
    def model_path(self) -> str:
        """The model's file."""
        return str(locate(self.assistant.settings.model))
