"""Questions about the collection, answered: every paper that could match is looked at.

The best few papers of a ranking cannot answer "Which papers evaluate on CIFAR-100?". A name is
looked for in all papers, as literally as it is meant (`collection_names.py`). Of a topic the
candidates are asked about one by one (`collection_topic.py`), of a condition on a number those that
have such a number (`collection_numbers.py`). The list grows while one watches; who has seen enough
may stop, and keeps what is there.
"""

import re
import sys
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.answering.answer import (
    AnswerSentence,
    Citation,
    EvidenceFound,
    PapersChecked,
    SentenceWritten,
)
from assistant.answering.collection.listing import Listing, Match, headline, in_words, quoted
from assistant.answering.collection.name_filter import Names, names_asked
from assistant.answering.collection.topic_filter import (
    MOST_CANDIDATES,
    PaperCheck,
    candidates,
    looks,
)
from assistant.answering.question.intent import CollectionQuestion
from assistant.answering.question.number_filter import number_condition
from assistant.errors import Cancelled
from assistant.library import EVERYTHING, Library, Scope
from assistant.papers import Paper
from assistant.retrieval import Evidence, RankedPaper, choose_evidence
from assistant.text.sentences import Span, sentence_spans

_ASKS_FOR_AGREEMENT = re.compile(
    r"\b(?:dis)?agree\w*|\bcontradict\w*|\bdiffer\b|\bconflict\w*|\bat odds\b", re.IGNORECASE
)
_JUDGE_YOURSELF = "Whether they agree is yours to judge: these are their own words."


@dataclass(frozen=True, slots=True)
class Listed:
    """What a question about the collection comes to.

    Attributes:
        sentences: the count, then an entry a paper.
        citations: one an entry.
        papers: those of the list.
        confidence: the share of the list that probably belongs there, 0 to 1.
    """

    sentences: tuple[AnswerSentence, ...]
    citations: tuple[Citation, ...]
    papers: tuple[RankedPaper, ...]
    confidence: float

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """The quotes of the list."""
        return tuple(citation.evidence for citation in self.citations)


@dataclass(frozen=True, slots=True)
class _Search:
    """What is looked for.

    Attributes:
        condition: what the papers of the list do, such as "mention CIFAR-100"; empty for all.
        candidates: how many papers are looked at.
        batches: for the next few of them how many they are, and those that belong in the list.
        left_out: how many could match as well, but less likely, and are not looked at.
    """

    condition: str
    candidates: int
    batches: Iterator[tuple[int, list[Match]]]
    left_out: int = 0


def list_papers(
    library: Library,
    question: str,
    asked: CollectionQuestion,
    check: PaperCheck,
    stop: threading.Event,
    scope: Scope = EVERYTHING,
) -> Iterator[EvidenceFound | PapersChecked | SentenceWritten | Listed]:
    """Answer a question about the collection: yield the list as it grows, and last the whole.

    Args:
        library: with the collection.
        question: in plain words.
        asked: what it asks for.
        check: asks the model.
        stop: set it from any thread, and the list ends where it is.
        scope: the papers that count.

    Raises:
        Cancelled: it was stopped before anything was found.
    """
    papers = library.catalogue.papers_in(scope)
    search = _search(library, question, asked, papers, check, scope)
    listing = Listing()
    done = 0
    yield PapersChecked(done, search.candidates, 0)
    try:
        for count, matches in search.batches:
            done += count
            entries = [listing.add(match) for match in matches]
            if entries:
                yield EvidenceFound(_ranked(listing), listing.evidence)
            yield from entries
            yield PapersChecked(done, search.candidates, len(listing.entries))
            if stop.is_set():
                break
    except Cancelled:
        if not stop.is_set():
            raise
    if stop.is_set() and done < search.candidates and not listing.entries:
        raise Cancelled("The question was stopped.")
    said = [
        headline(
            len(listing.entries),
            len(papers),
            search.condition,
            looked_at=done,
            candidates=search.candidates,
            chosen=bool(scope),
        )
    ]
    if search.left_out:
        said.append(
            f"Looked at are the {search.candidates} likeliest: {search.left_out} more come near. "
            "Ask more narrowly, or of fewer papers, to have them looked at."
        )
    if len(listing.entries) > 1 and _ASKS_FOR_AGREEMENT.search(question):
        said.append(_JUDGE_YOURSELF)
    yield Listed(
        sentences=(
            *(AnswerSentence(text, (), supported=True) for text in said),
            *listing.entries,
        ),
        citations=tuple(listing.citations),
        papers=_ranked(listing),
        confidence=listing.confidence,
    )


def _search(
    library: Library,
    question: str,
    asked: CollectionQuestion,
    papers: Sequence[Paper],
    check: PaperCheck,
    scope: Scope,
) -> _Search:
    criterion = asked.criterion
    names = names_asked(criterion, [_text(paper) for paper in papers])
    if not criterion or (names and names.alone):
        condition = f"mention {in_words(names)}" if names else ""
        matches = _named(library, question, papers, names)
        return _Search(condition, len(papers), iter([(len(papers), matches)]))
    among: Sequence[Paper] | None = None
    if names and names.certain:
        among = [paper for paper in papers if names.within(_text(paper))]
    number = number_condition(asked.said)
    if number:
        among = [
            paper
            for paper in (papers if among is None else among)
            if any(
                number.within(span.of(paper.abstract)) for span in sentence_spans(paper.abstract)
            )
        ]
    every = candidates(library, criterion, among, scope)
    likely = every[:MOST_CANDIDATES]
    return _Search(
        f"fit {quoted(criterion)}",
        len(likely),
        looks(library, criterion, likely, check, number.within if number else None),
        len(every) - len(likely),
    )


def _named(
    library: Library, question: str, papers: Sequence[Paper], names: Names | None
) -> list[Match]:
    """Return the papers that have the names, all if there are none, each with its best sentence."""
    having = [paper for paper in papers if names is None or names.within(_text(paper))]
    vector = library.embedder.embed_question(question)
    scored = [(paper, 0.0) for paper in having]
    quotes: dict[str, list[Evidence]] = {}
    for one in choose_evidence(library, question, vector, scored, sys.maxsize):
        quotes.setdefault(one.paper.id, []).append(one)

    def rank(quote: Evidence) -> tuple[int, float]:
        return names.count_within(quote.text) if names else 0, quote.score

    # A paper without an abstract has no sentence to quote.
    return [
        Match(max(quotes.get(paper.id) or [Evidence(paper, Span(0, 0), 0.0)], key=rank), 1.0)
        for paper in having
    ]


def _ranked(listing: Listing) -> tuple[RankedPaper, ...]:
    return tuple(RankedPaper(match.paper, match.probability) for match in listing.matches)


def _text(paper: Paper) -> str:
    return f"{paper.title}\n{paper.abstract}"
