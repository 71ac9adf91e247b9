"""Files to download: a conversation, its cited papers, the feedback."""

import json
from collections.abc import Sequence

from assistant.answering.rendering.markdown import answer_markdown
from assistant.chat.conversation.exchange import Exchange
from assistant.chat.widgets.download import TextFile
from assistant.papers.writers import WRITERS
from assistant.papers.writers.markdown import escape


def conversation_markdown(title: str, exchanges: Sequence[Exchange]) -> TextFile:
    """Return a conversation as Markdown; each answer has its references."""
    parts = [f"# {escape(title)}\n", *map(exchange_markdown, exchanges)]
    return {"name": "conversation.md", "text": "\n".join(parts)}


def cited_papers(exchanges: Sequence[Exchange]) -> TextFile | None:
    """Return the cited papers of a conversation as BibTeX, each once; None without citations."""
    cited = {
        citation.paper_id: citation.evidence.paper
        for exchange in exchanges
        for citation in exchange.citations
    }
    if not cited:
        return None
    return {"name": "cited-papers.bib", "text": "".join(WRITERS["bibtex"].write(cited.values()))}


def question_set(records: Sequence[dict[str, object]]) -> TextFile:
    """Return a question set in the format of ``assistant eval``, one JSON object per line."""
    text = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
    return {"name": "feedback.jsonl", "text": text}


def exchange_markdown(exchange: Exchange) -> str:
    """Return an exchange as Markdown: the question as a heading, the answer, its references."""
    if exchange.answer is not None:
        return answer_markdown(exchange.answer)
    text = escape(" ".join(sentence.text for sentence in exchange.sentences))
    end = exchange.problem or "Stopped."
    parts = [f"## {escape(exchange.question)}", text, f"*{escape(end)}*"]
    return "\n\n".join(filter(None, parts)) + "\n"
