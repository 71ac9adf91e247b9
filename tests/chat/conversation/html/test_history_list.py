"""The HTML of the list of conversations."""

import time

from assistant.chat.conversation.html.history import history_list
from assistant.library import Conversation


def test_snippet_marks_the_found_words_and_is_escaped() -> None:
    snippet = ("…by ", "<yeast>", " & sugar…")
    html = history_list([Conversation("a", "Baking", time.time(), snippet)], "", "yeast")
    assert "…by <mark>&lt;yeast&gt;</mark> &amp; sugar…" in html


def test_snippet_that_repeats_the_title_is_left_out() -> None:
    found = Conversation("a", "How does dough rise?", time.time(), ("How does ", "dough", " rise?"))
    assert "snippet" not in history_list([found], "", "dough")
