"""Facts in abstracts that questions can ask for: numbers and names, each with its sentence."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.papers import Paper
from assistant.text.instructions import spans_without_instructions
from assistant.text.proper_names import find_names, has_name_shape
from assistant.text.quantities import find_quantities

# A sentence with fewer words hardly says what its number measures.
_MIN_WORDS = 8


@dataclass(frozen=True, slots=True)
class Fact:
    """A number or name that one sentence of an abstract states.

    Attributes:
        kind: ``number`` or ``name``: the kind of the question.
        paper: the paper whose abstract states it.
        sentence: the sentence that states it.
        answer: the number or name, as written in the sentence.
    """

    kind: str
    paper: Paper
    sentence: str
    answer: str


def facts_of(paper: Paper) -> list[Fact]:
    """Return the facts of a paper that its abstract states once and its title does not.

    At most one number and one name are taken from each sentence.
    """
    sentences = [span.of(paper.abstract) for span in spans_without_instructions(paper.abstract)]
    facts = []
    for sentence in sentences:
        if len(sentence.split()) < _MIN_WORDS:
            continue
        others = " ".join([paper.title, *(one for one in sentences if one != sentence)])
        numbers = [one.written for one in find_quantities(sentence) if one.explicit]
        names = [name for name in find_names(sentence) if has_name_shape(name)]
        for kind, answers in (("number", numbers), ("name", names)):
            once = [one for one in answers if one not in others and sentence.count(one) == 1]
            facts += [Fact(kind, paper, sentence, answer) for answer in once[:1]]
    return facts


def facts_in_turn(papers: Sequence[Paper]) -> Iterator[Fact]:
    """Yield the facts of papers: the first of each paper, then the second of each, and so on.

    In this way, a small number of questions covers as many papers as possible. Every second paper
    begins with its names, the others with their numbers.
    """
    by_paper = []
    for place, paper in enumerate(papers):
        numbers, names = (
            [fact for fact in facts_of(paper) if fact.kind == kind] for kind in ("number", "name")
        )
        by_paper.append(names + numbers if place % 2 else numbers + names)
    for turn in range(max(map(len, by_paper), default=0)):
        yield from (facts[turn] for facts in by_paper if turn < len(facts))
