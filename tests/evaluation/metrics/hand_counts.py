"""An independent, naive computation of every metric from the files of a run.

It uses no code of the assistant.
"""

import math
from collections.abc import Iterable, Sequence
from typing import Any

Record = dict[str, Any]
"""A line of a question set or of a predictions file."""

_AMOUNTS = (
    "first_token_s",
    "total_s",
    "retrieval_s",
    "prompt_tokens",
    "cached_tokens",
    "completion_tokens",
)


def kind_of(question: Record) -> str:
    return str(question.get("kind", "verdict"))


def score(question: Record, answer: Record) -> float:
    """The answer score, 0 to 1."""
    kind = kind_of(question)
    if kind == "unanswerable":
        return 1.0 if answer["abstained"] else 0.0
    if answer["abstained"]:
        return 0.0
    if kind == "verdict":
        return 1.0 if _verdict(question, answer) == question["answer"] else 0.0
    text = " ".join(sentence["text"] for sentence in answer["sentences"]).lower()
    if kind in ("explain", "multi"):
        found = 0
        for fact in question["facts"]:
            if any(substring.lower() in text for substring in fact):
                found += 1
        return found / len(question["facts"])
    return 1.0 if any(_stands_alone(form.lower(), text) for form in question["answers"]) else 0.0


def count(questions: Sequence[Record], answers: Sequence[Record]) -> dict[str, float]:
    """Every metric that has a value, by its name."""
    pairs = list(zip(questions, answers, strict=True))
    kinds = sorted({kind_of(question) for question in questions})
    figures: dict[str, float | None] = {}
    for kind in kinds:
        figures[f"answer_score.{kind}"] = _mean(
            score(question, answer) for question, answer in pairs if kind_of(question) == kind
        )
    figures["answer_score"] = _mean(figures[f"answer_score.{kind}"] for kind in kinds)
    figures |= _retrieval(pairs) | _citations(pairs) | _abstention(pairs) | _confidence(pairs)
    for amount in _AMOUNTS:
        values = sorted(answer["timings"][amount] for answer in answers)
        figures[f"{amount}_p50"] = _quantile(values, 0.5)
        figures[f"{amount}_p95"] = _quantile(values, 0.95)
    if kinds == ["verdict"]:
        figures["verdict_accuracy"] = figures["answer_score"]
        figures["verdict_macro_f1"] = _macro_f1(pairs)
    return {name: value for name, value in figures.items() if value is not None}


def _mean(values: Iterable[float | None]) -> float | None:
    there = [value for value in values if value is not None]
    return sum(there) / len(there) if there else None


def _stands_alone(form: str, text: str) -> bool:
    for start in range(len(text) - len(form) + 1):
        end = start + len(form)
        before = text[start - 1] if start else " "
        after = text[end] if end < len(text) else " "
        if text[start:end] == form and not _in_word(before) and not _in_word(after):
            return True
    return False


def _in_word(character: str) -> bool:
    return character.isalnum() or character == "_"


def _titles(question: Record) -> list[str]:
    return list(question["papers"]) if "papers" in question else [question["title"]]


def _retrieval(pairs: Sequence[tuple[Record, Record]]) -> dict[str, float | None]:
    recalls: dict[int, list[float]] = {1: [], 3: [], 5: [], 10: []}
    reciprocal, gains, evidence = [], [], []
    for question, answer in pairs:
        wanted = _titles(question)
        ranked = [paper["title"] for paper in answer["papers"]]
        for depth, values in recalls.items():
            values.append(len([title for title in ranked[:depth] if title in wanted]) / len(wanted))
        first, gain = 0.0, 0.0
        for place, title in enumerate(ranked, start=1):
            if title in wanted:
                first = first or 1 / place
                gain += math.log(2) / math.log(place + 1)
        best = sum(math.log(2) / math.log(place + 1) for place in range(1, len(wanted) + 1))
        reciprocal.append(first)
        gains.append(gain / best)
        known = question.get("evidence", [])
        if kind_of(question) != "unanswerable" and known:
            shown = [sentence["text"] for sentence in answer["evidence"]]
            evidence.append(len([sentence for sentence in known if sentence in shown]) / len(known))
    return {
        **{f"recall@{depth}": _mean(values) for depth, values in recalls.items()},
        "mrr": _mean(reciprocal),
        "ndcg@10": _mean(gains),
        "evidence_recall": _mean(evidence),
    }


