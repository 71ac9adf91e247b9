"""The queue of questions that wait for the model: bounded, and fair to each visitor."""

import math
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from assistant.errors import AssistantError

# Each waiting question holds one of Gradio's 40 threads, and the last one already waits for
# minutes.
_MOST = 24
_MOST_OF_A_VISITOR = 4
_DURATIONS_KEPT = 10
_DEFAULT_DURATION_S = 20.0


class BusyError(AssistantError):
    """Too many questions are already waiting."""


@dataclass(eq=False, slots=True)
class Ticket:
    """A place in the queue.

    Attributes:
        visitor: who asks.
        number: the ticket's sequence number, in order of arrival.
        started: when its question was admitted, in seconds; 0 while it waits.
    """

    visitor: str
    number: int
    started: float = 0.0


class QuestionQueue:
    """Questions in order of arrival, round-robin between visitors. Thread-safe."""

    def __init__(
        self, at_once: int, *, most: int = _MOST, most_of_a_visitor: int = _MOST_OF_A_VISITOR
    ) -> None:
        """Create an empty queue.

        Args:
            at_once: how many questions are answered at a time.
            most: how many questions may be in the queue, including those being answered.
            most_of_a_visitor: how many of them one known visitor may have.
        """
        self._at_once = at_once
        self._most, self._most_of_a_visitor = most, most_of_a_visitor
        self._tickets: list[Ticket] = []
        self._arrived = 0
        self._durations = deque[float](maxlen=_DURATIONS_KEPT)
        self._changed = threading.Condition()

    def check_room(self, visitor: str = "") -> None:
        """Raise `BusyError` if the visitor cannot join the queue now; it says when to try again."""
        with self._changed:
            mine = sum(ticket.visitor == visitor for ticket in self._tickets)
            if visitor and mine >= self._most_of_a_visitor:
                raise BusyError(
                    f"{mine} of your questions wait for an answer. Ask again when one is answered."
                )
            if len(self._tickets) >= self._most:
                raise BusyError(
                    f"The assistant is busy: {len(self._tickets)} questions are ahead of yours. "
                    f"Ask again in {self._wait_in_words()}."
                )

    @contextmanager
    def ticket(self, visitor: str = "", *, is_program: bool = False) -> Iterator[Ticket]:
        """Join the queue with a ticket; leave it at the end of the block.

        Args:
            visitor: who asks; empty if unknown. A visitor's second question waits for the first
                questions of other visitors.
            is_program: whether the visitor is a program that asks for many people; only the limit
                of the whole queue then applies.

        Raises:
            BusyError: the queue is full.
        """
        with self._changed:
            self.check_room("" if is_program else visitor)
            self._arrived += 1
            ticket = Ticket(visitor, self._arrived)
            self._tickets.append(ticket)
        try:
            yield ticket
        finally:
            with self._changed:
                self._tickets.remove(ticket)
                if ticket.started:
                    self._durations.append(time.monotonic() - ticket.started)
                self._changed.notify_all()

    def ahead(self, ticket: Ticket) -> int:
        """Return how many questions must finish before this one starts; 0 if it may start."""
        with self._changed:
            if ticket.started:
                return 0
            ahead = max(0, self.running() + self._in_turn().index(ticket) - self._at_once + 1)
            if not ahead:
                ticket.started = time.monotonic()
            return ahead

    def running(self) -> int:
        """Return how many questions are being answered."""
        with self._changed:
            return sum(bool(ticket.started) for ticket in self._tickets)

    def waiting(self) -> int:
        """Return how many questions are waiting for the model."""
        with self._changed:
            return sum(not ticket.started for ticket in self._tickets)

    def wait(self, seconds: float) -> None:
        """Return when a question leaves the queue, or after a number of seconds."""
        with self._changed:
            self._changed.wait(seconds)

    def _in_turn(self) -> list[Ticket]:
        """Return the waiting tickets: the first of each visitor, then the second, and so on."""
        places: dict[Ticket, tuple[int, int]] = {}
        of_visitor: dict[str, int] = {}
        for ticket in self._tickets:
            turn = of_visitor.get(ticket.visitor, 0)
            of_visitor[ticket.visitor] = turn + 1
            places[ticket] = (turn, ticket.number)
        return sorted((one for one in places if not one.started), key=places.__getitem__)

    def _wait_in_words(self) -> str:
        durations = self._durations or [_DEFAULT_DURATION_S]
        mean = sum(durations) / len(durations)
        minutes = math.ceil(len(self._tickets) / self._at_once * mean / 60)
        return f"about {minutes} minutes" if minutes > 1 else "a minute"
