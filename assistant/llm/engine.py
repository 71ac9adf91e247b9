"""The engine: one loaded model. Requests queue, stream, and stop when told to."""

import queue
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from typing import Generic, TypeVar

from assistant.errors import Cancelled
from assistant.llm.cancellation import AnyOf
from assistant.llm.generation import Writing, begun
from assistant.llm.kv_cache.disk_cache import KVDiskCache
from assistant.llm.kv_cache.prefill import SEQUENCES, PrefilledPrompt, Prefiller, PrefillRequest
from assistant.llm.llama import LlamaContext
from assistant.llm.prompts import Prompt
from assistant.llm.readouts import Readout
from assistant.llm.tuning.options import Tuning
from assistant.llm.usage import Usage
from assistant.llm.worker import InferenceWorker, Request, Task

# How many answers are written side by side; more wait for a place.
ANSWERS_AT_ONCE = 4

T = TypeVar("T")


class Completion:
    """The pieces of text of one answer as they are written; iterate once.

    Leaving the iteration early stops the model. `usage` is final when the iteration has ended.
    """

    def __init__(self, stop: threading.Event) -> None:
        self.usage = Usage()
        self._stop = stop
        self._dropped = threading.Event()
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

    def drop(self) -> None:
        """Stop the model; for an answer that is not wanted and will not be iterated."""
        self._dropped.set()


class Engine:
    """One loaded model. Any thread may call it.

    Attributes:
        tuning: how it is computed.
    """

    def __init__(
        self,
        path: Path,
        *,
        context_tokens: int = 4096,
        threads: int = 0,
        readings: KVDiskCache | None = None,
        tuning: Tuning | None = None,
        answers_at_once: int = ANSWERS_AT_ONCE,
        gpu_layers: int = -1,
    ) -> None:
        """Start loading a GGUF file; the first request waits for it.

        Args:
            path: the file.
            context_tokens: how many tokens of prompts and answers fit, of all together.
            threads: CPU threads; 0 means as the tuning says.
            readings: where to keep what was read of papers; None: nowhere.
            tuning: how the model is computed; None for what suits most machines.
            answers_at_once: how many answers are written side by side.
            gpu_layers: how many layers a GPU computes if llama.cpp was built for one; -1 for all.
        """
        chosen = tuning or Tuning()
        if threads:
            chosen = replace(chosen, threads=threads)
        self.tuning = chosen

        def load() -> Prefiller:
            llama = LlamaContext(
                path,
                chosen,
                context_tokens=context_tokens,
                sequences=SEQUENCES,
                gpu_layers=gpu_layers,
            )
            return Prefiller(llama, readings and readings.of_kind(chosen.kv_type))

        self._owner = InferenceWorker(
            load, answers_at_once=answers_at_once, draft_tokens=chosen.exact_drafts
        )

    def wait_until_loaded(self) -> None:
        """Return when the model is loaded; raise `ModelError` if it cannot be."""
        self._owner.loaded.result()

    @property
    def has_failed(self) -> bool:
        """Whether the model could not be loaded; the engine is of no use then."""
        return self._owner.loaded.done() and self._owner.loaded.exception() is not None

    def close(self) -> None:
        """Stop what is running, drop what waits, and free the model."""
        self._owner.close()

    # -- requests -----------------------------------------------------------------------------

    def generate(
        self,
        prompt: Prompt,
        *,
        max_tokens: int,
        stop: threading.Event | None = None,
        grammar: str | None = None,
    ) -> Completion:
        """Write an answer greedily; the returned pieces arrive as they are written.

        What the prompt says that the answer begins with is the first piece.

        Args:
            prompt: the chat so far.
            max_tokens: where the answer is cut.
            stop: set it from any thread and the model stops, during prefill too; the iteration
                then raises `Cancelled`.
            grammar: in GBNF, with the rule ``root``: what the answer must look like.
        """
        completion = Completion(stop or threading.Event())
        self._owner.ask([_written(completion, prompt, max_tokens, grammar)])
        return completion

    def read_and_generate(
        self,
        prompt: Prompt,
        read: Readout[T],
        *,
        max_tokens: int,
        stop: threading.Event | None = None,
    ) -> tuple[T, Completion]:
        """Return what is read off a prompt, and the answer to it, which is being written by then.

        If what is read speaks against the answer, `Completion.drop` it.

        Raises:
            Cancelled: ``stop`` was set.
        """
        completion = Completion(stop or threading.Event())
        found: Future[T] = Future()

        def see(reader: Prefiller, seated: PrefilledPrompt) -> None:
            found.set_result(read(reader, seated))

        request = _written(completion, prompt, max_tokens, see=see)
        request.done.add_done_callback(lambda done: _pass_on_error(done, found))
        self._owner.ask([request])
        return found.result(), completion

    def score_and_generate(
        self,
        weighed: Prompt,
        read: Readout[T],
        prompt: Prompt,
        *,
        max_tokens: int,
        stop: threading.Event | None = None,
    ) -> tuple[T, Usage, Completion]:
        """Return what is read off the reply to one prompt, and the answer to another.

        The two prompts are read side by side, and what they begin with alike is read once: so
        deciding whether to answer costs little more than answering. If the reply speaks against
        the answer, which is being written by then, `Completion.drop` it.

        Raises:
            Cancelled: ``stop`` was set.
        """
        stop = stop or threading.Event()
        completion = Completion(stop)
        look = _Look(PrefillRequest(weighed, 0), read, stop)
        self._owner.ask([look.request, _written(completion, prompt, max_tokens)])
        return *look.result(), completion

    def score_prompts(
        self,
        prompts: Sequence[Prompt],
        read: Readout[T],
        *,
        with_likelihood: bool = False,
        stop: threading.Event | None = None,
    ) -> list[tuple[T, Usage]]:
        """Return what is read off some prompts, or the replies to them; they stand side by side.

        Args:
            prompts: to which nothing is written.
            read: such as `read_shares`.
            with_likelihood: whether it is to be known how likely the papers of each prompt make
                what the user says behind them; then that is read anew, even if it was just read.
                Comparable only between prompts that differ in nothing but their papers.
            stop: set it from any thread and the model stops.

        Raises:
            Cancelled: ``stop`` was set.
        """
        stop = stop or threading.Event()
        wishes = [PrefillRequest(prompt, 0, with_likelihood) for prompt in prompts]
        looks = [_Look(wish, read, stop) for wish in wishes]
        self._owner.ask([look.request for look in looks])
        return [look.result() for look in looks]

    def has_read(self, prompt: Prompt) -> bool:
        """Tell whether all blocks of a prompt were read before."""
        return self._submit(lambda reader: reader.has_read(prompt), self._owner.do).result()

    def read(self, prompt: Prompt) -> "Future[int]":
        """Read the blocks of a prompt that were never read, when no question is waiting.

        Returns:
            How many blocks were read.
        """
        return self._submit(lambda reader: reader.read_blocks(prompt), self._owner.do_later)

    def _submit(
        self, work: Callable[[Prefiller], T], to_owner: Callable[[Task], None]
    ) -> "Future[T]":
        future: Future[T] = Future()

        def run(reader: Prefiller) -> None:
            try:
                future.set_result(work(reader))
            except Cancelled:
                raise
            except BaseException as error:
                future.set_exception(error)

        to_owner(Task(run, future.set_exception))
        return future


