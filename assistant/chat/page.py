"""The page: a header and the tabs.

Importing this module imports Gradio, which takes seconds.
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
from assistant.chat.rights import hiding_rules, rights_shown
from assistant.chat.saved.tab import build_saved_tab
from assistant.chat.settings.answer_settings import create_answer_settings
from assistant.chat.settings.tab import build_settings_tab
from assistant.chat.shell import CHAT, LIBRARY, QUIET, SAVED, Shell
from assistant.chat.state import AppState, new_state
from assistant.chat.widgets.always_yield import always_yield
from assistant.chat.widgets.header import header
from assistant.chat.widgets.model_status import watch_model_status
from assistant.library import EVERYTHING

_FOLDER = Path(__file__).parent
# In the order of the cascade: a later sheet overrides an earlier one.
_STYLE_SHEETS = (
    "theme",
    "frame",
    "buttons",
    "notices",
    "history",
    "conversation",
    "mention",
    "answer",
    "sources",
    "preview",
    "pdf",
    "saved",
    "library",
    "paper",
    "annotations",
    "adding",
    "literature",
    "map",
    "settings",
    "evals",
)
# `helpers` has to be first.
_SCRIPTS = (
    "helpers",
    "citations",
    "pdf",
    "menus",
    "goto",
    "focus",
    "scrolling",
    "address",
    "draft",
    "connection",
)

_SHOW_CONTROLS = "(rights) => { document.body.dataset.rights = rights; }"


def appearance() -> dict[str, Any]:
    """Return the arguments of ``Blocks.launch`` for the theme, style sheets and script."""
    sheets = [(_FOLDER / "css" / f"{name}.css").read_text("utf-8") for name in _STYLE_SHEETS]
    sheets.append(hiding_rules())
    scripts = [(_FOLDER / "js" / f"{name}.js").read_text("utf-8") for name in _SCRIPTS]
    return {
        # System fonts only: the page must not load any from the network.
        "theme": gr.themes.Base(
            primary_hue="teal",
            neutral_hue="slate",
            radius_size=gr.themes.Size(*["var(--radius)"] * 7),
            font=[gr.themes.Font("system-ui"), gr.themes.Font("sans-serif")],
            font_mono=[gr.themes.Font("ui-monospace"), gr.themes.Font("monospace")],
        ).set(
            # By default, subdued text and white text on teal have too little contrast.
            body_text_color_subdued="#5b6b80",
            body_text_color_subdued_dark="#b4c0d0",
            input_placeholder_color="#5b6b80",
            input_placeholder_color_dark="#b4c0d0",
            button_primary_background_fill="*primary_700",
            button_primary_background_fill_hover="*primary_800",
            button_primary_background_fill_dark="*primary_700",
            button_primary_background_fill_hover_dark="*primary_600",
            button_large_text_size="*text_md",
            checkbox_background_color_selected="*primary_700",
            checkbox_border_color_selected="*primary_700",
            slider_color="*primary_700",
        ),
        # Not `css` or `css_paths`: Gradio rewrites their selectors. Within @media, they then match
        # nothing above its own container, such as `body.show-history #history`, and it splits
        # them at every comma, even within `:is()`.
        "head": f"<style>{''.join(sheets)}</style>",
        "js": f"() => {{{''.join(scripts)}}}",
        "footer_links": [],
    }


def build_page(assistant: Assistant, loading: ModelLoading | None = None) -> gr.Blocks:
    """Return the chat page of an assistant; launch it with its `appearance`.

    Args:
        assistant: answers the questions.
        loading: the loading of its model; by default the first question starts it.
    """
    return build_page_of(new_state(assistant, loading))


def build_page_of(app: AppState) -> gr.Blocks:
    """Return the chat page for a state that is shared with other parts of a server."""
    page = gr.Blocks(title="Paper assistant", analytics_enabled=False, fill_width=True)
    with page:
        # A function, so that each visit shows the current number of papers.
        header_html = gr.HTML(lambda: header(app.assistant), elem_id="header")
        answer_settings_line = create_answer_settings(lambda: app.assistant)
        status = gr.HTML("", elem_id="model-status", apply_default_css=False)
        opened = gr.Textbox(visible="hidden", label="Open paper", elem_id="opened")
        rights = gr.Textbox(visible="hidden", label="Rights", elem_id="rights")
        scope = gr.State(EVERYTHING)
        with gr.Tabs(elem_id="tabs") as tabs:
            shell = Shell(page, tabs, opened, scope, header_html, answer_settings_line, status)
            with gr.Tab("Chat", id=CHAT) as chat:
                build_chat_tab(app, shell, chat)
            with gr.Tab("Library", id=LIBRARY):
                build_library_tab(app, shell)
            with gr.Tab("Saved", id=SAVED) as saved:
                build_saved_tab(app, shell, saved)
            with gr.Tab("Evals", id="evals"):
                build_evals_tab(app, shell)
            with gr.Tab("Settings", id="settings"):
                build_settings_tab(app, shell)

        async def update_model_status() -> AsyncIterator[str]:
            async for html in watch_model_status(lambda: app.loading):
                yield html

        def on_load(request: gr.Request) -> str:
            return rights_shown(app, request)

        page.load(on_load, None, rights, queue=False, **QUIET).then(
            None, rights, js=_SHOW_CONTROLS, **QUIET
        )
        page.load(update_model_status, outputs=status, concurrency_limit=None, **QUIET)
    always_yield(page)
    return page
