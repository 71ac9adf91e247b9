"""The exchanges of a conversation as they stand on the page, and what it shows before the first."""

from collections.abc import Sequence

from markupsafe import Markup

from assistant.chat.conversation.exchange import Exchange
from assistant.chat.conversation.html.actions import tools
from assistant.chat.conversation.html.reply import reply
from assistant.chat.widgets.icons import icon

_WELCOME = Markup(
    '<div class="welcome"><h2>What do your papers say?</h2>'
    "<p>Every answer shows where it comes from.</p>"
    '<ul class="examples" aria-label="Questions to begin with">{}</ul></div>'
)
_EXAMPLE = Markup(
    '<li><button type="button" class="example" data-do="ask" data-on="submit" data-question="{}">{}'
    "</button></li>"
)
_NO_PAPERS = Markup(
    '<div class="welcome"><h2>No papers yet</h2>'
    "<p>Add some in the Library tab, or with <code>assistant add FILE</code>: a list of "
    "references, a saved search page, PDFs, a folder. Then ask what they say.</p></div>"
)


def welcome(examples: Sequence[str]) -> str:
    """Return what a conversation shows before its first question: examples, or how to add papers.

    Args:
        examples: questions to begin with; none if there are no papers.
    """
    if not examples:
        return str(_NO_PAPERS)
    return str(_WELCOME.format(Markup("").join(_EXAMPLE.format(text, text) for text in examples)))


def thread(exchanges: Sequence[Exchange]) -> str:
    """Return some exchanges' HTML, escaped."""
    return str(Markup("").join(map(_exchange, exchanges)))


def _exchange(exchange: Exchange) -> Markup:
    lines = Markup("<br>").join(exchange.question.splitlines())
    limited = Markup('<div class="limited">Asked only: {}</div>').format(exchange.limited_to)
    return Markup(
        '<article class="exchange" aria-busy="{}"><div class="asked">{}{}'
        '<div class="question">{}</div></div>{}{}</article>'
    ).format(
        "true" if exchange.pending else "false",
        limited if exchange.limited_to else "",
        "" if exchange.pending else _edit(exchange),
        lines,
        reply(exchange),
        "" if exchange.pending else tools(exchange),
    )


def _edit(exchange: Exchange) -> Markup:
    return Markup(
        '<details class="edit"><summary aria-label="Edit the question" title="Edit the question">'
        '{}</summary><form data-do="edit" data-on="submit" data-number="{}">'
        '<textarea name="question" rows="3" maxlength="2000" aria-label="The question, edited">'
        "\n{}</textarea><button>Ask instead</button></form></details>"
    ).format(icon("edit"), exchange.number, exchange.question)
