"""The answers that are being written, each on a thread of its own.

An answer belongs to its conversation: it continues when the visitor leaves the page, and every page
that shows the conversation follows it.
"""

import threading
import time
from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

State = TypeVar("State")

_POLL_S = 0.5
# How long to wait for running answers to stop and be saved. They are also saved every second.
_STOP_S = 0.5


class _RunningAnswer(Generic[State]):
    def __init__(self, conversation: str, latest: State) -> None:
        self.conversation = conversation
        self.latest = latest
        self.stop = threading.Event()
        self.ended = False
        self.changed = threading.Condition()

    def update(self, latest: State | None = None) -> None:
        """Record a new state, or the end."""
        with self.changed:
            if latest is None:
                self.ended = True
            else:
                self.latest = latest
            self.changed.notify_all()

    def wait_for_end(self, seconds: float) -> None:
        """Return when the answer has ended, or after a number of seconds."""
        with self.changed:
            self.changed.wait_for(lambda: self.ended, seconds)


class RunningAnswers(Generic[State]):
    """The running answers, by the number of their exchange. Thread-safe."""

    def __init__(self) -> None:
        self._running: dict[int, _RunningAnswer[State]] = {}

    def start(
        self,
        number: int,
        conversation: str,
        first: State,
        write: Callable[[threading.Event], Iterator[State]],
    ) -> None:
        """Start writing an answer.

        Args:
            number: the number of its exchange.
            conversation: the id of its conversation.
            first: the state of the exchange before the first word.
            write: yields the states of the exchange; the given event stops it.
        """
        answer = _RunningAnswer(conversation, first)
        self._running[number] = answer

        def run() -> None:
            try:
                for state in write(answer.stop):
                    answer.update(state)
            finally:
                del self._running[number]
                answer.update()

        threading.Thread(target=run, daemon=True).start()

    def in_conversation(self, conversation: str) -> dict[int, State]:
        """Return the current states of the running exchanges of a conversation, by number."""
        return {
            number: answer.latest
            for number, answer in list(self._running.items())
            if answer.conversation == conversation
        }

    def stop(self, conversation: str) -> None:
        """Stop the running answers of a conversation."""
        for answer in list(self._running.values()):
            if answer.conversation == conversation:
                answer.stop.set()

    def stop_all(self) -> None:
        """Stop all running answers; wait a moment until they have ended."""
        running = list(self._running.values())
        for answer in running:
            answer.stop.set()
        deadline = time.monotonic() + _STOP_S
        for answer in running:
            answer.wait_for_end(max(0.0, deadline - time.monotonic()))

    def follow(self, number: int, leave: threading.Event) -> Iterator[State]:
        """Yield the current state of an exchange, then each later one, until its answer ends.

        States that arrive faster than they are consumed are skipped.

        Args:
            number: the number of the exchange.
            leave: ends the iteration, not the answer.
        """
        answer = self._running.get(number)
        if answer is None:
            return
        seen: State | None = None
        while not leave.is_set():
            with answer.changed:
                if answer.latest is seen and not answer.ended:
                    answer.changed.wait(_POLL_S)
                latest, ended = answer.latest, answer.ended
            if latest is not seen:
                seen = latest
                yield latest
            elif ended:
                return
