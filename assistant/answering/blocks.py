"""How papers stand in a prompt: a block each, of which the model is shown the evidence."""

from collections.abc import Sequence

from assistant.llm import Block
from assistant.papers import Paper, sentence_spans
from assistant.retrieval import Evidence


def evidence_blocks(evidence: Sequence[Evidence]) -> list[Block]:
    """Return a block for each paper, in the order of the evidence, that shows its sentences."""
    blocks = []
    for paper in dict.fromkeys(one.paper for one in evidence):
        spans = sentence_spans(paper.abstract)
        shown = sorted(spans.index(one.span) for one in evidence if one.paper == paper)
        sentences = tuple(span.of(paper.abstract) for span in spans)
        blocks.append(Block(paper.title, sentences, tuple(shown)))
    return blocks


def whole_block(paper: Paper) -> Block:
    """Return the block of a paper that shows all its sentences."""
    sentences = tuple(span.of(paper.abstract) for span in sentence_spans(paper.abstract))
    return Block(paper.title, sentences, tuple(range(len(sentences))))
