"""Finds sentences that state the opposite direction: "higher" where the evidence says "lower".

An opposite counts only if both sentences describe the same thing in nearly the same words.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from assistant.answering.grounding.contradictions.clauses import split_clauses
from assistant.text.proper_names import find_names
from assistant.text.quantities import find_quantities
from assistant.text.sentences import sentence_spans
from assistant.text.words import content_stems, content_words

# Pairs of opposites, as patterns of the words for the upward and the downward direction.
_SUPERIORITY = (
    "outperform\\w*|surpass\\w*|exceed\\w*|beats?|beaten",
    "underperform\\w*|trail(?:s|ed)|lag(?:s|ged)?",
)
_AXES: tuple[tuple[str, str], ...] = (
    (
        "higher|larger|greater|bigger|increas\\w*|ris(?:e|es|en|ing)|rose|gr[eo]w(?:s|n|ing)?"
        "|rais(?:e|es|ed|ing)",
        "lower(?:s|ed|ing)?|smaller|decreas\\w*|reduc\\w*|drop(?:s|ped|ping)?"
        "|fall(?:s|en|ing)?|fell|declin\\w*|shrink\\w*|shr[au]nk|diminish\\w*",
    ),
    ("more", "less|fewer"),
    ("better|improv\\w*|superior", "worse|worsen\\w*|degrad\\w*|inferior|deteriorat\\w*|hurts?"),
    _SUPERIORITY,
    ("faster|speeds? up|accelerat\\w*|quicker", "slower|slows?|slow(?:ed|ing)"),
    ("longer|lengthen\\w*", "shorter|shorten\\w*"),
    ("stronger|strengthen\\w*", "weaker|weaken\\w*"),
    ("above", "below"),
    ("before|earlier", "after|later"),
    ("easier", "harder"),
)
DIRECTION = re.compile(
    r"\b(?:"
    + "|".join(
        f"(?P<up{axis}>{up})|(?P<down{axis}>{down})" for axis, (up, down) in enumerate(_AXES)
    )
    + r")\b",
    re.IGNORECASE,
)
"""Matches a direction word; the group name is ``up`` or ``down`` plus the number of its axis."""

_NOT = re.compile(
    r"\b(?:not(?! only\b| just\b)|never|no|cannot|without|hardly|neither|nor|fail(?:s|ed)? to"
    r"|unable to)\b|n['’]t\b",
    re.IGNORECASE,
)
_THAN = re.compile(r"\bthan\b")
_BY = re.compile(r"\s+by\b")
_WORD = re.compile(r"[^\W_]+(?:[.'’-][^\W_]+)*")
# The context of a direction word: this many words on either side.
_CONTEXT_WORDS = 3
# A "not" negates a direction word if fewer words than this are between them,
_NEGATION_WORDS = 4
# or at most this many content words and no start of a new clause ("not associated with a
# significant reduction").
_NEGATION_CONTENT_WORDS = 2
_SUBORDINATE_CLAUSE = re.compile(r"\b(?:that|because|if|when|since|as)\b", re.IGNORECASE)

SAME_TOPIC_SHARE = 0.6
"""Minimum share of a clause's words that the other sentence has if both are on the same topic."""


@dataclass(frozen=True, slots=True)
class _Direction:
    """A direction word in its clause.

    Attributes:
        axis: index of its pair of opposites.
        is_up: whether it is the first of the pair, taking negation into account.
        context: stems of the words nearest to it, without numbers.
        clause: stems of the whole clause.
        names: names in the clause.
        numbers: numbers in the clause, as written.
        subject_names: names of its subject. In "A is beaten by B" this is B.
        subject: stems of the words before it in the clause.
        is_comparison: whether it compares the names before it with those after it.
    """

    axis: int
    is_up: bool
    context: frozenset[str]
    clause: frozenset[str]
    names: frozenset[str]
    numbers: frozenset[str]
    subject_names: frozenset[str]
    subject: frozenset[str]
    is_comparison: bool


