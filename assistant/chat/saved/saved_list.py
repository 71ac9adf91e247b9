"""The HTML of saved answers. Every string in it is escaped."""

from collections.abc import Collection, Sequence
from datetime import date

from markupsafe import Markup, escape

from assistant.chat.conversation.exchange import Exchange
from assistant.chat.conversation.exchange_store import exchange_of_saved_answer
from assistant.chat.conversation.html.actions import copy_buttons
from assistant.chat.conversation.html.answer_text import answer_text
from assistant.chat.conversation.html.citations import citation_labels
from assistant.chat.conversation.html.reply import warnings
from assistant.chat.conversation.html.sources_panel import sources_of
from assistant.chat.widgets.icons import icon
from assistant.chat.widgets.table_parts import pager
from assistant.library import SavedAnswer
from assistant.library.annotations.store import MAX_NOTE_CHARACTERS

PAGE_SIZE = 10

_EMPTY = (
    "None yet. The bookmark under an answer saves it here, whatever becomes of its conversation."
)
_NOT_FOUND = "No saved answer contains these words."
_ITEM = Markup(
    '<article class="saved-answer"><h3>{question}</h3><p class="meta">{meta}</p>'
    '<div class="reply">{answer}</div>{sources}'
    '<form class="note-form" data-action="save-note" data-id="{number}"><label>Note'
    '<textarea name="note" rows="2" maxlength="{longest}">\n{note}</textarea></label>'
    '<div class="buttons"><button>Save note</button></div></form>'
    '<div class="actions">{copy}<button type="button" data-action="remove" data-id="{number}" '
    'aria-label="Remove from the saved answers" title="Remove from the saved answers">{remove}'
    "</button></div></article>"
)


def saved_list(
    answers: Sequence[SavedAnswer],
    first: int,
    total: int,
    *,
    searched: bool,
    with_pdf: Collection[str] = (),
) -> str:
    """Return the HTML of one page of saved answers.

    Args:
        answers: the answers on the page.
        first: the position of the first of them, from 1.
        total: the number of all answers that were found.
        searched: whether they are the result of a search.
        with_pdf: the ids of the papers whose PDF the library has.
    """
    if not answers:
        empty = _NOT_FOUND if searched else _EMPTY
        return str(Markup('<p class="empty">{}</p>').format(empty))
    items = Markup("").join(_item(one, with_pdf) for one in answers)
    return str(items + pager(first, len(answers), total, PAGE_SIZE))


def cited_ids(answers: Sequence[SavedAnswer]) -> set[str]:
    """Return the ids of the papers behind answers."""
    exchanges = map(exchange_of_saved_answer, answers)
    return {one.paper.id for exchange in exchanges for one in exchange.evidence}


def _item(saved: SavedAnswer, with_pdf: Collection[str]) -> Markup:
    exchange = exchange_of_saved_answer(saved)
    labels = citation_labels(exchange, f"saved-{saved.number}")
    answer = answer_text(exchange, labels) + warnings(exchange)
    return _ITEM.format(
        question=exchange.question,
        meta=_meta(saved, exchange),
        answer=answer or exchange.problem,
        sources=_sources(exchange, sources_of(exchange, labels, with_pdf, heading="")),
        number=saved.number,
        longest=MAX_NOTE_CHARACTERS,
        note=saved.note,
        copy=copy_buttons(exchange) if exchange.sentences else "",
        remove=icon("remove"),
    )


def _meta(saved: SavedAnswer, exchange: Exchange) -> Markup:
    """Return when the answer was saved, what it was limited to and where it comes from."""
    day = date.fromtimestamp(saved.saved)
    source = (
        Markup(
            'from <button type="button" data-goto="chat" data-conversation="{}">{}</button>'
        ).format(saved.conversation, saved.title)
        if saved.conversation
        else Markup("from {} (deleted)").format(saved.title)
    )
    limited = f"asked about {exchange.limited_to} only" if exchange.limited_to else ""
    facts = (escape(f"{day.day} {day:%B %Y}"), source, escape(limited))
    return Markup(" · ").join(filter(None, facts))


def _sources(exchange: Exchange, cards: Markup) -> Markup:
    if not cards:
        return cards
    count = len({one.paper.id for one in exchange.evidence})
    return Markup('<details class="sources"><summary>Sources: {}</summary>{}</details>').format(
        "1 paper" if count == 1 else f"{count} papers", cards
    )
