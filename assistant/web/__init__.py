"""Protection for the web servers: ASGI middleware that is independent of the protected app."""
