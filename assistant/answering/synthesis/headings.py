"""Writes a heading for each group of a synthesis, with the model."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.answering.grounding.headings import grounded_heading
from assistant.answering.model_client import ModelClient
from assistant.answering.synthesis.groups import Group
from assistant.llm import Completion
from assistant.papers import Paper
from assistant.text.words import content_stems

# The heading has at most five words, which are 5 to 15 tokens.
_MAX_TOKENS = 20


def start_headings(
    model: ModelClient, question: str, grouped: Sequence[Sequence[str]]
) -> list[Completion]:
    """Start generating a heading for each group of sentences; none for a single group."""
    if len(grouped) < 2:
        return []
    return [
        model.start(
            model.prompt("heading", question, (), groups=grouped, group=number), _MAX_TOKENS
        )
        for number in range(len(grouped))
    ]


def finish_headings(
    model: ModelClient,
    question: str,
    started: Sequence[Completion],
    groups: Sequence[Group],
    sentences: Sequence[str],
    papers: Sequence[Paper],
) -> list[Group]:
    """Return the groups with the started headings.

    A group keeps its own heading if the model's contains a number that the group's papers lack,
    consists mostly of words that they lack, or is not distinct from the question and the earlier
    headings.

    Args:
        model: writes the headings.
        question: that the sentences answer.
        started: from `start_headings`.
        groups: the groups, whose members are indices of the sentences.
        sentences: one for each paper.
        papers: the papers, in the order of their sentences.
    """
    if not started:
        return list(groups)
    headed: list[Group] = []
    for group, completion in zip(groups, started, strict=True):
        written = "".join(completion)
        model.timer.add_usage(completion.usage)
        text = " ".join([question, *(f"{sentences[i]} {papers[i].text}" for i in group.members)])
        heading = grounded_heading(written, text, model.settings.enabled_checks)
        if not is_distinct_heading(heading, question, [one.heading for one in headed]):
            heading = group.heading
        headed.append(replace(group, heading=heading))
    return headed


def is_distinct_heading(heading: str, question: str, others: Sequence[str]) -> bool:
    """Return whether a heading has a content word that neither the question nor another one has.

    A heading of the question's words alone fits all groups.
    """
    new = content_stems(heading) - content_stems(question)
    return all(new - content_stems(other) for other in ("", *others))
