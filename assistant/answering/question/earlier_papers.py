"""Rewrites a follow-up on the papers of the previous answer as a question about "the papers".

"Which of those needs no training?" becomes "Which of the papers needs no training?". Asked of the
papers that the previous answer named, it is a question like any other, and needs no history.
"""

import re

_SEVERAL = re.compile(
    r"\b(?:(?P<which>which)(?: of the)? ones?"
    r"|(?:the|these|those) (?:two|three|four|five|ones)|those|these|them)\b",
    re.IGNORECASE,
)
_ONE = re.compile(r"\b(?:(?:the|that|this)(?: \w+)? one|it)\b", re.IGNORECASE)
_EITHER = re.compile(r"\b(?:either|neither|both|all)(?= of\b)", re.IGNORECASE)


def about_the_papers(question: str) -> str | None:
    """Return a follow-up as a question about "the papers"; None if it does not refer to any.

    "Which one ...?" becomes "Which papers ...?", whether one or several are meant.
    """
    rewritten, count = _SEVERAL.subn(
        lambda match: f"{match['which']} papers" if match["which"] else "the papers", question
    )
    if count:  # "it" refers to one of them, as in "Which of them has the most data behind it?"
        return _EITHER.sub("any", rewritten)
    rewritten, count = _ONE.subn("the paper", question)
    return rewritten if count else None
