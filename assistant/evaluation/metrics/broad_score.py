"""The answer score of broad questions, by kind.

| kind | score |
| --- | --- |
| synthesis, cross-verdict | 0.5 x share of vital nuggets + 0.25 x share of all nuggets + 0.25 x F1 of the cited papers; halved beyond 350 words |
| overview | themes named / 5, at most 1; halved if fewer than 4 themes have a cited paper |
| summary, messy, multi-turn, metadata, foreign | answer, count, share of facts, or F1 of the papers |
| superlative | answer |
| existence | right yes or no, times F1 of the papers if yes |
| keyword, list | F1 of the cited papers (keyword: of the first ten ranked if none is cited) |
| smalltalk | no citation, no abstention, and an accepted form where there are any |
| unanswerable-broad | abstained, or says that there is none |
"""  # noqa: E501 - a table

import re
from collections.abc import Iterable

from assistant.evaluation.broad import (
    ANSWER_KINDS,
    EXISTENCE,
    OVERVIEW,
    PAPER_SET_KINDS,
    SMALLTALK,
    SYNTHESIS_KINDS,
    UNANSWERABLE_BROAD,
    BroadGold,
)
from assistant.evaluation.predictions import Prediction
from assistant.evaluation.questions import Question
from assistant.papers import paper_id

_MAX_WORDS = 350
_THEMES = 5
_MIN_CITED_THEMES = 4
_RANKED_PAPERS = 10
_NONE = re.compile(r"\b(?:none of|no papers?\b|do(?:es)? not (?:answer|say|report|mention))", re.I)


def broad_score(question: Question, prediction: Prediction) -> float:
    """Return the score of the answer to a broad question, 0 to 1."""
    gold = question.broad or BroadGold()
    kind, text = question.kind, prediction.text.casefold()
    says_none = prediction.abstained or _NONE.search(text) is not None
    if kind == UNANSWERABLE_BROAD:
        return float(says_none)
    if kind == SMALLTALK:
        is_reply = not (prediction.citations or prediction.abstained)
        return float(is_reply and (not question.answers or _has_any(text, question.answers)))
    if kind == EXISTENCE:
        if not gold.exists:
            return float(says_none or text.startswith("no"))
        return 0.0 if says_none else _cited_f1(question, prediction)
    if prediction.abstained and kind not in ("metadata",):
        return 0.0
    if kind in SYNTHESIS_KINDS:
        return _synthesis_score(question, gold, prediction)
    if kind == OVERVIEW:
        return _overview_score(gold, prediction)
    if kind in PAPER_SET_KINDS:
        return _cited_f1(question, prediction, use_ranking=kind == "keyword")
    assert kind in ANSWER_KINDS
    return _answer_score(question, gold, prediction)


def _synthesis_score(question: Question, gold: BroadGold, prediction: Prediction) -> float:
    text = prediction.text.casefold()
    found = [_has_any(text, nugget.forms) for nugget in gold.nuggets]
    vital = [hit for hit, nugget in zip(found, gold.nuggets, strict=True) if nugget.vital]
    score = (
        0.5 * _mean(vital or found) + 0.25 * _mean(found) + 0.25 * _cited_f1(question, prediction)
    )
    return score / 2 if len(prediction.text.split()) > _MAX_WORDS else score


def _overview_score(gold: BroadGold, prediction: Prediction) -> float:
    text, cited = prediction.text.casefold(), prediction.cited
    named = sum(_has_any(text, theme.forms) for theme in gold.themes)
    with_citation = sum(
        any(paper_id(title) in cited for title in theme.papers) for theme in gold.themes
    )
    score = min(1.0, named / min(_THEMES, len(gold.themes)))
    needed = min(_MIN_CITED_THEMES, len(gold.themes))
    return score if with_citation >= needed else score / 2


def _answer_score(question: Question, gold: BroadGold, prediction: Prediction) -> float:
    text = prediction.text.casefold()
    if question.facts:
        return _mean([_has_any(text, fact) for fact in question.facts])
    if question.answers:
        return float(_has_any(text, question.answers))
    if gold.count is not None:
        return float(re.search(rf"(?<!\d){gold.count}(?!\d)", text) is not None)
    return _cited_f1(question, prediction)


def _cited_f1(question: Question, prediction: Prediction, *, use_ranking: bool = False) -> float:
    """Return the F1 of the cited papers; borderline papers are neither right nor wrong."""
    cited = prediction.cited
    if not cited and use_ranking:
        cited = frozenset(paper_id(title) for title in prediction.papers[:_RANKED_PAPERS])
    wanted = {paper_id(title) for title in question.papers}
    counted = cited - {paper_id(title) for title in question.borderline}
    right = len(counted & wanted)
    return 2 * right / (len(counted) + len(wanted)) if right else 0.0


def _has_any(text: str, forms: Iterable[str]) -> bool:
    return any(form.casefold() in text for form in forms)


def _mean(found: list[bool]) -> float:
    return sum(found) / max(1, len(found))
