"""What people thought of answers becomes a question set for the eval harness."""

from collections.abc import Iterator, Sequence

from assistant.chat.conversation.exchange import Exchange, turns
from assistant.chat.conversation.exchange_store import restored
from assistant.library import Conversations
from assistant.text.proper_names import find_names
from assistant.text.quantities import find_quantities
from assistant.text.words import content_words

# A correction of so few words is the answer itself; a longer one is an explanation.
_WORDS_OF_AN_ANSWER = 4


def questions_from_feedback(
    conversations: Conversations, owner: str = ""
) -> list[dict[str, object]]:
    """Return the questions whose right answer is known from feedback, as lines of a question set.

    Right are an answer that helped and a correction. An answer that was called wrong without saying
    what is right is left out. The format is that of `eval/README.md`.

    Args:
        conversations: of a library.
        owner: whose.
    """
    return [
        line
        for saved in conversations.judged(owner).values()
        for line in _lines([restored(one) for one in saved])
    ]


def _lines(exchanges: Sequence[Exchange]) -> Iterator[dict[str, object]]:
    for place, exchange in enumerate(exchanges):
        known, papers = _known(exchange), _papers(exchange)
        if exchange.answer is None or known is None or not papers:
            continue
        line: dict[str, object] = {
            "id": f"feedback-{exchange.number}",
            "question": exchange.question,
            "papers": papers,
            **known,
        }
        if history := turns(exchanges[:place]):
            line["history"] = [
                {"question": turn.question, "answer": turn.answer} for turn in history
            ]
            line["standalone"] = exchange.answer.standalone_question
        yield line


def _known(exchange: Exchange) -> dict[str, object] | None:
    """Return the kind of a question and what is known of its answer; None if nothing is."""
    feedback, answer = exchange.feedback, exchange.answer
    if feedback.helpful is None or answer is None:
        return None
    if feedback.correction:
        return _by_correction(feedback.correction)
    if feedback.unanswerable or (feedback.helpful and answer.abstained):
        return {"kind": "unanswerable"}
    if not feedback.helpful:
        return None
    quotes = list(dict.fromkeys(citation.quote for citation in answer.citations))
    said = " ".join(sentence.text for sentence in answer.sentences)
    return {"kind": "explain", "facts": _facts(said), "evidence": quotes}


def _by_correction(correction: str) -> dict[str, object]:
    if len(correction.split()) > _WORDS_OF_AN_ANSWER:
        return {"kind": "explain", "facts": _facts(correction)}
    kind = "number" if find_quantities(correction) else "name"
    return {"kind": kind, "answers": [correction.rstrip(". ") or correction]}


def _facts(text: str) -> list[list[str]]:
    """Return what a full answer mentions: the numbers and names of a right one, or its words."""
    claimed = [number.written for number in find_quantities(text) if number.explicit]
    mentioned = [*claimed, *find_names(text)] or content_words(text) or [text]
    return [[fact] for fact in mentioned]


def _papers(exchange: Exchange) -> list[str]:
    """Return the titles of the papers that the answer cites; of the closest if it cites none."""
    cited = list(dict.fromkeys(citation.title for citation in exchange.citations))
    if cited or exchange.answer is None:
        return cited
    return [ranked.paper.title for ranked in exchange.answer.papers[:1]]
