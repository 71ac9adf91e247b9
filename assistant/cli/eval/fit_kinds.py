"""``assistant eval fit-kinds``: fit the classifier of question kinds."""

from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.terminal.output import print_note
from assistant.errors import InputError
from assistant.settings import Settings


def fit_kinds(
    templates: Annotated[
        Path,
        typer.Option(
            metavar="DIR", help="The folder with templates, fillers and written questions."
        ),
    ] = Path("eval/question-kinds"),
    sets: Annotated[
        Path, typer.Option(metavar="DIR", help="The folder with our question sets.")
    ] = Path("eval/questions"),
    out: Annotated[
        Path, typer.Option(metavar="DIR", help="Write the fitted classifiers to this folder.")
    ] = Path("models/question-kinds"),
    embedder: Annotated[
        str, typer.Option(help="The embedder whose middle layer gives features.")
    ] = Settings().embedder,
) -> None:
    """Fit the classifier of question kinds and the model that finds a question's topic.

    The classifier is fitted twice: with the embedder's states, and without any for other
    embedders. The figures are for held-out templates, and for questions by writers whose questions
    it was not fitted on. Run it in a checkout of the source.

    Example:
        $ assistant eval fit-kinds
    """
    if not (templates / "templates.txt").is_file():
        raise InputError(
            f"There are no templates in {templates}. Run the command in a checkout of the source, "
            "or give their folder with --templates."
        )
    from assistant.evaluation.question_kinds.fit import (
        accuracy,
        confusion_table,
        fit_kinds,
        measure_kinds,
        write_kind_model,
    )
    from assistant.evaluation.question_kinds.templates import load_training_questions
    from assistant.evaluation.question_kinds.topics import (
        fit_topics,
        measure_topics,
        write_topic_model,
    )
    from assistant.evaluation.question_kinds.written import (
        load_marked_questions,
        load_written_questions,
    )
    from assistant.library import Embedder
    from assistant.models import locate

    questions = load_training_questions(templates, sets)
    for file in sorted(templates.glob("written*.tsv")):
        questions += load_written_questions(file)
    # Not those of `written-kinds.tsv`, which mark the subject in the narrowest sense: the topic
    # model would learn to leave out what restricts it.
    marked = load_marked_questions(templates / "written.tsv")
    others = load_written_questions(templates / "held-out.tsv")
    loaded = Embedder(embedder, locate(embedder))
    for model, name in ((loaded, f"{embedder}.json"), (None, "no-embedder.json")):
        fit = fit_kinds(questions, model)
        write_kind_model(fit.model, out / name)
        for title, confusion in (
            (f"{len(questions)} questions, held-out templates", fit.confusion),
            (f"{len(others)} questions of other writers", measure_kinds(fit.model, others, model)),
        ):
            print_note(f"{title}: accuracy {accuracy(confusion):.3f}")
            for line in confusion_table(confusion, fit.model.max_fact):
                typer.echo(line)
        print_note(f"Written to {out / name}.")
    topics = fit_topics(marked, loaded)
    file = write_topic_model(topics, embedder, out)
    scores = measure_topics(topics, load_marked_questions(templates / "held-out.tsv"), loaded)
    print_note(
        f"Topics of {scores.n} questions of other writers: {scores.exact:.3f} exact, F1 of the "
        f"words {scores.f1:.3f}; none found in {scores.none_found:.3f} of {scores.without} without "
        f"a topic. Written to {file}."
    )
