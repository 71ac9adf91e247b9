"""What all parts of the benchmark work on."""

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

# Papers that stand in one prompt at most, when the growth with their number is measured.
MOST_PAPERS = 8
# Papers of each question that are read ahead at least, however few are reranked.
_LEAST_READ = 5


@dataclass(frozen=True)
class Setting:
    """One assistant, and the questions that it is asked.

    Attributes:
        assistant: with a reading cache.
        questions: that the abstracts answer.
    """

    assistant: Assistant
    questions: Sequence[Question]

    @property
    def threads(self) -> int:
        """How many CPU threads the peers get."""
        return self.assistant.settings.threads or cores()

    @cached_property
    def found(self) -> dict[str, Retrieval]:
        """What a search finds for each question, by its id."""
        return {one.id: self.assistant.search(one.text) for one in self.questions}

    def to_read(self) -> list[Paper]:
        """Return the papers that a warm reading cache holds: all that a question may show."""
        count = max(_LEAST_READ, self.assistant.settings.papers_reranked)
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
        """Load the model once more, as the assistant does; it recalls what the assistant read."""
        loaded = ModelHandle(self.assistant.settings, tuning)
        try:
            engine = loaded.engine()
            engine.wait_until_loaded()
            yield engine
        finally:
            loaded.close()

    def tuning(self) -> Tuning:
        """Return how the assistant computes its model."""
        with self.engine() as engine:
            return engine.tuning

    def cold(self) -> Assistant:
        """Return an assistant over the same library that has read nothing and keeps nothing."""
        return self.assistant.with_settings(replace(self.assistant.settings, reading_cache_mb=0))

    @property
    def model_path(self) -> str:
        """The model's file."""
        return str(locate(self.assistant.settings.model))
