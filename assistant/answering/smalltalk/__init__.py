"""Replies to greetings, remarks and questions about the assistant itself."""

from assistant.answering.smalltalk.reply import reply_to

__all__ = ["reply_to"]
