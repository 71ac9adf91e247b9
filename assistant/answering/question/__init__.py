"""What a question asks for: its intent, its filters, its verdict, and the questions before it."""
