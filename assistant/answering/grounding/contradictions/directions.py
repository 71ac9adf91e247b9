"""Directions: whether a sentence says the opposite of what its evidence says.

Only what is sure is a contradiction: an opposite word ("higher" for "lower", "does not need" for
"needs") about the same thing in nearly the same words. A false alarm costs a right answer.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from assistant.text.proper_names import find_names
from assistant.text.quantities import find_quantities
from assistant.text.sentences import sentence_spans
from assistant.text.words import content_stems, content_words, stem

# What is said of something, and the beginnings of the words that say it, or the opposite.
_BEATS = (
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
    _BEATS,
    ("faster|speeds? up|accelerat\\w*|quicker", "slower|slows?|slow(?:ed|ing)"),
    ("longer|lengthen\\w*", "shorter|shorten\\w*"),
    ("stronger|strengthen\\w*", "weaker|weaken\\w*"),
    ("above", "below"),
    ("before|earlier", "after|later"),
    ("easier", "harder"),
)
_DIRECTION = re.compile(
    r"\b(?:"
    + "|".join(
        f"(?P<up{axis}>{up})|(?P<down{axis}>{down})" for axis, (up, down) in enumerate(_AXES)
    )
    + r")\b",
    re.IGNORECASE,
)
_NOT = re.compile(
    r"\b(?:not(?! only\b| just\b)|never|no|cannot|without|hardly|neither|nor|fail(?:s|ed)? to"
    r"|unable to)\b|n['’]t\b",
    re.IGNORECASE,
)
_THAN = re.compile(r"\bthan\b")
_BY = re.compile(r"\s+by\b")
_CLAUSE_END = re.compile(r"[;:,]\s|\s(?:and|but|while|whereas|although|though|yet|which|or)\s")
_WORD = re.compile(r"[^\W_]+(?:[.'’-][^\W_]+)*")
# How many words from a direction word the thing that it is about may stand,
_NEAR = 3
# and from a "not" the direction word that it turns round: in words, or in words of content where
# no new clause begins between them ("not associated with a significant reduction").
_NOT_REACHES = 4
_NOT_REACHES_CONTENT = 2
_NEW_CLAUSE = re.compile(r"\b(?:that|because|if|when|since|as)\b", re.IGNORECASE)
# Which share of a clause's words the evidence must have for the two to be about the same.
_SAME_WORDS = 0.6


@dataclass(frozen=True, slots=True)
class _Direction:
    """A direction word in its clause.

    Attributes:
        axis: which pair of opposites it is of.
        up: whether it is the first of the pair, once a "not" has turned it round.
        near: stems of the words nearest to it, numbers aside.
        clause: stems of its whole clause.
        names: in its clause.
        numbers: as written in its clause.
        before: names in its clause that it is said of; of "A is beaten by B" it is B.
        subject: stems of the words of its clause before it.
        compares: whether it says something of the names before it against those after it.
    """

    axis: int
    up: bool
    near: frozenset[str]
    clause: frozenset[str]
    names: frozenset[str]
    numbers: frozenset[str]
    before: frozenset[str]
    subject: frozenset[str]
    compares: bool


def opposes(text: str, evidence: str, abstract: str) -> bool:
    """Tell whether a sentence says the opposite of the evidence that it is cited to.

    Args:
        text: the sentence.
        evidence: the sentence of an abstract that supports it best.
        abstract: the whole abstract; what it says anywhere is no contradiction.
    """
    shown = _directions(evidence)
    everything = [
        one for span in sentence_spans(abstract) for one in _directions(span.of(abstract))
    ]
    known = content_stems(evidence)
    plain = frozenset(_WORD.findall(f"{text} {abstract}"))
    for mine in _directions(text):
        if len(mine.clause & known) < _SAME_WORDS * len(mine.clause):
            continue
        # Of two effects of one thing the one that is meant may be told by any word of its clause.
        if any(_says_the_same(mine, its, its.clause) for its in shown):
            continue
        if any(_says_the_same(mine, its, its.near) for its in everything):
            continue
        if any(_says_the_opposite(mine, its, plain) for its in shown):
            return True
    return _denies(text, evidence, abstract)


def _says_the_same(one: _Direction, other: _Direction, about: frozenset[str]) -> bool:
    if one.axis != other.axis or one.up != other.up or not one.near & about:
        return False
    return not (one.compares and other.compares) or one.before == other.before


def _says_the_opposite(one: _Direction, other: _Direction, plain: frozenset[str]) -> bool:
    """Tell whether one direction is the opposite of another.

    Args:
        one: of the sentence.
        other: of the evidence.
        plain: words as they are written in the texts; what is among them in lower case is no name,
            though a sentence may open with it.
    """
    its, mine = other.names - plain, one.names - plain
    if one.axis != other.axis or mine != its or one.numbers - other.numbers:
        return False
    before, its_before = one.before - plain, other.before - plain
    if before == its_before:
        # "Baked before cooling" does not deny "cooled after baking".
        apart = one.subject and other.subject and not one.subject & other.subject
        return one.up != other.up and bool(one.near & other.near) and not apart
    after = its - its_before
    # Where both are said of names, a further one ("on ImageNet") may stand behind.
    swapped = before <= after and its_before <= mine - before if its_before else before == after
    return bool(before) and swapped and one.compares and other.compares and one.up == other.up


@lru_cache(maxsize=512)
def _directions(text: str) -> tuple[_Direction, ...]:
    return tuple(found for clause in _clauses(text) for found in _directions_of(clause))


def _directions_of(clause: str) -> Iterator[_Direction]:
    matches = list(_DIRECTION.finditer(clause))
    plain = _DIRECTION.sub(" ", clause)
    for match in matches:
        [(group, _)] = [(name, found) for name, found in match.groupdict().items() if found]
        before, after = clause[: match.start()], clause[match.end() :]
        compares = _AXES[int(group.strip("updown"))] == _BEATS or bool(_THAN.search(after))
        passive = bool(_BY.match(after)) and match.group().endswith(("ed", "en"))
        turned = sum(_reaches(before[one.end() :]) for one in _NOT.finditer(before)) % 2 == 1
        near = " ".join([*_WORD.findall(before)[-_NEAR:], *_WORD.findall(after)[:_NEAR]])
        plain_near = _DIRECTION.sub(" ", near)
        yield _Direction(
            axis=int(group.strip("updown")),
            up=group.startswith("up") != turned,
            near=frozenset(one for one in content_stems(plain_near) if not one[0].isdigit()),
            clause=content_stems(_NOT.sub(" ", plain)),
            names=_names(clause),
            numbers=frozenset(one.written for one in find_quantities(clause) if one.explicit),
            before=_names(after if passive else before),
            subject=content_stems(_NOT.sub(" ", before)),
            compares=compares,
        )


def _reaches(between: str) -> bool:
    """Tell whether a "not" so far before a direction word turns it round."""
    words = _WORD.findall(between)
    content = [word for word in content_words(between) if not word.endswith("ly")]
    near = len(content) <= _NOT_REACHES_CONTENT and not _NEW_CLAUSE.search(between)
    return len(words) < _NOT_REACHES or near


def _names(text: str) -> frozenset[str]:
    # The opening word may be a name here: a lower-case word before it makes it count as one.
    found = find_names(f"so {text}")
    return frozenset(name.casefold() for name in found if content_words(name))


def _clauses(text: str) -> list[str]:
    return [clause for clause in _CLAUSE_END.split(text) if clause.strip()]


# -- "needs" and "does not need" -------------------------------------------------------------------

_NOT_VERB = re.compile(
    r"\b(?:do|does|did|is|are|was|were|can|could|will|would)(?:\s+not|n['’]t)(?! only)\s+([a-z]+)"
    r"|\bcannot\s+([a-z]+)"
)
# With one of these a sentence may say in another way what the evidence denies.
_DENYING = re.compile(
    r"\b(?:no|not|none|never|neither|nor|without|free|avoid\w*|remov\w*|eliminat\w*|replac\w*"
    r"|instead|rather|lack\w*|skip\w*|omit\w*|only|unlike|except\w*|hardly|cannot|prevent\w*"
    r"|unnecessary|less|few\w*|fail\w*|obviat\w*|if|when|whether|un\w+ed)\b|n['’]t\b",
    re.IGNORECASE,
)


def _denies(text: str, evidence: str, abstract: str) -> bool:
    """Tell whether one of two sentences denies with a "not" what the other says."""
    return _denied_by(evidence, text, abstract) or _denied_by(text, evidence, evidence)


def _denied_by(denial: str, text: str, context: str) -> bool:
    """Tell whether a sentence says what another denies, unless the context says it as well."""
    if _DENYING.search(text):
        return False
    said = content_stems(text)
    for clause in _clauses(denial):
        if _DIRECTION.search(clause):
            continue
        for match in _NOT_VERB.finditer(clause):
            verb = stem(match[1] or match[2])
            others = content_stems(clause) - {verb}
            if verb not in said or not others or len(said & others) < _SAME_WORDS * len(others):
                continue
            used = sum(stem(word) == verb for word in _lower_words(context))
            if used <= sum(stem(one[1] or one[2]) == verb for one in _NOT_VERB.finditer(denial)):
                return True
    return False


def _lower_words(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(text)]
