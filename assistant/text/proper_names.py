"""The names in a text: words that are written like names."""

import re

# A name has a capital or a digit beyond its first letter (LoRA, GSM8K, GPT-4, COCO), or is a
# capitalised word inside a sentence.
TOKEN = re.compile(r"[^\W_][\w+./'-]*[\w+]|[^\W_]")
_SENTENCE_OPENING = re.compile(r"^\W*\w[\w'-]*|[.!?:]['\")\]’”]*\s+\w[\w'-]*")
# What begins with a digit is a number, with a unit or without ("1.8x", "12-layer", "1e-4"), unless
# a word follows ("3DMatch").
_NUMBER = re.compile(r"\d(?!\w*(?:[A-Z][a-z]|[A-Z]{3}))")


def names(text: str) -> list[str]:
    """Return the names of a text: words with a capital or a digit that are not sentence openings.

    At the opening of a sentence only words with a second capital or a digit are taken for names.
    """
    openings = {match.end() for match in _SENTENCE_OPENING.finditer(text)}
    found = []
    for match in TOKEN.finditer(text):
        word = match.group().removesuffix("'s")
        if not any(char.isalpha() for char in word) or _NUMBER.match(word):
            continue
        marked = is_marked(word)
        opening = any(match.start() < end <= match.end() for end in openings)
        if marked or (word[0].isupper() and not opening and len(word) > 1):
            found.append(word)
    return list(dict.fromkeys(found))


def is_marked(word: str) -> bool:
    """Tell whether a word is a name wherever it stands, by a capital or digit inside it."""
    return any(char.isupper() or char.isdigit() for char in word[1:])


def with_name(name: str, text: str) -> list[str]:
    """Return a name as a text writes it, each time; inside a longer word it is another name."""
    return re.findall(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE)
