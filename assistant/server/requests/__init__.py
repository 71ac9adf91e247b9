"""What the interfaces share: bodies, answers as events, and clients that leave."""
