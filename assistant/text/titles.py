"""Titles as people say them: "BossNAS" for "BossNAS: Exploring Hybrid CNN-transformers ..."."""

# What stands before the colon of a title is a name up to so many words, else half a sentence.
_NAME_WORDS = 4


def short_title(title: str) -> str:
    """Return the name that a title begins with, or the whole title if it has none."""
    name, colon, _ = title.partition(": ")
    return name if colon and len(name.split()) <= _NAME_WORDS else title
