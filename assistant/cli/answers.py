"""``assistant answers list | export | remove``: the answers that were saved on the chat page."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.atomic_write import write_atomically
from assistant.cli.terminal.options import JsonOption, LibraryOption, folder_from
from assistant.cli.terminal.output import print_json, print_note
from assistant.errors import InputError

if TYPE_CHECKING:
    from assistant.library import Conversations, SavedAnswer

app = typer.Typer(
    help="List, export and remove the answers that were saved on the chat page.",
    no_args_is_help=True,
)

_WordsArgument = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[WORDS]", help="Only answers with these words in the question, answer or note."
    ),
]
_AccountOption = Annotated[
    str,
    typer.Option(
        "--account", metavar="NAME", help="Whose answers; default: those saved without a login."
    ),
]


@app.command("list")
def list_command(
    words: _WordsArgument = None,
    account: _AccountOption = "",
    library: LibraryOption = None,
    as_json: JsonOption = False,
) -> None:
    """List the saved answers, the latest first: number, day and question.

    Example:
        $ assistant answers list parrots
        12  2026-11-24  How many walnuts did the parrots count?
    """
    from assistant.chat.conversation.exchange_store import exchange_of_saved_answer

    with _conversations(library) as conversations:
        found = _find(conversations, account, words)
    if as_json:
        print_json([_as_dict(one) for one in found])
        return
    width = max((len(str(one.number)) for one in found), default=0)
    for one in found:
        day = datetime.fromtimestamp(one.saved).date()
        question = " ".join(exchange_of_saved_answer(one).question.split())
        typer.echo(f"{one.number:>{width}}  {day}  {question}")


@app.command()
def export(
    words: _WordsArgument = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FILE", help="The output file; default: standard output."),
    ] = None,
    account: _AccountOption = "",
    force: Annotated[bool, typer.Option("--force", help="Overwrite FILE if it exists.")] = False,
    library: LibraryOption = None,
) -> None:
    """Write saved answers as Markdown, with their references and notes.

    Example:
        $ assistant answers export parrots --out parrots.md
        1 answer written to parrots.md
    """
    from assistant.chat.saved.markdown import saved_answers_markdown

    with _conversations(library) as conversations:
        found = _find(conversations, account, words)
    text = saved_answers_markdown(found)
    if out is None:
        typer.echo(text, nl=False)
        return
    write_atomically(out, [text], overwrite=force)
    print_note(f"{len(found)} {'answer' if len(found) == 1 else 'answers'} written to {out}")


@app.command()
def remove(
    numbers: Annotated[
        list[int], typer.Argument(metavar="NUMBER", help="Numbers from `assistant answers list`.")
    ],
    account: _AccountOption = "",
    library: LibraryOption = None,
) -> None:
    """Remove saved answers; remove none if one of the numbers is unknown.

    Example:
        $ assistant answers remove 12
        1 removed
    """
    with _conversations(library) as conversations:
        saved = conversations.saved_answers
        unknown = sorted(set(numbers) - set(saved.find(account)))
        if unknown:
            raise InputError(
                f"No saved answer has the number {', '.join(map(str, unknown))}; none was removed. "
                "See `assistant answers list` for the numbers."
            )
        for number in set(numbers):
            saved.remove(account, number)
    typer.echo(f"{len(set(numbers))} removed")


@contextmanager
def _conversations(library: Path | None) -> "Iterator[Conversations]":
    from assistant.library import Conversations
    from assistant.library.conversations import FILE_NAME

    path = folder_from(library) / FILE_NAME
    if not path.exists():
        raise InputError(f"{path.parent} holds no conversations. Save some answers in the chat.")
    with closing(Conversations(path)) as conversations:
        yield conversations


def _find(
    conversations: "Conversations", account: str, words: list[str] | None
) -> "list[SavedAnswer]":
    saved = conversations.saved_answers
    return saved.get(account, saved.find(account, " ".join(words or ())))


def _as_dict(saved: "SavedAnswer") -> dict[str, Any]:
    from assistant.chat.conversation.exchange_store import exchange_of_saved_answer

    exchange = exchange_of_saved_answer(saved)
    return {
        "number": saved.number,
        "saved": datetime.fromtimestamp(saved.saved, UTC).isoformat(timespec="seconds"),
        "note": saved.note,
        "conversation": saved.title,
        "question": exchange.question,
        "answer": exchange.answer.to_dict() if exchange.answer else None,
    }
