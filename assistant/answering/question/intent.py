"""Questions about the collection: those whose answer is a list of papers, or their number.

"Which papers evaluate on CIFAR-100?" wants every paper that does, "Which paper ...?" only one. What
tells them apart is how a question speaks of papers: in the plural, or of "every", "any", "anyone".
What it says besides is the criterion that a paper must meet to be in the list.
"""

import re
from dataclasses import dataclass

from assistant.answering.question.number_filter import number_condition
from assistant.text.words import content_words, stem

_PAPERS = r"(?:papers|articles|publications|abstracts|preprints|manuscripts)"
# Words that mean papers only where no other reading is left: "which studies ..." asks for papers,
# "the ablation studies" does not.
_WORKS = r"(?:works|studies|surveys)"
_ONE = r"(?:paper|work|study|article|publication|abstract|research|literature)"
_THESE = r"(?:of )?(?:all )?(?:of )?(?:the|these|those|this|our|my|your)"
_LIBRARY = r"(?:the|this|our|my|your) (?:whole |entire )?(?:library|collection|corpus)"
# One paper's own doings are told in the past: "How many papers were reviewed in the survey?"
_NOW = r"(?! (?:were|was|did|had|better|best|on average)\b)"
# What may stand before papers that are asked for. "A few expert papers" and "bundles of articles"
# are what some paper deals with.
_BEFORE_PAPERS = (
    r"(?:(?:which|what|how many|all|any|every|no|other|(?:number|fraction|share|list|overview) of)"
    rf" (?:of )?(?:{_THESE} (?:\d+ )?)?|{_THESE} (?:\d+ )?|(?:list|show|find|get|got|give|me|see"
    r"|read|need|want|like|cite|recommend|suggest|name|count|identify|enumerate|summari[sz]e|search"
    r"|mention|provide|return|retrieve|on|for|in|among|across|are there|there|do|compare) )"
    r"(?:(?!of )[\w-]+ ){0,4}?"
)

_ASKS = (
    # Of papers in the plural one asks for all; but "which two papers" is answered by two.
    rf"{_BEFORE_PAPERS}(?<!two )(?<!both )(?<!pairs of ){_PAPERS}{_NOW}",
    rf"^(?:[\w-]+ ){{0,3}}{_PAPERS}{_NOW}(?= (?:on|about|that|which|with|using)\b|$)",
    r"(?:which|what|how many|all|every|any|some|number of|other|list) "
    rf"(?:{_THESE} )?{_WORKS}{_NOW}",
    rf"^(?:{_WORKS}|{_ONE})(?= (?:on|about|that|which|with|using)\b)",
    r"of (?:the|these|those|our|my|your) documents",
    rf"(?:(?:every|any) (?:(?:other|single) )?{_ONE}|each (?:single )?paper)",
    r"(?:all|what|which|of|there) (?:the )?(?:work|research|literature)"
    r"(?= (?:is|exists|that|on|about|with|using)\b)",
    r"(?:is there|are there|do we have|have we got) (?:anything|something|anyone|anybody|work)",
    r"(?:does|has|did|is) (?:anyone|anybody)(?: else| here)?(?! know\b)",
    r"(?:^|(?:list|show|find|give) (?:me )?)(?:everything|anything)"
    r"(?= .*?\b(?:on|about|that|which|with|using)\b)",
    r"what (?:else )?(?:is|do we have)(?: there)?(?= (?:in|on|about)\b)",
    rf"(?:in|does|do|of|across) {_LIBRARY}(?: (?:contain|have|hold|include))?",
    r"^who(?: else| all)?(?= (?:uses?|evaluates?|tests?|reports?|mentions?|trains?|fine-tunes?|"
    r"works? on|stud(?:y|ies)|builds? on)\b)",
    r"^where (?:is|are)(?= .*\b(?:used|mentioned|evaluated|tested)$)",
)
_ASK = re.compile(rf"\b(?:{'|'.join(_ASKS)})\b", re.IGNORECASE)
# With a condition on a number whatever the papers have in the plural is asked for, too: "Which
# methods save at least 30 %?", but not "Which methods does it beat by at least 3 %?"
_ASK_BY_NUMBER = re.compile(
    r"\b(?:which|what) (?:approaches|methods|techniques|frameworks|systems)"
    r"(?! (?:do|does|did|is|was|were|have|has)\b)|^what (?=can be \w+ed\b)"
    r"|^who(?! (?:is|was|has|does)\b)(?= \w+s\b)",
    re.IGNORECASE,
)
# "In the paper on papers": the question is about that one.
_ONE_MEANT = re.compile(r"\b(?:the|this|that) (?:[\w-]+ ){0,2}paper\b(?! of\b)", re.IGNORECASE)

_SIDE = r"((?!how\b|what\b|why\b|whether\b)(?:[^\s:?!]+ ){0,3}?[^\s:?!]+?)"
_COMPARED = re.compile(
    rf"^(?:please )?(?:compare|contrast) {_SIDE},? (?:and|with|to|against|versus|vs\.?) {_SIDE}$|"
    rf"^{_SIDE} (?:versus|vs\.?) {_SIDE}$",
    re.IGNORECASE,
)
_NAME = re.compile(r"[A-Z]|\d")

# Words that say nothing of the papers wanted, at either end of a criterion.
_FRAME = frozenset(
    map(
        stem,
        """
        abstracts address agree appear apart cite collection come complete concern consider contain
        contradict corpus count cover deal differ disagree discuss enumerate examine exist explore
        find focus fraction full give handle have here identify include interested investigate know
        library like list look looking many mention name need number often overview papers please
        present question read recent related relate search show speak studies studying subject
        summarise summarize summary tackle talk total touch treat want work write writing
        """.split(),
    )
)


@dataclass(frozen=True, slots=True)
class CollectionQuestion:
    """What a question about the collection asks for.

    Attributes:
        said: what it says of the papers, as it stands in the question.
        criterion: the same without the words around it: "continual learning", "CIFAR-100".
        sides: the two named things that it wants compared, if it does.
    """

    said: str
    criterion: str
    sides: tuple[str, ...] = ()

    @property
    def compares(self) -> bool:
        """Whether it wants two named things compared."""
        return bool(self.sides)


def collection_question(question: str) -> CollectionQuestion | None:
    """Return what a question asks of the collection; None if it asks for something else."""
    # Of several sentences the last one asks.
    *before, asked = re.split(r"(?<=[.!?:;])(?<!vs\.)\s+", question.strip())
    asked = asked.rstrip("?!. ")
    compared = None if before else _COMPARED.match(asked)
    sides = tuple(side for side in compared.groups() if side) if compared else ()
    if compared and all(map(_NAME.search, sides)):
        said = asked.partition(" ")[2] if compared[1] else asked
        return CollectionQuestion(said, said, sides)
    found = _ASK.search(asked)
    if found is None and number_condition(asked):
        found = _ASK_BY_NUMBER.search(asked)
    if found is None or _ONE_MEANT.search(asked):
        return None
    # "Which papers use X?", but also "How often is X used in these papers?"
    for said in (asked[found.end() :], asked[: found.start()], " ".join(before)):
        if criterion := _trimmed(said):
            return CollectionQuestion(said, criterion)
    return CollectionQuestion("", "")


def _trimmed(said: str) -> str:
    """Return what is left of a text without function words and the like at its ends."""
    words = said.split()
    places = [place for place, word in enumerate(words) if _counts(word)]
    return " ".join(words[places[0] : places[-1] + 1]).strip(" ,;:.") if places else ""


def _counts(word: str) -> bool:
    return any(stem(part) not in _FRAME for part in content_words(word))
