"""Splitting a stream of text into sentences."""

import re
from collections.abc import Iterator

from assistant.text.sentences import Span, sentence_spans

_MARKER = r"(?:[-*\N{BULLET}]|[0-9]{1,2}[.)])\s+(?=\S)"
_ITEM = re.compile(_MARKER)
_NEXT_ITEM = re.compile(rf"\n\s*(?={_MARKER})")


class SentenceStream:
    """Splits text that arrives in pieces into sentences. The items of a list are split, too."""

    def __init__(self) -> None:
        self._text = ""

    def feed(self, piece: str) -> list[str]:
        """Add a piece of text and return the sentences that it completes.

        A sentence is complete once the next one has begun: "3." may become "3.5".
        """
        self._text += piece
        spans = list(_spans(self._text))
        complete = [span.of(self._text) for span in spans[:-1]]
        if complete:
            self._text = self._text[spans[-1].start :]
        return complete

    def rest(self) -> list[str]:
        """Return the remaining sentences at the end of the stream."""
        text, self._text = self._text.strip(), ""
        return [span.of(text) for span in _spans(text)]


def without_item_marker(text: str) -> str:
    """Return a list item without its marker ("- ", "2. "), and any other text as it is."""
    found = _ITEM.match(text)
    return text[found.end() :] if found else text


def _spans(text: str) -> Iterator[Span]:
    r"""Return the sentences of a text, divided where an item of a list begins.

    In "It has two parts:\n- a camera\n- a lens", no full stop divides the items.
    """
    for span in sentence_spans(text):
        start = span.start
        for found in _NEXT_ITEM.finditer(text, span.start, span.end):
            yield Span(start, found.start())
            start = found.end()
        yield Span(start, span.end)
