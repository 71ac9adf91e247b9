"""Writes a heading for each group of a synthesis, with the model, from the group's sentences."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.answering.grounding.headings import grounded_heading
from assistant.answering.model_client import ModelClient
from assistant.answering.synthesis.groups import Group
from assistant.papers import Paper

# The heading has at most five words, which are 5 to 15 tokens.
_MAX_TOKENS = 20
# The first sentences are enough to name a group; more would only add prefill time.
_SENTENCES = 3


def write_headings(
    model: ModelClient,
    question: str,
    groups: Sequence[Group],
    sentences: Sequence[str],
    papers: Sequence[Paper],
) -> list[Group]:
    """Return the groups with headings that the model writes.

    A group keeps its own heading if the model's contains a number that the group's papers lack,
    consists mostly of words that they lack, or repeats the heading of an earlier group. A single
    group gets no heading.

    Args:
        model: writes the headings.
        question: that the sentences answer.
        groups: the groups, whose members are indices of the sentences.
        sentences: one for each paper.
        papers: the papers, in the order of their sentences.
    """
    if len(groups) < 2:
        return list(groups)
    started = [
        model.start(
            model.prompt("heading", question, (), sentences=[sentences[i] for i in first]),
            _MAX_TOKENS,
        )
        for first in (group.members[:_SENTENCES] for group in groups)
    ]
    headed: list[Group] = []
    for group, completion in zip(groups, started, strict=True):
        written = "".join(completion)
        model.timer.add_usage(completion.usage)
        text = " ".join([question, *(f"{sentences[i]} {papers[i].text}" for i in group.members)])
        heading = grounded_heading(written, text, model.settings.enabled_checks)
        if not heading or heading.casefold() in {one.heading.casefold() for one in headed}:
            heading = group.heading
        headed.append(replace(group, heading=heading))
    return headed
