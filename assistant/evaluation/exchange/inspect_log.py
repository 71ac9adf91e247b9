"""An Inspect log in its JSON format (version 2), for ``inspect view`` and ``read_eval_log``."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from assistant.evaluation.exchange.rows import Row, rows
from assistant.evaluation.metrics import intervals
from assistant.evaluation.metrics.answer_score import answer_score
from assistant.evaluation.run import Run

NAME = "Inspect log"

_SCORER = "answer_score"


def write(run: Run) -> Iterator[str]:
    """Yield the log: a sample per question, with its answer score and that of the run."""
    samples = [_sample(row, run.manifest.model) for row in rows(run)]
    seconds = sum(row.prediction.timings.get("total_s", 0.0) for row in rows(run))
    started = datetime.fromisoformat(run.manifest.started)
    log = {
        "version": 2,
        "status": "success",
        "eval": _spec(run),
        "plan": {"name": "plan", "steps": [{"solver": run.manifest.system, "params": {}}]},
        "results": {
            "total_samples": len(samples),
            "completed_samples": len(samples),
            "scores": [_score(run)],
        },
        "stats": {
            "started_at": run.manifest.started,
            "completed_at": (started + timedelta(seconds=seconds)).isoformat(timespec="seconds"),
        },
        "samples": samples,
    }
    yield json.dumps(log, indent=1, ensure_ascii=False) + "\n"


def _spec(run: Run) -> dict[str, Any]:
    manifest = run.manifest
    name = manifest.question_set or "questions"
    return {
        "created": manifest.started,
        "run_id": f"{manifest.system}-{manifest.started}",
        "task": name,
        "task_id": name,
        "dataset": {
            "name": name,
            "samples": len(run.results),
            "sample_ids": [question.id for question, _ in run.results],
        },
        "model": manifest.model,
        "config": {},
        "packages": dict(manifest.versions),
        "metadata": {
            "settings": dict(manifest.settings),
            "library": manifest.library,
            "prompts": manifest.prompts,
            "code": manifest.code,
        },
    }


def _score(run: Run) -> dict[str, Any]:
    by_kind: dict[str, list[float]] = {}
    for question, prediction in run.results:
        by_kind.setdefault(question.kind, []).append(answer_score(question, prediction))
    headline = intervals.mean_of_means(by_kind)
    named = {"mean_over_kinds": headline.value, "low": headline.low, "high": headline.high}
    return {
        "name": _SCORER,
        "scorer": _SCORER,
        "scored_samples": headline.n,
        "metrics": {
            name: {"name": name, "value": value}
            for name, value in named.items()
            if value is not None
        },
    }


def _sample(row: Row, model: str) -> dict[str, Any]:
    question, prediction = row.question, row.prediction
    target: str | list[str] = list(question.answers) or row.reference or ""
    answer = {"role": "assistant", "content": prediction.answer, "source": "generate"}
    history = [
        message
        for turn in question.history
        for message in (
            {"role": "user", "content": turn.question},
            {"role": "assistant", "content": turn.answer},
        )
    ]
    asked = [*history, {"role": "user", "content": question.text, "source": "input"}]
    return {
        "id": question.id,
        "epoch": 1,
        "input": asked if history else question.text,
        "target": target,
        "messages": [*asked, answer],
        "output": {
            "model": model,
            "choices": [{"message": answer, "stop_reason": "stop"}],
            "completion": prediction.answer,
        },
        "scores": {
            _SCORER: {
                "value": answer_score(question, prediction),
                "answer": prediction.text,
                "explanation": row.reference,
            }
        },
        "metadata": {
            "kind": question.kind,
            "papers": list(question.papers),
            "ranked_papers": list(prediction.papers),
            "evidence": list(prediction.evidence),
            "abstained": prediction.abstained,
            "confidence": prediction.confidence,
        },
        "total_time": prediction.timings.get("total_s"),
    }
