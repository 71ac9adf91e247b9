"""The settings tab: its event handlers."""

import time
from collections.abc import Iterator

import gradio as gr

from assistant.chat.rights import check_right, record, role_of
from assistant.chat.settings.account_view import account_view
from assistant.chat.settings.answer_settings import answer_settings
from assistant.chat.settings.layout import SettingsParts, lay_out_settings
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
from assistant.chat.widgets.show_errors import show_errors
from assistant.errors import AssistantError, Cancelled
from assistant.models import list_models

_POLL_S = 0.3
_SAVED = '<p class="saved" role="status">Saved.</p>'

_SHOW_THEME = """(theme) => {
  const system = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  const shown = theme === "system" ? system : theme;
  if (!new URL(location).searchParams.has("__theme"))
    document.body.classList.toggle("dark", shown === "dark");
  return theme;
}"""

_SHOW_ABSTENTION_IN_FORCE = """() => {
  for (const option of document.querySelectorAll("#abstention option"))
    option.selected = option.defaultSelected;
}"""


def build_settings_tab(app: AppState, shell: Shell) -> None:
    """Lay out the settings tab and connect its events."""
    parts = lay_out_settings()
    _connect_models(app, shell, parts)
    _connect_values(app, shell, parts)


def _connect_models(app: AppState, shell: Shell, parts: SettingsParts) -> None:
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
                    **_change(app, parts, request, "model", model),
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
        yield {
            parts.account: account_view(app, request),
            parts.models: models_html(),
            **_values(app, parts, request),
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


def _connect_values(app: AppState, shell: Shell, parts: SettingsParts) -> None:
    """Connect the settings below the models, and the abstention at the question box."""

    def on_papers_read(value: float, request: gr.Request) -> Updates:
        return _change(app, parts, request, "papers_read", value)

    def on_abstention(value: str, request: gr.Request) -> Updates:
        changed = _change(app, parts, request, "abstention_threshold", value)
        return {**changed, shell.answer_settings: answer_settings(app.assistant)}

    @show_errors
    def on_answer_settings(event: gr.EventData, request: gr.Request) -> Updates:
        _save(app, request, "abstention_threshold", text(event, "value"))
        threshold = app.assistant.settings.abstention_threshold
        return {
            shell.answer_settings: answer_settings(app.assistant),
            parts.abstention: abstention_name(threshold),
        }

    def on_keep_pdfs(value: bool, request: gr.Request) -> Updates:
        return _change(app, parts, request, "keep_pdfs", value)

    def on_theme(theme: str, request: gr.Request) -> Updates:
        try:
            app.conversations.save_settings({_theme_setting(app, request): theme})
        except AssistantError as error:
            return _not_saved(app, parts, request, error)
        return {parts.status: _SAVED}

    outputs = parts.outputs(shell)
    parts.papers_read.input(
        on_papers_read, parts.papers_read, outputs, trigger_mode="always_last", **QUIET
    )
    parts.abstention.input(on_abstention, parts.abstention, outputs, **QUIET)
    # After a failure its HTML is the same as before, so that the browser would not draw it again.
    shell.answer_settings.select(on_answer_settings, None, outputs, **QUIET).failure(
        js=_SHOW_ABSTENTION_IN_FORCE, **QUIET
    )
    parts.keep_pdfs.input(on_keep_pdfs, parts.keep_pdfs, outputs, **QUIET)
    parts.theme.change(None, parts.theme, None, js=_SHOW_THEME, **QUIET)
    parts.theme.input(on_theme, parts.theme, outputs, **QUIET)


def _values(app: AppState, parts: SettingsParts, request: gr.Request) -> Updates:
    """Return the updates that show the values in force."""
    settings = app.assistant.settings
    return {
        parts.papers_read: settings.papers_read,
        parts.abstention: abstention_name(settings.abstention_threshold),
        parts.keep_pdfs: gr.Checkbox(value=settings.keep_pdfs, info=_kept_pdfs(app)),
        parts.theme: _theme(app, request),
    }


def _change(
    app: AppState, parts: SettingsParts, request: gr.Request, name: str, value: object
) -> Updates:
    """Change one setting for everybody, if the visitor may; return the updates with the result."""
    try:
        _save(app, request, name, value)
    except AssistantError as error:
        return _not_saved(app, parts, request, error)
    # The control keeps its value, which the visitor may be changing further.
    return {parts.status: _SAVED}


def _not_saved(
    app: AppState, parts: SettingsParts, request: gr.Request, error: AssistantError
) -> Updates:
    return {parts.status: error_note(str(error)), **_values(app, parts, request)}


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
