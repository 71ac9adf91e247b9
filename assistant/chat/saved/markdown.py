"""Saved answers as a Markdown file."""

from collections.abc import Iterable
from datetime import date

from assistant.chat.conversation.exchange_store import exchange_of_saved_answer
from assistant.chat.conversation.export import exchange_markdown
from assistant.library import SavedAnswer
from assistant.papers.writers.markdown import QUOTE, escape


def saved_answers_markdown(answers: Iterable[SavedAnswer]) -> str:
    """Return answers with their references and notes."""
    return "\n".join(["# Saved answers\n", *map(_section, answers)])


def _section(saved: SavedAnswer) -> str:
    day = date.fromtimestamp(saved.saved).isoformat()
    notes = [f"{QUOTE}{escape(line)}  " for line in saved.note.splitlines() if line.strip()]
    parts = [
        exchange_markdown(exchange_of_saved_answer(saved)).rstrip(),
        "\n".join(["Note:", "", *notes]) if notes else "",
        f"*Saved on {day} from the conversation “{escape(saved.title)}”.*",
    ]
    return "\n\n".join(filter(None, parts)) + "\n"
