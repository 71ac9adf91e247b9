"""Names of authors and editors, split into parts."""

import re
from dataclasses import dataclass

_SUFFIX = re.compile(r"(?:Jr|Sr|Jun|Sen|I{2,3}|IV|2nd|3rd|4th)\.?", re.IGNORECASE)
_PARTICLES = frozenset(
    "af al am aus da das de degli dei del della den der des di do dos du el im la le lo st ten ter "
    "und van vom von y zu zum zur".split()
)
# Words that occur only in names of organisations.
_ORGANISATION = re.compile(
    r"[,&]|\band\b|\b(?:consortium|collaboration|group|team|committee|society|association"
    r"|organi[sz]ation|institute|university|network|initiative|investigators|foundation|agency"
    r"|laborator(?:y|ies)|inc|ltd|gmbh)\b",
    re.IGNORECASE,
)
# Words that do not occur in given names.
_NO_GIVEN_NAME = re.compile(r"\b(?:of|for|the|and)\b|&")


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """The name of a person in parts, or of an organisation as a whole.

    The parts are those of CSL (the Citation Style Language).

    Attributes:
        family: the family name, such as ``García Márquez``.
        given: the given names or initials.
        particle: what comes before the family name and is ignored in sorting, such as ``van der``.
        suffix: such as ``Jr.`` or ``III``.
        literal: the whole name if it has no parts, such as an organisation's.
    """

    family: str = ""
    given: str = ""
    particle: str = ""
    suffix: str = ""
    literal: str = ""

    def __str__(self) -> str:
        """Return the name as it is written in a byline: ``Bo van der Berg Jr.``."""
        parts = (self.given, self.particle, self.family, self.suffix)
        return self.literal or " ".join(filter(None, parts))

    @property
    def inverted(self) -> str:
        """The family name first, as in BibTeX: ``van der Berg, Jr., Bo``."""
        if self.literal:
            return self.literal
        last = " ".join(filter(None, (self.particle, self.family)))
        return ", ".join(filter(None, (last, self.suffix, self.given)))

    @classmethod
    def from_inverted(cls, text: str) -> "Name":
        """Parse ``Family, Given`` or ``Family, Suffix, Given``.

        Lower-case particles are split from the family name. A text without a comma is parsed by
        `from_natural`. The part after the comma may show that the name is an organisation's, as in
        ``World Health Organization, Department of Health``.
        """
        last, *rest = [" ".join(part.split()) for part in text.split(",")]
        rest = [part for part in rest if part]
        if not last or not rest:
            return cls.from_natural(last or " ".join(rest))
        suffix = next((part for part in rest if _SUFFIX.fullmatch(part)), "")
        given = " ".join(part for part in rest if part != suffix)
        if any(map(_ORGANISATION.search, (last, given))) or _NO_GIVEN_NAME.search(given):
            return cls(literal=", ".join([last, *rest]))
        words = given.split()
        if not suffix and len(words) > 1 and _SUFFIX.fullmatch(words[-1]):
            suffix, given = words[-1], " ".join(words[:-1])  # Melt, Bo Jr
        particle, family = _without_particle(last.split())
        return cls(family=family, given=given, particle=particle, suffix=suffix)

    @classmethod
    def from_natural(cls, text: str) -> "Name":
        """Guess the parts of a name whose last word is the family name.

        Text that names an organisation becomes a literal.
        """
        text = " ".join(text.split())
        if _ORGANISATION.search(text):
            return cls(literal=text)
        words = text.split()
        suffix = words.pop() if len(words) > 2 and _SUFFIX.fullmatch(words[-1]) else ""
        start = max(len(words) - 1, 0)
        while start > 1 and words[start - 1] in _PARTICLES:
            start -= 1
        particle, family = _without_particle(words[start:])
        return cls(family=family, given=" ".join(words[:start]), particle=particle, suffix=suffix)


def _without_particle(words: list[str]) -> tuple[str, str]:
    """Split the words of a family name into its particle and the rest."""
    end = 0
    while end < len(words) - 1 and words[end] in _PARTICLES:
        end += 1
    return " ".join(words[:end]), " ".join(words[end:])


def uncertain_parts(names: "tuple[Name, ...]") -> tuple[Name, ...]:
    """Return the names whose parts `Name.from_natural` would not guess correctly."""
    distinct = dict.fromkeys(names)
    return tuple(name for name in distinct if Name.from_natural(str(name)) != name)
