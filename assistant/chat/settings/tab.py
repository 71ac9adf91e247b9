"""The settings tab: which model answers, how many papers it reads, when it abstains, the theme."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import gradio as gr

from assistant.chat.jobs.background_job import BackgroundJob
from assistant.chat.settings.model_list import model_list, size_in_words
from assistant.chat.settings.saved_settings import abstention_in_words, change_settings
from assistant.chat.shell import QUIET, Shell, Updates
from assistant.chat.state import AppState
from assistant.chat.widgets.header import header
from assistant.chat.widgets.model_status import said_of
from assistant.chat.widgets.progress_bar import problem, progress_bar
from assistant.chat.widgets.raw_html import CLICKS, raw_html
from assistant.errors import AssistantError, Cancelled
from assistant.models import PullProgress, list_models, pull

_MOST_PAPERS_READ = 8
_LOOK_AGAIN_S = 0.3
_KEPT = '<p class="kept" role="status">Kept.</p>'

_ABSTENTION = [
    ("Cautious: rather no answer than a wrong one", "cautious"),
    ("Balanced", "balanced"),
    ("Bold: rather an answer, even an unsure one", "bold"),
]
_THEMES = [("As the system", "system"), ("Light", "light"), ("Dark", "dark")]
_SHOW_THEME = """(theme) => {
  const system = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  const shown = theme === "system" ? system : theme;
  if (!new URL(location).searchParams.has("__theme"))
    document.body.classList.toggle("dark", shown === "dark");
  return theme;
}"""


class Pulls:
    """The pull that goes on for all visitors of the page, if one does."""

    def __init__(self) -> None:
        self.name = ""
        self.work: BackgroundJob[PullProgress, Path] | None = None
        self._starting = threading.Lock()

    @property
    def going_on(self) -> str:
        """The name of the model that is being pulled; empty if none is."""
        return self.name if self.work is not None and not self.work.ended else ""

    def start(self, name: str) -> None:
        """Begin to pull a model, unless another is being pulled."""
        with self._starting:
            if not self.going_on:
                self.name, self.work = name, BackgroundJob(lambda tell: pull(name, tell))


def build_settings_tab(app: AppState, shell: Shell) -> None:
    """Lay out the settings tab within the page."""
    pulls = Pulls()
    with gr.Column(elem_id="settings"):
        raw_html(
            "<h2>Model</h2><p>Writes the answers, on this machine. A larger one answers better "
            "and slower. Getting one is the only thing here that uses the network.</p>"
        )
        models = raw_html(script=CLICKS, elem_id="models")
        told = raw_html(elem_id="settings-told")
        papers_read = gr.Slider(
            1,
            _MOST_PAPERS_READ,
            step=1,
            label="Papers read for an answer",
            info="Of how many of the best matching papers the model is shown sentences. More "
            "helps when an answer is spread over papers, and distracts when it is in one.",
        )
        abstention = gr.Radio(
            _ABSTENTION,
            label="When to abstain",
            info="How sure the assistant must be that the abstracts hold the answer before it "
            "gives one. Below, it says so and shows what comes closest.",
        )
        theme = gr.Radio(
            _THEMES, label="Theme", info="Light or dark colours, for everybody who opens the page."
        )
        raw_html(
            '<p class="kept">What you choose is used from the next question on and kept in the '
            "library. Options given at the start, such as --model, come first.</p>"
        )

    def listed() -> str:
        return model_list(list_models(), app.assistant.settings.model, pulls.going_on)

    def shown() -> Updates:
        settings = app.assistant.settings
        return {
            models: listed(),
            papers_read: settings.papers_read,
            abstention: abstention_in_words(settings.abstention_threshold),
            theme: app.conversations.settings().get("theme", "system"),
        }

    def change(name: str, value: object) -> str:
        """Change one setting; return what is to be told."""
        try:
            change_settings(app, {name: str(value)})
        except AssistantError as error:
            return problem(str(error))
        return _KEPT

    def on_models(event: gr.EventData) -> Iterator[Updates]:
        match event.do:
            case "use" | "pull" if event.id not in {one.entry.name for one in list_models()}:
                # Not from the list's buttons: no browser is to name files of this machine.
                return
            case "use":
                yield {
                    told: change("model", event.id),
                    models: listed(),
                    shell.head: header(app.assistant),
                }
                yield from loading()
            case "stop":
                if pulls.work is not None:
                    pulls.work.stop()
            case "pull":
                pulls.start(event.id)
                yield from pulling()

    def loading() -> Iterator[Updates]:
        """Show that the model loads, until it does or cannot be loaded."""
        if app.loading.pending:
            yield {told: progress_bar("Loading the model"), shell.model: said_of(app.loading)}
            while app.loading.pending:
                time.sleep(_LOOK_AGAIN_S)
            failed = app.loading.problem
            yield {told: problem(failed) if failed else _KEPT}
        yield {shell.model: said_of(app.loading)}

    def pulling() -> Iterator[Updates]:
        """Show how the pull goes, to whoever started it or came in the middle."""
        work, name = pulls.work, pulls.going_on
        if work is None or not name:
            return
        yield {models: listed(), told: progress_bar(f"Getting {name}")}
        for progress in work.watch():
            yield {told: _pull_bar(progress)}
        try:
            work.result()
        except Cancelled:
            yield {told: problem(f"{name} is not whole yet. Get it to go on where it stopped.")}
        except AssistantError as error:
            yield {told: problem(str(error))}
        else:
            yield {told: f'<p class="kept" role="status">{name} is here.</p>'}
        yield {models: listed()}

    def opened() -> Iterator[Updates]:
        yield shown()
        yield from pulling()

    everything = [models, told, papers_read, abstention, theme, shell.head, shell.model]
    # Stop is clicked while the click before it is still at work.
    models.click(
        on_models,
        None,
        everything,
        trigger_mode="multiple",
        concurrency_limit=None,
        **QUIET,
    )
    papers_read.input(
        lambda value: change("papers_read", value),
        papers_read,
        told,
        trigger_mode="always_last",
        **QUIET,
    )
    abstention.input(lambda value: change("abstention_threshold", value), abstention, told, **QUIET)
    theme.change(None, theme, None, js=_SHOW_THEME, **QUIET)
    theme.input(lambda chosen: app.conversations.keep_settings({"theme": chosen}), theme, **QUIET)
    shell.page.load(opened, None, everything, concurrency_limit=None, **QUIET)


def _pull_bar(progress: PullProgress) -> str:
    if not progress.bytes_total:
        return progress_bar(progress.note or f"Getting {progress.model}")
    count = f"{size_in_words(progress.bytes_done)} of {size_in_words(progress.bytes_total)}"
    doing = f"Getting {progress.model}"
    return progress_bar(doing, progress.bytes_done, progress.bytes_total, count)
