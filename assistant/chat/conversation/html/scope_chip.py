"""The chip that shows which papers the next question is limited to."""

from markupsafe import Markup

from assistant.chat.conversation.examples import scope_questions
from assistant.library import Catalogue, Scope


def describe_scope(scope: Scope, catalogue: Catalogue) -> str:
    """Return a scope in words, such as ``2023, 2024, notes.txt (12 papers)``.

    A scope of one paper is its title.
    """
    ids = catalogue.ids_in(scope)
    if len(ids) == 1:
        return catalogue.papers(ids)[0].title
    parts = [*map(str, sorted(scope.years)), *scope.sources]
    count = f"{len(ids):,} papers"
    return f"{', '.join(parts)} ({count})" if parts else count


def scope_chip(scope: Scope, catalogue: Catalogue) -> str:
    """Return the chip's HTML, escaped, with questions to ask; empty if all papers may answer."""
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
