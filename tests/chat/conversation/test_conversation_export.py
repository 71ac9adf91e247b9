"""Exported conversations and cited papers."""

from made_up_exchanges import answered_exchange

from assistant.chat.conversation.exchange import Exchange
from assistant.chat.conversation.export import cited_papers, conversation_markdown


def test_conversation_is_exported_as_markdown_with_references() -> None:
    stopped = Exchange("And then?", stage="stopped")
    file = conversation_markdown("Dough & bread", [answered_exchange(), stopped])
    assert file["name"].endswith(".md")
    assert file["text"].startswith("# Dough \\& bread\n\n## How far does it rise?\n")
    assert "DoughNet rises 4 mm. [1]" in file["text"]
    assert "1. Dough, Ada Frost, 2023" in file["text"]
    assert "## And then?\n\n*Stopped.*" in file["text"]


def test_cited_papers_are_exported_as_bibtex_without_duplicates() -> None:
    file = cited_papers([answered_exchange(), answered_exchange()])
    assert file is not None
    assert file["text"].count("@misc{frost2023dough,") == 1
    assert cited_papers([Exchange("?")]) is None
