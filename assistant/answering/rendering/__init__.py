"""An answer as JSON, as Markdown, and as a numbered list of citations."""
