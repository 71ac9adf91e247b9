"""HTTP: requests to web services, with rate limits, retries and helpful errors."""
