"""Headings for the groups of a synthesis, written by the model from the sentences of each group."""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answering.model_client import ModelClient
from assistant.answering.synthesis.groups import Group
from assistant.papers import Paper
from assistant.text.words import content_stems

# Five words have 5 to 15 tokens. A longer heading is not used.
_MAX_TOKENS = 20
_MAX_WORDS = 8
# The first sentences are enough to name a group, and each takes as long to read as it is long.
_SENTENCES = 3
_NUMBER = re.compile(r"\d+")


def write_headings(
    model: ModelClient,
    question: str,
    groups: Sequence[Group],
    sentences: Sequence[str],
    papers: Sequence[Paper],
) -> list[Group]:
    """Return the groups under headings that the model writes.

    A heading with a number, or with mostly words, that the group's papers do not have is not used:
    the group keeps the one it has. A single group has no heading.

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
        heading = " ".join("".join(completion).split()).strip(".:\"'*# ")
        model.timer.count(completion.usage)
        text = " ".join([question, *(f"{sentences[i]} {papers[i].text}" for i in group.members)])
        headed.append(replace(group, heading=heading) if is_fit(heading, text) else group)
    return headed


def is_fit(heading: str, text: str) -> bool:
    """Return whether a heading is short, and has mostly words, and only numbers, of a text."""
    words = content_stems(heading)
    known = words & content_stems(text)
    return (
        bool(words)
        and len(heading.split()) <= _MAX_WORDS
        and 2 * len(known) >= len(words)
        and set(_NUMBER.findall(heading)) <= set(_NUMBER.findall(text))
    )
