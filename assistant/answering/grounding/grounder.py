"""The grounder: cites evidence for each finished sentence of an answer, and checks the sentence.

A sentence is replaced by a quotation of the evidence, or dropped, if it contradicts its evidence or
contains something ungrounded: a number that the cited abstracts lack, an address that the cited
sentences lack, or a name or quotation that no abstract shown to the model contains.

Design notes: docs/design/grounding-checks.md
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from assistant.answering.answer import AnswerSentence, Citation
from assistant.answering.events import SentenceDropped, SentenceWritten
from assistant.answering.grounding.addresses import missing_addresses
from assistant.answering.grounding.attribution import Attributor, Support
from assistant.answering.grounding.contradictions import RULES
from assistant.answering.grounding.contradictions.misplaced import has_misplaced_number
from assistant.answering.grounding.contradictions.ratios import (
    has_wrong_ratio,
    share_ratio_quantity,
)
from assistant.answering.grounding.names import missing_names, spelled_out_words
from assistant.answering.grounding.non_answers import (
    is_disclaimer,
    is_echo,
    lacks_requested_number,
)
from assistant.answering.grounding.numbers import missing_numbers
from assistant.answering.grounding.quotations import missing_quotations
from assistant.answering.grounding.reported import (
    REPORTED,
    NamedPaper,
    according_to,
    reported_paper,
)
from assistant.library import Embedder
from assistant.retrieval import Evidence, paper_text_without_instructions
from assistant.switches import ALL_CHECKS
from assistant.text.instructions import title_without_instructions


@dataclass(slots=True)
class _State:
    """The state of grounding so far, shared by all parts of an answer.

    Attributes:
        citations: the citations, numbered from 1.
        quoted: the evidence that was quoted.
        dropped: the best evidence for each dropped sentence.
        has_grounded_sentence: whether a sentence that may answer the question was kept.
    """

    citations: list[Citation] = field(default_factory=list)
    quoted: list[Evidence] = field(default_factory=list)
    dropped: list[Evidence] = field(default_factory=list)
    has_grounded_sentence: bool = False


@dataclass(slots=True)
class Grounder:
    """Checks the sentences of one answer, one at a time, and cites evidence for them.

    Attributes:
        question: the question, or the part of it that the sentences answer.
        evidence: the evidence sentences that the model was shown.
        embedder: embeds the sentences and the evidence.
        search_text: the question together with the earlier questions it refers to. Names that
            occur in it are not counted as invented by the model.
        keep_echoes: whether to keep sentences that only restate the question.
        checks: the names of the enabled checks.
        named: the papers that the question names and that other papers in the evidence discuss.
    """

    question: str
    evidence: Sequence[Evidence]
    embedder: Embedder
    search_text: str = ""
    keep_echoes: bool = False
    checks: frozenset[str] = ALL_CHECKS
    named: Sequence[NamedPaper] = ()
    _state: _State = field(default_factory=_State)
    _attributor: Attributor = field(init=False)

    def __post_init__(self) -> None:
        self._attributor = Attributor(self.question, self.evidence, self.embedder)

    @property
    def citations(self) -> list[Citation]:
        """The citations of the whole answer so far, numbered from 1."""
        return self._state.citations

    @property
    def has_grounded_sentence(self) -> bool:
        """Whether a sentence that may answer the question was kept anywhere in the answer."""
        return self._state.has_grounded_sentence

    @property
    def has_quoted(self) -> bool:
        """Whether evidence was quoted in place of a sentence."""
        return bool(self._state.quoted)

    def for_part(self, question: str, evidence: Sequence[Evidence]) -> "Grounder":
        """Return a grounder for a part of the answer, with its own question and evidence.

        The two grounders share their state: citations are numbered through the whole answer,
        evidence is quoted at most once in it, and a grounded sentence of the part counts for the
        whole.
        """
        return replace(self, question=question, evidence=evidence)

    def ground(self, text: str) -> Iterator[SentenceWritten | SentenceDropped]:
        """Check a finished sentence, and attribute it if it is a claim about another paper.

        If a claim concerns a paper that the question names, and that paper makes the claim itself,
        that paper is cited. Otherwise the claim is attributed to the paper that makes it
        ("According to ..."), after a quotation of the named paper if the two conflict.
        """
        cited = self._attributor.support(text).cited() if self.named else []
        sources = [one.paper for one in cited]
        about = reported_paper(self.named, sources)
        if about is None:
            yield self.check(text)
            return
        if about.supports(text, self.question, self.embedder):
            yield self.for_part(self.question, about.evidence).check(text)
            return
        own = about.conflicting_sentence(text, self.question, self.embedder)
        if own is not None and all(one.evidence != own for one in self.citations):
            yield replace(self.quote(own), failed=(REPORTED,))
        event = self.check(text)
        if isinstance(event, SentenceWritten) and event.sentence.text == text:
            attributed = according_to(text, sources, self.search_text or self.question)
            event = replace(event, sentence=replace(event.sentence, text=attributed))
        yield event

    def check(self, text: str) -> SentenceWritten | SentenceDropped:
        """Cite evidence for a finished sentence and check it; replace or drop it if a check fails.

        A sentence fails if it contradicts the evidence, or if it contains a number that the cited
        abstracts lack, a web or e-mail address that neither the question nor a cited sentence
        contains, or a name or quotation that neither the question nor any abstract shown to the
        model contains. It is then replaced by a quotation of its source if the source is clear and
        not yet quoted, and dropped otherwise. A name that only the cited abstracts lack is flagged,
        as is an unsupported number if the check of numbers is off.

        Echoes of the question are dropped unless `keep_echoes` is set. Sentences that say that the
        abstracts do not state the answer are dropped even then: abstention is decided in
        `answerability.py`.
        """
        echoes = "echoes" in self.checks and is_echo(text, self.question)
        if "disclaimers" in self.checks and is_disclaimer(text):
            return _dropped(text, ("disclaimers",))
        if echoes and not self.keep_echoes:
            return _dropped(text, ("echoes",))
        support = self._attributor.support(text)
        cited = support.cited()
        sources = _paper_texts(cited)
        wrong_numbers = missing_numbers(text, sources)
        missing = wrong_numbers + missing_names(text, sources)
        misplaced_from = self._source_of_misplaced_number(text, cited)
        failed = self._failed(text, cited, wrong_numbers, misplaced_from)
        if failed:
            source = None
            if "replacements" in self.checks:
                source = self._replacement(text, support, failed, misplaced_from)
            if source:
                return replace(self.quote(source), failed=failed)
            self._state.dropped.extend(cited[:1])
            return _dropped(text, failed, missing)
        if "requested_numbers" in self.checks and lacks_requested_number(text, self.question):
            failed = ("requested_numbers",)
        elif echoes:
            failed = ("echoes",)
        if not failed:
            self._state.has_grounded_sentence = True
        numbers = tuple(map(self.cite, cited))
        sentence = AnswerSentence(text, numbers, supported=not missing, missing=missing)
        return replace(self._written(sentence), failed=failed)

    def cite_best(self, text: str) -> SentenceWritten:
        """Cite the evidence with the best retrieval score for a sentence, such as a verdict."""
        number = self.cite(self._best_evidence())
        return self._written(AnswerSentence(text, (number,), supported=True))

    def quote(self, evidence: Evidence) -> SentenceWritten:
        """Quote an evidence sentence with the title of its paper."""
        self._state.quoted.append(evidence)
        title = f"\N{LEFT DOUBLE QUOTATION MARK}{title_without_instructions(evidence.paper.title)}"
        text = f"{title}\N{RIGHT DOUBLE QUOTATION MARK} states: {evidence.text}"
        return self._written(AnswerSentence(text, (self.cite(evidence),), supported=True))

    def quote_best(self) -> SentenceWritten:
        """Quote the evidence with the best retrieval score."""
        return self.quote(self._best_evidence())

    def quote_fallback(self) -> SentenceWritten:
        """Quote evidence in place of an answer that has no grounded sentence.

        The first choice is the best evidence for the first dropped sentence, then the evidence with
        the best retrieval score.
        """
        return self.quote(next(iter(self._state.dropped), self._best_evidence()))

    def _best_evidence(self) -> Evidence:
        return max(self.evidence, key=lambda one: one.score)

    def cite(self, evidence: Evidence) -> int:
        """Return the citation number of an evidence sentence, adding a citation if needed."""
        for citation in self.citations:
            if citation.evidence == evidence:
                return citation.number
        self.citations.append(Citation(len(self.citations) + 1, evidence))
        return len(self.citations)

    def _written(self, sentence: AnswerSentence) -> SentenceWritten:
        return SentenceWritten(sentence, tuple(self.citations))

    def _failed(
        self,
        text: str,
        cited: Sequence[Evidence],
        wrong_numbers: Sequence[str],
        misplaced_from: Evidence | None,
    ) -> tuple[str, ...]:
        """Return the names of the enabled checks that a sentence fails."""
        known = [self.question, self.search_text, *_paper_texts(self.evidence)]
        known_addresses = [self.question, self.search_text, *(one.text for one in cited)]
        failures = {
            "numbers": wrong_numbers,
            "misplaced_numbers": misplaced_from,
            "addresses": missing_addresses(text, known_addresses),
            "names": set(missing_names(text, known)) - spelled_out_words(text, known),
            "quotations": missing_quotations(text, known),
        } | {
            name: any(rule(text, one.text, one.paper.abstract) for one in cited)
            for name, rule in RULES.items()
        }
        return tuple(name for name, found in failures.items() if found and name in self.checks)

    def _replacement(
        self, text: str, support: Support, failed: Sequence[str], misplaced_from: Evidence | None
    ) -> Evidence | None:
        """Return the evidence to quote in place of a sentence.

        None if the source is not clear or was already quoted.
        """
        source = misplaced_from if "misplaced_numbers" in failed else None
        if source is None and "ratios" in failed:
            source = self._source_of_ratio(text, support.cited())
        source = source or support.clear_source()
        return source if source not in self._state.quoted else None

    def _source_of_misplaced_number(self, text: str, cited: Sequence[Evidence]) -> Evidence | None:
        """Return the evidence that makes the same statement with another number."""
        papers = {one.paper for one in cited}
        for one in self.evidence:
            others = [f"{other.paper.title}\n{other.text}" for other in cited if other != one]
            if one.paper in papers and others and has_misplaced_number(text, others, one.text):
                return one
        return None

    def _source_of_ratio(self, text: str, cited: Sequence[Evidence]) -> Evidence | None:
        """Return the evidence with the ratio that a sentence with a wrong ratio should have."""
        for wrong in cited:
            if has_wrong_ratio(text, wrong.text, wrong.paper.abstract):
                same_paper = (one for one in self.evidence if one.paper == wrong.paper)
                return next(
                    (one for one in same_paper if share_ratio_quantity(text, one.text)), None
                )
        return None


def _dropped(text: str, failed: tuple[str, ...], missing: tuple[str, ...] = ()) -> SentenceDropped:
    sentence = AnswerSentence(text, (), supported=False, missing=missing)
    return SentenceDropped(sentence, failed)


def _paper_texts(evidence: Sequence[Evidence]) -> list[str]:
    """Return the title and whole abstract of each paper in the evidence, as the model sees them."""
    return list(map(paper_text_without_instructions, dict.fromkeys(one.paper for one in evidence)))