def _citations(pairs: Sequence[tuple[Record, Record]]) -> dict[str, float | None]:
    precision, recall, grounded = [], [], []
    for question, answer in pairs:
        if answer["abstained"]:
            continue
        wanted = _titles(question)
        cited = {citation["title"] for citation in answer["citations"]}
        right = [title for title in cited if title in wanted]
        if cited:
            precision.append(len(right) / len(cited))
        recall.append(len(right) / len(wanted))
        marks = [sentence["supported"] for sentence in answer["sentences"]]
        grounded.append(marks.count(True) / len(marks))
    return {
        "citation_precision": _mean(precision),
        "citation_recall": _mean(recall),
        "groundedness": _mean(grounded),
    }


def _abstention(pairs: Sequence[tuple[Record, Record]]) -> dict[str, float | None]:
    unanswerable = [kind_of(question) == "unanswerable" for question, _ in pairs]
    abstained = [answer["abstained"] for _, answer in pairs]
    both = list(zip(unanswerable, abstained, strict=True))
    return {
        "abstention_recall": _mean(float(silent) for out, silent in both if out),
        "abstained_on_answerable": _mean(float(silent) for out, silent in both if not out),
        "abstention_precision": _mean(float(out) for out, silent in both if silent),
    }


def _confidence(pairs: Sequence[tuple[Record, Record]]) -> dict[str, float | None]:
    wins = []
    for question, answer in pairs:
        for other, its_answer in pairs:
            if kind_of(question) != "unanswerable" and kind_of(other) == "unanswerable":
                mine, its = answer["confidence"], its_answer["confidence"]
                wins.append(1.0 if mine > its else 0.5 if mine == its else 0.0)
    given = [
        (answer["confidence"], score(question, answer))
        for question, answer in pairs
        if not answer["abstained"]
    ]
    return {
        "answerable_auc": _mean(wins),
        "risk_coverage_area": _area(given),
        "calibration_error": _calibration_error(given),
    }


def _area(given: Sequence[tuple[float, float]]) -> float | None:
    """The mean risk over all depths, where ties in confidence share their mean loss."""
    risks = []
    losses: list[float] = []
    for level in sorted({confidence for confidence, _ in given}, reverse=True):
        tied = [1 - right for confidence, right in given if confidence == level]
        for _ in tied:
            losses.append(sum(tied) / len(tied))
            risks.append(sum(losses) / len(losses))
    return _mean(risks)


def _calibration_error(given: Sequence[tuple[float, float]]) -> float | None:
    if not given:
        return None
    error = 0.0
    for tenth in range(10):
        top = 1.01 if tenth == 9 else (tenth + 1) / 10
        inside = [pair for pair in given if tenth / 10 <= pair[0] < top]
        if inside:
            confidence = sum(pair[0] for pair in inside) / len(inside)
            right = sum(pair[1] for pair in inside) / len(inside)
            error += abs(confidence - right) * len(inside) / len(given)
    return error


def _quantile(ordered: Sequence[float], q: float) -> float:
    place = q * (len(ordered) - 1)
    below = math.floor(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])


def _verdict(question: Record, answer: Record) -> str:
    """The first verdict word of an answer; empty if there is none."""
    scale = ("true", "false") if question["answer"] in ("true", "false") else ("yes", "no", "maybe")
    if answer["abstained"]:
        return ""
    text = " ".join(sentence["text"] for sentence in answer["sentences"]).lower()
    words = "".join(letter if _in_word(letter) else " " for letter in text).split()
    return next((word for word in words if word in scale), "")


def _macro_f1(pairs: Sequence[tuple[Record, Record]]) -> float | None:
    scores = []
    for verdict in {question["answer"] for question, _ in pairs}:
        hits = false_alarms = missed = 0
        for question, answer in pairs:
            right, given = question["answer"] == verdict, _verdict(question, answer) == verdict
            hits += right and given
            false_alarms += given and not right
            missed += right and not given
        precision = hits / (hits + false_alarms) if hits else 0.0
        recall = hits / (hits + missed)
        scores.append(2 * precision * recall / (precision + recall) if hits else 0.0)
    return _mean(scores)
