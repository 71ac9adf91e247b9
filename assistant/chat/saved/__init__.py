"""The tab with the answers that a visitor saved."""
