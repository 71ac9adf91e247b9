"""The exchanges of a conversation, and the welcome before the first one."""

from collections.abc import Sequence

from markupsafe import Markup

from assistant.chat.conversation.examples import Example, related_questions
from assistant.chat.conversation.exchange import Exchange
from assistant.chat.conversation.html.actions import action_bar
from assistant.chat.conversation.html.reply import reply
from assistant.chat.rights import needs
from assistant.chat.widgets.icons import icon

_WELCOME = Markup(
    '<div class="welcome"><h2>{}</h2>'
    "<p>Ask about them. Every answer cites the sentences it is based on.</p>"
    '<ul class="examples" aria-label="Example questions">{}</ul>{}</div>'
)
_EXAMPLE = Markup(
    '<li><button type="button" class="example" data-action="ask" data-event="submit" '
    'data-question="{}"><span class="kind">{}</span>{}</button></li>'
)
_ADD_PAPERS = Markup(
    '<p class="{}"><button type="button" class="secondary" data-goto="add-papers">Add your papers'
    "</button></p>"
).format(needs("add papers"))
_NO_PAPERS = Markup(
    '<div class="welcome"><h2>No papers yet</h2>'
    "<p>Add a list of references, a saved search page or PDFs, then ask questions about them.</p>"
    "{}</div>"
)


def welcome(count: int, *, only_samples: bool, examples: Sequence[Example]) -> str:
    """Return the HTML of a conversation without questions.

    Args:
        count: the number of papers.
        only_samples: whether they are the sample papers.
        examples: example questions.
    """
    if not count:
        return str(_NO_PAPERS.format(_ADD_PAPERS))
    what = "sample papers on training methods" if only_samples else "papers"
    title = "1 paper" if count == 1 else f"{count:,} {what}"
    buttons = (_EXAMPLE.format(one.question, one.kind, one.question) for one in examples)
    return str(_WELCOME.format(title, Markup("").join(buttons), _ADD_PAPERS))


def thread(exchanges: Sequence[Exchange]) -> str:
    """Return the exchanges' HTML, escaped."""
    return str(Markup("").join(map(_exchange, exchanges)))


def _exchange(exchange: Exchange) -> Markup:
    lines = Markup("<br>").join(exchange.question.splitlines())
    limited = Markup('<div class="limited">Asked about {} only</div>').format(exchange.limited_to)
    return Markup(
        '<article class="exchange" aria-busy="{}"><div class="asked">{}{}'
        '<div class="question">{}</div></div>{}{}{}</article>'
    ).format(
        "true" if exchange.pending else "false",
        limited if exchange.limited_to else "",
        "" if exchange.pending else _versions(exchange) + _edit_form(exchange),
        lines,
        reply(exchange),
        "" if exchange.pending else action_bar(exchange),
        "" if exchange.pending else _related(exchange),
    )


def _related(exchange: Exchange) -> Markup:
    """Return questions to ask next; the page shows those of the latest exchange only."""
    if exchange.answer is None or exchange.answer.abstained:
        return Markup("")
    papers = {citation.paper_id: citation.evidence.paper for citation in exchange.citations}
    buttons = Markup("").join(
        Markup(
            '<li><button type="button" data-action="ask" data-event="submit" data-question="{}">{}'
            "</button></li>"
        ).format(question, question)
        for question in related_questions(list(papers.values()))
    )
    if not buttons:
        return Markup("")
    return Markup('<ul class="related" aria-label="Related questions">{}</ul>').format(buttons)


def _versions(exchange: Exchange) -> Markup:
    """Return the position among the turn's versions, with buttons; empty if there is only one."""
    count = len(exchange.versions)
    if count < 2:
        return Markup("")
    at = exchange.versions.index(exchange.number)
    button = Markup(
        '<button type="button" data-action="version" data-number="{}" data-version="{}" '
        'aria-label="{}" title="{}"{}>{}</button>'
    )

    def step(to: int, label: str, sign: str) -> Markup:
        is_there = 0 <= to < count
        target = exchange.versions[to] if is_there else exchange.number
        disabled = Markup("" if is_there else " disabled")
        return button.format(exchange.number, target, label, label, disabled, sign)

    return Markup('<div class="versions">{}<span>{}/{}</span>{}</div>').format(
        step(at - 1, "Earlier version", "‹"), at + 1, count, step(at + 1, "Later version", "›")
    )


def _edit_form(exchange: Exchange) -> Markup:
    return Markup(
        '<details class="edit"><summary aria-label="Edit the question" title="Edit the question">'
        '{}</summary><form data-action="edit" data-event="submit" data-number="{}">'
        '<textarea name="question" rows="3" maxlength="2000" aria-label="Edited question">'
        "\n{}</textarea><button>Ask instead</button></form></details>"
    ).format(icon("edit"), exchange.number, exchange.question)
