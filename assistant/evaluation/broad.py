"""Gold annotations of broad questions, which have no single closed answer.

A synthesis has nuggets: for each paper, surface forms that show its contribution. An overview has
themes. `eval/README.md` describes the fields.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

SYNTHESIS_KINDS = ("synthesis", "cross-verdict")
PAPER_SET_KINDS = ("keyword", "list")
ANSWER_KINDS = ("summary", "messy", "multi-turn", "superlative", "metadata", "foreign")
OVERVIEW = "overview"
EXISTENCE = "existence"
SMALLTALK = "smalltalk"
UNANSWERABLE_BROAD = "unanswerable-broad"
BROAD_KINDS = (
    *SYNTHESIS_KINDS,
    OVERVIEW,
    *ANSWER_KINDS,
    *PAPER_SET_KINDS,
    EXISTENCE,
    SMALLTALK,
    UNANSWERABLE_BROAD,
)


@dataclass(frozen=True, slots=True)
class Nugget:
    """What one paper contributes to a synthesis.

    Attributes:
        paper: its title.
        forms: surface forms, one of which must occur.
        vital: whether a good answer must contain it.
    """

    paper: str
    forms: tuple[str, ...]
    vital: bool


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme of an overview.

    Attributes:
        forms: surface forms of its name.
        papers: titles of its papers.
    """

    forms: tuple[str, ...]
    papers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BroadGold:
    """The gold of a broad question.

    Attributes:
        nuggets: the nuggets of a synthesis.
        themes: the themes of an overview.
        count: the number that the answer has to state; None if the question asks for none.
        exists: for an existence question, whether there is such a paper; None for other kinds.
        language: the ISO code of the language of the answer; empty for English.
        split: "dev", or "test" for the half that is evaluated only once; empty if the set has none.
    """

    nuggets: tuple[Nugget, ...] = ()
    themes: tuple[Theme, ...] = ()
    count: int | None = None
    exists: bool | None = None
    language: str = ""
    split: str = ""


def parse_broad_gold(kind: str, record: Mapping[str, Any]) -> BroadGold:
    """Return the gold of a broad question from a line of a question set.

    Raises:
        ValueError: a field is missing or malformed.
    """
    try:
        nuggets = tuple(
            Nugget(str(one["paper"]), _forms(one["any"]), bool(one["vital"]))
            for one in record.get("nuggets", ())
        )
        themes = tuple(
            Theme((*_forms(one["any"]), str(one["name"])), _forms(one["papers"]))
            for one in record.get("themes", ())
        )
    except (KeyError, TypeError) as error:
        raise ValueError(f"malformed nuggets or themes ({error!r})") from error
    if kind in SYNTHESIS_KINDS and not nuggets:
        raise ValueError("a synthesis needs 'nuggets'")
    if kind == OVERVIEW and not themes:
        raise ValueError("an overview needs 'themes'")
    exists = record.get("answer")
    if kind == EXISTENCE and exists not in ("yes", "no"):
        raise ValueError("the 'answer' of an existence question must be yes or no")
    return BroadGold(
        nuggets=nuggets,
        themes=themes,
        count=record.get("count"),
        exists=exists == "yes" if kind == EXISTENCE else None,
        language=str(record.get("language", "")),
        split=str(record.get("split", "")),
    )


def _forms(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise TypeError("not a list of texts")
    return tuple(value)
