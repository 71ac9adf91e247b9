"""Headings for the groups of a synthesis, written by the model from the sentences of each group."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.answering.grounding.headings import grounded_heading
from assistant.answering.model_client import ModelClient
from assistant.answering.synthesis.groups import Group
from assistant.papers import Paper

# Five words have 5 to 15 tokens.
_MAX_TOKENS = 20
# The first sentences are enough to name a group, and each takes as long to read as it is long.
_SENTENCES = 3


def write_headings(
    model: ModelClient,
    question: str,
    groups: Sequence[Group],
    sentences: Sequence[str],
    papers: Sequence[Paper],
) -> list[Group]:
    """Return the groups under headings that the model writes.

    A heading with a number, or with mostly words, that the group's papers do not have is not used,
    nor one that an earlier group has: the group keeps its own. A single group has no heading.

    Args:
        model: writes the headings.
        question: that the sentences answer.
        groups: of indices of the sentences.
        sentences: one for each paper.
        papers: of the sentences.
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
        model.timer.count(completion.usage)
        text = " ".join([question, *(f"{sentences[i]} {papers[i].text}" for i in group.members)])
        heading = grounded_heading(written, text, model.settings.enabled_checks)
        if not heading or heading.casefold() in {one.heading.casefold() for one in headed}:
            heading = group.heading
        headed.append(replace(group, heading=heading))
    return headed
