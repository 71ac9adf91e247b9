"""The text of an answer: sentences, lists and groups, with their citations."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from markupsafe import Markup, escape

from assistant.answering import AnswerSentence
from assistant.chat.conversation.exchange import Exchange
from assistant.chat.conversation.html.citations import CitationLabels
from assistant.chat.widgets.markup import link
from assistant.text.titles import short_title


def answer_text(exchange: Exchange, cited: CitationLabels) -> Markup:
    """Return the finished sentences and the unfinished text; empty if there is none."""
    groups = [
        (heading, list(sentences))
        for heading, sentences in groupby(exchange.sentences, key=lambda one: one.group)
    ]
    unfinished = exchange.unfinished.strip()
    if unfinished and not groups:
        groups = [("", [])]
    text = Markup("")
    for heading, sentences in groups:
        is_last = sentences is groups[-1][1]
        text += _group(heading, sentences, cited, unfinished if is_last else "")
    kind = exchange.answer.kind if exchange.answer else ""
    return Markup('<div class="text {}">{}</div>').format(kind, text) if text else Markup("")


def sentences_html(cited: CitationLabels, sentences: Iterable[AnswerSentence]) -> Markup:
    """Return sentences as running text."""
    return Markup(" ").join(_sentence(cited, one) for one in sentences)


def _group(
    heading: str, sentences: Sequence[AnswerSentence], cited: CitationLabels, unfinished: str
) -> Markup:
    """Return a group of sentences as a card; ungrouped ones have no heading."""
    shown = [one for one in sentences if not one.folded]
    folded = [one for one in sentences if one.folded]
    html = _runs(shown, cited, unfinished)
    if folded:
        html += Markup("<details><summary>Show {} more</summary>{}</details>").format(
            len(folded), _runs(folded, cited)
        )
    if not heading:
        return html
    return Markup('<section class="group"><h4>{}</h4>{}</section>').format(heading, html)


def _runs(
    sentences: Sequence[AnswerSentence], cited: CitationLabels, unfinished: str = ""
) -> Markup:
    """Return sentences in order: running text as paragraphs, entries as lists.

    The unfinished text continues the last paragraph.
    """
    runs = [(listed, list(run)) for listed, run in groupby(sentences, key=lambda one: one.listed)]
    if unfinished and (not runs or runs[-1][0]):
        runs.append((False, []))
    html = Markup("")
    for index, (listed, run) in enumerate(runs, 1):
        if listed:
            entries = (Markup("<li>{}</li>").format(_entry(cited, one)) for one in run)
            html += Markup("<ul>{}</ul>").format(Markup("").join(entries))
            continue
        text = sentences_html(cited, run)
        if unfinished and index == len(runs):
            span = Markup('<span class="unfinished">{}</span>').format(unfinished)
            text = text + Markup(" ") + span if text else span
        html += Markup("<p>{}</p>").format(text)
    return html


def _entry(cited: CitationLabels, sentence: AnswerSentence) -> Markup:
    """Return a list entry. A title at its start is bold and links to the paper."""
    paper = next((cited.papers[one] for one in sentence.citations if one in cited.papers), None)
    titles = (paper.title, short_title(paper.title)) if paper is not None else ()
    title = next((one for one in titles if sentence.text.startswith(one)), None)
    if paper is None or title is None:
        return _sentence(cited, sentence)
    return Markup("<strong>{}</strong>{}&nbsp;{}").format(
        link(title, paper.link),
        sentence.text.removeprefix(title),
        cited.marks(sentence.citations),
    )


def _sentence(cited: CitationLabels, sentence: AnswerSentence) -> Markup:
    text = escape(sentence.text)
    if not sentence.supported:
        text = Markup(
            '<span class="unsupported" title="Not found in the cited abstract: {}">{}</span>'
        ).format(", ".join(sentence.missing), text)
    marks = cited.marks(sentence.citations)
    # A no-break space keeps the mark on the line of the last word.
    return text + Markup("&nbsp;") + marks if marks else text
