"""Completions: answers that stream as they are generated."""

import queue
import threading
from collections.abc import Callable, Iterator

from assistant.llm.cancellation import AnyStop
from assistant.llm.usage import Usage


class Completion:
    """The pieces of text of one answer, as they are generated. It can be iterated once.

    Leaving the iteration early stops the model.

    Attributes:
        usage: token counts; final when the iteration has ended.
        stop: set when the answer is no longer wanted.
    """

    def __init__(
        self, stop: threading.Event, begin: Callable[["Completion"], None] | None = None
    ) -> None:
        """Create the consumer's side of an answer.

        Args:
            stop: cancels the answer when set.
            begin: starts the answer when the iteration begins; None if it has already started.
        """
        self.usage = Usage()
        self._stop = stop
        self._dropped = threading.Event()
        self._begin = begin
        self.stop = AnyStop((self._stop, self._dropped))
        self._pieces: queue.SimpleQueue[str | BaseException | None] = queue.SimpleQueue()

    def __iter__(self) -> Iterator[str]:
        if self._begin is not None:
            self._begin(self)
        try:
            while (piece := self._pieces.get()) is not None:
                if isinstance(piece, BaseException):
                    raise piece
                yield piece
        except BaseException:
            self._stop.set()
            raise

    def drop(self) -> None:
        """Cancel an answer that will not be iterated, without setting its stop event."""
        self._dropped.set()

    # -- the producer's side ------------------------------------------------------------------

    def put(self, piece: str) -> None:
        """Add a piece of the answer."""
        self._pieces.put(piece)

    def end(self, error: BaseException | None = None) -> None:
        """End the answer; with an error, the iteration raises it."""
        self._pieces.put(error)
