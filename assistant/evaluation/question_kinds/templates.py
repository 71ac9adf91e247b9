"""The training questions of the classifier of question kinds, made from templates with slots.

Each template of ``eval/question-kinds`` is filled several times, with fillers from many fields, so
that the classifier learns the form of a question and not its subject.
"""

import json
import random
import re
import zlib
from pathlib import Path

from assistant.answering.metadata.words.examples import NOT_ABOUT_RECORDS, load_examples
from assistant.answering.question.kind import KINDS, QuestionKind
from assistant.errors import InputError
from assistant.evaluation.question_kinds.labelled_question import (
    ENTITY_SLOTS,
    LabelledQuestion,
    kind_named,
)

_SLOT = re.compile(r"<(\w+)>")
# Not every author or title that a question names is in the library.
_SHARE_RESOLVED = 0.6
# With 3, drawing other subjects moves 5 of 30 syntheses across the threshold.
_FILLS = 6
_NUMERIC_SLOTS = frozenset(("year", "number"))
# There are many examples of requests, and other subjects change little about records.
_FILLS_OF_REQUESTS = 2
# Requests for what abstracts say. They are about records if they name an author, a year or a venue.
_CONTENT_REQUESTS = ("gist", "content")
_NAMES_RECORDS = re.compile("<(?:author|year|venue)>")
_SETS: dict[str, QuestionKind] = {
    "sample": "fact",
    "own-words": "fact",
    "verdicts": "fact",
    "biomedical": "fact",
    "conversations": "fact",
    "collection": "list",
}
_SEED = 7


def load_training_questions(folder: Path, sets: Path) -> list[LabelledQuestion]:
    """Fill the templates of a folder, and add half of the questions of our closed sets.

    The example phrasings of requests about records are templates, too, if the folder has fillers
    for their slots. The other half of our sets, chosen by a checksum of their ids, is held out for
    measuring.

    Args:
        folder: the folder with `templates.txt` and `fillers.json`.
        sets: the folder of the question sets.

    Raises:
        InputError: a heading names no kind, or a slot has no fillers.
    """
    fillers: dict[str, list[str]] = json.loads((folder / "fillers.json").read_text("utf-8"))
    chance = random.Random(_SEED)
    questions: list[LabelledQuestion] = []
    kind: QuestionKind | None = None
    for number, line in enumerate((folder / "templates.txt").read_text("utf-8").splitlines()):
        if line.startswith("# "):
            kind = kind_named(line[2:].strip())
            if kind is None:
                raise InputError(f"{line!r} names no kind of question; kinds: {', '.join(KINDS)}.")
        elif line.strip() and kind is not None:
            fills = _FILLS if _SLOT.search(line) else 1
            questions += [_fill(line, fillers, kind, str(number), chance) for _ in range(fills)]
    for request, examples in load_examples().items():
        about_records: QuestionKind = "fact" if request == NOT_ABOUT_RECORDS else "metadata"
        for place, example in enumerate(examples):
            slots = set(_SLOT.findall(example)) - _NUMERIC_SLOTS
            if not slots <= fillers.keys():
                continue
            if request not in _CONTENT_REQUESTS or _NAMES_RECORDS.search(example):
                questions += [
                    _fill(example, fillers, about_records, f"{request} {place}", chance)
                    for _ in range(_FILLS_OF_REQUESTS if _SLOT.search(example) else 1)
                ]
    for name, own_kind in _SETS.items():
        for line in (sets / f"{name}.jsonl").read_text("utf-8").splitlines():
            record = json.loads(line)
            if is_training_question(name, record["id"], record.get("subject", "")):
                text = record.get("question") or record["claim"]
                template = f"{name} {record['id']}"
                questions.append(LabelledQuestion(text, {}, own_kind, template))
    return questions


def is_training_question(set_name: str, id_: str, subject: str = "") -> bool:
    """Return whether the classifier is fitted on a question of one of our sets.

    Args:
        set_name: the name of the set, such as "sample".
        id_: the id of the question.
        subject: what a question about the collection filters papers by; else empty.
    """
    in_half = zlib.crc32(id_.encode()) % 2 == 0
    return set_name in _SETS and in_half and subject != "comparison"


def _fill(
    template: str,
    fillers: dict[str, list[str]],
    kind: QuestionKind,
    name: str,
    chance: random.Random,
) -> LabelledQuestion:
    entities: dict[str, str] = {}

    def replace(slot: re.Match[str]) -> str:
        type_ = slot[1]
        if type_ == "year":
            return str(chance.randint(1990, 2026))
        if type_ == "number":
            return str(chance.choice([2, 3, 5, 10, 20, 50, 90, 1.5, 100]))
        if type_ not in fillers:
            raise InputError(f"The slot <{type_}> of {template!r} has no fillers.")
        filler = chance.choice(fillers[type_])
        if type_ in ENTITY_SLOTS and chance.random() < _SHARE_RESOLVED:
            entities[filler] = ENTITY_SLOTS[type_]
        return filler

    form = _SLOT.sub(" ", template)
    return LabelledQuestion(_SLOT.sub(replace, template), entities, kind, name, form)
