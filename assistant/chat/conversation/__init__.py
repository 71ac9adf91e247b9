"""The chat tab: conversations, questions and answers."""
