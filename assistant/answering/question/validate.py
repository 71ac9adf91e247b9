"""Validating a question before anything is loaded or searched."""

from assistant.errors import InputError
from assistant.library import Library, Scope


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
