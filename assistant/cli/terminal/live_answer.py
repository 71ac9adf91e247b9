"""An answer while it is being written, shown in the terminal."""

import signal
import threading
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field

from rich.live import Live
from rich.text import Text

from assistant.answering import (
    Answer,
    AnswerEvent,
    AnswerSentence,
    EvidenceFound,
    PapersChecked,
    SentenceDropped,
    SentenceWritten,
    TokenWritten,
    as_text,
)
from assistant.cli.terminal.output import output

_ENTRIES_SHOWN = 8


@dataclass(slots=True)
class Draft:
    """What is known of an answer so far.

    Attributes:
        doing: what the assistant does before it writes.
        sentences: those that are finished.
        unfinished: what the model wrote after them: not checked yet, so it may go again.
        checked: how far a question about the collection has come.
    """

    doing: str = "Searching the papers ..."
    sentences: list[AnswerSentence] = field(default_factory=list)
    unfinished: str = ""
    checked: str = ""

    def follow(self, event: AnswerEvent) -> None:
        """Take in the next event of a stream."""
        match event:
            case EvidenceFound(papers, evidence):
                self.doing = f"Reading {len(evidence)} sentences, {len(papers)} papers found ..."
            case PapersChecked(done, total, found):
                self.checked = f"Looked at {done} of {total} papers, {found} match ..."
            case TokenWritten(text):
                self.unfinished += text
            case SentenceWritten(sentence):
                self.sentences.append(sentence)
                self._finish(sentence.text)
            case SentenceDropped(sentence):
                self._finish(sentence.text)

    def _finish(self, text: str) -> None:
        # A sentence is known to be finished when the next has begun: keep that beginning.
        self.unfinished = self.unfinished.partition(text)[2]

    def __rich__(self) -> Text:
        if self.checked:
            # A long list scrolls out of sight while it grows: its end is what is new.
            latest = [one for one in self.sentences if one.listed][-_ENTRIES_SHOWN:]
            return Text.assemble(
                (as_text(latest), "bold"), "\n" * bool(latest), (self.checked, "dim")
            )
        finished = f"{as_text(self.sentences)} " if self.sentences else ""
        written = Text.assemble((finished, "bold"), (self.unfinished.lstrip(), "dim"))
        return written if written.plain else Text(self.doing, "dim")


def watch(events: Iterable[AnswerEvent], stop: threading.Event) -> Answer:
    """Show an answer as it is written, then clear it and return it.

    Once papers are being looked at one by one, Ctrl-C ends that and keeps what was found; pressed
    again it ends the command.

    Args:
        events: of a stream.
        stop: what stops it.
    """
    draft = Draft()
    with (
        ExitStack() as afterwards,
        Live(draft, console=output(), transient=True, refresh_per_second=12),
    ):
        for event in events:
            if isinstance(event, Answer):
                return event
            if isinstance(event, PapersChecked) and not draft.checked:
                afterwards.enter_context(_interrupt_sets(stop))
            draft.follow(event)
    raise AssertionError("a stream ends with its answer")


@contextmanager
def _interrupt_sets(stop: threading.Event) -> Iterator[None]:
    """Let the first Ctrl-C set an event; the next one interrupts as always."""
    before = signal.getsignal(signal.SIGINT)

    def handle(_number: int, _frame: object) -> None:
        stop.set()
        signal.signal(signal.SIGINT, before)

    signal.signal(signal.SIGINT, handle)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
