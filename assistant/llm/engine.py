"""The engine: a `Backend` that runs one loaded model in this process."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from typing import Generic, TypeVar

from assistant.errors import Cancelled
from assistant.llm.answer_request import answer_request
from assistant.llm.completion import Completion
from assistant.llm.decoding.prefilled_reading import PrefilledReading
from assistant.llm.json_object import JsonObject
from assistant.llm.kv_cache.prefill import PrefilledPrompt, Prefiller, PrefillRequest
from assistant.llm.kv_cache.reading_cache import ReadingCache
from assistant.llm.kv_cache.slots import SEQUENCES
from assistant.llm.llama import LlamaContext
from assistant.llm.prompts import Prompt
from assistant.llm.readouts import PromptReading, Readout
from assistant.llm.tuning.options import Tuning
from assistant.llm.usage import Usage
from assistant.llm.worker import InferenceWorker, Request, Task

ANSWERS_AT_ONCE = 4
"""Maximum number of answers to generate concurrently; more wait for a slot."""

T = TypeVar("T")


class Engine:
    """One loaded model. Any thread may call it.

    Attributes:
        tuning: its performance options.
    """

    def __init__(
        self,
        path: Path,
        *,
        context_tokens: int = 4096,
        threads: int = 0,
        reading_cache: ReadingCache | None = None,
        tuning: Tuning | None = None,
        answers_at_once: int = ANSWERS_AT_ONCE,
        gpu_layers: int = -1,
    ) -> None:
        """Start loading a GGUF file; the first request waits for it.

        Args:
            path: the file.
            context_tokens: number of cells of the KV cache, for all prompts and answers together.
            threads: number of CPU threads; 0 for the number in the tuning.
            reading_cache: caches the cells of blocks; None for no cache.
            tuning: performance options; None for the defaults.
            answers_at_once: maximum number of answers to generate at the same time.
            gpu_layers: number of layers to offload to a GPU, if llama.cpp was built for one; -1 for
                all.
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
            return Prefiller(llama, reading_cache and reading_cache.for_kv_type(chosen.kv_type))

        self._worker = InferenceWorker(
            load, max_answers=answers_at_once, draft_tokens=chosen.exact_drafts
        )

    def wait_until_loaded(self) -> None:
        """Block until the model is loaded.

        Raises:
            ModelError: the model cannot be loaded.
        """
        self._worker.loaded.result()

    @property
    def has_failed(self) -> bool:
        """Whether loading the model failed; the engine is unusable then."""
        return self._worker.loaded.done() and self._worker.loaded.exception() is not None

    @property
    def reads_likelihoods(self) -> bool:
        """Whether `score_prompts` can compute likelihoods."""
        return True

    @property
    def served_model(self) -> str:
        """Empty: the settings name the model."""
        return ""

    def identify_model(self) -> str:
        """Return an empty name, like `served_model`."""
        return self.served_model

    def missing_features(self) -> tuple[str, ...]:
        """Return nothing: all features are available in this process."""
        return ()

    def close(self) -> None:
        """Cancel running and waiting requests, and free the model."""
        self._worker.close()

    # -- requests -----------------------------------------------------------------------------

    def generate(
        self,
        prompt: Prompt,
        *,
        max_tokens: int,
        stop: threading.Event | None = None,
        grammar: str | None = None,
    ) -> Completion:
        """Generate an answer greedily; its pieces stream as they are generated.

        The first piece is the prompt's ``answer_prefix``, if it has one.

        Args:
            prompt: the chat so far.
            max_tokens: maximum length of the answer.
            stop: set it from any thread to stop the model, during prefill too. The iteration then
                raises `Cancelled`.
            grammar: a grammar in GBNF with the rule ``root``; constrains the answer.
        """
        completion = Completion(stop or threading.Event())
        self._worker.submit_requests(
            [answer_request(completion, prompt, max_tokens, grammar=grammar)]
        )
        return completion

    def generate_object(self, prompt: Prompt, shape: JsonObject, *, max_tokens: int) -> Completion:
        """Generate a JSON object; its grammar constrains the answer token by token."""
        return self.generate(prompt, max_tokens=max_tokens, grammar=shape.grammar())

    def read_and_generate(
        self,
        prompt: Prompt,
        readout: Readout[T],
        *,
        max_tokens: int,
        stop: threading.Event | None = None,
    ) -> tuple[T, Completion]:
        """Return a readout of a prompt, and the answer to it, which has already started.

        If the readout shows that the question should not be answered, call `Completion.drop`.

        Raises:
            Cancelled: ``stop`` was set.
        """
        completion = Completion(stop or threading.Event())
        found: Future[T] = Future()

        def read(reading: PromptReading) -> None:
            found.set_result(readout(reading))

        request = answer_request(completion, prompt, max_tokens, readout=read)
        request.finished.add_done_callback(lambda finished: _propagate_error(finished, found))
        self._worker.submit_requests([request])
        return found.result(), completion

    def score_and_generate(
        self,
        scored: Prompt,
        readout: Readout[T],
        prompt: Prompt,
        *,
        max_tokens: int,
        stop: threading.Event | None = None,
    ) -> tuple[T, Usage, Completion]:
        """Return a readout of one prompt, and the answer to another, which has already started.

        The prompts are prefilled together, and their common prefix only once. Deciding whether to
        answer therefore costs little more than answering. If the readout shows that the question
        should not be answered, call `Completion.drop`.

        Raises:
            Cancelled: ``stop`` was set.
        """
        stop = stop or threading.Event()
        completion = Completion(stop)
        scoring = _Scoring(PrefillRequest(scored, 0), readout, stop)
        answer = answer_request(completion, prompt, max_tokens)
        self._worker.submit_requests([scoring.request, answer])
        return *scoring.result(), completion

    def score_prompts(
        self,
        prompts: Sequence[Prompt],
        readout: Readout[T],
        *,
        with_likelihood: bool = False,
        stop: threading.Event | None = None,
    ) -> list[tuple[T, Usage]]:
        """Return a readout of each prompt; the prompts are prefilled together.

        Args:
            prompts: the prompts; no answers to them are generated.
            readout: such as `read_yes`.
            with_likelihood: whether to compute log P(question given papers). The question is then
                decoded again even if it is in the KV cache. Likelihoods are comparable between
                prompts that differ only in their papers.
            stop: set it from any thread to stop the model.

        Raises:
            Cancelled: ``stop`` was set.
        """
        stop = stop or threading.Event()
        requests = [PrefillRequest(prompt, 0, with_likelihood) for prompt in prompts]
        scorings = [_Scoring(request, readout, stop) for request in requests]
        self._worker.submit_requests([scoring.request for scoring in scorings])
        return [scoring.result() for scoring in scorings]

    # -- the reading cache --------------------------------------------------------------------

    def is_cached(self, prompt: Prompt) -> bool:
        """Tell whether all blocks of a prompt are in the reading cache."""
        return self._run(
            lambda prefiller: prefiller.is_cached(prompt), self._worker.submit_task
        ).result()

    def cache_blocks(self, prompt: Prompt) -> "Future[int]":
        """Prefill the blocks of a prompt into the reading cache, when no request is waiting.

        Returns:
            The number of blocks that were not in the cache.
        """
        return self._run(
            lambda prefiller: prefiller.cache_blocks(prompt), self._worker.submit_background
        )

    def _run(self, work: Callable[[Prefiller], T], submit: Callable[[Task], None]) -> "Future[T]":
        future: Future[T] = Future()

        def run(prefiller: Prefiller) -> None:
            try:
                future.set_result(work(prefiller))
            except Cancelled:
                raise
            except BaseException as error:
                future.set_exception(error)

        submit(Task(run, future.set_exception))
        return future


class _Scoring(Generic[T]):
    """A request for a readout of a prompt, without an answer."""

    def __init__(self, prefill: PrefillRequest, readout: Readout[T], stop: threading.Event) -> None:
        self._readout = readout
        self._results: list[T] = []
        self.request = Request(prefill, stop, self._read, generates=False)

    def _read(self, prefiller: Prefiller, prefilled: PrefilledPrompt) -> None:
        self._results.append(self._readout(PrefilledReading(prefiller, prefilled)))

    def result(self) -> tuple[T, Usage]:
        """Wait for the readout; return it and the token counts."""
        usage = self.request.finished.result()
        return self._results[0], usage


def _propagate_error(finished: "Future[Usage]", found: "Future[T]") -> None:
    error = finished.exception()
    if error is not None and not found.done():
        found.set_exception(error)
