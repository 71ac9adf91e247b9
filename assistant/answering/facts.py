"""The numbers and names of a text: what must stand in a cited abstract, character for character."""

import re
from collections.abc import Iterable

_NUMBER_WORDS = {
    word: str(value)
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve".split()
    )
} | {
    "half": "0.5",
    "doubl": "2",
    "twice": "2",
    "twofold": "2",
    "tripl": "3",
    "thrice": "3",
    "quadrupl": "4",
    "twenty": "20",
    "thirty": "30",
    "forty": "40",
    "fifty": "50",
    "hundred": "100",
}
_SCALES = {
    "thousand": 1e3,
    "k": 1e3,
    "million": 1e6,
    "m": 1e6,
    "billion": 1e9,
    "b": 1e9,
    "trillion": 1e12,
    "t": 1e12,
}
# A number that stands alone, not one inside a name such as GPT-4 or Qwen2.5.
_NUMBER = re.compile(
    r"(?<![\w.])(?<![A-Za-z]-)(\d+(?:,\d{3})+(?:\.\d+)?|\d*\.?\d+)"
    r"(?:\s?(thousand|million|billion|trillion|[kKMBT])\b)?",
)
_SMALL_NUMBER_WORD = re.compile(
    r"\b(zero|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|"
    r"hundred|twofold|thrice|twice|half|(?:doubl|tripl|quadrupl)(?=e|ing))"
)
# A name has a capital or a digit beyond its first letter (LoRA, GSM8K, GPT-4, COCO), or is a
# capitalised word inside a sentence.
_TOKEN = re.compile(r"[^\W_][\w+./'-]*[\w+]|[^\W_]")
# A number with its unit is checked as a number: "1.8x" is supported by "1.8 times".
_MEASURE = re.compile(r"\d[\d.,]*(?:x|×|st|nd|rd|th|s|ms|k|m|b|t)", re.IGNORECASE)
_SENTENCE_OPENING = re.compile(r"^\W*\w[\w'-]*|[.!?:]\s+\w[\w'-]*")


def numbers(text: str) -> dict[str, float]:
    """Return the numbers of a text as written, with their values.

    ``160,000``, ``160k`` and ``160 thousand`` have the same value; ``eight-fold`` is 8 and
    ``doubling`` is 2. Digits that are part of a name (``GPT-4``) are no numbers.
    """
    found = {}
    for match in _NUMBER.finditer(text):
        scale = _SCALES[match[2].lower()] if match[2] else 1.0
        found[match.group()] = float(match[1].replace(",", "")) * scale
    for match in _SMALL_NUMBER_WORD.finditer(text.lower()):
        found[match.group()] = float(_NUMBER_WORDS[match.group()])
    return found


def names(text: str) -> list[str]:
    """Return the names of a text: words with a capital or a digit that are not sentence openings.

    At the opening of a sentence only words with a second capital or a digit are taken for names.
    """
    openings = {match.end() for match in _SENTENCE_OPENING.finditer(text)}
    found = []
    for match in _TOKEN.finditer(text):
        word = match.group().removesuffix("'s")
        if not any(char.isalpha() for char in word) or _MEASURE.fullmatch(word):
            continue
        marked = any(char.isupper() or char.isdigit() for char in word[1:])
        opening = any(match.start() < end <= match.end() for end in openings)
        if marked or (word[0].isupper() and not opening and len(word) > 1):
            found.append(word)
    return list(dict.fromkeys(found))


def missing_numbers(text: str, sources: Iterable[str]) -> tuple[str, ...]:
    """Return the numbers of a text whose value occurs in none of the sources."""
    known: set[float] = set()
    for source in sources:
        known.update(numbers(source).values())
        # Inside names too: "a 7B model" is supported by "LLaMA-7B", "8 bits" by "INT8".
        known.update(numbers(_NAME_JOINT.sub(" ", source)).values())
    return tuple(written for written, value in numbers(text).items() if value not in known)


_NAME_JOINT = re.compile(r"(?<=[A-Za-z])-?(?=\d)")


def missing_names(text: str, sources: Iterable[str]) -> tuple[str, ...]:
    """Return the names of a text that occur in none of the sources, hyphens and case aside."""
    known = _letters(" ".join(sources))
    return tuple(name for name in names(text) if _letters(name).rstrip("s") not in known)


def spelt_out(text: str, sources: Iterable[str]) -> frozenset[str]:
    """Return the words of a text that spell out an abbreviation which the sources have.

    "Proximal Policy Optimization (PPO)" says no more than "PPO".
    """
    known = set(_ABBREVIATION.findall(" ".join(sources)))
    found: set[str] = set()
    for match in _SPELT_OUT.finditer(text):
        words = re.findall(r"[^\W_][\w-]*", match[1])[-len(match[2]) :]
        initials = "".join(word[0] for word in words)
        if match[2] in known and initials.upper() == match[2]:
            found.update(words)
    return frozenset(found)


_ABBREVIATION = re.compile(r"\b[A-Z]{2,8}\b")
_SPELT_OUT = re.compile(r"((?:[^\W_][\w-]*\s+){1,7}[^\W_][\w-]*)\s*\(([A-Z]{2,8})\)")


def _letters(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())
