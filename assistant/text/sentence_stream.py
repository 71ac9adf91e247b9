"""Splitting a stream of text into sentences."""

from assistant.text.sentences import sentence_spans


class SentenceStream:
    """Splits text that arrives in pieces into sentences."""

    def __init__(self) -> None:
        self._text = ""

    def feed(self, piece: str) -> list[str]:
        """Add a piece of text and return the sentences that it completes.

        A sentence is complete once the next one has begun: "3." may become "3.5".
        """
        self._text += piece
        spans = sentence_spans(self._text)
        complete = [span.of(self._text) for span in spans[:-1]]
        if complete:
            self._text = self._text[spans[-1].start :]
        return complete

    def rest(self) -> list[str]:
        """Return the remaining sentences at the end of the stream."""
        text, self._text = self._text.strip(), ""
        return [span.of(text) for span in sentence_spans(text)]
