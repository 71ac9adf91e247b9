"""Topic filter: finds papers that may be on a topic, and asks the model about each of them.

BM25 and embeddings rank the papers on a topic well, but give no cut-off. So every paper similar to
the topic is a candidate, and the model is asked whether it is on the topic. The membership
probability combines its reply with the two similarities.

Design notes: docs/design/collection-questions.md
"""

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.answering.collection.listing import Match
from assistant.answering.log_odds import log_odds, sigmoid
from assistant.answering.prompt_blocks import shown_sentences
from assistant.library import EVERYTHING, Library, Scope
from assistant.papers import Paper
from assistant.retrieval import Evidence, select_evidence
from assistant.text.words import content_words

# A paper is a candidate if its BM25 score, or the cosine of its nearest chunk, is at least this
# share of the best one. For 26 questions about topics, this selects a quarter of 109 papers, with a
# recall of 0.95.
_MIN_BM25_SHARE = 0.3
_MIN_COSINE_SHARE = 0.6
_NEAREST_CHUNKS = 2000

MAX_CANDIDATES = 200
"""The maximum number of candidates to check: a broad topic may have thousands."""

# A batch takes less time than its papers one after the other. A larger batch would delay the first
# entry.
_BATCH_SIZE = 8

# A logistic regression of membership, fitted on the development questions about topics (each with
# equal weight) and validated by leave-one-question-out cross-validation.
_BM25_WEIGHT = 4.9
_COSINE_WEIGHT = 1.4
_YES_WEIGHT = 0.5
_YES_BELOW_BEST_WEIGHT = 2.2
_BIAS = 0.7
# A floor for the log-odds of the best reply: even if no paper is on the topic, one reply is the
# best.
_MIN_BEST_LOG_ODDS = 2.0
_MIN_YES_PROBABILITY = 0.6
# The minimum membership probability of a listed paper. 0.28 to 0.46 give equal results.
_MIN_PROBABILITY = 0.33


