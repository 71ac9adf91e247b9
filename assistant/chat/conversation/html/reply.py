"""The reply of an exchange: its answer or its progress."""

from pathlib import PurePath

from markupsafe import Markup, escape

from assistant.answering import Answer, AnswerSentence
from assistant.chat.conversation.exchange import Exchange, Stage
from assistant.chat.widgets.markup import citation_marks, link

_CLOSEST_COUNT = 3

_STATUS: dict[Stage, str] = {
    "waiting": "Waiting",
    "loading": "Loading the model",
    "searching": "Searching the papers",
    "reading": "Reading the evidence",
    "checking": "Checking the papers",
}


def reply(exchange: Exchange) -> Markup:
    """Return the HTML of an exchange's answer, or of its progress."""
    return Markup('<div class="reply">{}</div>').format(_content(exchange))


def confidence_level(confidence: float) -> str:
    """Return a probability as ``high``, ``moderate`` or ``low``."""
    if confidence >= 0.85:
        return "high"
    return "moderate" if confidence >= 0.6 else "low"


def _content(exchange: Exchange) -> Markup:
    if exchange.answer is not None and exchange.answer.abstained:
        return _abstention(exchange.number, exchange.answer) + _details(exchange.answer)
    parts = [_text(exchange), _warnings(exchange)]
    if exchange.stage == "stopped":
        parts.append(Markup('<div class="stopped">Stopped.</div>'))
    if exchange.stage == "failed":
        parts.append(
            Markup('<div class="note problem" role="alert">{}</div>').format(exchange.problem)
        )
    if exchange.stage in _STATUS:
        parts.append(Markup('<div class="status" role="status">{}</div>').format(_status(exchange)))
    if exchange.answer is not None:
        parts.append(_details(exchange.answer))
    return Markup("").join(parts)


def _status(exchange: Exchange) -> str:
    if exchange.ahead and exchange.stage == "waiting":
        others = "another question" if exchange.ahead == 1 else f"{exchange.ahead} other questions"
        return f"Waiting for {others} to be answered"
    if exchange.stage == "checking" and exchange.checked:
        checked = exchange.checked
        progress = f"Checked {checked.done} of {checked.total} papers, {checked.found} match"
        return f"{progress}. Stop keeps them."
    return _STATUS[exchange.stage]


def _text(exchange: Exchange) -> Markup:
    sentences = [
        _sentence(exchange.number, sentence)
        for sentence in exchange.sentences
        if not sentence.listed
    ]
    if exchange.unfinished.strip():
        unfinished = exchange.unfinished.strip()
        sentences.append(Markup('<span class="unfinished">{}</span>').format(unfinished))
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
    # A no-break space keeps the mark on the line of the last word.
    return text + Markup("&nbsp;") + marks if marks else text


def _warnings(exchange: Exchange) -> Markup:
    """Return what was not found in the sources, as text: a phone shows no tooltips."""
    warnings = []
    missing = [name for sentence in exchange.sentences for name in sentence.missing]
    if missing:
        warnings.append(f"Underlined: the cited abstract does not mention {', '.join(missing)}.")
    if exchange.dropped == 1:
        warnings.append("One sentence was left out because its source does not support it.")
    elif exchange.dropped:
        warnings.append(
            f"{exchange.dropped} sentences were left out because their sources do not support them."
        )
    html = Markup('<div class="warning">{}</div>')
    return Markup("").join(html.format(text) for text in warnings)


def _abstention(exchange_number: int, answer: Answer) -> Markup:
    verdict, *closest = answer.sentences
    papers = Markup("").join(
        Markup("<li>{}</li>").format(link(ranked.paper.title, ranked.paper.link))
        for ranked in answer.papers[:_CLOSEST_COUNT]
    )
    return Markup(
        '<div class="note abstention"><strong>{}</strong> <span>{}</span>'
        '<div class="closest">Closest papers<ol>{}</ol></div>'
        '<button type="button" data-action="again" data-event="submit" data-retry="bold" '
        'data-number="{}">Answer anyway</button></div>'
    ).format(
        verdict.text,
        Markup(" ").join(_sentence(exchange_number, sentence) for sentence in closest),
        papers,
        exchange_number,
    )


def _details(answer: Answer) -> Markup:
    """Return the line under an answer: model, timings, confidence."""
    name = answer.model.rpartition("@")[0] or answer.model
    parts = [
        PurePath(name).name,
        f"first token {answer.timings.first_token_s:.1f} s",
        f"total {answer.timings.total_s:.1f} s",
        f"{confidence_level(answer.confidence)} confidence",
    ]
    return Markup('<div class="details">{}</div>').format(" · ".join(parts))
