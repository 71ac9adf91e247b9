"""An answer while it is being written, shown in the terminal."""

from collections.abc import Iterable
from dataclasses import dataclass

from rich.live import Live
from rich.text import Text

from assistant.answering import (
    Answer,
    AnswerEvent,
    EvidenceFound,
    SentenceDropped,
    SentenceWritten,
    TokenWritten,
)
from assistant.cli.show import output


@dataclass(slots=True)
class Draft:
    """What is known of an answer so far.

    Attributes:
        doing: what the assistant does before it writes.
        sentences: the finished sentences, with their citation marks.
        unfinished: what the model wrote after them: not checked yet, so it may go again.
    """

    doing: str = "Searching the papers ..."
    sentences: str = ""
    unfinished: str = ""

    def follow(self, event: AnswerEvent) -> None:
        """Take in the next event of a stream."""
        match event:
            case EvidenceFound(papers, evidence):
                self.doing = f"Reading {len(evidence)} sentences, {len(papers)} papers found ..."
            case TokenWritten(text):
                self.unfinished += text
            case SentenceWritten(sentence):
                self.sentences += f"{sentence} "
                self._finish(sentence.text)
            case SentenceDropped(sentence):
                self._finish(sentence.text)

    def _finish(self, text: str) -> None:
        # A sentence is known to be finished when the next has begun: keep that beginning.
        self.unfinished = self.unfinished.partition(text)[2]

    def __rich__(self) -> Text:
        written = Text.assemble((self.sentences, "bold"), (self.unfinished.lstrip(), "dim"))
        return written if written.plain else Text(self.doing, "dim")


def watch(events: Iterable[AnswerEvent]) -> Answer:
    """Show an answer as it is written, then clear it and return it."""
    draft = Draft()
    with Live(draft, console=output(), transient=True, refresh_per_second=12):
        for event in events:
            if isinstance(event, Answer):
                return event
            draft.follow(event)
    raise AssertionError("a stream ends with its answer")
