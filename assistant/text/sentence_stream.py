"""Cutting a stream of text into finished sentences."""

from assistant.text.sentences import sentence_spans


class SentenceStream:
    """Cuts a stream of text pieces into finished sentences."""

    def __init__(self) -> None:
        self._text = ""

    def feed(self, piece: str) -> list[str]:
        """Add a piece; return the sentences that are now finished.

        A sentence is finished once the next one has begun: "3." may become "3.5".
        """
        self._text += piece
        spans = sentence_spans(self._text)
        finished = [span.of(self._text) for span in spans[:-1]]
        if finished:
            self._text = self._text[spans[-1].start :]
        return finished

    def rest(self) -> list[str]:
        """Return what is left when the stream has ended."""
        text, self._text = self._text.strip(), ""
        return [span.of(text) for span in sentence_spans(text)]
