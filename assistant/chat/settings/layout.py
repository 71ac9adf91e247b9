"""The components of the settings tab and their layout."""

from dataclasses import dataclass
from typing import Any

import gradio as gr

from assistant.chat.rights import needs
from assistant.chat.shell import Shell
from assistant.chat.widgets.raw_html import CLICKS, raw_html

_MAX_PAPERS_READ = 8

_ABSTENTION = [
    ("Cautious: no answer rather than a wrong one", "cautious"),
    ("Balanced: between the two", "balanced"),
    ("Bold: an uncertain answer rather than none", "bold"),
]
_THEMES = [("Like the system", "system"), ("Light", "light"), ("Dark", "dark")]


@dataclass(frozen=True, slots=True)
class SettingsParts:
    """The components of the settings tab.

    Attributes:
        account: who is signed in.
        models: the list of models.
        status: the result of the latest change, or the progress of a download.
        papers_read: `Settings.papers_read`.
        abstention: the name of the abstention threshold.
        keep_pdfs: `Settings.keep_pdfs`.
        theme: the theme.
    """

    account: gr.HTML
    models: gr.HTML
    status: gr.HTML
    papers_read: gr.Slider
    abstention: gr.Radio
    keep_pdfs: gr.Checkbox
    theme: gr.Radio

    def outputs(self, shell: Shell) -> list[Any]:
        """Return the components that most events may update."""
        return [
            self.account,
            self.models,
            self.status,
            self.papers_read,
            self.abstention,
            self.keep_pdfs,
            self.theme,
            shell.header,
            shell.answer_settings,
            shell.model_status,
        ]


def lay_out_settings() -> SettingsParts:
    """Create the components of the settings tab."""
    with gr.Column(elem_id="settings"):
        account = raw_html(elem_id="account")
        raw_html(
            "<h2>Model</h2><p>The model writes the answers, on this machine. A larger model "
            "answers better, but more slowly. The network is used only to download a "
            "model, to fetch or find papers, and for a model on another machine.</p>"
        )
        models = raw_html(scripts=[CLICKS], elem_id="models")
        status = raw_html(elem_id="settings-status")
        papers_read = gr.Slider(
            1,
            _MAX_PAPERS_READ,
            step=1,
            label="Papers read for an answer",
            info="How many of the best matching papers the model reads. A higher number helps when "
            "the answer is spread over several papers, and distracts when it is in one.",
            elem_classes=needs("change settings"),
        )
        abstention = gr.Radio(
            _ABSTENTION,
            label="When to abstain",
            info="How sure the assistant must be that the abstracts contain the answer. If it is "
            "less sure, it says so and shows the closest papers.",
            elem_classes=needs("change settings"),
        )
        keep_pdfs = gr.Checkbox(
            label="Keep the PDFs of papers", elem_classes=needs("change settings")
        )
        theme = gr.Radio(
            _THEMES,
            label="Theme",
            info="Light or dark colours. What an owner chooses is the default of all others.",
        )
        raw_html(
            f'<p class="saved {needs("change settings")}">Changes apply from the next question on '
            "and are saved in the library. Command-line options, such as --model, take "
            "precedence.</p>"
        )
    return SettingsParts(account, models, status, papers_read, abstention, keep_pdfs, theme)
