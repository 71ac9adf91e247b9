"""The chat tab: conversations, their questions and answers."""
