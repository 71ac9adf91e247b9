"""The metrics of a run equal those of an independent computation."""

import json
import random
from pathlib import Path

import pytest
from hand_counts import Record, count, kind_of
from run_factories import make_manifest

from assistant.evaluation import Run
from assistant.evaluation.manifest import manifest_path
from assistant.evaluation.question_sets import question_file
from assistant.papers import sample_papers
from assistant.text.sentences import sentence_spans

_PER_KIND = 5
_SENTENCES = [
    (paper.title, span.of(paper.abstract))
    for paper in sample_papers()
    for span in sentence_spans(paper.abstract)
]


def _some_of_each_kind(chance: random.Random) -> list[Record]:
    """Five questions of each kind of the sample set."""
    lines = question_file("sample").read_text(encoding="utf-8").splitlines()
    records = [json.loads(line) for line in lines]
    chosen = []
    for kind in dict.fromkeys(map(kind_of, records)):
        chosen += chance.sample([one for one in records if kind_of(one) == kind], _PER_KIND)
    return chosen


def _claims_and_questions(chance: random.Random, verdicts: tuple[str, ...]) -> list[Record]:
    """Five verdict questions about sample papers."""
    asks = "claim" if "true" in verdicts else "question"
    return [
        {
            "id": f"v{number}",
            asks: f"Is it so that {paper.title}?",
            "title": paper.title,
            "abstract": paper.abstract,
            "answer": verdict,
        }
        for number, (paper, verdict) in enumerate(
            zip(
                chance.sample(sample_papers(), _PER_KIND),
                (*verdicts, *chance.choices(verdicts, k=_PER_KIND - len(verdicts))),
                strict=True,
            )
        )
    ]


def _answer(question: Record, chance: random.Random) -> Record:
    """A random answer of sentences of sample papers, which may be correct, partly so, or wrong."""
    wanted = question.get("papers") or [question["title"]]
    known = [(wanted[0], sentence) for sentence in question.get("evidence", [])]
    written = chance.sample(_SENTENCES, 2) + [one for one in known if chance.random() < 0.6]
    chance.shuffle(written)
    if "answers" in question and chance.random() < 0.4:
        # A form within a longer word does not count.
        written.append(("", f"It is {question['answers'][0]}ish."))
    if kind_of(question) == "verdict" and chance.random() < 0.8:
        written.insert(0, ("", chance.choice(("Yes, so", "No, it", "Maybe.", "True:", "False!"))))
    ranked = chance.sample([paper.title for paper in sample_papers()], 10)
    for title in wanted:
        if title not in ranked and chance.random() < 0.8:
            ranked[chance.choice([i for i, one in enumerate(ranked) if one not in wanted])] = title
    cited = chance.sample(ranked, 2) + [title for title in wanted if chance.random() < 0.5]
    shown = chance.sample(_SENTENCES, 4) + [one for one in known if chance.random() < 0.7]
    return {
        "id": question["id"],
        "question": question.get("question") or f"True or false: {question['claim']}",
        "answer": " ".join(f"{text} [1]" for _, text in written),
        "abstained": chance.random() < (0.6 if kind_of(question) == "unanswerable" else 0.2),
        # One digit, so that there are ties.
        "confidence": round(chance.random(), 1),
        "sentences": [
            {"text": text, "supported": chance.random() < 0.8, "citations": [1]}
            for _, text in written
        ],
        "citations": [
            {"number": number, "title": title, "quote": "A quoted sentence."}
            for number, title in enumerate(cited[: chance.randrange(4)], start=1)
        ],
        "papers": [{"title": title, "score": 1.0} for title in ranked],
        "evidence": [{"text": text} for _, text in shown],
        "timings": {
            "retrieval_s": chance.random() / 10,
            "first_token_s": chance.random(),
            "total_s": 1 + chance.random(),
            "prompt_tokens": chance.randrange(100, 500),
            "cached_tokens": chance.randrange(100),
            "completion_tokens": chance.randrange(60),
        },
    }


def _write(path: Path, records: list[Record]) -> Path:
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return path


def _questions(name: str, chance: random.Random) -> list[Record]:
    if name == "sample":
        return _some_of_each_kind(chance)
    return _claims_and_questions(chance, tuple(name.split("/")))


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("name", ["sample", "yes/no/maybe", "true/false"])
def test_every_metric_equals_an_independent_count(name: str, seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    asked = _questions(name, chance)
    answers = [_answer(question, chance) for question in asked]
    questions = _write(tmp_path / "questions.jsonl", asked)
    predictions = _write(tmp_path / "predictions.jsonl", answers)
    make_manifest().save(manifest_path(predictions))
    run = Run.load(predictions, questions)
    named = run.metrics.named.items()
    figures = {figure: one.value for figure, one in named if one.value is not None}
    assert figures == pytest.approx(count(asked, answers))