@dataclass(frozen=True, slots=True)
class MembershipCheck:
    """Asks the model whether papers meet the criterion.

    Attributes:
        is_cached: returns whether the papers of the given evidence are in the reading cache, so
            that showing them needs no prefill.
        yes_probabilities: returns P(yes), 0 to 1, in the reply about each paper. Its argument is
            the evidence to show for each paper.
    """

    is_cached: Callable[[Sequence[Evidence]], bool]
    yes_probabilities: Callable[[Sequence[Sequence[Evidence]]], list[float]]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A paper that may be on a topic.

    Attributes:
        paper: the paper.
        bm25_share: its BM25 score as a share of the best paper's.
        cosine_share: the cosine of its nearest chunk as a share of the best paper's.
    """

    paper: Paper
    bm25_share: float
    cosine_share: float


@dataclass(frozen=True, slots=True)
class Similarities:
    """How similar the papers of a scope are to a text, relative to the most similar one.

    Attributes:
        bm25_shares: BM25 score as a share of the best one, by paper id.
        cosine_shares: cosine of the nearest chunk as a share of the best one, by paper id.
    """

    bm25_shares: Mapping[str, float]
    cosine_shares: Mapping[str, float]

    def candidate_ids(self) -> set[str]:
        """Return the ids of the papers similar enough to be candidates."""
        ids = {id_ for id_, share in self.bm25_shares.items() if share >= _MIN_BM25_SHARE}
        return ids | {
            id_ for id_, share in self.cosine_shares.items() if share >= _MIN_COSINE_SHARE
        }

    def candidate(self, paper: Paper) -> Candidate:
        """Return a paper with its similarities."""
        return Candidate(
            paper, self.bm25_shares.get(paper.id, 0.0), self.cosine_shares.get(paper.id, 0.0)
        )


def similarities(library: Library, text: str, scope: Scope = EVERYTHING) -> Similarities:
    """Return how similar the papers of a scope are to a text."""
    count = library.catalogue.count()
    bm25_scores = library.catalogue.words.match(content_words(text), count, scope)
    vector = library.embedder.embed_question(text)
    cosines: dict[str, float] = {}
    for paper_id, cosine in library.nearest("chunk", vector, _NEAREST_CHUNKS, scope):
        cosines.setdefault(paper_id, cosine)
    return Similarities(_shares_of_best(dict(bm25_scores)), _shares_of_best(cosines))


def find_candidates(
    library: Library,
    criterion: str,
    papers: Sequence[Paper] | None = None,
    scope: Scope = EVERYTHING,
) -> list[Candidate]:
    """Return the papers that may be on a topic, most similar first.

    Args:
        library: the library that holds the papers.
        criterion: the topic, such as "continual learning".
        papers: the papers to return, whatever their similarity; None for all similar ones.
        scope: where to look for papers if ``papers`` is None.
    """
    found = similarities(library, criterion, scope)
    if papers is None:
        papers = library.catalogue.papers(list(found.candidate_ids()))
    candidates = [found.candidate(paper) for paper in papers]
    candidates.sort(key=lambda one: -(one.bm25_share + one.cosine_share))
    return candidates


def check_candidates(
    library: Library,
    criterion: str,
    candidates: Sequence[Candidate],
    check: MembershipCheck,
    sentence_filter: Callable[[str], bool] | None = None,
) -> Iterator[tuple[int, list[Match]]]:
    """Ask the model about candidates, in batches.

    Args:
        library: the library that holds the papers.
        criterion: the topic.
        candidates: most similar first.
        check: asks the model.
        sentence_filter: returns whether a sentence may be shown and quoted; None to allow all.

    Yields:
        The number of papers in the next batch, and those of them that are on the topic.
    """
    vector = library.embedder.embed_question(criterion)
    best = _MIN_BEST_LOG_ODDS
    for start in range(0, len(candidates), _BATCH_SIZE):
        batch = candidates[start : start + _BATCH_SIZE]
        scored = [(one.paper, 0.0) for one in batch]
        sentences: dict[str, list[Evidence]] = {one.paper.id: [] for one in batch}
        for sentence in select_evidence(library, criterion, vector, scored, sys.maxsize):
            if sentence_filter is None or sentence_filter(sentence.text):
                sentences[sentence.paper.id].append(sentence)
        # A paper without an abstract has no sentence to show, and is not listed.
        shown = {
            id_: shown_sentences(found, check.is_cached)
            for id_, found in sentences.items()
            if found
        }
        probabilities = check.yes_probabilities(list(shown.values()))
        if start == 0:  # the most similar papers, so most likely to contain the best reply
            best = max([best, *map(log_odds, probabilities)])
        by_id = dict(zip(shown, probabilities, strict=True))
        matches = []
        for one in batch:
            yes_probability = by_id.get(one.paper.id, 0.0)
            probability = membership_probability(one, yes_probability, best)
            if probability >= _MIN_PROBABILITY and yes_probability >= _MIN_YES_PROBABILITY:
                quote = max(sentences[one.paper.id], key=lambda sentence: sentence.score)
                matches.append(Match(quote, probability))
        yield len(batch), matches


def membership_probability(candidate: Candidate, yes_probability: float, best: float) -> float:
    """Return the probability, 0 to 1, that a candidate is on the topic.

    Args:
        candidate: the paper, with its similarities to the topic.
        yes_probability: P(yes) in the model's reply, 0 to 1.
        best: the log-odds of yes in the best reply. The model is more confident about some topics
            than about others.
    """
    yes = log_odds(yes_probability)
    similarity = _BM25_WEIGHT * candidate.bm25_share + _COSINE_WEIGHT * candidate.cosine_share
    reply = _YES_WEIGHT * yes + _YES_BELOW_BEST_WEIGHT * (yes - best)
    return sigmoid(similarity + reply + _BIAS)


def _shares_of_best(scores: dict[str, float]) -> dict[str, float]:
    """Return scores as shares of the best one; empty if the best is not positive."""
    best = max(scores.values(), default=0.0)
    return {id_: score / best for id_, score in scores.items()} if best > 0 else {}
