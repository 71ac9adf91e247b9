"""``assistant eval typos``: measure and fit the correction of typing errors."""

import random
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.eval.output import print_table, progress_bars
from assistant.cli.terminal.open import open_assistant
from assistant.cli.terminal.options import JsonOption, LibraryOption, SetOption, settings_from
from assistant.cli.terminal.output import print_json, print_note, stdout_console

if TYPE_CHECKING:
    from assistant.evaluation import Question
    from assistant.evaluation.typing_errors.measure import TypingErrors

_MISTYPED_SETS = ("sample", "own-words", "conversations")
# Questions in other languages are not corrected, and the others have typing errors of their own.
_LEFT_OUT = ("foreign", "messy")


def typos(
    questions: Annotated[
        list[str] | None,
        typer.Option(
            metavar="FILE",
            help="A set in whose questions an error is made. Can be repeated; default: "
            f"{', '.join(_MISTYPED_SETS)}.",
        ),
    ] = None,
    library: LibraryOption = None,
    seed: Annotated[int, typer.Option(metavar="N", help="The seed of the errors.")] = 0,
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the fitted model to this file.")
    ] = None,
    changes: SetOption = None,
    as_json: JsonOption = False,
) -> None:
    """Fit the correction of typing errors, and measure it on words that it is not fitted on.

    An error is made in the rarest word of each question. Words of all shipped question sets that
    are in no paper are examples of words to leave alone.

    Example:
        $ assistant eval typos
        $ assistant eval typos --out models/spelling/model.json
    """
    from assistant.evaluation import load_questions
    from assistant.evaluation.evaluate import Progress
    from assistant.evaluation.question_sets import shipped_sets
    from assistant.evaluation.typing_errors.fit import (
        error_examples,
        fit_spelling,
        name_examples,
        right_examples,
    )
    from assistant.evaluation.typing_errors.measure import measure_typing_errors, mistype_questions

    asked = [one for name in questions or _MISTYPED_SETS for one in load_questions(name)]
    unaltered: list[Question] = [
        one
        for name in shipped_sets()
        if not name.endswith("-papers")
        for one in load_questions(name)
        if one.kind not in _LEFT_OUT
    ]
    chance = random.Random(seed)
    with open_assistant(library, settings_from(changes)) as assistant, progress_bars() as new_bar:
        own = assistant.library
        mistyped = mistype_questions(own, asked, chance)
        print_note(f"Finding the words near those of {len(mistyped)} questions ...")
        errors = error_examples(own, dict.fromkeys(one.word for one in mistyped), chance)
        right = right_examples(own, [one.text for one in unaltered])
        names = name_examples(own)
        fit = fit_spelling(errors, [*right, *names])
        advance = new_bar("Searching")
        result = measure_typing_errors(
            own,
            assistant.settings,
            fit,
            mistyped,
            [one for one in unaltered if one.abstract is None],
            right,
            names,
            lambda done: advance(Progress(done, len(mistyped))),
        )
    if out:
        fit.model.write(out)
        print_note(f"Written to {out}.")
    if as_json:
        print_json(result.to_dict())
    else:
        _print(result)


def _print(result: "TypingErrors") -> None:
    from assistant.evaluation.metrics.intervals import readable

    rows = [
        (title, readable(one.value), one.interval, str(one.n))
        for title, one in {
            "finds its paper first, as written": result.right,
            "the same with a typing error": result.mistyped,
            "the same, corrected": result.corrected,
            "errors corrected rightly": result.corrected_right,
            "errors corrected to another word": result.corrected_wrong,
            "right words in no paper that are changed": result.changed_words,
            "names changed, as if in no paper": result.changed_names,
            "questions without an error changed": result.changed_questions,
            "of these, those that no paper answers": result.changed_unanswerable,
        }.items()
    ]
    print_table(("", "share", "95 % interval", "of"), rows)
    stdout_console().print(f"\nRight words that are changed: {', '.join(result.changes) or '-'}")
