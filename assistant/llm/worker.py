"""The thread that owns the model: a llama.cpp context must be used by one thread only.

Waiting prompts are prefilled together, and answers are generated in one batch. Background tasks run
when there is nothing else to do. A request preempts a running background task, which is restarted
afterwards.
"""

import threading
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import TypeVar

from assistant.errors import Cancelled, InputError
from assistant.llm.cancellation import CancellationMonitor, StopSignal
from assistant.llm.decoding.generation import Generation, decode_step
from assistant.llm.kv_cache.prefill import PrefilledPrompt, Prefiller, PrefillRequest
from assistant.llm.kv_cache.slots import SLOTS
from assistant.llm.usage import Usage


@dataclass(slots=True, eq=False)
class Request:
    """A prompt waiting to be prefilled.

    Attributes:
        prefill: the prompt.
        stop: set to cancel the request.
        on_prefilled: called on the worker's thread; returns the answer to generate, if any.
        generates: whether ``on_prefilled`` returns an answer.
        finished: set when the request is finished, after its answer is generated.
    """

    prefill: PrefillRequest
    stop: StopSignal
    on_prefilled: Callable[[Prefiller, PrefilledPrompt], Generation | None]
    generates: bool
    finished: "Future[Usage]" = field(default_factory=Future)

    def fail(self, error: BaseException) -> None:
        """End the request with an error."""
        self.finished.set_exception(error)


@dataclass(slots=True, eq=False)
class Task:
    """Other work that needs the model.

    Attributes:
        run: called on the worker's thread; raises nothing but `Cancelled`.
        fail: called instead if the task will not run.
        preempted: set to stop a running background task.
    """

    run: Callable[[Prefiller], None]
    fail: Callable[[BaseException], None]
    preempted: threading.Event = field(default_factory=threading.Event)


W = TypeVar("W", Request, Task)


