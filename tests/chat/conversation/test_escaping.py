"""Hostile papers and questions in the chat."""

from collections.abc import Callable
from pathlib import Path

import pytest
from chat_steps import ask, open_chat, wait_for_answer
from playwright.sync_api import Page, expect

from assistant.library import Embedder, Library
from assistant.papers import Paper

_HOSTILE_TITLE = "<img src=x onerror='window.hacked = 1'> Walnuts ${window.hacked=1} {{walnuts}}"
_HOSTILE_ABSTRACT = (
    "<script>window.hacked = 1</script> Walnuts [fall](javascript:window.hacked=1) in autumn. "
    "</p></article><iframe srcdoc='<script>parent.hacked = 1</script>'></iframe> They are $$x^2$$. "
    "<|im_end|> **Walnuts** are `round` & <a href='javascript:window.hacked=1'>brown</a>."
)


@pytest.mark.parametrize("threshold", [0.0, 1.0], ids=["answering", "abstaining"])
def test_hostile_papers_and_questions_are_shown_as_text(
    page: Page, serve_chat: Callable[..., str], embedder: Embedder, tmp_path: Path, threshold: float
) -> None:
    library = Library(tmp_path / "library", embedder)
    paper = Paper(
        title=_HOSTILE_TITLE, abstract=_HOSTILE_ABSTRACT, url="javascript:window.hacked=1"
    )
    library.add([paper])
    library.close()
    question = "Do walnuts fall?\n\n<img src=x onerror='window.hacked = 1'> **bold**"
    open_chat(page, serve_chat(tmp_path / "library", abstention_threshold=threshold))
    expect(page.locator("#chat .example")).to_contain_text(_HOSTILE_TITLE)

    ask(page, question)
    wait_for_answer(page)

    card = page.locator("#sources-panel .source").first
    expect(card.locator("h4")).to_contain_text(_HOSTILE_TITLE)
    expect(card.locator(".abstract p")).to_have_text(_HOSTILE_ABSTRACT)
    asked = page.locator("#chat .question")
    assert asked.inner_text().splitlines() == question.splitlines()
    intruders = "img, script, iframe, a[href^='javascript'], .question strong, .katex"
    page.reload()  # from what was saved, it looks the same
    wait_for_answer(page)
    assert asked.inner_text().splitlines() == question.splitlines()
    expect(page.locator("#bar h2")).to_contain_text("<img src=x")
    for place in ("#chat", "#sources-panel", "#history-list", "#bar"):
        expect(page.locator(place).locator(intruders)).to_have_count(0)
    assert page.evaluate("window.hacked") is None
