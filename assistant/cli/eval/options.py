"""Options shared by the commands of ``assistant eval``."""

from pathlib import Path
from typing import Annotated

import typer

QuestionSetOption = Annotated[
    str,
    typer.Option(
        "--questions", metavar="FILE", help="A JSON Lines file, or the name of a shipped set."
    ),
]
QuestionsOverrideOption = Annotated[
    str | None,
    typer.Option(
        "--questions", metavar="FILE", help="The question set; default: the one used by the run."
    ),
]
LimitOption = Annotated[
    int | None,
    typer.Option(
        "--limit", min=1, metavar="N", help="Ask only N questions, taken from the kinds in turn."
    ),
]
JudgeOption = Annotated[
    str | None,
    typer.Option(
        "--judge", metavar="MODEL", help="A model that grades the answers: its name, or URL#NAME."
    ),
]
PredictionsArgument = Annotated[
    Path,
    typer.Argument(metavar="PREDICTIONS", help="The answers written by `assistant eval run`."),
]
