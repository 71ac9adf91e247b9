"""``python -m eval.bench``: how fast ours is, beside its peers and bare llama.cpp."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.eval.output import OnProgress, bars
from assistant.cli.terminal.open import open_assistant
from assistant.cli.terminal.options import LibraryOption, ModelOption, SetOption, settings_from
from assistant.cli.terminal.output import print_note
from assistant.errors import InputError
from assistant.evaluation import Progress as Done
from assistant.evaluation import load_questions, question_name, select
from assistant.evaluation.manifest import Manifest, manifest_of
from assistant.evaluation.report.markdown import listed
from eval.bench import engine, room, systems
from eval.bench.plot import growth_plot
from eval.bench.sections import Progress, Section
from eval.bench.setting import Setting
from eval.command import run

# What the abstracts answer: an abstention is quicker than any answer.
_KINDS = ("number", "name", "explain", "paraphrase")
Part = Callable[[Setting, Progress], Section]
_GROWTH = "growth"
_PARTS: dict[str, Part] = {
    "answers": systems.answers,
    "deciding": engine.deciding,
    "writing": engine.writing,
    "together": engine.together,
    _GROWTH: lambda setting, progress: engine.growth(setting, progress)[0],
    "bare": engine.bare,
    "cache": room.cache,
    "memory": room.memory,
}


def bench(
    parts: Annotated[
        str, typer.Option(metavar="NAMES", help=f"Which, with commas: {', '.join(_PARTS)}.")
    ] = ",".join(_PARTS),
    questions: Annotated[
        str, typer.Option(metavar="FILE", help="A JSON Lines file, or the name of a shipped set.")
    ] = "sample",
    limit: Annotated[
        int, typer.Option(min=5, metavar="N", help="Ask N questions, the kinds in turn.")
    ] = 11,
    library: LibraryOption = None,
    markdown: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the figures into this file too.")
    ] = None,
    plot: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Draw the growth into this SVG file.")
    ] = None,
    model: ModelOption = None,
    changes: SetOption = None,
) -> None:
    """Measure in turns, question by question, so that what else the machine does hits all alike.

    Example:
        $ python -m eval.bench --parts answers,writing --limit 9
    """
    chosen = parts.split(",")
    if unknown := [name for name in chosen if name not in _PARTS]:
        raise InputError(f"No part is called {unknown[0]!r}. Parts: {', '.join(_PARTS)}.")
    known = load_questions(questions)
    kinds = {question.kind for question in known}.intersection(_KINDS)
    asked = select(known, kinds=kinds, limit=limit)
    sections: list[Section] = []
    with open_assistant(library, settings_from(changes, model)) as assistant, bars() as bar:
        setting = Setting(assistant, asked)
        assistant.load()
        assistant.read(bar("Reading papers"), papers=setting.to_read())
        for name in chosen:
            show = _counted(bar(name))
            if name == _GROWTH:
                section, growth = engine.growth(setting, show)
                if plot:
                    plot.write_text(growth_plot(growth), encoding="utf-8")
            else:
                section = _PARTS[name](setting, show)
            sections.append(section)
            print_note(section.markdown())
        manifest = manifest_of(assistant, question_name(questions))
        text = report(sections, manifest, str(setting.tuning()), plot)
    typer.echo(text)
    if markdown:
        markdown.write_text(text, encoding="utf-8")
        print_note(f"Figures: {markdown}")


def report(sections: Sequence[Section], manifest: Manifest, tuning: str, plot: Path | None) -> str:
    """Return what was measured, with what it depends on, as Markdown."""
    facts = {
        "Made by": "`make bench` (`python -m eval.bench`)",
        "Questions": f"a fixed slice of {manifest.question_set}, kinds {', '.join(_KINDS)}",
        "Model": manifest.model,
        "How it is computed": tuning,
        "Prompts": manifest.prompts,
        "Begun": manifest.started,
        "Machine": listed(manifest.machine),
        "Versions": listed(manifest.versions),
    }
    lines = ["# Speed", "", *(f"- {name}: {value}" for name, value in facts.items()), ""]
    lines += [
        "Medians and ratios stand with their bootstrap 95 % intervals. Systems take turns, a "
        "question at a time: other load of the machine changes the seconds, hardly the ratios.",
        "",
    ]
    if plot:
        lines += [f"![First token against papers in the prompt]({plot.name})", ""]
    return "\n".join([*lines, *(section.markdown() for section in sections)])


def _counted(show: OnProgress) -> Progress:
    return lambda done, total: show(Done(done, total))


if __name__ == "__main__":
    raise SystemExit(run(bench))
