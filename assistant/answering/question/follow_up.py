"""Follow-ups: what "and on MATH?" leaves out stands in what was said before it.

A small model that is asked to rewrite such a question repeats the one before for every fourth, and
takes longer over it than the search does. So nothing is rewritten: the search gets the earlier
questions beside the last one, the model the turns of the conversation. That does harm where the
subject has changed; a question that finds its paper clearly by itself, and does not lean back,
stands alone.

Design notes: docs/design/follow-ups.md
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.text.sentences import sentence_spans

# How many earlier questions a follow-up may refer to.
_TURNS_REMEMBERED = 3
# In a question of so many words "it" most often stands for something in the question itself.
_LONG_WORDS = 10
# Of each answer so much tells what it was about; all of it has to be read.
_SENTENCES_REMEMBERED = 2
# A citation mark in an earlier answer: it says nothing about what was meant.
_MARK = re.compile(r"\s*\[\d+\]")
_CHANGES_SUBJECT = re.compile(
    r"\W*(?:(?:a |an )?(?:different|another|new|unrelated|other) (?:question|topic|subject)"
    r"|(?:on|to) (?:a different|another) (?:note|topic|subject)|changing the subject|unrelated)\b",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"\W*(?:(?:and|but|or|so|then|what if|what about|how about|how come)\b|why\W*\Z)",
    re.IGNORECASE,
)
_POINTS_BACK = re.compile(
    r"\b(?:it|its|they|them|their|theirs|he|his|she|her|those|these|such|former|latter|too|as well"
    r"|ones|(?:the|that|this|which|each)(?: \w+)? one|others?|another|either|both|instead"
    # "That" and "this" by themselves, not before a noun or a clause.
    r"|(?:is|does|did|was|do|not|than|for|to|of|over|after|on|like|about|with|from|by)"
    r" (?:that|this))\b"
    r"|\b(?:that|this)\W*\Z",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Turn:
    """An earlier question of the conversation and its answer."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Understood:
    """A question as it is understood.

    Attributes:
        searched: what is searched for: the question, with those before it that it needs.
        history: what the model needs to have said before it; none if it stands alone.
    """

    searched: str
    history: tuple[Turn, ...] = ()


def understand(
    question: str, history: Sequence[Turn], finds_clearly: Callable[[str], bool]
) -> Understood:
    """Return how a question of a conversation is understood.

    Args:
        question: the last.
        history: what was said before, oldest first.
        finds_clearly: tells whether a search for a question leaves no doubt which papers are meant.
    """
    needed: list[Turn] = []
    asked = question
    for turn in reversed(history[-_TURNS_REMEMBERED:]):
        if _stands_alone(asked, finds_clearly):
            break
        needed.insert(0, turn)
        asked = turn.question
    # An answer that is not there, because it was stopped, cannot be a turn of the chat.
    turns = [Turn(turn.question, _beginning(turn.answer)) for turn in needed]
    return Understood(
        " ".join([question, *(_sentence(turn.question) for turn in needed)]),
        tuple(turn for turn in turns if turn.answer),
    )


def points_back(question: str) -> bool:
    """Tell whether a question has a word, such as "it", for something said before or within it."""
    return bool(_POINTS_BACK.search(question))


def _stands_alone(question: str, finds_clearly: Callable[[str], bool]) -> bool:
    if _CHANGES_SUBJECT.match(question):
        return True
    if _GOES_ON.match(question):
        return False
    leans_back = points_back(question) and len(question.split()) < _LONG_WORDS
    return not leans_back and finds_clearly(question)


def _beginning(answer: str) -> str:
    text = _MARK.sub("", answer)
    return " ".join(span.of(text) for span in sentence_spans(text)[:_SENTENCES_REMEMBERED])


def _sentence(question: str) -> str:
    question = question.strip()
    return question if question.endswith(("?", ".", "!")) else f"{question}?"
