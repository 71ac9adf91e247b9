"""Recognises questions about the collection, whose answer is a list of papers or a count.

"Which papers evaluate on CIFAR-100?" asks for all such papers, "Which paper ...?" for one. The
difference is how the question refers to papers: in the plural, or by "every", "any" or "anyone".
The rest of the question is the criterion that a paper has to meet.
"""

import re
from dataclasses import dataclass

from assistant.answering.question.number_filter import parse_number_condition
from assistant.text.words import content_words, stem

_PAPERS = r"(?:papers|articles|publications|abstracts|preprints|manuscripts)"
# Words that mean papers in some contexts only: "which studies ..." asks for papers, "the ablation
# studies" does not.
_WORKS = r"(?:works|studies|surveys)"
_ONE = r"(?:paper|work|study|article|publication|abstract|research|literature)"
_THESE = r"(?:of )?(?:all )?(?:of )?(?:the|these|those|this|our|my|your)"
_LIBRARY = r"(?:the|this|our|my|your) (?:whole |entire )?(?:library|collection|corpus)"
# A verb in the past tense or a comparison indicates a question about the content of one paper: "How
# many papers were reviewed in the survey?"
_NOT_CONTENT = r"(?! (?:were|was|did|had|better|best|on average)\b)"
# What may precede the word for papers if the question asks for papers. "A few expert papers" and
# "bundles of articles" are the subject of a paper instead.
_BEFORE_PAPERS = (
    r"(?:(?:which|what|how many|all|any|every|no|other|(?:number|fraction|share|list|overview) of)"
    rf" (?:of )?(?:{_THESE} (?:\d+ )?)?|{_THESE} (?:\d+ )?|(?:list|show|find|get|got|give|me|see"
    r"|read|need|want|like|cite|recommend|suggest|name|count|identify|enumerate|summari[sz]e|search"
    r"|mention|provide|return|retrieve|on|for|in|among|across|are there|there|do|compare) )"
    r"(?:(?!of )[\w-]+ ){0,4}?"
)

_ASKS = (
    # The plural asks for all papers, except in "which two papers".
    rf"{_BEFORE_PAPERS}(?<!two )(?<!both )(?<!pairs of ){_PAPERS}{_NOT_CONTENT}",
    rf"^(?:[\w-]+ ){{0,3}}{_PAPERS}{_NOT_CONTENT}(?= (?:on|about|that|which|with|using)\b|$)",
    r"(?:which|what|how many|all|every|any|some|number of|other|list) "
    rf"(?:{_THESE} )?{_WORKS}{_NOT_CONTENT}",
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
# With a number condition, other plurals ask for papers too: "Which methods save at least 30 %?"
# does so, but "Which methods does it beat by at least 3 %?" does not.
_ASK_BY_NUMBER = re.compile(
    r"\b(?:which|what) (?:approaches|methods|techniques|frameworks|systems)"
    r"(?! (?:do|does|did|is|was|were|have|has)\b)|^what (?=can be \w+ed\b)"
    r"|^who(?! (?:is|was|has|does)\b)(?= \w+s\b)",
    re.IGNORECASE,
)
# "In the paper on papers": the question is about that paper.
_SINGLE_PAPER = re.compile(r"\b(?:the|this|that) (?:[\w-]+ ){0,2}paper\b(?! of\b)", re.IGNORECASE)

_SIDE = r"((?!how\b|what\b|why\b|whether\b)(?:[^\s:?!]+ ){0,3}?[^\s:?!]+?)"
_COMPARISON = re.compile(
    rf"^(?:please )?(?:compare|contrast) {_SIDE},? (?:and|with|to|against|versus|vs\.?) {_SIDE}$|"
    rf"^{_SIDE} (?:versus|vs\.?) {_SIDE}$",
    re.IGNORECASE,
)
_NAME = re.compile(r"[A-Z]|\d")

# Stems of words that are removed from both ends of a criterion.
_FRAME_STEMS = frozenset(
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
        raw_criterion: the part of the question with the criterion, as written.
        criterion: the same without frame words at its ends: "continual learning", "CIFAR-100".
            Empty if the question asks for all papers.
        sides: the names of the two things to compare; empty if it is not a comparison.
    """

    raw_criterion: str
    criterion: str
    sides: tuple[str, ...] = ()

    @property
    def is_comparison(self) -> bool:
        """Whether the question asks for a comparison of two named things."""
        return bool(self.sides)


def parse_collection_question(question: str) -> CollectionQuestion | None:
    """Return what a question asks of the collection; None if it is about something else."""
    # If there are several sentences, the last one is the question.
    *before, last = re.split(r"(?<=[.!?:;])(?<!vs\.)\s+", question.strip())
    last = last.rstrip("?!. ")
    if not before and (comparison := _parse_comparison(last)):
        return comparison
    found = _ASK.search(last)
    if found is None and parse_number_condition(last):
        found = _ASK_BY_NUMBER.search(last)
    if found is None or _SINGLE_PAPER.search(last):
        return None
    # The criterion usually follows ("Which papers use X?"), but may also precede ("How often is X
    # used in these papers?").
    for part in (last[found.end() :], last[: found.start()], " ".join(before)):
        if criterion := _trimmed(part):
            return CollectionQuestion(part, criterion)
    return CollectionQuestion("", "")


def _parse_comparison(question: str) -> CollectionQuestion | None:
    match = _COMPARISON.match(question)
    if match is None:
        return None
    sides = tuple(side for side in match.groups() if side)
    if not all(map(_NAME.search, sides)):
        return None
    criterion = question.partition(" ")[2] if match[1] else question
    return CollectionQuestion(criterion, criterion, sides)


def _trimmed(text: str) -> str:
    """Return a text without function words and frame words at its ends."""
    words = text.split()
    indices = [index for index, word in enumerate(words) if _has_content(word)]
    return " ".join(words[indices[0] : indices[-1] + 1]).strip(" ,;:.") if indices else ""


def _has_content(word: str) -> bool:
    return any(stem(part) not in _FRAME_STEMS for part in content_words(word))