def states_opposite_direction(text: str, evidence: str, abstract: str) -> bool:
    """Return whether a sentence states the opposite direction of its evidence.

    Args:
        text: the sentence.
        evidence: the abstract sentence that it cites.
        abstract: the whole abstract. What any of its sentences states is no contradiction.
    """
    in_evidence = _directions(evidence)
    in_abstract = [
        direction
        for span in sentence_spans(abstract)
        for direction in _directions(span.of(abstract))
    ]
    evidence_stems = content_stems(evidence)
    written = frozenset(_WORD.findall(f"{text} {abstract}"))
    for claim in _directions(text):
        if len(claim.clause & evidence_stems) < SAME_TOPIC_SHARE * len(claim.clause):
            continue
        # If the evidence states two effects, any word of a clause may show which one is meant.
        if any(_agrees(claim, shown, shown.clause) for shown in in_evidence):
            continue
        if any(_agrees(claim, shown, shown.context) for shown in in_abstract):
            continue
        if any(_opposes(claim, shown, written) for shown in in_evidence):
            return True
    return False


def _agrees(claim: _Direction, shown: _Direction, topic: frozenset[str]) -> bool:
    if claim.axis != shown.axis or claim.is_up != shown.is_up or not claim.context & topic:
        return False
    both_compare = claim.is_comparison and shown.is_comparison
    return not both_compare or claim.subject_names == shown.subject_names


def _opposes(claim: _Direction, shown: _Direction, written: frozenset[str]) -> bool:
    """Return whether a claim is the opposite of a direction in the evidence.

    Args:
        claim: the direction in the sentence.
        shown: the direction in the evidence.
        written: the words of both texts, as written. A word that is also written in lower case is
            not a name, even if it opens a sentence.
    """
    names, shown_names = claim.names - written, shown.names - written
    if claim.axis != shown.axis or names != shown_names or claim.numbers - shown.numbers:
        return False
    subject, shown_subject = claim.subject_names - written, shown.subject_names - written
    if subject == shown_subject:
        # "Baked before cooling" does not deny "cooled after baking".
        other_subject = claim.subject and shown.subject and not claim.subject & shown.subject
        same_context = bool(claim.context & shown.context)
        return claim.is_up != shown.is_up and same_context and not other_subject
    shown_object = shown_names - shown_subject
    if shown_subject:
        # Another name ("on ImageNet") may follow the two that are compared.
        is_reversed = subject <= shown_object and shown_subject <= names - subject
    else:
        is_reversed = subject == shown_object
    both_compare = claim.is_comparison and shown.is_comparison
    return bool(subject) and is_reversed and both_compare and claim.is_up == shown.is_up


@lru_cache(maxsize=512)
def _directions(text: str) -> tuple[_Direction, ...]:
    return tuple(
        direction for clause in direction_clauses(text) for direction in _directions_in(clause)
    )


def direction_clauses(text: str) -> list[str]:
    """Split a sentence into clauses, in which directions and negations are looked for."""
    return split_clauses(
        text, extra_marks=":", extra_words=("although", "though", "yet", "which", "or")
    )


def _directions_in(clause: str) -> Iterator[_Direction]:
    without_directions = DIRECTION.sub(" ", clause)
    for match in DIRECTION.finditer(clause):
        group = match.lastgroup or ""
        axis = int(group.strip("updown"))
        before, after = clause[: match.start()], clause[match.end() :]
        is_passive = bool(_BY.match(after)) and match.group().endswith(("ed", "en"))
        negations = sum(_negates(before[found.end() :]) for found in _NOT.finditer(before))
        neighbours = (
            *_WORD.findall(before)[-_CONTEXT_WORDS:],
            *_WORD.findall(after)[:_CONTEXT_WORDS],
        )
        context = DIRECTION.sub(" ", " ".join(neighbours))
        yield _Direction(
            axis=axis,
            is_up=group.startswith("up") != (negations % 2 == 1),
            context=frozenset(one for one in content_stems(context) if not one[0].isdigit()),
            clause=content_stems(_NOT.sub(" ", without_directions)),
            names=_names(clause),
            numbers=frozenset(one.written for one in find_quantities(clause) if one.explicit),
            subject_names=_names(after if is_passive else before),
            subject=content_stems(_NOT.sub(" ", before)),
            is_comparison=_AXES[axis] == _SUPERIORITY or bool(_THAN.search(after)),
        )


def _negates(between: str) -> bool:
    """Return whether a "not" negates a direction word, given the text between them."""
    content = [word for word in content_words(between) if not word.endswith("ly")]
    same_clause = not _SUBORDINATE_CLAUSE.search(between)
    return len(_WORD.findall(between)) < _NEGATION_WORDS or (
        same_clause and len(content) <= _NEGATION_CONTENT_WORDS
    )


def _names(text: str) -> frozenset[str]:
    # With a lower-case word before it, a capitalised first word counts as a name.
    found = find_names(f"so {text}")
    return frozenset(name.casefold() for name in found if content_words(name))
