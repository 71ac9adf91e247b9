"""Factories for questions, predictions and runs whose metrics can be computed by hand."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from assistant.evaluation import Question, Run
from assistant.evaluation.manifest import Manifest, manifest_path, setting_values
from assistant.evaluation.predictions import Prediction, Quote, Sentence
from assistant.settings import Settings

GLACIER = "Glacier Melt Seen from Balloons"
PARROTS = "Teaching Parrots to Count"
BREAD = "Bread Dough as a Neural Network"

# The small model cannot answer, so a few tokens are enough. Without a reading cache and reranking,
# its replies do not depend on what it read before, which changes the last bits of its numbers.
QUICK = Settings(
    model="smollm2-135m-instruct",
    abstention_threshold=0.0,
    max_answer_tokens=8,
    threads=2,
    papers_reranked=0,
    reading_cache_mb=0,
)


def make_question(kind: str = "name", **known: Any) -> Question:
    """A question, by default about the parrots."""
    fields: dict[str, Any] = {"id": "q1", "text": "What is asked?", "papers": (PARROTS,)}
    return Question(kind=kind, **{**fields, **known})


def make_prediction(
    text: str = "",
    *,
    id: str = "q1",
    abstained: bool = False,
    confidence: float | None = 0.8,
    cited: Sequence[str] = (),
    ranked: Sequence[str] = (),
    evidence: Sequence[str] = (),
    supported: Sequence[bool] = (True,),
    **timings: float,
) -> Prediction:
    """A prediction with one sentence for each entry of ``supported``."""
    return Prediction(
        id=id,
        question="What is asked?",
        answer=f"{text} [1]",
        abstained=abstained,
        confidence=confidence,
        sentences=tuple(Sentence(text, one) for one in supported),
        citations=tuple(Quote(title, "A quoted sentence.") for title in cited),
        papers=tuple(ranked),
        evidence=tuple(evidence),
        timings=timings,
    )


def make_manifest(**changes: Any) -> Manifest:
    """A manifest, with some fields changed."""
    fields: dict[str, Any] = {
        "system": "assistant",
        "model": "a-model@123",
        "prompts": "p1",
        "library": "l1",
        "settings": setting_values(Settings()),
        "code": "c1",
        "questions": "sample",
        "versions": {"python": "3.11"},
        "machine": {"cores": 2},
        "started": "2026-01-01T00:00:00+00:00",
    }
    return Manifest(**{**fields, **changes})


def make_run(*results: tuple[Question, Prediction], **changes: Any) -> Run:
    return Run(results, make_manifest(**changes))


def best_prediction(question: Question) -> Prediction:
    """The best possible answer to a question."""
    text = " ".join(question.answers[:1]) or " and ".join(fact[0] for fact in question.facts)
    return Prediction(
        id=question.id,
        question=question.text,
        answer=f"It is {text}.",
        abstained=not question.answerable,
        confidence=1.0 if question.answerable else 0.0,
        sentences=(Sentence(f"It is {text}.", True),),
        citations=tuple(Quote(title, "A quoted sentence.") for title in question.papers),
        papers=question.papers,
        evidence=question.evidence,
        timings={"first_token_s": 0.5, "total_s": 1.5},
    )


def record_of(prediction: Prediction) -> dict[str, Any]:
    """The JSON form of a prediction."""
    return {
        "id": prediction.id,
        "question": prediction.question,
        "answer": prediction.answer,
        "abstained": prediction.abstained,
        "confidence": prediction.confidence,
        "sentences": [asdict(one) for one in prediction.sentences],
        "citations": [asdict(one) for one in prediction.citations],
        "papers": [{"title": title} for title in prediction.papers],
        "evidence": [{"text": text} for text in prediction.evidence],
        "timings": dict(prediction.timings),
    }


def write_run(path: Path, predictions: Sequence[Prediction], **changes: Any) -> Path:
    """Write predictions and their manifest as `assistant eval run` does."""
    path.write_text("".join(json.dumps(record_of(one)) + "\n" for one in predictions))
    make_manifest(**changes).save(manifest_path(path))
    return path
