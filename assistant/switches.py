"""The names of grounding checks and pipeline steps, each of which can be switched off.

A choice of names is ``all``, ``none``, a list of names to switch on (``numbers,names``), or a list
of names to switch off (``-numbers``). docs/design/checks-and-steps.md has an ablation of each name.
"""

from collections.abc import Mapping
from functools import lru_cache

from assistant.errors import InputError

CHECKS: Mapping[str, str] = {
    "disclaimers": "drops a sentence that says that the abstracts do not state the answer",
    "echoes": "drops a sentence that only restates the question",
    "numbers": "a number that the cited abstracts lack",
    "misplaced_numbers": "the words of another sentence of the abstract, with another number",
    "addresses": "a web or e-mail address that no cited sentence has",
    "names": "a name that no abstract shown to the model has",
    "quotations": "a quotation that no abstract shown to the model has",
    "directions": "the opposite direction: higher where the evidence says lower",
    "negations": "a verb that the evidence negates, or the reverse",
    "swapped_numbers": "a number that the evidence gives to another thing",
    "ratios": "a ratio that the evidence gives for another quantity",
    "replacements": "a sentence that fails is replaced by the evidence it rephrases, not dropped",
    "requested_numbers": "a sentence without a number is no answer to a question for a number",
    "ungrounded": "an answer without a sentence that counts lowers P(answerable)",
    "headings": "a heading must have the words and numbers of its papers",
}
"""What each check does. If only an error is named, sentences with it are replaced or dropped."""

STEPS: Mapping[str, str] = {
    "chunks": "the ranking of papers by their best chunk",
    "abstracts": "the ranking of papers by their whole abstract",
    "bm25": "the ranking of papers by BM25",
    "word_similarity": "an ambiguous ranking is made again with word similarity in place of BM25",
    "two_papers": "the second paper of a question about two is looked for",
    "decomposition": "a question about two papers is split into one for each",
    "evidence_words": "words shared with the question count when evidence sentences are selected",
    "evidence_papers": "the rank of its paper counts for a sentence",
    "availability": "a sentence that only says where code or data are is left out",
    "kinds": "a question is answered by the strategy of its kind, not always as a fact",
    "verdicts": "a question for a verdict gets the whole abstract and a verdict first",
    "reported": "what a paper says of another that the question names is attributed to it",
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
