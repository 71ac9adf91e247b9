"""Answers a question about the collection with a complete list of papers.

The top-k papers of a ranking cannot answer "Which papers evaluate on CIFAR-100?". Names are
searched for in all papers (`name_filter.py`). For a topic, the model checks each candidate
(`topic_filter.py`). A condition on a number restricts the candidates to papers with such a number
(`number_filter.py`). Entries are yielded as they are found. If the user stops the check, the
entries found so far are kept.

Design notes: docs/design/collection-questions.md
"""

import re
import sys
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.answering.answer import AnswerSentence, Citation
from assistant.answering.collection.listing import (
    Listing,
    Match,
    count_sentence,
    describe_names,
    in_quotation_marks,
)
from assistant.answering.collection.name_filter import NameFilter, parse_name_filter
from assistant.answering.collection.topic_filter import (
    MAX_CANDIDATES,
    MembershipCheck,
    check_candidates,
    find_candidates,
)
from assistant.answering.events import EvidenceFound, PapersChecked, SentenceWritten
from assistant.answering.question.collection_question import CollectionQuestion
from assistant.answering.question.number_filter import NumberCondition, parse_number_condition
from assistant.errors import Cancelled
from assistant.library import EVERYTHING, Library, Scope
from assistant.papers import Paper
from assistant.retrieval import Evidence, RankedPaper, select_evidence
from assistant.text.instructions import spans_without_instructions
from assistant.text.sentences import Span

_ASKS_FOR_AGREEMENT = re.compile(
    r"\b(?:dis)?agree\w*|\bcontradict\w*|\bdiffer\b|\bconflict\w*|\bat odds\b", re.IGNORECASE
)
_AGREEMENT_NOTE = "Whether they agree is yours to judge: these are their own words."


@dataclass(frozen=True, slots=True)
class CollectionAnswer:
    """The finished answer to a question about the collection.

    Attributes:
        sentences: the count, any notes, then one entry per paper.
        citations: one per entry.
        papers: the listed papers.
        confidence: the mean membership probability, 0 to 1.
    """

    sentences: tuple[AnswerSentence, ...]
    citations: tuple[Citation, ...]
    papers: tuple[RankedPaper, ...]
    confidence: float

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """The quoted sentences."""
        return tuple(citation.evidence for citation in self.citations)


@dataclass(frozen=True, slots=True)
class _Search:
    """The check of all candidates.

    Attributes:
        condition: what the listed papers do, such as "mention CIFAR-100"; empty if all are listed.
        candidates: the number of papers to check.
        batches: yields the number of papers in the next batch, and its matches.
        unchecked: the number of further candidates, beyond the limit, that are not checked.
    """

    condition: str
    candidates: int
    batches: Iterator[tuple[int, list[Match]]]
    unchecked: int = 0


