"""The thread that owns the model: two threads in one llama.cpp context crash it.

What waits is read in one go, answers are written side by side, and background work goes on when
nothing else is to be done: it steps aside at once for a question and begins again afterwards.
"""

import threading
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import TypeVar

from assistant.errors import Cancelled, InputError
from assistant.llm.cancellation import CancellationMonitor, Stop
from assistant.llm.generation import Writing, write_on
from assistant.llm.kv_cache.prefill import SLOTS, PrefilledPrompt, Prefiller, PrefillRequest
from assistant.llm.usage import Usage


@dataclass(slots=True, eq=False)
class Request:
    """A prompt that waits to be read.

    Attributes:
        wish: the prompt.
        stop: set when it is not wanted any more.
        then: what to do with it once it is read; it may return an answer to be written.
        writes: whether ``then`` returns one.
        done: ends with the request, after its answer is written.
    """

    wish: PrefillRequest
    stop: Stop
    then: Callable[[Prefiller, PrefilledPrompt], Writing | None]
    writes: bool
    done: "Future[Usage]" = field(default_factory=Future)

    def drop(self, error: BaseException) -> None:
        """End the request without an answer."""
        self.done.set_exception(error)


@dataclass(slots=True, eq=False)
class Task:
    """Something else to do with the model.

    Attributes:
        run: does it; raises nothing but `Cancelled`.
        drop: called instead if it will not be done.
        stop: set when it has to make way.
    """

    run: Callable[[Prefiller], None]
    drop: Callable[[BaseException], None]
    stop: threading.Event = field(default_factory=threading.Event)


W = TypeVar("W", Request, Task)


