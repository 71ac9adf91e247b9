"""The assistant: a library and a model behind one short chain of calls."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from types import TracebackType

from assistant.answering.answer import Answer, AnswerEvent
from assistant.answering.answerability import Decision
from assistant.answering.context import AnswerContext
from assistant.answering.model_handle import ModelHandle, model_used
from assistant.answering.pipeline import answer_question, decision_about, verdict_about
from assistant.answering.prompt_blocks import whole_papers
from assistant.answering.question.follow_up import Turn
from assistant.answering.question.verdict import VerdictScores
from assistant.answering.table.extract import Row, fill_rows
from assistant.answering.table.row_cache import RowCache
from assistant.answering.timer import Timer
from assistant.errors import InputError
from assistant.library import (
    EVERYTHING,
    AddReport,
    Embedder,
    Library,
    PaperProgress,
    Scope,
    with_recorded_embedder,
)
from assistant.llm import Engine, prompts_fingerprint
from assistant.models import Calibration, calibration_of, locate
from assistant.papers import Paper, read_files, sample_papers
from assistant.retrieval import Retrieval, retrieve
from assistant.settings import Settings, library_folder

OnProgress = Callable[[PaperProgress], None]


class Assistant:
    """Answers questions about the papers of one library. Any thread may call it."""

    def __init__(
        self, library: Library, settings: Settings, calibration: Calibration | None = None
    ) -> None:
        """Use `Assistant.open`, which finds the parts."""
        self.library = library
        self.settings = settings
        self._given_calibration = calibration
        self._loaded = ModelHandle(settings)

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
        """Open a library folder; make it, with the sample papers, if it is new.

        The model is loaded by the first question, or by `load`.

        Args:
            folder: the library; by default ``$ASSISTANT_LIBRARY`` or one in the user's data.
            settings: the default settings if not given.
            samples: whether a new library gets the sample papers.
            calibration: of the model; by default the one measured for it.
            on_progress: told how the indexing of papers goes.

        Raises:
            ModelError: the embedder is not on this machine.
            LibraryError: the folder cannot be used.
        """
        path = Path(folder).expanduser() if folder is not None else library_folder()
        settings = with_recorded_embedder(settings or Settings(), path)
        embedder = Embedder(settings.embedder, locate(settings.embedder))
        library = Library(path, embedder, settings.chunk_word_pieces)
        assistant = cls(library, settings, calibration)
        library.repair(on_progress)
        if library.is_new:
            library.catalogue.set_meta("samples", "wanted" if samples else "not wanted")
        if library.catalogue.meta("samples") == "wanted":
            # Noted only when it is done: a cut on the way leaves them wanted.
            library.add(sample_papers(), on_progress)
            library.catalogue.set_meta("samples", "added")
        return assistant

    def with_settings(self, settings: Settings) -> "Assistant":
        """Return an assistant over the same library that has other settings.

        The two share the loaded model unless the settings are about it. Close one of them only,
        and `unload` the other if its model is another.
        """
        other = Assistant(self.library, settings, self._given_calibration)
        if self._loaded.serves(settings):
            other._loaded = self._loaded
        return other

    def unload(self) -> None:
        """Stop and free the model; the next question loads it again."""
        self._loaded.close()

    def close(self) -> None:
        """Stop the model and close the library."""
        self.unload()
        self.library.close()

    def __enter__(self) -> "Assistant":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    # -- papers -------------------------------------------------------------------------------

    def add(self, *files: str | Path, on_progress: OnProgress | None = None) -> AddReport:
        """Add the papers in some files, folders or zips; the report says what became of each.

        Raises:
            InputError: a file is not there, or there are no papers in any.
        """
        return self.library.add(read_files(*files), on_progress)

    def papers(self) -> list[Paper]:
        """Return the papers of the library in the order in which they were added."""
        return self.library.catalogue.papers()

    def search(
        self, question: str, *, limit: int | None = None, scope: Scope = EVERYTHING
    ) -> Retrieval:
        """Return the ranked papers and the evidence for a question, without asking the model.

        Raises:
            InputError: the question, the library or the scope is empty.
        """
        settings = self.settings
        if limit is not None:
            settings = replace(settings, papers_ranked=limit)
        return retrieve(self.library, self._checked(question, scope), settings, scope)

    # -- questions ----------------------------------------------------------------------------

    def load(self) -> None:
        """Load the model and the embedder now, so that the first question does not wait."""
        self._model().wait_until_loaded()
        self.library.embedder.load()

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
        """Answer a question; yield what is known as soon as it is, and last the `Answer`.

        Args:
            question: in plain words.
            history: the earlier turns of the conversation, oldest first.
            scope: the papers that may answer; by default all.
            stop: set it from any thread to stop at once; leaving the iteration stops as well.

        Raises:
            InputError: the question is empty or too long, or there are no papers to ask.
            ModelError: the model is not on this machine.
            Cancelled: ``stop`` was set.
        """
        question = self._checked(question, scope)
        return self._stream(question, history, scope, stop or threading.Event())

    def _stream(
        self, question: str, history: Sequence[Turn], scope: Scope, stop: threading.Event
    ) -> Iterator[AnswerEvent]:
        try:
            yield from answer_question(self._asking(scope, stop), question, history)
        except BaseException:
            stop.set()
            raise

    def decision(self, question: str, *, scope: Scope = EVERYTHING) -> Decision | None:
        """Return what a question is decided by; None if it is decided in another way.

        For fitting what the model's replies are worth: see `assistant eval calibrate`.

        Raises:
            InputError: the question is empty or too long, or there are no papers to ask.
            ModelError: the model is not on this machine.
        """
        question = self._checked(question, scope)
        return decision_about(self._asking(scope, threading.Event()), question)

    def verdict(
        self, question: str, *, scope: Scope = EVERYTHING
    ) -> tuple[Paper, VerdictScores] | None:
        """Return what the verdict on a question is taken from, and of which paper.

        None if it wants none.

        For fitting too; raises what `decision` raises.
        """
        question = self._checked(question, scope)
        return verdict_about(self._asking(scope, threading.Event()), question)

    def read(
        self, on_progress: OnProgress | None = None, *, papers: Sequence[Paper] | None = None
    ) -> int:
        """Let the model read every paper that it has not read yet; questions come in between.

        A paper that was read is recalled in milliseconds when a question needs it.

        Args:
            on_progress: told how it goes.
            papers: which ones; all if not given.

        Returns:
            How many papers were read now.
        """
        papers = self.papers() if papers is None else papers
        prompts = self.settings.prompts
        count = 0
        for done, paper in enumerate(papers):
            if on_progress:
                on_progress(PaperProgress(done, len(papers)))
            count += self._model().read(whole_papers([paper], prompts)).result()
        if on_progress:
            on_progress(PaperProgress(len(papers), len(papers)))
        return count

    def table(self, columns: Sequence[str], papers: Sequence[Paper] | None = None) -> Iterator[Row]:
        """Yield a row a paper, filled by the model: each cell is checked, and has its quote.

        Rows are kept in the library: a table that was cut goes on where it was.

        Args:
            columns: what to say of each paper, such as "method".
            papers: in this order; None for all.

        Raises:
            ModelError: the model is not on this machine.
            LibraryError: the disk does not take a row.
        """
        papers = self.papers() if papers is None else papers
        prompts = self.settings.prompts
        made_by = f"{model_used(self.settings)} {prompts_fingerprint(prompts)}"
        kept = RowCache(self.library.folder, columns, made_by)
        missing = [paper for paper in papers if kept.row(paper) is None]
        filled = fill_rows(self._model(), missing, columns, prompts) if missing else iter(())
        for paper in papers:
            row = kept.row(paper)
            if row is None:
                row = next(filled)
                kept.keep(row)
            yield row

    def _checked(self, question: str, scope: Scope) -> str:
        """Return the question on one line, once there is something to ask and papers to ask."""
        question = " ".join(question.split())
        if not question:
            raise InputError("The question is empty. Ask something about the papers.")
        if self.library.catalogue.count() == 0:
            raise InputError(
                f"The library {self.library.folder} has no papers yet. "
                "Add some with `assistant add FILE`."
            )
        if scope and not self.library.catalogue.ids_in(scope):
            raise InputError(
                "None of the papers that the question is limited to is in the library any more. "
                "Choose others, or ask all papers."
            )
        return question

    def _asking(self, scope: Scope, stop: threading.Event) -> AnswerContext:
        engine = self._model()  # begins to load, if it is not here yet, while papers are found
        return AnswerContext(
            self.library, self.settings, engine, self.calibration(), scope, stop, Timer()
        )

    def calibration(self) -> Calibration:
        """Return how the replies of the model are read.

        Raises:
            ModelError: the model is not on this machine.
        """
        return self._given_calibration or calibration_of(self.settings.model)

    def _model(self) -> Engine:
        return self._loaded.engine()
