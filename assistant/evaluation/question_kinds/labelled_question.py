"""A question whose kind is known: what the classifier of question kinds is fitted on."""

from dataclasses import dataclass

from assistant.answering.question.kind import QuestionKind

# The placeholder of each type of name that the library's records may resolve (see `form_tokens`).
ENTITY_SLOTS = {
    "author": "<author>",
    "venue": "<venue>",
    "title": "<title>",
    "paper": "<title>",  # such as FrostFormer, with which a title begins
}


@dataclass(frozen=True, slots=True)
class LabelledQuestion:
    """A training question.

    Attributes:
        text: as a person might type it.
        entities: placeholders by the text they replace (see `form_tokens`).
        kind: of the question.
        template: identifies what it was made from; several questions may be made from one.
        form: the question without its subject; empty if what its subject is is unknown.
        weight: how much its template counts beside others.
    """

    text: str
    entities: dict[str, str]
    kind: QuestionKind
    template: str
    form: str = ""
    weight: float = 1.0
