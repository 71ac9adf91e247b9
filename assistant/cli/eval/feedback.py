"""``assistant eval feedback``: what people said of answers in the chat, as a question set."""

import json
from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from assistant.atomic_write import write_whole
from assistant.cli.terminal.options import LibraryOption, folder_from
from assistant.cli.terminal.output import print_note
from assistant.errors import InputError


def feedback(
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help="Where the questions go.")],
    user: Annotated[
        str, typer.Option(metavar="NAME", help="Whose feedback, if the chat asks for names.")
    ] = "",
    force: Annotated[bool, typer.Option("--force", help="Overwrite FILE if it is there.")] = False,
    library: LibraryOption = None,
) -> None:
    """Write the questions whose right answer is known from the chat's thumbs and corrections.

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
        raise InputError(f"{path.parent} holds no conversations. Judge some answers in the chat.")
    with closing(Conversations(path)) as conversations:
        lines = questions_from_feedback(conversations, user)
    if not lines:
        raise InputError("No answer with feedback yet. Judge some in the chat, with its thumbs.")
    write_whole(
        out, (json.dumps(line, ensure_ascii=False) + "\n" for line in lines), overwrite=force
    )
    print_note(f"{len(lines)} {'question' if len(lines) == 1 else 'questions'} written to {out}")
