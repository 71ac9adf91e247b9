"""Validating a question before anything is loaded or searched."""

from assistant.errors import InputError
from assistant.library import Library, Scope

MAX_CHARACTERS = 2000
"""The longest question that the page and the server accept. The time to answer grows with it."""


def check_length(question: str) -> None:
    """Raise `InputError` if a question is longer than `MAX_CHARACTERS`."""
    if len(question) > MAX_CHARACTERS:
        raise InputError(
            f"The question is too long. Ask it in at most {MAX_CHARACTERS:,} characters."
        )


def validated(question: str, library: Library, scope: Scope) -> str:
    """Return the question on one line.

    Raises:
        InputError: the question is empty, or there are no papers to search.
    """
    # Python decodes invalid bytes on the command line as surrogates, which tokenizers reject.
    question = question.encode("utf-8", "replace").decode("utf-8")
    question = " ".join(question.split())
    if not question:
        raise InputError("The question is empty. Ask something about the papers.")
    if library.catalogue.count() == 0:
        raise InputError(
            f"The library {library.folder} has no papers yet. Add some with `assistant add FILE`."
        )
    if scope and not library.catalogue.ids_in(scope):
        raise InputError(
            "The library no longer has any of the papers that the question is limited to. "
            "Choose others, or ask all papers."
        )
    return question
