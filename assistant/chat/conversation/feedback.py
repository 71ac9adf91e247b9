"""The feedback on answers: from the page, and as a question set for ``assistant eval``."""

from collections.abc import Sequence
from typing import Any

from assistant.chat.conversation.exchange import Exchange, turns
from assistant.chat.conversation.exchange_store import exchange_from_saved
from assistant.chat.widgets.event_fields import text as field
from assistant.library import Conversations, Feedback
from assistant.text.proper_names import find_names
from assistant.text.quantities import find_quantities
from assistant.text.words import content_words

# A correction of up to this many words is the answer itself; a longer one is an explanation.
_MAX_ANSWER_WORDS = 4


def feedback_from_event(event: Any, before: Feedback) -> Feedback:
    """Return the new feedback on an answer; a second click on "This helped" withdraws it."""
    if field(event, "action") == "helped":
        return Feedback() if before.helpful else Feedback(helpful=True)
    return Feedback(
        helpful=False,
        correction=field(event, "correction"),
        unanswerable=field(event, "unanswerable") == "1",
    )


def questions_from_feedback(
    conversations: Conversations, owner: str = ""
) -> list[dict[str, object]]:
    """Return the questions whose right answer is known from feedback, as question set records.

    The right answer is one that helped, or a correction. Answers marked as wrong without a
    correction are left out. The format is described in `eval/README.md`.

    Args:
        conversations: the conversations of a library.
        owner: whose conversations to read.
    """
    paths = conversations.with_feedback(owner)
    records = (_record([exchange_from_saved(one) for one in path]) for path in paths)
    return [record for record in records if record is not None]


def _record(path: Sequence[Exchange]) -> dict[str, object] | None:
    """Return the last of some exchanges as a record; None if its right answer is unknown."""
    *earlier, exchange = path
    expected, papers = _expected(exchange), _papers(exchange)
    if exchange.answer is None or expected is None or not papers:
        return None
    record: dict[str, object] = {
        "id": f"feedback-{exchange.number}",
        "question": exchange.question,
        "papers": papers,
        **expected,
    }
    if history := turns(earlier):
        record["history"] = [{"question": turn.question, "answer": turn.answer} for turn in history]
        record["standalone"] = exchange.answer.standalone_question
    return record


def _expected(exchange: Exchange) -> dict[str, object] | None:
    """Return a question's kind and its right answer; None if the answer is unknown."""
    feedback, answer = exchange.feedback, exchange.answer
    if feedback.helpful is None or answer is None:
        return None
    if feedback.correction:
        return _expected_from_correction(feedback.correction)
    if feedback.unanswerable or (feedback.helpful and answer.abstained):
        return {"kind": "unanswerable"}
    if not feedback.helpful:
        return None
    quotes = list(dict.fromkeys(citation.quote for citation in answer.citations))
    text = " ".join(sentence.text for sentence in answer.sentences)
    return {"kind": "explain", "facts": _facts(text), "evidence": quotes}


def _expected_from_correction(correction: str) -> dict[str, object]:
    if len(correction.split()) > _MAX_ANSWER_WORDS:
        return {"kind": "explain", "facts": _facts(correction)}
    kind = "number" if find_quantities(correction) else "name"
    return {"kind": kind, "answers": [correction.rstrip(". ") or correction]}


def _facts(text: str) -> list[list[str]]:
    """Return what a full answer must mention: the text's numbers and names, else its words."""
    claimed = [number.written for number in find_quantities(text) if number.explicit]
    mentioned = [*claimed, *find_names(text)] or content_words(text) or [text]
    return [[fact] for fact in mentioned]


def _papers(exchange: Exchange) -> list[str]:
    """Return the titles of the cited papers, or of the best match if none is cited."""
    cited = list(dict.fromkeys(citation.title for citation in exchange.citations))
    if cited or exchange.answer is None:
        return cited
    return [ranked.paper.title for ranked in exchange.answer.papers[:1]]
