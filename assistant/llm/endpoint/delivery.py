"""Passing on an answer as it is generated, even if another endpoint has to start it over."""

from collections.abc import Callable

from assistant.errors import ModelError
from assistant.llm.endpoint.reply import without_thoughts

_THOUGHTS = "<think>"


class Delivery:
    """Passes on the text of an answer, without the reasoning that may come before it.

    If an answer breaks off, it is generated again from the beginning. Text that was already passed
    on is not repeated, as long as the new answer begins with it.
    """

    def __init__(self, on_piece: Callable[[str], None]) -> None:
        """Start an empty answer.

        Args:
            on_piece: called with each piece of the answer.
        """
        self._on_piece = on_piece
        self._delivered = ""
        self._received = ""

    def restart(self) -> None:
        """Expect the answer from its beginning again."""
        self._received = ""

    def add(self, text: str) -> None:
        """Add text from the endpoint.

        Raises:
            ModelError: it differs from what was passed on before the restart.
        """
        self._received += text
        if _THOUGHTS.startswith(self._received.lstrip()):
            return  # this may be the beginning of reasoning: wait for more
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
