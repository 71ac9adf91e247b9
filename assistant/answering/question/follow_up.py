"""Follow-up questions: finds the earlier turns that a question such as "and on MATH?" refers to.

Questions are not rewritten. A small model that is asked to rewrite a follow-up merely repeats the
earlier question in one of four cases, and rewriting takes longer than the search. Instead, the
earlier questions are appended to the search query, and the earlier turns of the conversation are
included in the prompt. Both do harm after a change of subject, so a question is treated as
standalone if it does not refer back and its own search clearly finds the papers it is about.

Design notes: docs/design/follow-ups.md
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.text.sentences import sentence_spans

# How many earlier questions a follow-up may refer to.
_MAX_TURNS = 3
# In a question of this many words "it" usually refers to something in the question itself.
_LONG_QUESTION_WORDS = 10
# The beginning of an answer shows what it was about; more text would only add prefill time.
_ANSWER_SENTENCES = 2
_CITATION_MARK = re.compile(r"\s*\[\d+\]")
_CHANGES_SUBJECT = re.compile(
    r"\W*(?:(?:a |an )?(?:different|another|new|unrelated|other) (?:question|topic|subject)"
    r"|(?:on|to) (?:a different|another) (?:note|topic|subject)|changing the subject|unrelated)\b",
    re.IGNORECASE,
)
_CONTINUES = re.compile(
    r"\W*(?:(?:and|but|or|so|then|what if|what about|how about|how come)\b|why\W*\Z)",
    re.IGNORECASE,
)
_REFERS_BACK = re.compile(
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
class ResolvedQuestion:
    """A question with the earlier turns that it refers to.

    Attributes:
        search_text: the search query: the question, then the earlier questions.
        history: the earlier turns to include in the prompt; empty for a standalone question.
    """

    search_text: str
    history: tuple[Turn, ...] = ()


def resolve_follow_up(
    question: str, history: Sequence[Turn], is_unambiguous: Callable[[str], bool]
) -> ResolvedQuestion:
    """Return a question with the earlier turns that it refers to.

    Args:
        question: the last question.
        history: the conversation before it, oldest turn first.
        is_unambiguous: returns whether a search for a question clearly finds the papers that the
            question is about.
    """
    needed: list[Turn] = []
    current = question
    for turn in reversed(history[-_MAX_TURNS:]):
        if _is_standalone(current, is_unambiguous):
            break
        needed.insert(0, turn)
        current = turn.question
    turns = [Turn(turn.question, _first_sentences(turn.answer)) for turn in needed]
    return ResolvedQuestion(
        " ".join([question, *(_punctuated(turn.question) for turn in needed)]),
        # The answer is empty if the user stopped it. A prompt cannot contain an empty message.
        tuple(turn for turn in turns if turn.answer),
    )


def refers_back(question: str) -> bool:
    """Return whether a question contains a word, such as "it", for something mentioned before.

    The word may also refer to something in the question itself.
    """
    return bool(_REFERS_BACK.search(question))


def changes_subject(question: str) -> bool:
    """Return whether a question says that it is about something else."""
    return _CHANGES_SUBJECT.match(question) is not None


def _is_standalone(question: str, is_unambiguous: Callable[[str], bool]) -> bool:
    if changes_subject(question):
        return True
    if _CONTINUES.match(question):
        return False
    is_short = len(question.split()) < _LONG_QUESTION_WORDS
    return not (is_short and refers_back(question)) and is_unambiguous(question)


def _first_sentences(answer: str) -> str:
    text = _CITATION_MARK.sub("", answer)
    return " ".join(span.of(text) for span in sentence_spans(text)[:_ANSWER_SENTENCES])


def _punctuated(question: str) -> str:
    question = question.strip()
    return question if question.endswith(("?", ".", "!")) else f"{question}?"
