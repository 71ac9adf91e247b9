"""Names in a question about the collection: data sets, models and methods that papers must have.

A name is looked for literally, so no model needs to be asked; but people write names in many ways.
CIFAR-100 is CIFAR100, and neither CIFAR-10 nor a part of it; Llama-3 is LLaMA 3 but not Llama 3.1.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.text.proper_names import has_name_shape
from assistant.text.words import content_words, stem

_TOKEN = re.compile(r"[^\W_]+(?:[+.'_‐-―-]+[^\W_]+)*\+*")
# A number, with its unit if it has one: "1.5x", "30", "7B", "eight-fold".
_NUMBER = re.compile(r"\d[\d.,]*(?:x|×|k|m|b|t|st|nd|rd|th)?|\w+-fold", re.IGNORECASE)
_PART = re.compile(r"[^\W\d_]+|\d+")
_BETWEEN_PARTS = r"[\s.'_‐-―-]{0,2}"

# A word counts as a name if the papers write it with a capital at least so often.
_CAPITALISED = 0.8

_OR = re.compile(r"\b(or|either|any of)\b", re.IGNORECASE)
_WITHOUT = re.compile(
    r"\b(not|without|except|excluding|never|no|other than|rather than|instead of|besides)\b"
    r"(?: \w+){0,2} ?$",
    re.IGNORECASE,
)
# With one of these, TinyLlama is a Llama and miniImageNet an ImageNet.
_FAMILY = re.compile(
    r"\b(versions?|variants?|forms?|famil(?:y|ies)|kinds?|types?|subsets?|derivatives?|members?|"
    r"models)\b",
    re.IGNORECASE,
)
# What may stand beside names without asking for more than that a paper has them.
_BESIDE_NAMES = frozenset(
    map(
        stem,
        """
        accuracy appear apply base baseline bench benchmark build built come compare comparison
        corpus cover data dataset datasets deal discuss employ evaluate evaluation experiment
        experiments family figure find form give include involve kind kinds look member members
        method methods model models name names number numbers occur part performance play present
        put rely result results run runs score scores set sets show subset subsets system systems
        task tasks test themselves train tried try type types variant variants version versions work
        """.split(),
    )
)


@dataclass(frozen=True, slots=True)
class Name:
    """A name, and how it may be written.

    Attributes:
        text: as the question has it.
        pattern: finds it in a `plain` text.
    """

    text: str
    pattern: re.Pattern[str]

    def within(self, text: str) -> bool:
        """Tell whether a text has the name."""
        return self.pattern.search(plain(text)) is not None


@dataclass(frozen=True, slots=True)
class Names:
    """The names that a paper must have, or must not.

    Attributes:
        wanted: at least one.
        unwanted: none of these may occur.
        every: whether all wanted names must occur, or any of them.
        alone: whether the question asks for nothing else.
    """

    wanted: tuple[Name, ...]
    unwanted: tuple[Name, ...]
    every: bool
    alone: bool

    @property
    def certain(self) -> bool:
        """Whether the question itself writes them as names, with a capital or a digit."""
        return not any(name.text.islower() and name.text.isalpha() for name in self.wanted)

    def within(self, text: str) -> bool:
        """Tell whether a text has the names that it must have and none that it must not."""
        has = [name.within(text) for name in self.wanted]
        enough = all(has) if self.every else any(has)
        return enough and not any(name.within(text) for name in self.unwanted)

    def count_within(self, text: str) -> int:
        """Return how many of the wanted names a text has."""
        return sum(name.within(text) for name in self.wanted)


def names_asked(criterion: str, texts: Sequence[str]) -> Names | None:
    """Return the names in the criterion of a question; None if it wants none.

    Args:
        criterion: what the question says of the papers.
        texts: of the papers of the library. They tell names from other words: what they write
            with a capital inside a sentence is a name, however the question writes it.
    """
    texts = [plain(text) for text in texts]
    phrases = _phrases(criterion, texts)
    glued = _FAMILY.search(criterion) is not None
    wanted: list[Name] = []
    unwanted: list[Name] = []
    rest = ""
    done = 0
    for start, end in phrases:
        name = _name(criterion[start:end], texts, glued=glued)
        (unwanted if _WITHOUT.search(criterion[:start]) else wanted).append(name)
        rest += f"{criterion[done:start]} "
        done = end
    rest += criterion[done:]
    if not wanted:
        return None
    return Names(
        tuple(wanted),
        tuple(unwanted),
        every=len(wanted) > 1 and not _OR.search(criterion),
        alone=all(stem(word) in _BESIDE_NAMES for word in content_words(rest)),
    )


def name_of(text: str, texts: Sequence[str]) -> Name:
    """Return a text that is a name as a whole, with all its spellings.

    Args:
        text: such as "Masked Thought".
        texts: of the papers of the library.
    """
    return _name(text, [plain(one) for one in texts], glued=False)


def plain(text: str) -> str:
    """Return a text without accents: "TÜLU" and "Tulu" are one name."""
    if text.isascii():
        return text
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def _phrases(criterion: str, texts: Sequence[str]) -> list[tuple[int, int]]:
    """Return where the names stand in a criterion; words that follow each other are one name."""
    phrases: list[tuple[int, int]] = []
    proper = False  # whether the last phrase holds a word that is a name on its own
    for match in _TOKEN.finditer(criterion):
        word = match.group()
        joined = bool(phrases) and criterion[phrases[-1][1] : match.start()] in (" ", "-")
        if _is_name(word, texts):
            if not joined:
                phrases.append(match.span())
            else:
                phrases[-1] = (phrases[-1][0], match.end())
            proper = True
        elif proper and joined and (word[0].isupper() or _NUMBER.fullmatch(word)):
            phrases[-1] = (phrases[-1][0], match.end())
        else:
            proper = False
    return phrases


def _is_name(word: str, texts: Sequence[str]) -> bool:
    if not any(map(str.isalpha, word)) or _NUMBER.fullmatch(word):
        return False
    if has_name_shape(word):
        return True
    spellings = _spellings(word, texts)
    if word[0].isupper() and not spellings:
        return len(word) > 1
    capitalised = [spelling for spelling in spellings if not spelling.islower()]
    # What the papers have once and the question in small letters may be a part of a longer name:
    # "materials" of the "Materials Project".
    sure = word[0].isupper() or len(capitalised) > 1 or any(map(has_name_shape, capitalised))
    return sure and len(capitalised) >= _CAPITALISED * len(spellings)


def _spellings(word: str, texts: Sequence[str]) -> list[str]:
    """Return a word as texts write it, each time that no sentence begins with it."""
    pattern = re.compile(rf"(?<![.!?:] )(?<!\w)(?!^){re.escape(word)}(?!\w)", re.IGNORECASE)
    small = word.lower()
    return [match for text in texts if small in text.lower() for match in pattern.findall(text)]


def _name(text: str, texts: Sequence[str], *, glued: bool) -> Name:
    """Return a name with the pattern of all its spellings."""
    parts = _PART.findall(plain(text))
    written = _BETWEEN_PARTS.join(
        f"{re.escape(part[:-1])}s?" if _is_plural(part) else re.escape(part) for part in parts
    )
    begins = r"(?<![^\W_])"
    if glued:
        begins = rf"(?:{begins}|(?-i:(?=[A-Z])))"
    ends = r"(?![^\W_])(?!\.\d)" if parts[-1].isdigit() else r"s?(?![^\W\d_])"
    spellings = [begins + written + ends]
    if long_form := _long_form(text, texts):
        spellings.append(rf"\b{long_form}\b")
    # MATH is a benchmark where the papers also write of math.
    exact = text.isupper() and any(map(str.islower, _spellings(text, texts)))
    return Name(text, re.compile("|".join(spellings), 0 if exact else re.IGNORECASE))


def _is_plural(part: str) -> bool:
    """Tell whether a part of a name may lack its last letter: of ResNets a paper uses one."""
    return len(part) > 3 and part[-1] == "s" and part[-2] != "s"


def _long_form(abbreviation: str, texts: Sequence[str]) -> str | None:
    """Return the pattern of the words that an abbreviation stands for, if a text spells it out."""
    letters = abbreviation.removesuffix("s")
    if not letters.isalpha() or not 2 <= len(letters) <= 6:
        return None
    words = r"[\s-]+".join(rf"{letter}[a-z]+" for letter in letters)
    spelt_out = re.compile(rf"\b({words})\s*\({letters}s?\)", re.IGNORECASE)
    for text in texts:
        if f"({letters}" in text and (match := spelt_out.search(text)):
            return r"[\s-]+".join(map(re.escape, re.split(r"[\s-]+", match[1])))
    return None
