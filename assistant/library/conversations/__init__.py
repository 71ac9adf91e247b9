"""The conversations about a library: questions, answers and feedback, in one SQLite file."""

from assistant.library.conversations.records import Conversation, Feedback, SavedExchange
from assistant.library.conversations.saved_answers import SavedAnswer
from assistant.library.conversations.store import FILE_NAME, Conversations

__all__ = ["FILE_NAME", "Conversation", "Conversations", "Feedback", "SavedAnswer", "SavedExchange"]
