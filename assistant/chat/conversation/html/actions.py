"""The row of buttons under an answer: copy, save, ask again, give feedback, delete."""

from dataclasses import replace

from markupsafe import Markup

from assistant.answering.rendering.markdown import answer_markdown
from assistant.chat.conversation.exchange import Exchange
from assistant.chat.widgets.icons import icon
from assistant.papers.references import format_reference
from assistant.settings import Settings

# "Read more papers" multiplies the settings for papers and evidence sentences by this factor.
_WIDER_FACTOR = 2

_RETRIES = {
    "again": "Ask again",
    "wider": "Read more papers",
    "bold": "Answer even if unsure",
}

_COPY = Markup('<button type="button" data-copy="{}"{}>{}</button>')


def retry_settings(retry: str, settings: Settings) -> Settings:
    """Return the settings for asking a question again: ``again``, ``wider`` or ``bold``."""
    if retry == "wider":
        return replace(
            settings,
            papers_read=settings.papers_read * _WIDER_FACTOR,
            evidence_sentences=settings.evidence_sentences * _WIDER_FACTOR,
        )
    if retry == "bold":
        return replace(settings, abstention_threshold=0.0)
    return settings


def action_bar(exchange: Exchange) -> Markup:
    """Return the row of buttons under a finished exchange."""
    answered = exchange.answer is not None
    parts = [
        copy_buttons(exchange) if exchange.sentences else Markup(""),
        _save_button(exchange) if answered else Markup(""),
        _ask_again(exchange),
        _feedback_controls(exchange) if answered else Markup(""),
        _button("remove", "Delete question and answer", exchange, "remove"),
    ]
    return Markup('<div class="actions">{}</div>').format(Markup("").join(parts))


def _button(
    action: str, label: str, exchange: Exchange, icon_name: str, pressed: bool | None = None
) -> Markup:
    state = Markup(' aria-pressed="{}"').format(str(pressed).lower()) if pressed is not None else ""
    return Markup(
        '<button type="button" data-action="{}" data-number="{}" aria-label="{}" title="{}"{}>{}'
        "</button>"
    ).format(action, exchange.number, label, label, state, icon(icon_name))


def _save_button(exchange: Exchange) -> Markup:
    """Return the button that saves the answer, or removes it from the saved ones."""
    action = "unsave" if exchange.saved else "save"
    return _button(action, "Save the answer", exchange, "save", exchange.saved)


def copy_buttons(exchange: Exchange) -> Markup:
    """Return the button that copies the answer, and the menu with other ways to copy it."""
    text = str(exchange.answer or " ".join(map(str, exchange.sentences)))
    label = Markup(' aria-label="Copy the answer" title="Copy the answer"')
    html = _COPY.format(text, label, icon("copy"))
    if exchange.answer is None or not exchange.citations:
        return html
    papers = {citation.paper_id: citation.evidence.paper for citation in exchange.citations}
    references = "\n\n".join(sorted(format_reference(one, "apa") for one in papers.values()))
    items = [
        ("Copy as Markdown", answer_markdown(exchange.answer)),
        ("Copy with references, APA", f"{exchange.answer.text}\n\n{references}"),
    ]
    return html + Markup(
        '<details class="menu"><summary aria-label="Copy as" title="Copy as">{}</summary>'
        '<div class="items">{}</div></details>'
    ).format(icon("more"), Markup("").join(_COPY.format(text, "", title) for title, text in items))


def _ask_again(exchange: Exchange) -> Markup:
    button = Markup(
        '<button type="button" data-action="again" data-event="submit" data-number="{}" '
        'data-retry="{}">{}</button>'
    )
    items = Markup("").join(
        button.format(exchange.number, retry, label) for retry, label in _RETRIES.items()
    )
    return Markup(
        '<details class="menu"><summary aria-label="Ask again" title="Ask again">{}</summary>'
        '<div class="items">{}</div></details>'
    ).format(icon("again"), items)


def _feedback_controls(exchange: Exchange) -> Markup:
    feedback = exchange.feedback
    helped = _button("helped", "This helped", exchange, "yes", feedback.helpful is True)
    form = Markup(
        '<details class="menu wrong"><summary aria-label="This is wrong" title="This is wrong" '
        'data-pressed="{}">{}</summary>'
        '<form class="items" data-action="correct" data-number="{}">'
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
