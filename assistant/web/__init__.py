"""Protection for the web servers: ASGI middleware that knows nothing of what it protects."""
