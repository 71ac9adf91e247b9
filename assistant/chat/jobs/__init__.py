"""Work behind the page: the question queue, model loading, background jobs, stopping."""
