"""What goes on behind the page: waiting questions, loading, background work, stopping."""
