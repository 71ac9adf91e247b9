"""Builds the blocks of a prompt: one for each paper, with its evidence sentences.

Sentences that address the reader or a model are left out.
"""

from collections.abc import Callable, Sequence

from assistant.llm import Block, Prompt, render_prompt
from assistant.papers import Paper
from assistant.retrieval import Evidence
from assistant.text.instructions import spans_without_instructions, title_without_instructions
from assistant.text.shorten import CUT, shortened

MAX_BYTES = 8000
"""The maximum number of bytes, in UTF-8, of the sentences in a prompt.

It corresponds to half of the default context, at four bytes per token of Latin script and one to
three of others. Abstracts rarely take a third of it.
"""

UNCACHED_SENTENCES = 4
"""The number of sentences shown from a paper that is not in the reading cache."""


def evidence_blocks(evidence: Sequence[Evidence]) -> list[Block]:
    """Return a block for each paper, in the order of the evidence, that shows its sentences."""
    blocks = []
    for paper in dict.fromkeys(one.paper for one in evidence):
        spans = spans_without_instructions(paper.abstract)
        own = [one.span for one in evidence if one.paper == paper]
        # An earlier version may have stored spans with other boundaries.
        shown = tuple(
            place
            for place, span in enumerate(spans)
            if any(span.start < one.end and one.start < span.end for one in own)
        )
        sentences = tuple(span.of(paper.abstract) for span in spans)
        blocks.append(Block(shortened(title_without_instructions(paper.title)), sentences, shown))
    return [_within(block, MAX_BYTES // len(blocks)) for block in blocks]


def whole_block(paper: Paper) -> Block:
    """Return a block that shows all sentences of a paper except instructions."""
    sentences = tuple(
        span.of(paper.abstract) for span in spans_without_instructions(paper.abstract)
    )
    block = Block(
        shortened(title_without_instructions(paper.title)), sentences, tuple(range(len(sentences)))
    )
    return _within(block, MAX_BYTES)


def shown_sentences(
    sentences: Sequence[Evidence], is_cached: Callable[[Sequence[Evidence]], bool]
) -> Sequence[Evidence]:
    """Return all sentences of a paper if it is cached, else the best ones, in reading order."""
    if is_cached(sentences):
        return sentences
    best = sorted(sentences, key=lambda one: -one.score)[:UNCACHED_SENTENCES]
    return sorted(best, key=lambda one: one.span.start)


def _within(block: Block, size: int) -> Block:
    """Return a block with the shown sentences that fit ``size`` bytes, and a mark if any are cut.

    The first sentence is kept even if it is longer.
    """
    if sum(len(block.sentences[place].encode()) for place in block.shown) <= size:
        return block
    sentences: list[str] = []
    for place in block.shown:
        size -= len(block.sentences[place].encode())
        if size < 0 and sentences:
            break
        sentences.append(block.sentences[place])
    sentences[-1] += f" {CUT}"
    return Block(block.title, tuple(sentences), tuple(range(len(sentences))))


def whole_papers(papers: Sequence[Paper], prompts: str = "") -> Prompt:
    """Return a prompt with whole papers and no question, to prefill them into the reading cache.

    Args:
        papers: one block each.
        prompts: a folder of templates that replace the shipped ones; empty for none.
    """
    return render_prompt("answer", [whole_block(paper) for paper in papers], prompts, question="")
