"""Rewrites a follow-up on the papers of the previous answer as a question about "the papers".

"Which of those needs no training?" becomes "Which of the papers needs no training?". Asked of the
papers that the previous answer named, it is a question like any other, and needs no history.
"""

import re

from assistant.answering.question.follow_up import changes_subject
from assistant.text.words import content_stems

_SEVERAL = re.compile(
    r"\b(?:(?P<which>which)(?: of the)? ones?"
    r"|(?P<counted>(?:the|these|those) (?:two|three|four|five|ones))"
    r"|(?P<of>of |among |between |from )?(?:those|these|(?P<them>them)))\b",
    re.IGNORECASE,
)
# Not "Is it true that ...?".
_ONE = re.compile(
    r"\b(?:(?:the|that|this)(?: \w+)? one|(?<!\bis )it|(?<=\bis )it(?! \w+ (?:that|to)\b))\b",
    re.IGNORECASE,
)
_EITHER = re.compile(r"\beither(?= of\b)", re.IGNORECASE)
# Not answered by choosing among the earlier papers: all have to fit, or other papers are asked for.
_NO_CHOICE = re.compile(
    r"\b(?:(?:all|both|each|every|neither|none|not any)(?: one)? of|(?<!\bthe )others?|another|else"
    r"|further|more papers)\b",
    re.IGNORECASE,
)
_NEXT_WORD = re.compile(r"\s+([\w'-]+)")


def about_the_papers(question: str) -> str | None:
    """Return a follow-up as a question about "the papers"; None if it does not refer to any.

    "Which one ...?" becomes "Which papers ...?", whether one or several are meant.
    """
    if changes_subject(question) or _NO_CHOICE.search(question):
        return None
    count = 0

    def replaced(match: re.Match[str]) -> str:
        nonlocal count
        if not _stands_for_papers(match):
            return match.group()
        count += 1
        return f"{match['which']} papers" if match["which"] else f"{match['of'] or ''}the papers"

    rewritten = _SEVERAL.sub(replaced, question)
    if count:  # "it" refers to one of them, as in "Which of them has the most data behind it?"
        return _EITHER.sub("any", rewritten)
    rewritten, count = _ONE.subn("the paper", question)
    return rewritten if count else None


def _stands_for_papers(match: re.Match[str]) -> bool:
    """Return whether "those" or "them" stands for papers of the previous answer.

    In "these methods" it belongs to a noun, and in "LLMs and how to align them" to words of the
    same question.
    """
    if match["which"] or match["counted"] or match["of"]:
        return True
    if match["them"]:
        return len(content_stems(match.string[: match.start()])) <= 1  # a verb: "compare them"
    following = _NEXT_WORD.match(match.string, match.end())
    return following is None or not content_stems(following[1])
