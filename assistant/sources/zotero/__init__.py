"""Papers from Zotero on this machine, from its local API or its database."""
