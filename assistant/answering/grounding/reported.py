"""Claims that one paper makes about another.

Such a claim is attributed to the paper that makes it, and never presented as a claim of the other
paper. For example, the question names CobaltNet, and the abstract of another paper says: "CobaltNet
finds 38% of the cracks, and not the share that its authors report." That may be right, but it is
not what the CobaltNet paper itself says.

Design notes: docs/design/grounding-checks.md
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from assistant.answering.grounding.attribution import Attributor, Support
from assistant.answering.grounding.contradictions import contradicts
from assistant.answering.grounding.contradictions.misplaced import has_other_number
from assistant.library import Embedder
from assistant.papers import Paper
from assistant.papers.references import narrative_citation
from assistant.retrieval import Evidence
from assistant.switches import ALL_CHECKS
from assistant.text.instructions import title_without_instructions
from assistant.text.proper_names import TOKEN, find_names, has_name_shape
from assistant.text.titles import short_title

REPORTED = "reported"
"""The name of this check in `switches.py`. As a failed check, it marks a quotation of the named
paper, which does not count as an answer."""


@dataclass(frozen=True, slots=True)
class NamedPaper:
    """A paper that the question names.

    Attributes:
        paper: the paper.
        name: what the question calls it.
        evidence: all sentences of its abstract that may be evidence.
        reporters: the other papers that discuss it. The question does not name them.
        checks: the names of the enabled checks.
    """

    paper: Paper
    name: str
    evidence: Sequence[Evidence]
    reporters: Sequence[Paper]
    checks: Collection[str] = ALL_CHECKS

    def supports(self, text: str, question: str, embedder: Embedder) -> bool:
        """Return whether this paper supports a text itself.

        One of its sentences has to contain all facts that the text adds to the question, and must
        not contradict the text.
        """
        support = self._support(text, question, embedder)
        return bool(support.facts) and any(
            support.facts <= found and not self._contradicted(text, one.text)
            for one, found in zip(self.evidence, support.facts_found, strict=True)
        )

    def conflicting_sentence(self, text: str, question: str, embedder: Embedder) -> Evidence | None:
        """Return the sentence of this paper that conflicts with a text; None if none does.

        Only the sentence that the text clearly paraphrases is considered. It conflicts if it has
        another number of the same dimension or contradicts the text.
        """
        source = self._support(text, question, embedder).clear_source()
        if source is None:
            return None
        if has_other_number(text, source.text) or self._contradicted(text, source.text):
            return source
        return None

    def _contradicted(self, text: str, own: str) -> bool:
        return contradicts(text, own, self.paper.abstract, self.checks)

    def _support(self, text: str, question: str, embedder: Embedder) -> Support:
        # The paper may call its own method "it" where other papers use the name.
        without_name = re.sub(rf"(?<!\w){re.escape(self.name)}(?!\w)", "it", text)
        return Attributor(question, self.evidence, embedder).support(without_name)


def reported_paper(named: Sequence[NamedPaper], sources: Sequence[Paper]) -> NamedPaper | None:
    """Return the named paper that all sources of a sentence discuss; None if there is none."""
    return next((one for one in named if sources and set(sources) <= set(one.reporters)), None)


def according_to(text: str, sources: Sequence[Paper], question: str) -> str:
    """Return a sentence attributed to its sources: "According to ...".

    Args:
        text: the sentence.
        sources: the papers, at least one.
        question: the question that the sentence answers.
    """
    who = " and ".join(map(_source_name, dict.fromkeys(sources)))
    first = TOKEN.search(text)
    opens_with_name = first is not None and (
        has_name_shape(first[0])
        or any(
            first[0].removesuffix("'s") in find_names(known)
            for known in (question, *(paper.abstract for paper in sources))
        )
    )
    return f"According to {who}, {text if opens_with_name else text[:1].lower() + text[1:]}"


def _source_name(paper: Paper) -> str:
    title = f"\N{LEFT DOUBLE QUOTATION MARK}{short_title(title_without_instructions(paper.title))}"
    return narrative_citation(paper) or f"{title}\N{RIGHT DOUBLE QUOTATION MARK}"
