"""Short titles: "BossNAS" for "BossNAS: Exploring Hybrid CNN-transformers ..."."""

# Up to this many words before the colon of a title are a name; more are a phrase.
_NAME_WORDS = 4


def short_title(title: str) -> str:
    """Return the name before the colon of a title, or the whole title if there is none."""
    name, colon, _ = title.partition(": ")
    return name if colon and len(name.split()) <= _NAME_WORDS else title
