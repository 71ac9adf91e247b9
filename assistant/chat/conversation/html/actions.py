"""The row of buttons under an answer: copy, ask again, judge, delete."""

from dataclasses import replace

from markupsafe import Markup

from assistant.chat.conversation.exchange import Exchange
from assistant.chat.widgets.icons import icon
from assistant.settings import Settings

# As many more of each as there are by default.
_MORE = 2

_WAYS = {
    "again": "Ask again",
    "wider": "Read more papers",
    "bold": "Answer even if unsure",
}


def settings_for(way: str, settings: Settings) -> Settings:
    """Return the settings with which a question is asked again in one of the ways offered."""
    if way == "wider":
        return replace(
            settings,
            papers_read=settings.papers_read * _MORE,
            evidence_sentences=settings.evidence_sentences * _MORE,
        )
    if way == "bold":
        return replace(settings, abstention_threshold=0.0)
    return settings


def tools(exchange: Exchange) -> Markup:
    """Return the row of buttons under a finished exchange."""
    answered = exchange.answer is not None
    parts = [
        _copy(exchange) if exchange.sentences else Markup(""),
        _ask_again(exchange),
        _judge(exchange) if answered else Markup(""),
        _button("remove", "Delete question and answer", exchange, "remove"),
    ]
    return Markup('<div class="tools">{}</div>').format(Markup("").join(parts))


def _button(
    do: str, label: str, exchange: Exchange, drawn: str, pressed: bool | None = None
) -> Markup:
    state = Markup(' aria-pressed="{}"').format(str(pressed).lower()) if pressed is not None else ""
    return Markup(
        '<button type="button" data-do="{}" data-number="{}" aria-label="{}" title="{}"{}>{}'
        "</button>"
    ).format(do, exchange.number, label, label, state, icon(drawn))


def _copy(exchange: Exchange) -> Markup:
    text = str(exchange.answer or " ".join(map(str, exchange.sentences)))
    return Markup(
        '<button type="button" data-copy="{}" aria-label="Copy the answer" title="Copy the answer">'
        "{}</button>"
    ).format(text, icon("copy"))


def _ask_again(exchange: Exchange) -> Markup:
    button = Markup(
        '<button type="button" data-do="again" data-on="submit" data-number="{}" data-way="{}">{}'
        "</button>"
    )
    items = Markup("").join(button.format(exchange.number, way, _WAYS[way]) for way in _WAYS)
    return Markup(
        '<details class="menu"><summary aria-label="Ask again" title="Ask again">{}</summary>'
        '<div class="items">{}</div></details>'
    ).format(icon("again"), items)


def _judge(exchange: Exchange) -> Markup:
    feedback = exchange.feedback
    helped = _button("helped", "This helped", exchange, "yes", feedback.helpful is True)
    form = Markup(
        '<details class="menu wrong"><summary aria-label="This is wrong" title="This is wrong" '
        'data-pressed="{}">{}</summary>'
        '<form class="items" data-do="correct" data-number="{}">'
        "<label>What is the right answer?"
        '<textarea name="correction" rows="3" maxlength="2000">\n{}</textarea></label>'
        '<label class="check"><input type="checkbox" name="unanswerable" value="1"{}> '
        "The papers do not say</label><button>Save</button></form></details>"
    ).format(
        str(feedback.helpful is False).lower(),
        icon("no"),
        exchange.number,
        feedback.correction,
        Markup(" checked") if feedback.unanswerable else "",
    )
    return helped + form
