"""The settings tab: its components and event handlers."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import gradio as gr

from assistant.chat.rights import check_right, needs, record, role_of
from assistant.chat.settings.account_view import account_view
from assistant.chat.settings.answer_settings import answer_settings
from assistant.chat.settings.model_list import format_bytes, model_list
from assistant.chat.settings.model_pull import ModelPull, pull_bar
from assistant.chat.settings.saved_settings import abstention_name, change_settings
from assistant.chat.shell import QUIET, Shell, Updates
from assistant.chat.state import AppState
from assistant.chat.widgets.endpoints import endpoint_note
from assistant.chat.widgets.event_fields import text
from assistant.chat.widgets.header import header
from assistant.chat.widgets.model_status import model_status
from assistant.chat.widgets.progress_bar import error_note, progress_bar
from assistant.chat.widgets.raw_html import CLICKS, raw_html
from assistant.chat.widgets.show_errors import show_errors
from assistant.errors import AssistantError, Cancelled
from assistant.models import list_models

_MAX_PAPERS_READ = 8
_POLL_S = 0.3
_SAVED = '<p class="saved" role="status">Saved.</p>'

_ABSTENTION = [
    ("Cautious: no answer rather than a wrong one", "cautious"),
    ("Balanced: between the two", "balanced"),
    ("Bold: an uncertain answer rather than none", "bold"),
]
_THEMES = [("Like the system", "system"), ("Light", "light"), ("Dark", "dark")]
_SHOW_THEME = """(theme) => {
  const system = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  const shown = theme === "system" ? system : theme;
  if (!new URL(location).searchParams.has("__theme"))
    document.body.classList.toggle("dark", shown === "dark");
  return theme;
}"""


@dataclass(frozen=True, slots=True)
class _SettingsParts:
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


def build_settings_tab(app: AppState, shell: Shell) -> None:
    """Lay out the settings tab and connect its events."""
    parts = _lay_out_settings()
    _connect_models(app, shell, parts)
    _connect_values(app, shell, parts)


def _lay_out_settings() -> _SettingsParts:
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
    return _SettingsParts(account, models, status, papers_read, abstention, keep_pdfs, theme)


def _connect_models(app: AppState, shell: Shell, parts: _SettingsParts) -> None:
    """Connect the list of models, and show all settings when the page loads."""
    model_pull = ModelPull()

    def models_html() -> str:
        models = model_list(list_models(), app.assistant.settings.model, model_pull.running)
        return endpoint_note(app.assistant) + models

    def on_models(event: gr.EventData, request: gr.Request) -> Iterator[Updates]:
        model = text(event, "id")
        try:
            check_right(app, request, "change settings")
        except AssistantError as error:
            yield {parts.status: error_note(str(error))}
            return
        match text(event, "action"):
            case "use" | "pull" if model not in {one.entry.name for one in list_models()}:
                # Not from one of the buttons: a browser must not name files of this machine.
                return
            case "use":
                yield {
                    parts.status: _change(app, request, "model", model),
                    parts.models: models_html(),
                    shell.header: header(app.assistant),
                    shell.answer_settings: answer_settings(app.assistant),
                }
                yield from show_loading()
            case "stop":
                if model_pull.job is not None:
                    model_pull.job.stop()
            case "pull":
                record(app, request, "download model", model=model)
                model_pull.start(model)
                yield from show_pull()

    def show_loading() -> Iterator[Updates]:
        """Show that the model is loading until it is loaded or has failed."""
        if app.loading.pending:
            yield {
                parts.status: progress_bar("Loading the model"),
                shell.model_status: model_status(app.loading),
            }
            while app.loading.pending:
                time.sleep(_POLL_S)
            failed = app.loading.problem
            yield {parts.status: error_note(failed) if failed else _SAVED}
        yield {shell.model_status: model_status(app.loading)}

    def show_pull() -> Iterator[Updates]:
        """Show the progress of a running download, whoever started it."""
        job, name = model_pull.job, model_pull.running
        if job is None or not name:
            return
        yield {parts.models: models_html(), parts.status: progress_bar(f"Downloading {name}")}
        for progress in job.watch():
            yield {parts.status: pull_bar(progress)}
        try:
            job.result()
        except Cancelled:
            text = f"The download of {name} was stopped. Resume it to continue where it stopped."
            yield {parts.status: error_note(text)}
        except AssistantError as error:
            yield {parts.status: error_note(str(error))}
        else:
            yield {parts.status: f'<p class="saved" role="status">{name} is downloaded.</p>'}
        yield {parts.models: models_html()}

    def on_load(request: gr.Request) -> Iterator[Updates]:
        settings = app.assistant.settings
        yield {
            parts.account: account_view(app, request),
            parts.models: models_html(),
            parts.papers_read: settings.papers_read,
            parts.abstention: abstention_name(settings.abstention_threshold),
            parts.keep_pdfs: gr.Checkbox(value=settings.keep_pdfs, info=_kept_pdfs(app)),
            parts.theme: _theme(app, request),
        }
        yield from show_pull()

    parts.models.click(
        on_models,
        None,
        parts.outputs(shell),
        trigger_mode="multiple",  # Stop is clicked while a download's event is running
        concurrency_limit=None,
        **QUIET,
    )
    shell.page.load(on_load, None, parts.outputs(shell), concurrency_limit=None, **QUIET)


def _connect_values(app: AppState, shell: Shell, parts: _SettingsParts) -> None:
    """Connect the settings below the models, and the abstention at the question box."""

    def on_papers_read(value: float, request: gr.Request) -> str:
        return _change(app, request, "papers_read", value)

    def on_abstention(value: str, request: gr.Request) -> tuple[str, str]:
        status = _change(app, request, "abstention_threshold", value)
        return status, answer_settings(app.assistant)

    @show_errors
    def on_answer_settings(event: gr.EventData, request: gr.Request) -> tuple[str, str | None]:
        _save(app, request, "abstention_threshold", text(event, "value"))
        threshold = app.assistant.settings.abstention_threshold
        return answer_settings(app.assistant), abstention_name(threshold)

    def on_keep_pdfs(value: bool, request: gr.Request) -> str:
        return _change(app, request, "keep_pdfs", value)

    @show_errors
    def on_theme(theme: str, request: gr.Request) -> None:
        app.conversations.save_settings({_theme_setting(app, request): theme})

    parts.papers_read.input(
        on_papers_read,
        parts.papers_read,
        parts.status,
        trigger_mode="always_last",
        **QUIET,
    )
    parts.abstention.input(
        on_abstention,
        parts.abstention,
        [parts.status, shell.answer_settings],
        **QUIET,
    )
    shell.answer_settings.select(
        on_answer_settings, None, [shell.answer_settings, parts.abstention], **QUIET
    )
    parts.keep_pdfs.input(on_keep_pdfs, parts.keep_pdfs, parts.status, **QUIET)
    parts.theme.change(None, parts.theme, None, js=_SHOW_THEME, **QUIET)
    parts.theme.input(on_theme, parts.theme, **QUIET)


def _change(app: AppState, request: gr.Request, name: str, value: object) -> str:
    """Change one setting for everybody, if the visitor may; return the HTML of the result."""
    try:
        _save(app, request, name, value)
    except AssistantError as error:
        return error_note(str(error))
    return _SAVED


def _save(app: AppState, request: gr.Request, name: str, value: object) -> None:
    """Change one setting for everybody; raise an `AssistantError` if that is not possible."""
    check_right(app, request, "change settings")
    change_settings(app, {name: str(value)})
    record(app, request, "change settings", name=name, value=str(value))


def _kept_pdfs(app: AppState) -> str:
    """Return what keeping PDFs is for, and how many there are."""
    sizes = app.assistant.library.pdfs.store.sizes()
    kept = f"It has {len(sizes):,} ({format_bytes(sum(sizes))})." if sizes else ""
    return f"The library keeps PDFs that are added, to open them beside an answer. {kept}"


def _theme(app: AppState, request: gr.Request) -> str:
    """Return the theme that a visitor has chosen, else the one for everybody."""
    saved = app.conversations.settings()
    return saved.get(_theme_setting(app, request)) or saved.get("theme", "system")


def _theme_setting(app: AppState, request: gr.Request) -> str:
    """Return the name under which a visitor's theme is saved; that of an owner is for everybody."""
    is_owner = role_of(app, request) == "owner"
    return "theme" if is_owner else f"theme of {request.username}"
