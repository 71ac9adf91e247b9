"""The text of an answer for chat clients: numbered links, and annotations that point at them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from assistant.answering import AnswerSentence, Citation, separated

Annotation = Mapping[str, Any]

# What makes a link or an image in Markdown, and what begins HTML: clients load the images of an
# answer. Other marks stay, for clients that show plain text.
_LINK, _TAG = re.compile(r"\](?=[(\[:])"), re.compile(r"<(?=[A-Za-z/!?])")
# What would end the address of a link.
_NOT_IN_ADDRESS = re.compile(r"[\s()<>\"\\]")


@dataclass(slots=True)
class Content:
    """The text of an answer as it grows, sentence by sentence.

    Attributes:
        sentences: those written so far.
        text: the Markdown so far.
        annotations: the annotations of type ``url_citation``, one for each link.
    """

    sentences: list[AnswerSentence] = field(default_factory=list)
    text: str = ""
    annotations: list[Annotation] = field(default_factory=list)

    def add(self, sentence: AnswerSentence, citations: Sequence[Citation]) -> str:
        """Append a sentence; return the text that it adds.

        Args:
            sentence: the sentence, with the numbers of its citations.
            citations: the citations of the answer so far.
        """
        self.sentences.append(sentence)
        *_, (separator, _) = separated(self.sentences)
        start = len(self.text)
        self.text += f"{_without_links(separator)}{_without_links(sentence.text)}"
        by_number = {citation.number: citation for citation in citations}
        for place, number in enumerate(sentence.citations):
            self.text += " " if place == 0 else ""
            self._add_mark(number, by_number.get(number))
        return self.text[start:]

    def finish(self, sentences: Sequence[AnswerSentence], citations: Sequence[Citation]) -> str:
        """Append the rest of a finished answer; return the text that is added.

        Args:
            sentences: all sentences of the answer. If they do not begin with those written so far,
                the answer became an abstention at the end, and all of them are appended.
            citations: the citations of the answer.
        """
        rest = sentences[len(self.sentences) :]
        start = len(self.text)
        if any(not _same(*pair) for pair in zip(sentences, self.sentences, strict=False)):
            self.text += "\n\n"
            self.sentences, rest = [], sentences
        for sentence in rest:
            self.add(sentence, citations)
        return self.text[start:]

    def _add_mark(self, number: int, citation: Citation | None) -> None:
        url = (citation and citation.url) or ""
        if citation is None or not url.startswith(("http://", "https://")):
            self.text += f"[{number}]"
            return
        start = len(self.text)
        address = _NOT_IN_ADDRESS.sub(lambda found: quote(found[0], safe=""), url)
        self.text += f"[[{number}]]({address})"
        self.annotations.append(
            {
                "type": "url_citation",
                "url_citation": {
                    "start_index": start,
                    "end_index": len(self.text),
                    "title": citation.title,
                    "url": url,
                },
            }
        )


def _without_links(text: str) -> str:
    """Return the words of a paper with links, images and HTML as plain text."""
    # Nothing is put in front of a bracket: a backslash there could be escaped by the one before it.
    return _TAG.sub("&lt;", _LINK.sub(r"]\\", text))


def as_said(text: str) -> str:
    """Return a text of `Content` with the words of papers as they were; undoes `_without_links`."""
    return re.sub(r"\]\\(?=[(\[:])", "]", text).replace("&lt;", "<")


def _same(sentence: AnswerSentence, other: AnswerSentence) -> bool:
    return (sentence.text, sentence.citations) == (other.text, other.citations)
