"""What a visitor takes away: a conversation with its references, its papers, feedback."""

import json
from collections.abc import Sequence
from typing import TypedDict

from assistant.answering.markdown import answer_markdown
from assistant.chat.conversation.exchange import Exchange
from assistant.papers.writers import WRITERS
from assistant.papers.writers.markdown import plain


class TextFile(TypedDict):
    """A file that the browser is to save."""

    name: str
    text: str


def conversation_markdown(title: str, exchanges: Sequence[Exchange]) -> TextFile:
    """Return a conversation as Markdown: each answer with its references."""
    parts = [f"# {plain(title)}\n", *map(_section, exchanges)]
    return {"name": "conversation.md", "text": "\n".join(parts)}


def cited_papers(exchanges: Sequence[Exchange]) -> TextFile | None:
    """Return the papers that a conversation cites as BibTeX, each once; None if it cites none."""
    cited = {
        citation.paper_id: citation.evidence.paper
        for exchange in exchanges
        for citation in exchange.citations
    }
    if not cited:
        return None
    return {"name": "cited-papers.bib", "text": "".join(WRITERS["bibtex"].write(cited.values()))}


def question_set(lines: Sequence[dict[str, object]]) -> TextFile:
    """Return a question set as the eval harness takes it."""
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    return {"name": "feedback.jsonl", "text": text}


def _section(exchange: Exchange) -> str:
    if exchange.answer is not None:
        return answer_markdown(exchange.answer)
    said = plain(" ".join(sentence.text for sentence in exchange.sentences))
    end = exchange.problem or "Stopped."
    parts = [f"## {plain(exchange.question)}", said, f"*{plain(end)}*"]
    return "\n\n".join(filter(None, parts)) + "\n"
