"""Questions limited to chosen papers, in the browser."""

from collections.abc import Callable
from pathlib import Path

import gradio as gr
from chat_steps import ask, open_chat, wait_for_answer
from playwright.sync_api import Page, expect

from assistant import Assistant, Settings
from assistant.chat.conversation.tab import build_chat_tab
from assistant.chat.jobs.model_loading import ModelLoading
from assistant.chat.page import appearance
from assistant.chat.settings.answer_settings import create_answer_settings
from assistant.chat.shell import CHAT, Shell
from assistant.chat.state import AppState
from assistant.library import EVERYTHING, Conversations, Scope
from assistant.library.conversations import FILE_NAME
from assistant.papers import Paper


def test_question_is_limited_to_the_scope_until_the_chip_is_cleared(
    page: Page,
    make_library: Callable[[Path], Path],
    made_up_papers: list[Paper],
    tmp_path: Path,
    free_port: Callable[[], int],
) -> None:
    make_library(tmp_path / "library")
    parrots = made_up_papers[1]
    # The small model's word on which paper answers is worth nothing: the ranking stays.
    settings = Settings(model="smollm2-135m-instruct", abstention_threshold=1.0, papers_reranked=0)
    with Assistant.open(tmp_path / "library", settings=settings) as assistant:
        conversations = Conversations(tmp_path / "library" / FILE_NAME)
        app = AppState(assistant, ModelLoading(assistant.load), conversations)
        with gr.Blocks() as blocks:
            shell = Shell(
                blocks,
                gr.Tabs(),
                gr.Textbox(),
                gr.State(EVERYTHING),
                gr.HTML(),
                create_answer_settings(lambda: app.assistant),
                gr.HTML(),
            )
            with shell.tabs:
                with gr.Tab("Chat", id=CHAT) as chat:
                    build_chat_tab(app, shell, chat)
                with gr.Tab("Elsewhere"):
                    button = gr.Button("Ask about it")
            button.click(
                lambda: shell.ask_about(Scope(papers=(parrots.id,))), outputs=shell.chat_outputs
            )
        _, address, _ = blocks.launch(
            server_port=free_port(), prevent_thread_lock=True, quiet=True, **appearance()
        )
        open_chat(page, address)
        page.get_by_role("tab", name="Elsewhere").click()
        page.get_by_role("button", name="Ask about it").click()
        expect(page.locator("#scope .chip")).to_contain_text("Teaching Parrots to Count")
        suggestion = page.locator("#scope").get_by_role("button", name="What data does it use?")
        suggestion.click()
        wait_for_answer(page)
        expect(page.locator("#chat .question")).to_have_text("What data does it use?")
        expect(page.locator("#live .limited")).to_contain_text("Teaching Parrots to Count")
        expect(page.locator("#sources-panel .source h4")).to_have_text(["1" + parrots.title])

        page.get_by_label("Ask all papers again").click()
        expect(page.locator("#scope .chip")).to_have_count(0)
        ask(page, "How many glaciers are followed?")
        wait_for_answer(page, number=2)
        expect(page.locator("#live .limited")).to_have_count(0)
        sources = page.locator("#sources-panel .source h4")
        expect(sources).not_to_have_text(["1" + parrots.title])
        blocks.close(verbose=False)
        conversations.close()
