"""The names of grounding checks and pipeline steps, each of which can be switched off.

A choice of names is ``all``, ``none``, a list of names to switch on (``numbers,names``), or a list
of names to switch off (``-numbers``). docs/design/checks-and-steps.md has an ablation of each name.
"""

from collections.abc import Mapping
from functools import lru_cache

from assistant.errors import InputError

CHECKS: Mapping[str, str] = {
    "disclaimers": "drops a sentence saying that the abstracts do not state the answer",
    "echoes": "drops a sentence that only restates the question",
    "numbers": "a number that is in none of the cited abstracts",
    "misplaced_numbers": "the words of another sentence of the abstract, with another number",
    "addresses": "a web or e-mail address that is in no cited sentence",
    "names": "a name that is in no abstract shown to the model",
    "quotations": "a quotation that is in no abstract shown to the model",
    "directions": "the opposite direction: higher where the evidence says lower",
    "negations": "a verb that the evidence negates, or the reverse",
    "swapped_numbers": "a number that the evidence gives for something else",
    "ratios": "a ratio that the evidence gives for another quantity",
    "replacements": "a sentence that fails is replaced by the evidence it rephrases, not dropped",
    "requested_numbers": "a sentence without a number does not answer a question for a number",
    "ungrounded": "an answer without a sentence that counts lowers P(answerable)",
    "headings": "the words and numbers of a heading must be in its papers",
}
"""What each check does. If only an error is named, sentences with it are replaced or dropped."""

STEPS: Mapping[str, str] = {
    "chunks": "the ranking of papers by their best chunk",
    "abstracts": "the ranking of papers by their whole abstract",
    "bm25": "the ranking of papers by BM25",
    "word_similarity": "computes an ambiguous ranking again, with word similarity instead of BM25",
    "two_papers": "searches for the second paper of a question about two",
    "decomposition": "a question about two papers is split into one for each",
    "evidence_words": "evidence sentences score higher for words they share with the question",
    "evidence_papers": "evidence sentences score higher if their paper ranks higher",
    "availability": "leaves out sentences that only say where code or data can be found",
    "spelling": "corrects typing errors in a question, towards the words of the library",
    "kinds": "answers a question with the strategy of its kind instead of always as a fact",
    "verdicts": "a question for a verdict gets the whole abstract and a verdict first",
    "reported": "attributes to a paper what it claims about another paper that the question names",
}
"""What each step does, in retrieval and in choosing how to answer."""

RANKINGS = frozenset({"chunks", "abstracts", "bm25"})
"""The rankings, at least one of which has to be enabled."""

ALL_CHECKS = frozenset(CHECKS)
ALL_STEPS = frozenset(STEPS)

PRESETS: Mapping[str, Mapping[str, str]] = {
    "default": {},
    "plain": {"checks": "none", "steps": "chunks", "papers_reranked": "0"},
}
"""Settings by preset name. ``plain`` is the usual RAG pipeline: the sentences nearest to the
question, one prompt, citations, and a threshold on P(answerable)."""


@lru_cache
def chosen(choice: str, setting: str) -> frozenset[str]:
    """Return the names that a choice switches on.

    Args:
        choice: in the format described in the module docstring.
        setting: the setting that the choice is for, ``checks`` or ``steps``.

    Raises:
        InputError: a name is unknown, names with and without a minus are mixed, or there are none.
    """
    known = frozenset(CHECKS if setting == "checks" else STEPS)
    names = [name.strip() for name in choice.split(",") if name.strip()]
    if names in (["all"], ["none"]):
        return known if names == ["all"] else frozenset()
    listed = {name for name in names if not name.startswith("-")}
    left_out = {name[1:] for name in names if name.startswith("-")}
    if (listed | left_out) - known or bool(listed) == bool(left_out):
        raise InputError(
            f"The setting {setting} takes all, none, names, or names to leave out with a minus "
            f"(-{min(known)}), not {choice!r}. Names: {', '.join(sorted(known))}."
        )
    return frozenset(listed or known - left_out)
