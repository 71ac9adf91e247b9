"""An API compatible with OpenAI's: models, chat completions and embeddings."""