def list_papers(
    library: Library,
    question: str,
    collection: CollectionQuestion,
    check: MembershipCheck,
    stop: threading.Event,
    scope: Scope = EVERYTHING,
    *,
    check_all: bool = False,
) -> Iterator[EvidenceFound | PapersChecked | SentenceWritten | CollectionAnswer]:
    """Answer a question about the collection; yield entries and progress, then the answer.

    Args:
        library: the library that holds the collection.
        question: in natural language.
        collection: what the question asks for.
        check: asks the model about papers.
        stop: when set, from any thread, ends the check after the current batch.
        scope: the papers to consider.
        check_all: whether each of them is checked, however unlike the criterion.

    Raises:
        Cancelled: the check was stopped before it found a paper.
    """
    papers = library.catalogue.papers_in(scope)
    search = _search(library, question, collection, papers, check, scope, check_all=check_all)
    listing = Listing()
    checked = 0
    yield PapersChecked(checked, search.candidates, 0)
    try:
        for count, matches in search.batches:
            checked += count
            entries = [listing.add_entry(match) for match in matches]
            if entries:
                yield EvidenceFound(_ranked(listing), listing.evidence)
            yield from entries
            yield PapersChecked(checked, search.candidates, len(listing.entries))
            if stop.is_set():
                break
    except Cancelled:
        if not stop.is_set():
            raise
    if stop.is_set() and checked < search.candidates and not listing.entries:
        raise Cancelled("The question was stopped.")
    introduction = [
        count_sentence(
            len(listing.entries),
            len(papers),
            search.condition,
            checked=checked,
            candidates=search.candidates,
            is_selection=bool(scope),
        )
    ]
    if search.unchecked:
        introduction.append(
            f"Looked at are the {search.candidates} likeliest: {search.unchecked} more come near. "
            "Ask more narrowly, or of fewer papers, to have them looked at."
        )
    if len(listing.entries) > 1 and _ASKS_FOR_AGREEMENT.search(question):
        introduction.append(_AGREEMENT_NOTE)
    yield CollectionAnswer(
        sentences=(
            *(AnswerSentence(text, (), supported=True) for text in introduction),
            *listing.entries,
        ),
        citations=tuple(listing.citations),
        papers=_ranked(listing),
        confidence=listing.confidence,
    )


def _search(
    library: Library,
    question: str,
    collection: CollectionQuestion,
    papers: Sequence[Paper],
    check: MembershipCheck,
    scope: Scope,
    *,
    check_all: bool,
) -> _Search:
    criterion = collection.criterion
    names = parse_name_filter(criterion, [paper.text for paper in papers])
    if not criterion or (names and names.is_whole_criterion):
        condition = f"mention {describe_names(names)}" if names else ""
        matches = _matches_by_name(library, question, papers, names)
        return _Search(condition, len(papers), iter([(len(papers), matches)]))
    restricted: Sequence[Paper] | None = papers if check_all else None
    if names and names.is_certain:
        restricted = [paper for paper in papers if names.matches(paper.text)]
    number = parse_number_condition(collection.raw_criterion)
    if number:
        restricted = [
            paper
            for paper in (papers if restricted is None else restricted)
            if _has_number(paper, number)
        ]
    # The regression of membership compares with the most similar papers of the library. Of the few
    # papers of an earlier answer, one is the most similar even if none fits.
    compared = EVERYTHING if check_all else scope
    candidates = find_candidates(library, criterion, restricted, compared)
    checked = candidates[:MAX_CANDIDATES]
    return _Search(
        f"fit {in_quotation_marks(criterion)}",
        len(checked),
        check_candidates(library, criterion, checked, check, number.matches if number else None),
        len(candidates) - len(checked),
    )


def _has_number(paper: Paper, number: NumberCondition) -> bool:
    abstract = paper.abstract
    return any(number.matches(span.of(abstract)) for span in spans_without_instructions(abstract))


def _matches_by_name(
    library: Library, question: str, papers: Sequence[Paper], names: NameFilter | None
) -> list[Match]:
    """Return the papers that pass a name filter, each with its best sentence.

    Without a filter, return all papers.
    """
    matching = [paper for paper in papers if names is None or names.matches(paper.text)]
    vector = library.embedder.embed_question(question)
    scored = [(paper, 0.0) for paper in matching]
    sentences: dict[str, list[Evidence]] = {}
    for one in select_evidence(library, question, vector, scored, sys.maxsize):
        sentences.setdefault(one.paper.id, []).append(one)

    def rank(sentence: Evidence) -> tuple[int, float]:
        return names.count_required(sentence.text) if names else 0, sentence.score

    # A paper without an abstract has no sentence to quote.
    return [
        Match(max(sentences.get(paper.id) or [Evidence(paper, Span(0, 0), 0.0)], key=rank), 1.0)
        for paper in matching
    ]


def _ranked(listing: Listing) -> tuple[RankedPaper, ...]:
    return tuple(RankedPaper(match.paper, match.probability) for match in listing.matches)
