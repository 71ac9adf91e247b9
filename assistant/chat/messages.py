"""An exchange as two chat messages: the question, and what is known of its answer."""

from pathlib import PurePath
from typing import TypedDict

from markupsafe import Markup, escape

from assistant.answering import Answer, AnswerSentence, PapersChecked
from assistant.chat.conversation import Exchange, Stage
from assistant.chat.markup import citation_marks, link

_CLOSEST_SHOWN = 3

_STATUS: dict[Stage, str] = {
    "waiting": "Waiting",
    "loading": "Loading the model",
    "searching": "Searching the papers",
    "reading": "Reading the evidence",
}


class Message(TypedDict):
    """A message of the chat; its content is one block of HTML."""

    role: str
    content: str


def messages(exchange: Exchange) -> list[Message]:
    """Return the two messages of an exchange, escaped."""
    lines = Markup("<br>").join(exchange.question.splitlines())
    return [
        {"role": "user", "content": _block("question", lines)},
        {"role": "assistant", "content": _block("reply", _reply(exchange))},
    ]


def confidence_in_words(confidence: float) -> str:
    """Return a probability as a person would say it."""
    if confidence >= 0.85:
        return "high"
    return "moderate" if confidence >= 0.6 else "low"


def _block(kind: str, content: Markup) -> str:
    """Return one block of HTML, which the chat's Markdown takes as it is up to an empty line."""
    block = Markup('<div class="{}">{}</div>').format(kind, content)
    return str(block).replace("\r", " ").replace("\n", " ")


def _reply(exchange: Exchange) -> Markup:
    if exchange.answer is not None and exchange.answer.abstained:
        return _abstention(exchange.number, exchange.answer) + _facts(exchange.answer)
    parts = [_text(exchange), _reservations(exchange)]
    if exchange.stage == "stopped":
        parts.append(Markup('<div class="stopped">Stopped.</div>'))
    if exchange.stage == "failed":
        parts.append(
            Markup('<div class="note problem" role="alert">{}</div>').format(exchange.problem)
        )
    if exchange.stage == "checking" and exchange.checked:
        parts.append(_looked(exchange.checked))
    if exchange.stage in _STATUS:
        parts.append(Markup('<div class="status">{}</div>').format(_STATUS[exchange.stage]))
    if exchange.answer is not None:
        parts.append(_facts(exchange.answer))
    return Markup("").join(parts)


def _looked(checked: PapersChecked) -> Markup:
    return Markup(
        '<div class="status">Looked at {} of {} papers, {} match. Stop keeps them.</div>'
    ).format(checked.done, checked.total, checked.found)


def _text(exchange: Exchange) -> Markup:
    sentences = [
        _sentence(exchange.number, sentence)
        for sentence in exchange.sentences
        if not sentence.listed
    ]
    if exchange.unfinished.strip():
        written = Markup('<span class="unfinished">{}</span>').format(exchange.unfinished.strip())
        sentences.append(written)
    text = Markup(" ").join(sentences) + _list(exchange)
    return Markup('<div class="text">{}</div>').format(text) if text else Markup("")


def _list(exchange: Exchange) -> Markup:
    entries = Markup("").join(
        Markup("<li>{}</li>").format(_sentence(exchange.number, sentence))
        for sentence in exchange.sentences
        if sentence.listed
    )
    return Markup("<ul>{}</ul>").format(entries) if entries else Markup("")


def _sentence(exchange_number: int, sentence: AnswerSentence) -> Markup:
    text = escape(sentence.text)
    if not sentence.supported:
        text = Markup(
            '<span class="unsupported" title="Not found in the cited abstract: {}">{}</span>'
        ).format(", ".join(sentence.missing), text)
    marks = citation_marks(exchange_number, sentence.citations)
    # A no-break space: a mark alone at the start of a line is easily overlooked.
    return text + Markup("&nbsp;") + marks if marks else text


def _reservations(exchange: Exchange) -> Markup:
    """Say what was not found in the sources: a tooltip alone cannot be seen on a phone."""
    said = []
    missing = [name for sentence in exchange.sentences for name in sentence.missing]
    if missing:
        said.append(f"Underlined: the cited abstract does not mention {', '.join(missing)}.")
    if exchange.dropped:
        many = "A sentence was" if exchange.dropped == 1 else f"{exchange.dropped} sentences were"
        said.append(f"{many} left out: a number or a name in it is not in its source.")
    line = Markup('<div class="reservation">{}</div>')
    return Markup("").join(line.format(text) for text in said)


def _abstention(exchange_number: int, answer: Answer) -> Markup:
    verdict, *closest = answer.sentences
    papers = Markup("").join(
        Markup("<li>{}</li>").format(link(ranked.paper.title, ranked.paper.link))
        for ranked in answer.papers[:_CLOSEST_SHOWN]
    )
    return Markup(
        '<div class="note abstention"><strong>{}</strong> <span>{}</span>'
        '<div class="closest">Closest papers<ol>{}</ol></div></div>'
    ).format(
        verdict.text,
        Markup(" ").join(_sentence(exchange_number, sentence) for sentence in closest),
        papers,
    )


def _facts(answer: Answer) -> Markup:
    """Return the line under an answer: model, times, confidence."""
    name = answer.model.rpartition("@")[0] or answer.model
    parts = [
        PurePath(name).name,
        f"first token {answer.timings.first_token_s:.1f} s",
        f"total {answer.timings.total_s:.1f} s",
        f"{confidence_in_words(answer.confidence)} confidence",
    ]
    return Markup('<div class="facts">{}</div>').format(" · ".join(parts))
