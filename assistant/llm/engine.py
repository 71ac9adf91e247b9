"""The engine: one thread owns the model; requests queue, stream, and stop when told to.

Two threads in one llama.cpp context crash it, so every use of the context is a job that runs on
the owner thread, one after another. Questions come before background reading, which steps aside
at once when a question arrives and begins its block again afterwards.
"""

import itertools
import os
import queue
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from assistant.errors import Cancelled
from assistant.llm.context import LlamaContext
from assistant.llm.prompts import Prompt
from assistant.llm.reader import Reader, Usage
from assistant.llm.reading_cache import ReadingCache

T = TypeVar("T")

_CLOSE, _QUESTION, _BACKGROUND = 0, 1, 2  # the lowest comes first


@dataclass(order=True, slots=True)
class _Job:
    priority: int
    number: int
    run: Callable[[threading.Event], None] = field(compare=False)
    stop: threading.Event = field(compare=False)


class Completion:
    """The pieces of text of one answer as they are written; iterate once.

    Leaving the iteration early stops the model. `usage` is final when the iteration has ended.
    """

    def __init__(self, stop: threading.Event) -> None:
        self.usage = Usage()
        self._stop = stop
        self._pieces: queue.SimpleQueue[str | BaseException | None] = queue.SimpleQueue()

    def __iter__(self) -> Iterator[str]:
        try:
            while (piece := self._pieces.get()) is not None:
                if isinstance(piece, BaseException):
                    raise piece
                yield piece
        except BaseException:
            self._stop.set()
            raise


class Engine:
    """One loaded model. Any thread may call it."""

    def __init__(
        self,
        path: Path,
        *,
        context_tokens: int = 4096,
        threads: int = 0,
        readings: ReadingCache | None = None,
    ) -> None:
        """Start loading a GGUF file; the first request waits for it.

        Args:
            path: the file.
            context_tokens: how many tokens of prompt and answer fit.
            threads: CPU threads; 0 means as many as this process may use.
            readings: where to keep what was read of papers; None: nowhere.
        """
        self._path = path
        self._context_tokens = context_tokens
        self._threads = threads or len(os.sched_getaffinity(0))
        self._readings = readings
        self._jobs: queue.PriorityQueue[_Job] = queue.PriorityQueue()
        self._numbers = itertools.count()
        self._running: _Job | None = None
        self._closed = False
        self._reader: Reader | None = None
        self._owner = threading.Thread(target=self._work, name="llama.cpp", daemon=True)
        self._owner.start()
        self._loaded: Future[None] = self._submit(self._load)

    def wait_until_loaded(self) -> None:
        """Return when the model is loaded; raise `ModelError` if it cannot be."""
        self._loaded.result()

    @property
    def is_loaded(self) -> bool:
        """Whether a question would be answered without waiting for the model to load."""
        return self._loaded.done() and self._loaded.exception() is None

    def close(self) -> None:
        """Stop the running job, drop the waiting ones, and free the model."""
        self._closed = True
        self._put(_Job(_CLOSE, next(self._numbers), lambda _: None, threading.Event()))
        self._owner.join()

    # -- requests -----------------------------------------------------------------------------

    def generate(
        self, prompt: Prompt, *, max_tokens: int, stop: threading.Event | None = None
    ) -> Completion:
        """Write an answer greedily; the returned pieces arrive as they are written.

        Args:
            prompt: the chat so far.
            max_tokens: where the answer is cut.
            stop: set it from any thread and the model stops, during prefill too; the iteration
                then raises `Cancelled`.
        """
        completion = Completion(stop or threading.Event())

        def write(stop: threading.Event) -> None:
            completion.usage = self._loaded_reader().write(
                prompt, max_tokens, completion._pieces.put, stop
            )

        def finish(written: "Future[None]") -> None:
            completion._pieces.put(written.exception())

        self._submit(write, stop=completion._stop).add_done_callback(finish)
        return completion

    def word_shares(
        self, prompt: Prompt, words: Sequence[str], *, stop: threading.Event | None = None
    ) -> tuple[list[float], Usage]:
        """Return the share of each of some words in the model's first token; they sum to 1.

        Raises:
            Cancelled: ``stop`` was set.
        """
        return self._submit(
            lambda _: self._loaded_reader().word_shares(prompt, words), stop=stop
        ).result()

    def has_read(self, prompt: Prompt) -> bool:
        """Tell whether all blocks of a prompt were read before."""
        return self._submit(lambda _: self._loaded_reader().has_read(prompt)).result()

    def read(self, prompt: Prompt) -> "Future[int]":
        """Read the blocks of a prompt that were never read, when no question is waiting.

        Returns:
            How many blocks were read.
        """
        return self._submit(
            lambda _: self._loaded_reader().read_blocks(prompt), priority=_BACKGROUND
        )

    # -- the queue ----------------------------------------------------------------------------

    def _submit(
        self,
        work: Callable[[threading.Event], T],
        *,
        stop: threading.Event | None = None,
        priority: int = _QUESTION,
    ) -> "Future[T]":
        future: Future[T] = Future()
        asked = stop or threading.Event()

        def run(stop: threading.Event) -> None:
            try:
                if stop.is_set():
                    raise Cancelled("The model was stopped before it began.")
                future.set_result(work(stop))
            except Cancelled as error:
                if priority == _BACKGROUND and not self._closed:
                    self._put(_Job(priority, next(self._numbers), run, threading.Event()))
                else:
                    future.set_exception(error)
            except BaseException as error:
                future.set_exception(error)

        self._put(_Job(priority, next(self._numbers), run, asked))
        return future

    def _put(self, job: _Job) -> None:
        self._jobs.put(job)
        running = self._running
        if running is not None and job.priority < running.priority:
            running.stop.set()

    def _work(self) -> None:
        while (job := self._jobs.get()).priority != _CLOSE:
            self._running = job
            with self._jobs.mutex:
                # What came after this job was taken and before it was seen running.
                if any(waiting.priority < job.priority for waiting in self._jobs.queue):
                    job.stop.set()
            job.run(job.stop)
            self._running = None
        while not self._jobs.empty():
            job = self._jobs.get()
            job.stop.set()
            job.run(job.stop)
        if self._reader is not None:
            self._reader.close()

    def _load(self, _stop: threading.Event) -> None:
        llama = LlamaContext(
            self._path,
            context_tokens=self._context_tokens,
            threads=self._threads,
            aborted=lambda: self._running is not None and self._running.stop.is_set(),
        )
        self._reader = Reader(llama, self._readings)

    def _loaded_reader(self) -> Reader:
        self._loaded.result()
        assert self._reader is not None
        return self._reader
