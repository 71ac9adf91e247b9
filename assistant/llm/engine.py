"""The engine: one thread owns the model; requests queue, stream, and stop when told to.

Two threads in one llama.cpp context crash it, so every use of the context is a job that runs on
the owner thread, one after another in the order of asking.
"""

import codecs
import os
import queue
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np

from assistant.errors import Cancelled, InputError
from assistant.llm.chat_template import chat_tokens
from assistant.llm.context import LlamaContext, Logits
from assistant.llm.prompts import Message

T = TypeVar("T")
_Job = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Usage:
    """How many tokens a request took.

    Attributes:
        prompt_tokens: of the whole prompt.
        cached_tokens: of these, how many had been read by an earlier request.
        completion_tokens: written by the model.
    """

    prompt_tokens: int = 0
    cached_tokens: int = 0
    completion_tokens: int = 0

    def __add__(self, other: "Usage") -> "Usage":
        return Usage(
            self.prompt_tokens + other.prompt_tokens,
            self.cached_tokens + other.cached_tokens,
            self.completion_tokens + other.completion_tokens,
        )


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

    def __init__(self, path: Path, *, context_tokens: int = 4096, threads: int = 0) -> None:
        """Start loading a GGUF file; the first request waits for it.

        Args:
            path: the file.
            context_tokens: how many tokens of prompt and answer fit.
            threads: CPU threads; 0 means as many as this process may use.
        """
        self._path = path
        self._context_tokens = context_tokens
        self._threads = threads or len(os.sched_getaffinity(0))
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._stop = threading.Event()  # of the running job
        self._read: list[int] = []  # the tokens in the context
        self._context: LlamaContext | None = None
        self._owner = threading.Thread(target=self._work, name="llama.cpp", daemon=True)
        self._owner.start()
        self._loaded: Future[None] = self._submit(self._load, threading.Event())

    def wait_until_loaded(self) -> None:
        """Return when the model is loaded; raise `ModelError` if it cannot be."""
        self._loaded.result()

    def close(self) -> None:
        """Stop the running job, drop the waiting ones, and free the model."""
        self._stop.set()
        self._jobs.put(None)
        self._owner.join()

    # -- requests -----------------------------------------------------------------------------

    def generate(
        self, messages: Sequence[Message], *, max_tokens: int, stop: threading.Event | None = None
    ) -> Completion:
        """Write an answer greedily; the returned pieces arrive as they are written.

        Args:
            messages: the chat so far.
            max_tokens: where the answer is cut.
            stop: set it from any thread and the model stops, during prefill too; the iteration
                then raises `Cancelled`.
        """
        completion = Completion(stop or threading.Event())

        def job() -> None:
            try:
                self._write(messages, max_tokens, completion)
                completion._pieces.put(None)
            except BaseException as error:
                completion._pieces.put(error)

        self._submit(job, completion._stop)
        return completion

    def yes_probability(
        self, messages: Sequence[Message], *, stop: threading.Event | None = None
    ) -> tuple[float, Usage]:
        """Return the share of "yes" against "no" in the model's first token.

        Raises:
            Cancelled: ``stop`` was set.
        """

        def job() -> tuple[float, Usage]:
            logits, usage = self._prefill(self._tokens(messages), room=1)
            yes, no = (self._best_logit(logits, word) for word in ("yes", "no"))
            return float(1.0 / (1.0 + np.exp(no - yes))), usage

        return self._submit(job, stop or threading.Event()).result()

    # -- on the owner thread ------------------------------------------------------------------

    def _submit(self, job: Callable[[], T], stop: threading.Event) -> "Future[T]":
        future: Future[T] = Future()

        def run() -> None:
            self._stop = stop
            try:
                if stop.is_set():
                    raise Cancelled("The model was stopped before it began.")
                future.set_result(job())
            except BaseException as error:
                future.set_exception(error)

        self._jobs.put(run)
        return future

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            job()
        if self._context is not None:
            self._context.close()

    def _load(self) -> None:
        self._context = LlamaContext(
            self._path,
            context_tokens=self._context_tokens,
            threads=self._threads,
            aborted=lambda: self._stop.is_set(),
        )

    @property
    def _llama(self) -> LlamaContext:
        if self._context is None:
            self._loaded.result()
        assert self._context is not None
        return self._context

    def _tokens(self, messages: Sequence[Message]) -> list[int]:
        llama = self._llama
        tokens = chat_tokens(
            messages,
            llama.chat_template(),
            llama.tokenize,
            bos=llama.token_text(llama.bos),
            eos=llama.token_text(llama.eos),
        )
        if llama.starts_with_bos and tokens[:1] != [llama.bos]:
            tokens.insert(0, llama.bos)
        return tokens

    def _prefill(self, tokens: list[int], room: int) -> tuple[Logits, Usage]:
        """Read a prompt, reusing what it shares with the last one; return the last logits."""
        llama = self._llama
        if len(tokens) + room > llama.context_tokens:
            raise InputError(
                f"The question and its evidence take {len(tokens)} tokens and the answer up to "
                f"{room}; the model's context holds {llama.context_tokens}. Ask a shorter "
                "question, or lower evidence_sentences."
            )
        shared = _common_prefix(self._read, tokens[:-1])
        llama.forget(shared)
        # Should the reading be cut, only what is surely read counts as read.
        self._read = tokens[:shared]
        logits = llama.decode(tokens[shared:], shared)
        self._read = list(tokens)
        return logits, Usage(prompt_tokens=len(tokens), cached_tokens=shared)

    def _write(self, messages: Sequence[Message], max_tokens: int, completion: Completion) -> None:
        llama = self._llama
        logits, completion.usage = self._prefill(self._tokens(messages), room=max_tokens)
        text = codecs.getincrementaldecoder("utf-8")(errors="replace")
        for _ in range(max_tokens):
            token = int(logits.argmax())
            if llama.ends_answer(token):
                break
            if completion._stop.is_set():
                raise Cancelled("The model was stopped.")
            completion.usage += Usage(completion_tokens=1)
            if piece := text.decode(llama.piece(token)):
                completion._pieces.put(piece)
            logits = llama.decode([token], len(self._read))
            self._read.append(token)

    def _best_logit(self, logits: Logits, word: str) -> float:
        """Return the best logit among the spellings of a word that are one token."""
        spellings = (form for w in (word, word.capitalize()) for form in (w, f" {w}"))
        tokens = (self._llama.tokenize(form, False) for form in spellings)
        return max(float(logits[ids[0]]) for ids in tokens if len(ids) == 1)


def _common_prefix(a: Sequence[int], b: Sequence[int]) -> int:
    """Return how many tokens the beginnings of two lists share."""
    for index, (x, y) in enumerate(zip(a, b, strict=False)):
        if x != y:
            return index
    return min(len(a), len(b))
