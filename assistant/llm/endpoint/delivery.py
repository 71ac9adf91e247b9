"""Passing on an answer as it is written, also across a restart at another endpoint."""

from collections.abc import Callable

from assistant.errors import ModelError
from assistant.llm.endpoint.reply import without_thoughts

_THOUGHTS = "<think>"


class Delivery:
    """Passes on the text of an answer; what a model thinks aloud at first is left out.

    If an endpoint breaks off an answer, it is written again from the beginning. What was passed on
    is not repeated, as long as the new text agrees with it.
    """

    def __init__(self, on_piece: Callable[[str], None]) -> None:
        """Start with nothing passed on.

        Args:
            on_piece: called with each piece of the answer.
        """
        self._on_piece = on_piece
        self._delivered = ""
        self._received = ""

    def restart(self) -> None:
        """Expect the answer from its beginning."""
        self._received = ""

    def add(self, text: str) -> None:
        """Add what the endpoint wrote.

        Raises:
            ModelError: it is not what was passed on before the restart.
        """
        self._received += text
        if _THOUGHTS.startswith(self._received.lstrip()):
            return  # more may come of what begins like thoughts
        answer = without_thoughts(self._received)
        if not answer.startswith(self._delivered):
            if self._delivered.startswith(answer):
                return
            raise ModelError(
                "The endpoint broke off the answer, and the next attempt reads differently. Ask "
                "again."
            )
        if piece := answer[len(self._delivered) :]:
            self._delivered = answer
            self._on_piece(piece)
