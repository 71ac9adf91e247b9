"""Who may use the server: API keys, rate limits and the origins of web pages."""
