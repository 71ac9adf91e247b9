"""The listing of papers that answers a question about the collection, and its wording."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.answering.answer import AnswerSentence, Citation
from assistant.answering.collection.name_filter import NameFilter
from assistant.answering.events import SentenceWritten
from assistant.papers import Paper
from assistant.retrieval import Evidence
from assistant.text.titles import short_title

_OPEN, _CLOSE = "\N{LEFT DOUBLE QUOTATION MARK}", "\N{RIGHT DOUBLE QUOTATION MARK}"


@dataclass(frozen=True, slots=True)
class Match:
    """A paper that meets the criterion.

    Attributes:
        evidence: the sentence of its abstract to quote.
        probability: membership probability, 0 to 1.
    """

    evidence: Evidence
    probability: float

    @property
    def paper(self) -> Paper:
        """The paper."""
        return self.evidence.paper


@dataclass(slots=True)
class Listing:
    """A growing list of papers, with one entry and one citation per paper.

    Attributes:
        matches: the papers, in the order in which they were found.
        entries: one sentence per paper.
        citations: numbered from 1.
    """

    matches: list[Match] = field(default_factory=list)
    entries: list[AnswerSentence] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)

    def add_entry(self, match: Match) -> SentenceWritten:
        """Add a paper, and return the event for its entry."""
        number = len(self.entries) + 1
        text = self._entry_text(match)
        self.matches.append(match)
        self.citations.append(Citation(number, match.evidence))
        self.entries.append(AnswerSentence(text, (number,), supported=True, listed=True))
        return SentenceWritten(self.entries[-1], tuple(self.citations))

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """The quoted sentences."""
        return tuple(match.evidence for match in self.matches)

    @property
    def confidence(self) -> float:
        """The mean membership probability, 0 to 1."""
        return sum(match.probability for match in self.matches) / max(1, len(self.matches))

    def _entry_text(self, match: Match) -> str:
        title = match.paper.title
        name = short_title(title)
        if any(name == short_title(other.paper.title) for other in self.matches):
            name = title  # an earlier entry has the same short title
        quote = match.evidence.text
        return f"{name}: {in_quotation_marks(quote)}" if quote else name


def in_quotation_marks(text: str) -> str:
    """Return a text in quotation marks."""
    return f"{_OPEN}{text}{_CLOSE}"


def count_sentence(
    found: int,
    total: int,
    condition: str,
    *,
    checked: int,
    candidates: int,
    is_selection: bool,
) -> str:
    """Return the first sentence of the answer, which states how many papers are listed.

    Args:
        found: how many papers are listed.
        total: how many papers there are.
        condition: what the listed papers do, such as "mention CIFAR-100"; empty if all are listed.
        checked: how many candidates were checked.
        candidates: how many candidates there are; more than ``checked`` if the user stopped.
        is_selection: whether the question is limited to papers that the user chose.
    """
    if not condition and is_selection:
        return "1 paper is chosen." if found == 1 else f"{found} papers are chosen."
    if not condition:
        return f"The library holds {'1 paper' if found == 1 else f'{found} papers'}."
    verb, _, rest = condition.partition(" ")
    predicate = f"{verb}s {rest}" if found == 1 else condition
    if checked < candidates:
        return f"Stopped after {checked} of {candidates} candidates: {found} of them {predicate}."
    return f"{found or 'None'} of the {total} papers {predicate}."


def describe_names(names: NameFilter) -> str:
    """Return the names of a filter in words, such as "Swin or DeiT"."""
    required = _enumeration(
        [one.name for one in names.required], "and" if names.match_all else "or"
    )
    excluded = _enumeration([one.name for one in names.excluded], "or")
    return f"{required} but not {excluded}" if excluded else required


def _enumeration(texts: Sequence[str], conjunction: str) -> str:
    *first, last = texts or [""]
    return f"{', '.join(first)} {conjunction} {last}" if first else last
