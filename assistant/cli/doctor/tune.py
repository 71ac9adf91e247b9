"""``assistant doctor --tune``: measure what suits this machine, and keep it."""

from dataclasses import asdict

from assistant.cli.terminal.output import output, print_json
from assistant.cores import cores
from assistant.models import fingerprint, locate
from assistant.settings import Settings

# A typical prompt shows some sentences of one paper.
_SENTENCES_SHOWN = 4


def tune_machine(settings: Settings, *, as_json: bool) -> None:
    """Measure what suits this machine for the model of some settings; the engine uses it from now.

    Raises:
        ModelError: the model is not on this machine.
    """
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
    from rich.progress import TimeRemainingColumn as TimeLeft

    from assistant.llm import Block, render_prompt
    from assistant.llm.autotune import Trial, changes_to_try, tune
    from assistant.llm.tuning.store import keep_tuning, tuning_path
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
    keep_tuning(model, found)
    if as_json:
        print_json({**asdict(found), "kept_in": str(tuning_path(model))})
    else:
        output().print(f"Best on this machine: {found}.")
        output().print(f"Kept in {tuning_path(model)}; the model uses it from its next start.")
