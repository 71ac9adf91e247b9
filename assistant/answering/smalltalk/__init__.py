"""Replies to greetings, remarks and questions about the assistant itself."""

from assistant.answering.smalltalk.reply import reply_similarity
from assistant.answering.smalltalk.strategy import answer_smalltalk

__all__ = ["answer_smalltalk", "reply_similarity"]