class InferenceWorker:
    """Runs the model on a thread of its own. Any thread may call the methods without underscore."""

    def __init__(
        self, load: Callable[[], Prefiller], *, answers_at_once: int, draft_tokens: int
    ) -> None:
        """Start loading.

        Args:
            load: loads the model.
            answers_at_once: how many answers are written side by side.
            draft_tokens: how many tokens of an answer that is alone are guessed ahead.
        """
        self.loaded: Future[None] = Future()
        self._load = load
        self._answers_at_once = min(answers_at_once, SLOTS)
        self._draft_tokens = draft_tokens
        # What other threads add to, under the condition's lock.
        self._changed = threading.Condition()
        self._requests: deque[Request] = deque()
        self._tasks: deque[Task] = deque()
        self._background: deque[Task] = deque()
        self._in_background: Task | None = None
        self._closing = threading.Event()
        self._refusal: BaseException | None = None  # why nothing more is done
        # The owner thread's own.
        self._writings: dict[Writing, Request] = {}
        self._full = False
        self._thread = threading.Thread(target=self._work, name="llama.cpp", daemon=True)
        self._thread.start()

    def ask(self, requests: Sequence[Request]) -> None:
        """Have prompts read, together with others that wait."""
        self._add(self._requests, requests)

    def do(self, task: Task) -> None:
        """Have something done soon."""
        self._add(self._tasks, [task])

    def do_later(self, task: Task) -> None:
        """Have something done when nothing else waits."""
        self._add(self._background, [task])

    def close(self) -> None:
        """Stop what runs, drop what waits, and free the model."""
        with self._changed:
            self._closing.set()
            self._make_way()
        self._thread.join()

    def _add(self, waiting: "deque[W]", added: Sequence[W]) -> None:
        with self._changed:
            refusal = self._refusal
            if refusal is None:
                waiting += added
                if waiting is self._background:
                    self._changed.notify()
                else:
                    self._make_way()
        if refusal is not None:
            for one in added:
                one.drop(refusal)

    def _make_way(self) -> None:
        if self._in_background is not None:
            self._in_background.stop.set()
        self._changed.notify()

    # -- on the owner thread ------------------------------------------------------------------

    def _work(self) -> None:
        try:
            reader = self._load()
        except BaseException as error:
            self.loaded.set_exception(error)
            self._refuse(error)
            return
        watch = CancellationMonitor(reader.llama.abort)
        self.loaded.set_result(None)
        while self._wait():
            self._do_tasks(reader)
            self._read_prompts(reader, watch)
            if self._writings:
                self._write_on(reader, watch)
            else:
                self._do_background(reader, watch)
        self._refuse(Cancelled("The model was closed."))
        watch.close()
        reader.llama.close()

    def _wait(self) -> bool:
        """Wait until there is something to do; False if it is to close."""
        with self._changed:
            while not (
                self._closing.is_set()
                or self._requests
                or self._tasks
                or self._background
                or self._writings
            ):
                self._changed.wait()
        return not self._closing.is_set()

    def _do_tasks(self, reader: Prefiller) -> None:
        with self._changed:
            tasks = list(self._tasks)
            self._tasks.clear()
        for task in tasks:
            task.run(reader)

    def _do_background(self, reader: Prefiller, watch: CancellationMonitor) -> None:
        with self._changed:
            if self._requests or self._tasks or not self._background:
                return
            task = self._in_background = self._background.popleft()
        try:
            with watch.over([task.stop]):
                task.run(reader)
        except Cancelled:
            task.stop.clear()
            with self._changed:
                self._background.appendleft(task)
        finally:
            with self._changed:
                self._in_background = None

    # -- prompts ------------------------------------------------------------------------------

    def _read_prompts(self, reader: Prefiller, watch: CancellationMonitor) -> None:
        """Read the prompts that wait, as many as there is room for, and begin their answers."""
        requests = self._take()
        if not requests:
            return
        try:
            with watch.over([self._closing, *(request.stop for request in requests)]):
                results = reader.seat([request.wish for request in requests])
        except Cancelled:
            self._put_back(self._wanted(requests))
            return
        except BaseException as error:
            for request in requests:
                request.drop(error)
            return
        for request, result in zip(requests, results, strict=True):
            if isinstance(result, InputError):
                request.drop(result)
            elif result is not None:
                self._begin(reader, request, result)
        waiting = [r for r, result in zip(requests, results, strict=True) if result is None]
        # Nothing changes for them until an answer ends.
        self._full = len(waiting) == len(requests)
        self._put_back(waiting)

    def _take(self) -> list[Request]:
        """Return the requests that may be read now; of all that wait, the stopped ones end."""
        with self._changed:
            waiting = list(self._requests)
            self._requests.clear()
        taken: list[Request] = []
        left: list[Request] = []
        writings = len(self._writings)
        for request in self._wanted(waiting):
            writings += request.writes
            too_many = request.writes and writings > self._answers_at_once
            (left if self._full or too_many else taken).append(request)
        self._put_back(left)
        return taken

    def _put_back(self, requests: list[Request]) -> None:
        with self._changed:
            self._requests.extendleft(reversed(requests))

    def _wanted(self, requests: list[Request]) -> list[Request]:
        """Return the requests that were not stopped; end those that were."""
        for request in requests:
            if request.stop.is_set():
                request.drop(Cancelled("The model was stopped."))
        return [request for request in requests if not request.done.done()]

    def _begin(self, reader: Prefiller, request: Request, seated: PrefilledPrompt) -> None:
        try:
            writing = request.then(reader, seated)
        except BaseException as error:
            reader.free(seated.seat)
            request.drop(error)
            return
        if writing is None:
            reader.free(seated.seat)
            request.done.set_result(seated.usage)
        else:
            self._writings[writing] = request
            self._end_some(reader)

    # -- answers ------------------------------------------------------------------------------

    def _write_on(self, reader: Prefiller, watch: CancellationMonitor) -> None:
        try:
            with watch.over([self._closing, *(writing.stop for writing in self._writings)]):
                write_on(reader.llama, list(self._writings), self._draft_tokens)
        except Cancelled:
            pass  # those that were stopped end now, the others go on
        except BaseException as error:
            self._end(reader, list(self._writings), error)
        self._end_some(reader)

    def _end_some(self, reader: Prefiller) -> None:
        """End the answers that are written or not wanted any more."""
        self._end(reader, [w for w in self._writings if w.ended])
        stopped = [w for w in self._writings if w.stop.is_set()]
        self._end(reader, stopped, Cancelled("The model was stopped."))

    def _end(
        self, reader: Prefiller, writings: Sequence[Writing], error: BaseException | None = None
    ) -> None:
        for writing in writings:
            request = self._writings.pop(writing)
            reader.free(writing.seat)
            self._full = False
            if error is None:
                request.done.set_result(writing.usage)
            else:
                request.drop(error)

    def _refuse(self, error: BaseException) -> None:
        """End what waits or is being written, and whatever is added from now on."""
        with self._changed:
            self._refusal = error
            dropped: list[Request | Task] = [*self._requests, *self._tasks, *self._background]
            for waiting in (self._requests, self._tasks, self._background):
                waiting.clear()
        for one in (*dropped, *self._writings.values()):
            one.drop(error)
