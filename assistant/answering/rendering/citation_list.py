"""The numbered citations of an answer while it is being written."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from assistant.answering.answer import AnswerSentence, Citation
from assistant.answering.events import SentenceWritten
from assistant.retrieval import Evidence


@dataclass(slots=True)
class CitationList:
    """Numbers evidence from 1 in the order of its first use.

    Attributes:
        citations: those used so far.
    """

    citations: list[Citation] = field(default_factory=list)

    def cite(self, evidence: Evidence) -> int:
        """Return the citation number of some evidence; add a citation if it has none yet."""
        for citation in self.citations:
            if citation.evidence == evidence:
                return citation.number
        self.citations.append(Citation(len(self.citations) + 1, evidence))
        return len(self.citations)

    def sentence(
        self,
        text: str,
        *evidence: Evidence,
        group: str = "",
        listed: bool = False,
        folded: bool = False,
    ) -> SentenceWritten:
        """Return the event for a sentence that cites some evidence."""
        numbers = tuple(dict.fromkeys(self.cite(one) for one in evidence))
        sentence = AnswerSentence(
            text, numbers, supported=True, listed=listed, group=group, folded=folded
        )
        return SentenceWritten(sentence, tuple(self.citations))

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """The cited evidence."""
        return tuple(citation.evidence for citation in self.citations)


def renumbered(
    sentences: Sequence[AnswerSentence], citations: Sequence[Citation]
) -> tuple[list[AnswerSentence], list[Citation]]:
    """Number citations from 1 in the order in which the sentences cite them.

    Citations that no sentence uses are left out.
    """
    cited = dict.fromkeys(number for one in sentences for number in one.citations)
    numbers = {old: new for new, old in enumerate(cited, start=1)}
    by_number = {one.number: one for one in citations}
    return (
        [
            replace(one, citations=tuple(numbers[number] for number in one.citations))
            for one in sentences
        ],
        [replace(by_number[old], number=new) for old, new in numbers.items()],
    )