class _Look(Generic[T]):
    """A prompt that is read and looked at, and nothing is written."""

    def __init__(self, wish: PrefillRequest, see: Readout[T], stop: threading.Event) -> None:
        self._see = see
        self._found: list[T] = []
        self.request = Request(wish, stop, self._look, writes=False)

    def _look(self, reader: Prefiller, seated: PrefilledPrompt) -> None:
        self._found.append(self._see(reader, seated))

    def result(self) -> tuple[T, Usage]:
        usage = self.request.done.result()
        return self._found[0], usage


def _pass_on_error(done: "Future[Usage]", found: "Future[T]") -> None:
    error = done.exception()
    if error is not None and not found.done():
        found.set_exception(error)


def _written(
    completion: Completion,
    prompt: Prompt,
    max_tokens: int,
    grammar: str | None = None,
    see: Readout[None] | None = None,
) -> Request:
    """Return the request to write an answer, and to see the prompt before."""
    put = completion._pieces.put
    stop = AnyOf((completion._stop, completion._dropped))

    def write(reader: Prefiller, seated: PrefilledPrompt) -> Writing:
        completion.usage = seated.usage
        if see:
            see(reader, seated)
        if prompt.begun:
            put(prompt.begun)
        return begun(reader.llama, seated, max_tokens, put, stop, grammar)

    def finish(written: "Future[Usage]") -> None:
        error = written.exception()
        if error is None:
            completion.usage = written.result()
        put(error)

    request = Request(PrefillRequest(prompt, max_tokens), stop, write, writes=True)
    request.done.add_done_callback(finish)
    return request
