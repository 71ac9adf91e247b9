"""Papers from the network: asked for by id or search, and only when a command says so."""
