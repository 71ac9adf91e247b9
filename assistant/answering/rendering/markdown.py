"""Renders an answer as Markdown, for the user's notes."""

from dataclasses import replace

from assistant.answering.answer import Answer, Citation, as_text
from assistant.papers.writers.markdown import escape, markdown_link


def answer_markdown(answer: Answer) -> str:
    """Return a heading with the question, the answer with citation marks, and the references."""
    # Escaped before the citation marks are added, so that the marks themselves are not escaped.
    sentences = [replace(one, text=escape(one.text)) for one in answer.sentences]
    parts = [f"## {escape(answer.question)}", as_text(sentences)]
    if answer.corrections:
        parts.insert(1, f"*{escape(answer.correction_note)}*")
    if answer.missing:
        parts.append(f"*Not found in the cited abstracts: {escape(', '.join(answer.missing))}.*")
    if answer.citations:
        parts += ["### References", *map(_reference, answer.citations)]
    return "\n\n".join(parts) + "\n"


def _reference(citation: Citation) -> str:
    paper = citation.evidence.paper
    facts = [escape(fact) for fact in (", ".join(paper.authors), str(paper.year or "")) if fact]
    line = ", ".join([markdown_link(paper.title, paper.link), *facts])
    # The quote belongs to the list entry only if it is indented by the width of the number.
    number = f"{citation.number}. "
    return f"{number}{line}\n\n{' ' * len(number)}> {escape(citation.quote)}"
