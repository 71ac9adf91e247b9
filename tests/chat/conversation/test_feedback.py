"""Question sets made of feedback."""

import json
from dataclasses import replace
from pathlib import Path

from made_up_exchanges import answered_exchange

from assistant.chat.conversation.exchange import Exchange
from assistant.chat.conversation.exchange_store import save_new
from assistant.chat.conversation.export import question_set
from assistant.chat.conversation.feedback import questions_from_feedback
from assistant.evaluation import load_questions
from assistant.library import Conversations, Feedback


def _judge(conversations: Conversations, exchange: Exchange, feedback: Feedback) -> None:
    conversation = conversations.start("", exchange.question).id
    saved = save_new(conversations, conversation, exchange)
    conversations.save_feedback(conversation, saved.number, feedback)


def test_feedback_becomes_a_valid_question_set(
    conversations: Conversations, tmp_path: Path
) -> None:
    helped, wrong = Feedback(helpful=True), Feedback(helpful=False)
    _judge(conversations, answered_exchange("Helped?"), helped)
    _judge(conversations, answered_exchange("Number?"), replace(wrong, correction="5 mm."))
    _judge(conversations, answered_exchange("Name?"), replace(wrong, correction="BreadNet"))
    _judge(
        conversations,
        answered_exchange("Explained?"),
        replace(wrong, correction="With BreadNet it rises by 5 mm in the oven."),
    )
    _judge(conversations, answered_exchange("Unanswerable?"), replace(wrong, unanswerable=True))
    _judge(conversations, answered_exchange("Abstained?", abstained=True), helped)
    _judge(conversations, answered_exchange("Wrong, but what is right?"), wrong)

    file = tmp_path / "feedback.jsonl"
    records = questions_from_feedback(conversations)
    file.write_text(question_set(records)["text"], encoding="utf-8")
    questions = {question.text: question for question in load_questions(file)}

    assert {text: question.kind for text, question in questions.items()} == {
        "Helped?": "explain",
        "Number?": "number",
        "Name?": "name",
        "Explained?": "explain",
        "Unanswerable?": "unanswerable",
        "Abstained?": "unanswerable",
    }
    assert questions["Number?"].answers == ("5 mm",)
    assert set(questions["Explained?"].facts) == {("5",), ("BreadNet",)}
    assert questions["Helped?"].evidence == ("DoughNet rises 4 mm.",)
    assert {question.papers for question in questions.values()} == {("Dough",)}


def test_follow_up_with_feedback_includes_its_history(conversations: Conversations) -> None:
    conversation = conversations.start("", "Rise").id
    first = save_new(conversations, conversation, answered_exchange("What is DoughNet?"))
    follow_up = save_new(conversations, conversation, answered_exchange("How far?"), first.number)
    conversations.save_feedback(conversation, follow_up.number, Feedback(helpful=True))

    [record] = questions_from_feedback(conversations)

    assert record["history"] == [
        {"question": "What is DoughNet?", "answer": "DoughNet rises 4 mm."}
    ]
    assert record["standalone"] == "How far does dough rise?"
    json.dumps(record)
