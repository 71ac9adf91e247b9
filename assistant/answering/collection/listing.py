"""The answer to a question about the collection: how many papers, and each with its quote."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.answering.answer import AnswerSentence, Citation, SentenceWritten
from assistant.answering.collection.name_filter import Names
from assistant.papers import Paper
from assistant.retrieval import Evidence
from assistant.text.titles import short_title

_OPEN, _CLOSE = "\N{LEFT DOUBLE QUOTATION MARK}", "\N{RIGHT DOUBLE QUOTATION MARK}"


@dataclass(frozen=True, slots=True)
class Match:
    """A paper that belongs in the list.

    Attributes:
        evidence: the sentence that shows it.
        probability: that it belongs there, 0 to 1.
    """

    evidence: Evidence
    probability: float

    @property
    def paper(self) -> Paper:
        """The paper."""
        return self.evidence.paper


@dataclass(slots=True)
class Listing:
    """The list while it grows: an entry a paper, cited to the sentence that shows it belongs.

    Attributes:
        matches: in the order in which they were found.
        entries: their sentences.
        citations: one an entry, with its number.
    """

    matches: list[Match] = field(default_factory=list)
    entries: list[AnswerSentence] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)

    def add(self, match: Match) -> SentenceWritten:
        """Add a paper to the list."""
        number = len(self.entries) + 1
        self.matches.append(match)
        self.citations.append(Citation(number, match.evidence))
        self.entries.append(
            AnswerSentence(self._entry(match), (number,), supported=True, listed=True)
        )
        return SentenceWritten(self.entries[-1], tuple(self.citations))

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """The quotes of the list."""
        return tuple(match.evidence for match in self.matches)

    @property
    def confidence(self) -> float:
        """The share of the list that probably belongs there."""
        return sum(match.probability for match in self.matches) / max(1, len(self.matches))

    def _entry(self, match: Match) -> str:
        title = match.paper.title
        short = short_title(title)
        if any(short == short_title(other.paper.title) for other in self.matches[:-1]):
            short = title  # the one before has it already
        quote = match.evidence.text
        return f"{short}: {quoted(quote)}" if quote else short


def quoted(text: str) -> str:
    """Return a text in quotation marks."""
    return f"{_OPEN}{text}{_CLOSE}"


def headline(
    found: int, total: int, condition: str, *, looked_at: int, candidates: int, chosen: bool
) -> str:
    """Return the sentence with which the answer begins: how many papers are listed.

    Args:
        found: how many are.
        total: how many papers there are.
        condition: what those listed do, such as "mention CIFAR-100"; empty if all are listed.
        looked_at: how many papers were looked at before the end, or before it was stopped.
        candidates: how many were to be looked at.
        chosen: whether only chosen papers of the library count.
    """
    if not condition and chosen:
        return "1 paper is chosen." if found == 1 else f"{found} papers are chosen."
    if not condition:
        return f"The library holds {'1 paper' if found == 1 else f'{found} papers'}."
    verb, _, rest = condition.partition(" ")
    does = f"{verb}s {rest}" if found == 1 else condition
    if looked_at < candidates:
        return f"Stopped after {looked_at} of {candidates} candidates: {found} of them {does}."
    return f"{found or 'None'} of the {total} papers {does}."


def in_words(names: Names) -> str:
    """Return the names that papers must have as one would say it: "Swin or DeiT"."""
    wanted = _in_a_row([name.text for name in names.wanted], "and" if names.every else "or")
    unwanted = _in_a_row([name.text for name in names.unwanted], "or")
    return f"{wanted} but not {unwanted}" if unwanted else wanted


def _in_a_row(texts: Sequence[str], word: str) -> str:
    *first, last = texts or [""]
    return f"{', '.join(first)} {word} {last}" if first else last
