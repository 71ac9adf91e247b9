"""``assistant eval feedback``: turn feedback given in the chat into a question set."""

import json
from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from assistant.atomic_write import write_atomically
from assistant.cli.terminal.options import LibraryOption, folder_from
from assistant.cli.terminal.output import print_note
from assistant.errors import InputError


def feedback(
    out: Annotated[
        Path, typer.Option("--out", metavar="FILE", help="The file for the question set.")
    ],
    user: Annotated[
        str, typer.Option(metavar="NAME", help="The user, if the chat requires a login.")
    ] = "",
    force: Annotated[bool, typer.Option("--force", help="Overwrite FILE if it exists.")] = False,
    library: LibraryOption = None,
) -> None:
    """Write a question set from the ratings and corrections of answers in the chat.

    Example:
        $ assistant eval feedback --out mine.jsonl
        12 questions written to mine.jsonl
        $ assistant eval run --questions mine.jsonl
    """
    from assistant.chat.conversation.feedback import questions_from_feedback
    from assistant.library import Conversations
    from assistant.library.conversations import FILE_NAME

    path = folder_from(library) / FILE_NAME
    if not path.exists():
        raise InputError(f"{path.parent} holds no conversations. Rate some answers in the chat.")
    with closing(Conversations(path)) as conversations:
        lines = questions_from_feedback(conversations, user)
    if not lines:
        raise InputError("No answer has feedback yet. Rate some in the chat, with its thumbs.")
    write_atomically(
        out, (json.dumps(line, ensure_ascii=False) + "\n" for line in lines), overwrite=force
    )
    print_note(f"{len(lines)} {'question' if len(lines) == 1 else 'questions'} written to {out}")
