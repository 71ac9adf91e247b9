"""Replies to small talk come from the topic whose examples are nearest."""

import pytest

from assistant.answering.smalltalk.reply import load_topics, reply_to
from assistant.library import Embedder


@pytest.mark.parametrize(
    ("remark", "topic"),
    [
        ("hello!", "greeting"),
        ("thx a lot", "thanks"),
        ("can I import from Mendeley?", "adding papers"),
        ("you got it wrong again", "wrong answer"),
        ("what does [2] stand for?", "citations"),
        ("is this offline?", "privacy"),
    ],
)
def test_reply_is_that_of_the_nearest_topic(embedder: Embedder, remark: str, topic: str) -> None:
    reply = reply_to(remark, embedder)
    assert reply == next(one.reply for one in load_topics() if one.name == topic)


def test_every_topic_has_a_reply_and_several_examples() -> None:
    topics = load_topics()
    assert len({one.name for one in topics}) == len(topics)
    assert all(one.reply and len(one.examples) >= 4 for one in topics)
