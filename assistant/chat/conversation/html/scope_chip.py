"""The chip that shows which papers the next question is limited to."""

from collections.abc import Mapping

from markupsafe import Markup

from assistant.chat.conversation.examples import scope_questions
from assistant.library import Catalogue, Scope
from assistant.library.scope import Mark

_MARKS: Mapping[Mark, str] = {"read": "read", "unread": "unread", "noted": "with a note"}


def describe_scope(scope: Scope, catalogue: Catalogue) -> str:
    """Return a scope in words, such as ``2023, notes.txt, #to cite (12 papers)``.

    A scope of one paper is its title.
    """
    ids = catalogue.ids_in(scope)
    if len(ids) == 1 and not (scope.collections or scope.tags):
        return catalogue.papers(ids)[0].title
    parts = [
        *map(str, sorted(scope.years)),
        *scope.sources,
        *scope.collections,
        *(f"#{tag}" for tag in scope.tags),
        *(_MARKS[mark] for mark in scope.marks),
    ]
    count = f"{len(ids):,} {'paper' if len(ids) == 1 else 'papers'}"
    return f"{', '.join(parts)} ({count})" if parts else count


def scope_chip(scope: Scope, catalogue: Catalogue) -> str:
    """Return the chip's HTML, escaped, with suggested questions; empty if there is no limit."""
    if not scope:
        return ""
    questions = Markup("").join(
        Markup(
            '<button type="button" data-action="ask" data-event="submit" data-question="{}">{}'
            "</button>"
        ).format(question, question)
        for question in scope_questions(len(catalogue.ids_in(scope)))
    )
    return str(
        Markup(
            '<div class="chip"><span>Asking only <strong>{}</strong></span>'
            '<button type="button" data-action="ask-all" aria-label="Ask all papers again">×'
            '</button></div><div class="suggestions">{}</div>'
        ).format(describe_scope(scope, catalogue), questions)
    )