class InferenceWorker:
    """Runs the model on its own thread. Any thread may call the public methods."""

    def __init__(
        self, load: Callable[[], Prefiller], *, max_answers: int, draft_tokens: int
    ) -> None:
        """Start the thread, which loads the model.

        Args:
            load: loads the model.
            max_answers: maximum number of answers to generate concurrently.
            draft_tokens: maximum length of a draft while a single answer is generated.
        """
        self.loaded: Future[None] = Future()
        self._load = load
        self._max_answers = min(max_answers, SLOTS)
        self._draft_tokens = draft_tokens
        # Shared with other threads; guarded by the condition's lock.
        self._changed = threading.Condition()
        self._requests: deque[Request] = deque()
        self._tasks: deque[Task] = deque()
        self._background: deque[Task] = deque()
        self._running_background: Task | None = None
        self._closing = threading.Event()
        self._refusal: BaseException | None = None  # why no more work is accepted
        # Used by the worker's thread only.
        self._generations: dict[Generation, Request] = {}
        self._context_full = False
        self._thread = threading.Thread(target=self._work, name="llama.cpp", daemon=True)
        self._thread.start()

    def submit_requests(self, requests: Sequence[Request]) -> None:
        """Queue prompts to be prefilled together with others that are waiting."""
        self._submit(self._requests, requests)

    def submit_task(self, task: Task) -> None:
        """Queue a task to run before the next decode."""
        self._submit(self._tasks, [task])

    def submit_background(self, task: Task) -> None:
        """Queue a task to run when nothing else is waiting."""
        self._submit(self._background, [task])

    def close(self) -> None:
        """Cancel running and waiting work, and free the model."""
        with self._changed:
            self._closing.set()
            self._preempt_background()
        self._thread.join()

    def _submit(self, queue: "deque[W]", added: Sequence[W]) -> None:
        with self._changed:
            refusal = self._refusal
            if refusal is None:
                queue += added
                if queue is self._background:
                    self._changed.notify()
                else:
                    self._preempt_background()
        if refusal is not None:
            for one in added:
                one.fail(refusal)

    def _preempt_background(self) -> None:
        if self._running_background is not None:
            self._running_background.preempted.set()
        self._changed.notify()

    # -- on the worker's thread ---------------------------------------------------------------

    def _work(self) -> None:
        try:
            prefiller = self._load()
        except BaseException as error:
            self.loaded.set_exception(error)
            self._refuse(error)
            return
        monitor = CancellationMonitor(prefiller.llama.abort)
        self.loaded.set_result(None)
        while self._wait():
            self._run_tasks(prefiller)
            self._prefill(prefiller, monitor)
            if self._generations:
                self._decode(prefiller, monitor)
            else:
                self._run_background(prefiller, monitor)
        self._refuse(Cancelled("The model was closed."))
        monitor.close()
        prefiller.llama.close()

    def _wait(self) -> bool:
        """Wait until there is something to do; return False if the worker is closing."""
        with self._changed:
            while not (
                self._closing.is_set()
                or self._requests
                or self._tasks
                or self._background
                or self._generations
            ):
                self._changed.wait()
        return not self._closing.is_set()

    def _run_tasks(self, prefiller: Prefiller) -> None:
        with self._changed:
            tasks = list(self._tasks)
            self._tasks.clear()
        for task in tasks:
            task.run(prefiller)

    def _run_background(self, prefiller: Prefiller, monitor: CancellationMonitor) -> None:
        with self._changed:
            if self._requests or self._tasks or not self._background:
                return
            task = self._running_background = self._background.popleft()
        try:
            with monitor.watch([task.preempted]):
                task.run(prefiller)
        except Cancelled:
            task.preempted.clear()
            with self._changed:
                self._background.appendleft(task)
        finally:
            with self._changed:
                self._running_background = None

    # -- prefill ------------------------------------------------------------------------------

    def _prefill(self, prefiller: Prefiller, monitor: CancellationMonitor) -> None:
        """Prefill as many of the waiting prompts as fit, and start their answers."""
        requests = self._take_requests()
        if not requests:
            return
        try:
            with monitor.watch([self._closing, *(request.stop for request in requests)]):
                results = prefiller.prefill([request.prefill for request in requests])
        except Cancelled:
            self._put_back(self._without_cancelled(requests))
            return
        except BaseException as error:
            for request in requests:
                request.fail(error)
            return
        for request, result in zip(requests, results, strict=True):
            if isinstance(result, InputError):
                request.fail(result)
            elif result is not None:
                self._start(prefiller, request, result)
        waiting = [r for r, result in zip(requests, results, strict=True) if result is None]
        # If none of them fit, none will until an answer ends.
        self._context_full = len(waiting) == len(requests)
        self._put_back(waiting)

    def _take_requests(self) -> list[Request]:
        """Take the requests to prefill next from the queue; end those that were cancelled."""
        with self._changed:
            waiting = list(self._requests)
            self._requests.clear()
        taken: list[Request] = []
        left: list[Request] = []
        answers = len(self._generations)
        for request in self._without_cancelled(waiting):
            answers += request.generates
            too_many = request.generates and answers > self._max_answers
            (left if self._context_full or too_many else taken).append(request)
        self._put_back(left)
        return taken

    def _put_back(self, requests: list[Request]) -> None:
        with self._changed:
            self._requests.extendleft(reversed(requests))

    def _without_cancelled(self, requests: list[Request]) -> list[Request]:
        """End the requests that were cancelled; return the others."""
        for request in requests:
            if request.stop.is_set():
                request.fail(Cancelled("The model was stopped."))
        return [request for request in requests if not request.finished.done()]

    def _start(self, prefiller: Prefiller, request: Request, prefilled: PrefilledPrompt) -> None:
        try:
            generation = request.on_prefilled(prefiller, prefilled)
        except BaseException as error:
            prefiller.free(prefilled.slot)
            request.fail(error)
            return
        if generation is None:
            prefiller.free(prefilled.slot)
            request.finished.set_result(prefilled.usage)
        else:
            self._generations[generation] = request
            self._end_finished(prefiller)

    # -- answers ------------------------------------------------------------------------------

    def _decode(self, prefiller: Prefiller, monitor: CancellationMonitor) -> None:
        generations = list(self._generations)
        try:
            with monitor.watch([self._closing, *(one.stop for one in generations)]):
                decode_step(prefiller.llama, generations, self._draft_tokens)
        except Cancelled:
            pass  # the cancelled answers end below, the others continue
        except BaseException as error:
            self._end(prefiller, generations, error)
        self._end_finished(prefiller)

    def _end_finished(self, prefiller: Prefiller) -> None:
        """End the answers that are complete or cancelled."""
        self._end(prefiller, [one for one in self._generations if one.ended])
        cancelled = [one for one in self._generations if one.stop.is_set()]
        self._end(prefiller, cancelled, Cancelled("The model was stopped."))

    def _end(
        self,
        prefiller: Prefiller,
        generations: Sequence[Generation],
        error: BaseException | None = None,
    ) -> None:
        for generation in generations:
            request = self._generations.pop(generation)
            prefiller.free(generation.slot)
            self._context_full = False
            if error is None:
                request.finished.set_result(generation.usage)
            else:
                request.fail(error)

    def _refuse(self, error: BaseException) -> None:
        """Fail all waiting and running work, and everything submitted from now on."""
        with self._changed:
            self._refusal = error
            waiting: list[Request | Task] = [*self._requests, *self._tasks, *self._background]
            for queue in (self._requests, self._tasks, self._background):
                queue.clear()
        for one in (*waiting, *self._generations.values()):
            one.fail(error)
