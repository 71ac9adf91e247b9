"""Papers from Zotero on this machine, over its local API."""
