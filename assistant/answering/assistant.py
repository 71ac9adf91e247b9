"""The assistant: the Python API over a library and a model."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from assistant.answering.answer import Answer
from assistant.answering.answerability import AnswerabilityExample
from assistant.answering.closed import answerability_example, verdict_example
from assistant.answering.context import AnswerContext
from assistant.answering.events import AnswerEvent
from assistant.answering.language import load_identifier
from assistant.answering.library_calibration import calibration_in
from assistant.answering.model_client import ModelClient
from assistant.answering.model_handle import ModelHandle
from assistant.answering.pipeline import answer_question
from assistant.answering.prompt_blocks import whole_papers
from assistant.answering.question.follow_up import Turn
from assistant.answering.question.validate import validated
from assistant.answering.question.verdict import VerdictScores
from assistant.answering.table import Row, cached_rows
from assistant.answering.timer import Timer
from assistant.library import (
    EVERYTHING,
    AddReport,
    Library,
    PaperProgress,
    Scope,
    open_library,
    with_recorded_embedder,
)
from assistant.llm import Backend
from assistant.models import Calibration
from assistant.papers import Paper, read_files
from assistant.retrieval import Retrieval, put_named_papers_first, retrieve
from assistant.settings import Settings, library_folder

OnProgress = Callable[[PaperProgress], None]


class Assistant:
    """Answers questions about the papers of one library. Safe to call from any thread."""

    def __init__(
        self, library: Library, settings: Settings, calibration: Calibration | None = None
    ) -> None:
        """Use `Assistant.open`, which opens the library and finds the calibration."""
        self.library = library
        self.settings = settings
        self._given_calibration = calibration
        self._handle = ModelHandle(settings)

    @classmethod
    def open(
        cls,
        folder: str | Path | None = None,
        *,
        settings: Settings | None = None,
        samples: bool = True,
        calibration: Calibration | None = None,
        on_progress: OnProgress | None = None,
    ) -> "Assistant":
        """Open a library folder. If it does not exist, it is created with the sample papers.

        The model is loaded by the first question, or by `load`.

        Args:
            folder: defaults to ``$ASSISTANT_LIBRARY``, or a folder in the user's data folder.
            settings: defaults to ``Settings()``.
            samples: whether to add the sample papers to a new library.
            calibration: of the model; defaults to the one fitted for it.
            on_progress: called while papers are being indexed.

        Raises:
            ModelError: the embedder is not on this machine.
            LibraryError: the folder cannot be used.
        """
        path = Path(folder).expanduser() if folder is not None else library_folder()
        settings = with_recorded_embedder(settings or Settings(), path)
        library = open_library(path, settings, samples=samples, on_progress=on_progress)
        return cls(library, settings, calibration)

    def with_settings(self, settings: Settings) -> "Assistant":
        """Return an assistant over the same library with other settings.

        The two share the loaded model if the settings allow it. Close only one of them; if their
        models differ, call `unload` on the other.
        """
        other = Assistant(self.library, settings, self._given_calibration)
        if self._handle.serves(settings):
            other._handle = self._handle
        return other

    def unload(self) -> None:
        """Free the memory of the model. The next question reloads it."""
        self._handle.close()

    def close(self) -> None:
        """Free the model and close the library."""
        self.unload()
        self.library.close()

    def __enter__(self) -> "Assistant":
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def add(self, *files: str | Path, on_progress: OnProgress | None = None) -> AddReport:
        """Add the papers in files, folders or zip archives; return a report on each file.

        Raises:
            InputError: a file does not exist, or none contains papers.
        """
        return self.library.add(read_files(*files, with_pdfs=self.settings.keep_pdfs), on_progress)

    def papers(self) -> list[Paper]:
        """Return the papers in the order in which they were added."""
        return self.library.catalogue.papers()

    def search(
        self, question: str, *, limit: int | None = None, scope: Scope = EVERYTHING
    ) -> Retrieval:
        """Return the ranked papers and the evidence for a question, without the language model.

        If the question consists of authors, ids or a venue, the matching papers come first.

        Raises:
            InputError: the question, the library or the scope is empty.
        """
        settings = self.settings if limit is None else replace(self.settings, papers_ranked=limit)
        question = validated(question, self.library, scope)
        found = retrieve(self.library, question, settings, scope)
        return put_named_papers_first(self.library, question, found, settings.papers_ranked, scope)

    def load(self) -> None:
        """Load the model, the embedder and the language identifier ahead of the first question."""
        self.engine().wait_until_loaded()
        self.library.embedder.load()
        load_identifier()

    def ask(
        self,
        question: str,
        history: Sequence[Turn] = (),
        *,
        scope: Scope = EVERYTHING,
        stop: threading.Event | None = None,
    ) -> Answer:
        """Return the answer to a question; see `stream`."""
        for event in self.stream(question, history, scope=scope, stop=stop):
            if isinstance(event, Answer):
                return event
        raise AssertionError("a stream ends with its answer")

    async def aask(
        self, question: str, history: Sequence[Turn] = (), *, scope: Scope = EVERYTHING
    ) -> Answer:
        """Return the answer to a question without blocking the event loop.

        Cancelling the task stops the model.
        """
        stop = threading.Event()
        try:
            return await asyncio.to_thread(self.ask, question, history, scope=scope, stop=stop)
        except asyncio.CancelledError:
            stop.set()
            raise

    async def astream(
        self, question: str, history: Sequence[Turn] = (), *, scope: Scope = EVERYTHING
    ) -> AsyncIterator[AnswerEvent]:
        """Yield the events of `stream` without blocking the event loop."""
        stop = threading.Event()
        try:
            events = await asyncio.to_thread(self.stream, question, history, scope=scope, stop=stop)
            while (event := await asyncio.to_thread(next, events, None)) is not None:
                yield event
        finally:
            stop.set()

    def stream(
        self,
        question: str,
        history: Sequence[Turn] = (),
        *,
        scope: Scope = EVERYTHING,
        stop: threading.Event | None = None,
    ) -> Iterator[AnswerEvent]:
        """Answer a question; yield events as they occur, ending with the `Answer`.

        Args:
            question: in plain words.
            history: the earlier turns of the conversation, oldest first.
            scope: the papers to answer from; all by default.
            stop: set it from any thread to stop at once. Closing the iterator also stops.

        Raises:
            InputError: the question is empty or too long, or there are no papers.
            ModelError: the model is not on this machine.
            Cancelled: ``stop`` was set.
        """
        question = validated(question, self.library, scope)
        return self._stream(question, history, scope, stop or threading.Event())

    def _stream(
        self, question: str, history: Sequence[Turn], scope: Scope, stop: threading.Event
    ) -> Iterator[AnswerEvent]:
        try:
            yield from answer_question(self.context(scope, stop), question, history)
        except BaseException:
            stop.set()
            raise

    def answerability_example(
        self, question: str, *, scope: Scope = EVERYTHING
    ) -> AnswerabilityExample | None:
        """Return a training example for the answerability probe (``assistant eval calibrate``).

        None if the probe does not apply to this question.

        Raises:
            InputError: the question is empty or too long, or there are no papers.
            ModelError: the model is not on this machine.
        """
        return answerability_example(self.context(scope), validated(question, self.library, scope))

    def verdict_example(
        self, question: str, *, scope: Scope = EVERYTHING
    ) -> tuple[Paper, VerdictScores] | None:
        """Return a paper and the verdict scores that ``assistant eval calibrate`` fits on.

        None if the question does not ask for one. Raises what `answerability_example` raises.
        """
        return verdict_example(self.context(scope), validated(question, self.library, scope))

    def read(
        self, on_progress: OnProgress | None = None, *, papers: Sequence[Paper] | None = None
    ) -> int:
        """Prefill papers into the reading cache; return how many were not cached before.

        Questions take priority over it.

        Args:
            on_progress: called before each paper and at the end.
            papers: all by default.
        """
        papers, count = self.papers() if papers is None else papers, 0
        for done, paper in enumerate(papers):
            if on_progress:
                on_progress(PaperProgress(done, len(papers)))
            blocks = whole_papers([paper], self.settings.prompts)
            count += self.engine().cache_blocks(blocks).result()
        if on_progress:
            on_progress(PaperProgress(len(papers), len(papers)))
        return count

    def table(self, columns: Sequence[str], papers: Sequence[Paper] | None = None) -> Iterator[Row]:
        """Yield a row for each paper, filled in by the model; each cell is checked and has a quote.

        Rows are stored in the library, so an interrupted table resumes where it stopped.

        Args:
            columns: what to extract from each paper, such as "method".
            papers: all by default.

        Raises:
            ModelError: the model is not on this machine.
            LibraryError: a row cannot be written to disk.
        """
        papers = self.papers() if papers is None else papers
        engine, model, prompts = self.engine(), self.model_used(), self.settings.prompts
        return cached_rows(engine, papers, columns, self.library.folder, model, prompts)

    def model_used(self) -> str:
        """Return the model's name and a hash prefix, or the address of its endpoint."""
        return self._handle.model_used()

    def calibration(self) -> Calibration:
        """Return the calibration of model and library; defaults for a model behind an endpoint.

        Raises:
            ModelError: the model is not on this machine.
            LibraryError: the calibration of the library cannot be read.
        """
        return self._given_calibration or calibration_in(self.library.folder, self.settings)

    def context(
        self, scope: Scope = EVERYTHING, stop: threading.Event | None = None
    ) -> AnswerContext:
        """Return the context for answering one question, and start loading the model."""
        stop = stop or threading.Event()
        model = ModelClient(self.engine(), self.calibration(), self.settings, stop, Timer())
        return AnswerContext(self.library, self.settings, model, scope, stop, model.timer)

    def engine(self) -> Backend:
        """Return the model's engine. The first call starts loading the model."""
        return self._handle.engine()
