"""How papers stand in a prompt: a block each, of which the model is shown the evidence."""

from collections.abc import Sequence

from assistant.llm import Block, Prompt, render_prompt
from assistant.papers import Paper
from assistant.retrieval import Evidence
from assistant.text.sentences import sentence_spans


def evidence_blocks(evidence: Sequence[Evidence]) -> list[Block]:
    """Return a block for each paper, in the order of the evidence, that shows its sentences."""
    blocks = []
    for paper in dict.fromkeys(one.paper for one in evidence):
        spans = sentence_spans(paper.abstract)
        own = [one.span for one in evidence if one.paper == paper]
        # Sentences that an earlier version stored may begin and end elsewhere.
        shown = tuple(
            place
            for place, span in enumerate(spans)
            if any(span.start < one.end and one.start < span.end for one in own)
        )
        sentences = tuple(span.of(paper.abstract) for span in spans)
        blocks.append(Block(paper.title, sentences, shown))
    return blocks


def whole_block(paper: Paper) -> Block:
    """Return the block of a paper that shows all its sentences."""
    sentences = tuple(span.of(paper.abstract) for span in sentence_spans(paper.abstract))
    return Block(paper.title, sentences, tuple(range(len(sentences))))


def whole_papers(papers: Sequence[Paper], prompts: str = "") -> Prompt:
    """Return a prompt of whole papers, for the model to read ahead; it asks nothing.

    Args:
        papers: a block each.
        prompts: a folder of templates that take the place of the shipped ones; empty for none.
    """
    return render_prompt("answer", [whole_block(paper) for paper in papers], prompts, question="")
