"""HTTP: requests to web services, in turns, with retries, and errors that say what to do."""
