"""A question of a known kind, for fitting the classifier of question kinds."""

from dataclasses import dataclass

from assistant.answering.question.kind import KINDS, QuestionKind

# The placeholder for each type of name that may refer to records of the library (see
# `form_tokens`).
ENTITY_SLOTS = {
    "author": "<author>",
    "venue": "<venue>",
    "title": "<title>",
    "paper": "<title>",  # such as FrostFormer, if a title begins with it
}


@dataclass(frozen=True, slots=True)
class LabelledQuestion:
    """A training question.

    Attributes:
        text: as a person might type it.
        entities: placeholders by the text they replace (see `form_tokens`).
        kind: the kind of the question.
        template: identifies what it was made from; several questions may be made from one.
        form: the question without its subject; empty if the subject is not known.
        weight: the weight of its template relative to other templates.
    """

    text: str
    entities: dict[str, str]
    kind: QuestionKind
    template: str
    form: str = ""
    weight: float = 1.0


def kind_named(name: str) -> QuestionKind | None:
    """Return the kind with a name; None if there is none."""
    return next((kind for kind in KINDS if kind == name), None)
