"""``assistant doctor --tune``: find and store the fastest engine options for this machine."""

from dataclasses import asdict

from assistant.cli.terminal.output import print_json, stdout_console
from assistant.cores import cores
from assistant.models import fingerprint, locate
from assistant.settings import Settings

# A typical prompt shows a few sentences of one paper.
_SENTENCES_SHOWN = 4


def tune_machine(settings: Settings, *, as_json: bool) -> None:
    """Find the fastest engine options for a model, and store them for later runs.

    Args:
        settings: name the model.
        as_json: whether to print the result as JSON.

    Raises:
        ModelError: the model is not on this machine.
    """
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
    from rich.progress import TimeRemainingColumn as TimeLeft

    from assistant.llm import Block, render_prompt
    from assistant.llm.autotune import Trial, changes_to_try, tune
    from assistant.llm.tuning.store import store_tuning, tuning_path
    from assistant.papers import sample_papers
    from assistant.text.sentences import sentence_spans

    def block(title: str, abstract: str) -> Block:
        sentences = tuple(span.of(abstract) for span in sentence_spans(abstract))
        return Block(title, sentences, tuple(range(min(len(sentences), _SENTENCES_SHOWN))))

    prompts = [
        render_prompt(
            "answer",
            [block(paper.title, paper.abstract)],
            question=f'What does "{paper.title}" propose, and what does it achieve?',
        )
        for paper in sample_papers()
    ]
    path, model = locate(settings.model), fingerprint(settings.model)
    console = Console(stderr=True)
    columns = (TextColumn("Measuring"), BarColumn(), MofNCompleteColumn(), TimeLeft())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("", total=None)

        def show(trial: Trial) -> None:
            verdict = "kept" if trial.kept else "not kept"
            bar.console.print(f"{trial.change}: {trial.speedup:.2f} times as fast, {verdict}")
            bar.update(task, completed=trial.done, total=trial.total)

        changes = changes_to_try(cores())
        found = tune(path, changes, prompts, show)
    store_tuning(model, found)
    if as_json:
        print_json({**asdict(found), "kept_in": str(tuning_path(model))})
    else:
        stdout_console().print(f"Fastest on this machine: {found}.")
        stdout_console().print(
            f"Stored in {tuning_path(model)}, and used from the next start of the model."
        )
