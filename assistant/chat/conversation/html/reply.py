"""The reply of an exchange: its answer or its progress."""

from pathlib import PurePath

from markupsafe import Markup

from assistant.answering import Answer
from assistant.chat.conversation.exchange import Exchange, Stage
from assistant.chat.conversation.html.answer_text import answer_text, sentences_html
from assistant.chat.conversation.html.citations import citation_labels
from assistant.chat.widgets.markup import link

_CLOSEST_COUNT = 3

_STATUS: dict[Stage, str] = {
    "waiting": "Waiting",
    "loading": "Loading the model",
    "searching": "Searching the papers",
    "reading": "Reading the evidence",
    "checking": "Checking the papers",
}
_NOTHING_NEAR = Markup(" <span>No paper in the library comes close to this question.</span>")
_ENDED: dict[Stage, str] = {
    "stopped": "Stopped.",
    "interrupted": "Interrupted: the assistant was closed before the answer was complete.",
}


def reply(exchange: Exchange) -> Markup:
    """Return the HTML of an exchange's answer, or of its progress."""
    return Markup('<div class="reply">{}</div>').format(_content(exchange))


def confidence_level(confidence: float | None) -> str:
    """Return a probability as ``high``, ``moderate`` or ``low``; empty if there is none."""
    if confidence is None:
        return ""
    if confidence >= 0.85:
        return "high"
    return "moderate" if confidence >= 0.6 else "low"


def _content(exchange: Exchange) -> Markup:
    if exchange.answer is not None and exchange.answer.abstained:
        answer = exchange.answer
        return _corrected(answer) + _abstention(exchange, answer) + _details(answer)
    parts = [answer_text(exchange, citation_labels(exchange)), warnings(exchange)]
    if exchange.answer is not None:
        parts.insert(0, _corrected(exchange.answer))
    if exchange.stage in _ENDED:
        parts.append(Markup('<div class="stopped">{}</div>').format(_ENDED[exchange.stage]))
    if exchange.stage == "failed":
        parts.append(
            Markup('<div class="note problem" role="alert">{}</div>').format(exchange.problem)
        )
    if exchange.stage in _STATUS:
        parts.append(Markup('<div class="status" role="status">{}</div>').format(_status(exchange)))
    if exchange.answer is not None:
        parts.append(_details(exchange.answer))
    return Markup("").join(parts)


def _corrected(answer: Answer) -> Markup:
    """Return what was searched for instead of mistyped words; empty without any."""
    if not answer.corrections:
        return Markup("")
    return Markup('<div class="corrected">{}</div>').format(answer.correction_note)


def _status(exchange: Exchange) -> str:
    if exchange.ahead and exchange.stage == "waiting":
        others = "another question" if exchange.ahead == 1 else f"{exchange.ahead} other questions"
        return f"Waiting for {others} to be answered"
    if exchange.stage == "checking" and exchange.checked:
        checked = exchange.checked
        progress = f"Checked {checked.done} of {checked.total} papers, {checked.found} match"
        return f"{progress}. Stop keeps them."
    return _STATUS[exchange.stage]


def warnings(exchange: Exchange) -> Markup:
    """Return what was not found in the sources, as text because phones show no tooltips."""
    found = []
    answer = exchange.answer
    if answer is not None and confidence_level(answer.confidence) == "low":
        found.append("Low confidence: the papers may not answer this. Check the quotes.")
    missing = [name for sentence in exchange.sentences for name in sentence.missing]
    if missing:
        found.append(f"Underlined: the cited abstract does not mention {', '.join(missing)}.")
    if exchange.dropped == 1:
        found.append("One sentence was left out because its source does not support it.")
    elif exchange.dropped:
        found.append(
            f"{exchange.dropped} sentences were left out because their sources do not support them."
        )
    html = Markup('<div class="warning">{}</div>')
    return Markup("").join(html.format(text) for text in found)


def _abstention(exchange: Exchange, answer: Answer) -> Markup:
    verdict, *closest = answer.sentences
    if not closest:
        # Only a question that was searched for has a confidence: other strategies abstain because
        # the records or the numbers lack something.
        nothing_near = answer.confidence is not None
        return Markup('<div class="note abstention"><strong>{}</strong>{}</div>').format(
            verdict.text, _NOTHING_NEAR if nothing_near else ""
        )
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
        sentences_html(citation_labels(exchange), closest),
        papers,
        exchange.number,
    )


def _details(answer: Answer) -> Markup:
    """Return the line under an answer: what was checked; the timings behind an info mark."""
    name = answer.model.rpartition("@")[0] or answer.model
    level = "" if answer.abstained else confidence_level(answer.confidence)
    checks = " · ".join(filter(None, [_checked(answer), f"{level} confidence" if level else ""]))
    timings = (
        f"{PurePath(name).name} · first token {answer.timings.first_token_s:.1f} s · "
        f"total {answer.timings.total_s:.1f} s"
    )
    return Markup(
        '<div class="details">{}<details class="info"><summary '
        'aria-label="Model and timings" title="Model and timings">i</summary>'
        "<span>{}</span></details></div>"
    ).format(Markup("<span>{}</span>").format(checks) if checks else "", timings)


def _checked(answer: Answer) -> str:
    """Return how many of the sentences that make a claim are supported by their sources."""
    if answer.abstained:
        return "Not answered"
    stated = [one for one in answer.sentences if one.citations or not one.supported]
    if not stated:
        return ""
    supported = sum(one.supported for one in stated)
    kind = "entries" if all(one.listed for one in stated) else "sentences"
    if len(stated) == 1:
        return "Supported by its source" if supported else "Not fully supported by its source"
    return f"{supported} of {len(stated)} {kind} supported by their sources"
