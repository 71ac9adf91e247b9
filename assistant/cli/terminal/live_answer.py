"""Show an answer in the terminal while it is generated."""

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
from assistant.cli.terminal.output import stdout_console

_MAX_ENTRIES = 8


@dataclass(slots=True)
class Draft:
    """The part of an answer that has arrived so far.

    Attributes:
        status: what the assistant is doing before the first token.
        sentences: complete and checked sentences.
        unchecked: the text after them, which may still be dropped.
        papers_checked: progress of a list or a synthesis; empty for other questions.
    """

    status: str = "Searching the papers ..."
    sentences: list[AnswerSentence] = field(default_factory=list)
    unchecked: str = ""
    papers_checked: str = ""

    def update(self, event: AnswerEvent) -> None:
        """Apply the next event of the stream."""
        match event:
            case EvidenceFound(papers, evidence):
                self.status = f"Reading {len(evidence)} sentences, {len(papers)} papers found ..."
            case PapersChecked(done, total, found):
                self.papers_checked = f"Checked {done} of {total} papers, {found} match ..."
            case TokenWritten(text):
                self.unchecked += text
            case SentenceWritten(sentence):
                self.sentences.append(sentence)
                self._remove_checked(sentence.text)
            case SentenceDropped(sentence):
                self._remove_checked(sentence.text)

    def _remove_checked(self, text: str) -> None:
        # A sentence is complete once the next one has started. Keep what follows it.
        self.unchecked = self.unchecked.partition(text)[2]

    def __rich__(self) -> Text:
        # Show the end of a list that no longer fits on the screen.
        sentences = self.sentences[-_MAX_ENTRIES:] if self.papers_checked else self.sentences
        unchecked = self.unchecked.lstrip()
        checked = f"{as_text(sentences)}{' ' * bool(unchecked)}" if sentences else ""
        text = Text.assemble((checked, "bold"), (unchecked, "dim"))
        if self.papers_checked:
            text.append("\n" * bool(text.plain) + self.papers_checked, "dim")
        return text if text.plain else Text(self.status, "dim")


def show_live(events: Iterable[AnswerEvent], stop: threading.Event) -> Answer:
    """Show an answer while it is generated, then clear it and return it.

    While papers are checked one by one, the first Ctrl-C sets ``stop``, which ends the answer with
    the papers found so far. A second one interrupts the command.

    Args:
        events: the events of a stream.
        stop: stops the stream when it is set.
    """
    draft = Draft()
    with (
        ExitStack() as stack,
        Live(draft, console=stdout_console(), transient=True, refresh_per_second=12),
    ):
        for event in events:
            if isinstance(event, Answer):
                return event
            if isinstance(event, PapersChecked) and not draft.papers_checked:
                stack.enter_context(_first_interrupt_sets(stop))
            draft.update(event)
    raise AssertionError("a stream ends with its answer")


@contextmanager
def _first_interrupt_sets(stop: threading.Event) -> Iterator[None]:
    """Make the first Ctrl-C set an event; the next one interrupts as usual."""
    original = signal.getsignal(signal.SIGINT)

    def handle(_number: int, _frame: object) -> None:
        stop.set()
        signal.signal(signal.SIGINT, original)

    signal.signal(signal.SIGINT, handle)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, original)
