"""The page: a header and its tabs, each built by a function of its own module.

Importing this module imports Gradio, which takes seconds: import it where the page is needed.
"""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import gradio as gr

from assistant.answering import Assistant
from assistant.chat.conversation.tab import build_chat_tab
from assistant.chat.evals.tab import build_evals_tab
from assistant.chat.jobs.model_loading import ModelLoading
from assistant.chat.library.tab import build_library_tab
from assistant.chat.settings.tab import build_settings_tab
from assistant.chat.shell import CHAT, Shell
from assistant.chat.state import AppState
from assistant.chat.widgets.header import header
from assistant.chat.widgets.model_status import model_state
from assistant.library import EVERYTHING, Conversations
from assistant.library.conversations import FILE_NAME

_FOLDER = Path(__file__).parent


def appearance() -> dict[str, Any]:
    """Return the arguments for ``Blocks.launch`` that give the page its look."""
    return {
        # Fonts of the system only: a page that calls nobody must not fetch any.
        "theme": gr.themes.Base(
            primary_hue="teal",
            neutral_hue="slate",
            font=[gr.themes.Font("system-ui"), gr.themes.Font("sans-serif")],
            font_mono=[gr.themes.Font("ui-monospace"), gr.themes.Font("monospace")],
        ).set(
            # The theme's own teal is too light for white letters on it.
            button_primary_background_fill="*primary_700",
            button_primary_background_fill_hover="*primary_800",
            button_primary_background_fill_dark="*primary_700",
            button_primary_background_fill_hover_dark="*primary_600",
        ),
        "css_paths": [_FOLDER / "style.css", _FOLDER / "tabs.css"],
        "js": (_FOLDER / "page.js").read_text(encoding="utf-8"),
        "footer_links": [],
    }


def build_page(assistant: Assistant, loading: ModelLoading | None = None) -> gr.Blocks:
    """Return the chat page of an assistant; launch it with its `appearance`.

    Args:
        assistant: answers the questions.
        loading: of its model; by default the first question begins it.
    """
    conversations = Conversations(assistant.library.folder / FILE_NAME)
    conversations.purge()  # nobody who could undo a removal has the page open any more
    app = AppState(assistant, loading or ModelLoading(assistant.load), conversations)
    page = gr.Blocks(title="Paper assistant", analytics_enabled=False, fill_width=True)
    with page:
        # A function: it is called at each visit, and the library may have grown.
        head = gr.HTML(lambda: header(app.assistant), elem_id="header")
        state = gr.HTML("", elem_id="model-state", apply_default_css=False)
        scope = gr.State(EVERYTHING)
        with gr.Tabs(elem_id="tabs") as tabs:
            shell = Shell(page, tabs, scope, head, state)
            with gr.Tab("Chat", id=CHAT) as chat:
                build_chat_tab(app, shell, chat)
            with gr.Tab("Library", id="library"):
                build_library_tab(app, shell)
            with gr.Tab("Evals", id="evals"):
                build_evals_tab(app, shell)
            with gr.Tab("Settings", id="settings"):
                build_settings_tab(app, shell)

        async def tell_model_state() -> AsyncIterator[str]:
            async for said in model_state(lambda: app.loading):
                yield said

        page.load(
            tell_model_state,
            outputs=state,
            show_progress="hidden",
            concurrency_limit=None,
            api_visibility="private",
        )
    return page
