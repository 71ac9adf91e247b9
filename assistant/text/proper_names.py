"""Finding proper names in a text by their spelling."""

import re

# The tokens that may be names.
TOKEN = re.compile(r"[^\W_][\w+./'-]*[\w+]|[^\W_]")
_SENTENCE_OPENING = re.compile(r"^\W*\w[\w'-]*|[.!?:]['\")\]’”]*\s+\w[\w'-]*")
# A token that begins with a digit is a number, with or without a unit ("1.8x", "12-layer", "1e-4"),
# unless a word follows ("3DMatch").
_NUMBER = re.compile(r"\d(?!\w*(?:[A-Z][a-z]|[A-Z]{3}))")


def find_names(text: str) -> list[str]:
    """Return the distinct names in a text, in order.

    A name has a capital or digit after its first character (LoRA, GSM8K, GPT-4, COCO), or is a
    capitalised word that does not open a sentence.
    """
    openings = {match.end() for match in _SENTENCE_OPENING.finditer(text)}
    found = []
    for match in TOKEN.finditer(text):
        word = match.group().removesuffix("'s")
        if not any(char.isalpha() for char in word) or _NUMBER.match(word):
            continue
        opens_sentence = any(match.start() < end <= match.end() for end in openings)
        is_capitalised = word[0].isupper() and not opens_sentence and len(word) > 1
        if is_capitalised or has_name_shape(word):
            found.append(word)
    return list(dict.fromkeys(found))


def has_name_shape(word: str) -> bool:
    """Return whether a word has a capital or digit after its first character.

    Such a word is a name even at the beginning of a sentence.
    """
    return any(char.isupper() or char.isdigit() for char in word[1:])


def occurrences(name: str, text: str) -> list[str]:
    """Return each occurrence of a name in a text, as the text spells it.

    Case is ignored. A name inside a longer word is not an occurrence.
    """
    return re.findall(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE)
