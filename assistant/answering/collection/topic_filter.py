"""Topics: the papers that may be about one, and what the model says of each.

Words and vectors rank the papers of a topic well, but where the topic ends they cannot tell. So all
that come near it are candidates, and the model is asked of each whether it is about the topic; its
yes counts together with how near the paper came.
"""

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from assistant.answering.collection.listing import Match
from assistant.answering.log_odds import log_odds, share_at
from assistant.library import EVERYTHING, Library, Scope
from assistant.papers import Paper
from assistant.retrieval import Evidence, choose_evidence
from assistant.text.words import content_words

# A paper is a candidate from either share on: of the best BM25, of the nearest chunk's cosine. On
# our 26 questions about topics that is a quarter of 109 papers and holds 0.95 of those that belong.
_WORDS_BAR = 0.3
_NEARNESS_BAR = 0.6
_NEAREST_CHUNKS = 2000
# In a library of thousands a broad topic has no end; so many of the likeliest are looked at.
MOST_CANDIDATES = 200

# Read side by side, papers take less time than one after the other; more at once would keep one
# waiting longer for the first entry.
_AT_A_TIME = 8
# Of a paper that the model has not read yet, only so many sentences are shown: each costs reading.
_UNREAD_SENTENCES = 4

# A logistic regression of "belongs in the list", fitted on the development questions about topics
# (each counts the same) and tried on those left out, one after the other.
_WORDS = 4.9
_NEARNESS = 1.4
_YES = 0.5
_YES_BELOW_BEST = 2.2
_BIAS = 0.7
# The best reply of a topic counts as at least this sure (log-odds): else a topic that no paper is
# about would have a best one too.
_BEST_AT_LEAST = 2.0
_LEAST_YES = 0.6
# The probability from which a paper is listed; 0.28 to 0.46 do equally well.
_BELONGS = 0.33


@dataclass(frozen=True, slots=True)
class PaperCheck:
    """The model, asked of papers whether they belong in the list.

    Attributes:
        has_read: whether it has read the papers of some evidence, so that showing them costs
            nothing.
        yes_shares: the shares of yes, 0 to 1, in its replies, a paper a reply, by the evidence
            that it is shown of each.
    """

    has_read: Callable[[Sequence[Evidence]], bool]
    yes_shares: Callable[[Sequence[Sequence[Evidence]]], list[float]]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A paper that may be about a topic.

    Attributes:
        paper: the paper.
        words: its BM25 score as a share of the best paper's.
        nearness: the cosine of its nearest chunk as a share of the nearest paper's.
    """

    paper: Paper
    words: float
    nearness: float


def candidates(
    library: Library,
    criterion: str,
    among: Sequence[Paper] | None = None,
    scope: Scope = EVERYTHING,
) -> list[Candidate]:
    """Return the papers that may be about a topic, the likeliest first.

    Args:
        library: with the papers.
        criterion: what a question says of them, such as "continual learning".
        among: all of these, and no others; None for those that come near enough.
        scope: the papers that count, if not ``among`` says so.
    """
    count = library.catalogue.count()
    words = library.catalogue.match_words(content_words(criterion), count, scope)
    vector = library.embedder.embed_question(criterion)
    nearness: dict[str, float] = {}
    for paper_id, cosine in library.nearest("chunk", vector, _NEAREST_CHUNKS, scope):
        nearness.setdefault(paper_id, cosine)
    word_shares = _shares(dict(words))
    near_shares = _shares(nearness)
    if among is None:
        likely = {id_ for id_, share in word_shares.items() if share >= _WORDS_BAR}
        likely |= {id_ for id_, share in near_shares.items() if share >= _NEARNESS_BAR}
        among = library.catalogue.papers(list(likely))
    found = [
        Candidate(paper, word_shares.get(paper.id, 0.0), near_shares.get(paper.id, 0.0))
        for paper in among
    ]
    found.sort(key=lambda one: -(one.words + one.nearness))
    return found


def looks(
    library: Library,
    criterion: str,
    likely: Sequence[Candidate],
    check: PaperCheck,
    fits: Callable[[str], bool] | None = None,
) -> Iterator[tuple[int, list[Match]]]:
    """Ask of one candidate after the other whether it is about a topic.

    Args:
        library: with the papers.
        criterion: the topic.
        likely: the candidates.
        check: asks the model.
        fits: which sentences count; None: all of them.

    Yields:
        For the next few candidates how many they are, and those that belong in the list.
    """
    vector = library.embedder.embed_question(criterion)
    best = _BEST_AT_LEAST
    for start in range(0, len(likely), _AT_A_TIME):
        batch = likely[start : start + _AT_A_TIME]
        scored = [(one.paper, 0.0) for one in batch]
        sentences: dict[str, list[Evidence]] = {one.paper.id: [] for one in batch}
        for sentence in choose_evidence(library, criterion, vector, scored, sys.maxsize):
            if fits is None or fits(sentence.text):
                sentences[sentence.paper.id].append(sentence)
        # A paper without an abstract has no sentence to show, and is not listed.
        asked = [id_ for id_, own in sentences.items() if own]
        shares = check.yes_shares([_shown(sentences[id_], check) for id_ in asked])
        if start == 0:  # these come nearest, so the best of them is the best, or close to it
            best = max([best, *map(log_odds, shares)])
        yes = dict(zip(asked, shares, strict=True))
        matches = [
            Match(max(sentences[one.paper.id], key=lambda quote: quote.score), probability)
            for one in batch
            for share in [yes.get(one.paper.id, 0.0)]
            for probability in [belongs_probability(one, share, best)]
            if probability >= _BELONGS and share >= _LEAST_YES
        ]
        yield len(batch), matches


def belongs_probability(candidate: Candidate, yes: float, best: float) -> float:
    """Return the probability, 0 to 1, that a paper belongs in the list of its topic.

    Args:
        candidate: the paper, with how near it came.
        yes: the share of yes, 0 to 1, in the model's reply to whether it is about the topic.
        best: the log-odds of yes in the best reply: of some topics the model is surer than of
            others.
    """
    sure = log_odds(yes)
    near = _WORDS * candidate.words + _NEARNESS * candidate.nearness
    said = _YES * sure + _YES_BELOW_BEST * (sure - best)
    return share_at(near + said + _BIAS)


def _shown(sentences: Sequence[Evidence], check: PaperCheck) -> Sequence[Evidence]:
    if check.has_read(sentences):
        return sentences
    best = sorted(sentences, key=lambda one: -one.score)[:_UNREAD_SENTENCES]
    return sorted(best, key=lambda one: one.span.start)


def _shares(scores: dict[str, float]) -> dict[str, float]:
    """Return scores as shares of the best, which is above 0."""
    best = max(scores.values(), default=0.0)
    return {id_: score / best for id_, score in scores.items()} if best > 0 else {}
