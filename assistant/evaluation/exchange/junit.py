"""JUnit XML: a test case per question, for the reports of CI servers."""

from collections import Counter
from collections.abc import Iterator
from xml.etree import ElementTree

from assistant.evaluation.exchange.rows import Row, rows
from assistant.evaluation.metrics.answer_score import answer_score
from assistant.evaluation.run import Run
from assistant.text.xml_characters import xml_text

NAME = "JUnit XML"

PASS_SCORE = 1.0
"""The lowest answer score of a passed test: that of an answer which the report calls right."""


def write(run: Run, pass_score: float = PASS_SCORE) -> Iterator[str]:
    """Yield the file. A question fails if its answer score is lower than ``pass_score``."""
    scored = [(row, answer_score(row.question, row.prediction)) for row in rows(run)]
    cases = [_test_case(row, score, pass_score) for row, score in scored]
    counts = {
        "tests": str(len(cases)),
        "failures": str(Counter(score < pass_score for _, score in scored)[True]),
        "errors": "0",
        "skipped": "0",
        "time": f"{sum(row.prediction.timings.get('total_s', 0.0) for row, _ in scored):.3f}",
    }
    root = ElementTree.Element("testsuites", counts)
    name = xml_text(run.manifest.question_set or "questions")
    started = run.manifest.started.removesuffix("+00:00")  # the format has no time zone
    suite = ElementTree.SubElement(
        root, "testsuite", {"name": name, "timestamp": started, **counts}
    )
    properties = ElementTree.SubElement(suite, "properties")
    for field in ("system", "model", "library", "prompts", "code"):
        value = xml_text(str(getattr(run.manifest, field)))
        ElementTree.SubElement(properties, "property", {"name": field, "value": value})
    suite.extend(cases)
    ElementTree.indent(root)
    yield '<?xml version="1.0" encoding="utf-8"?>\n'
    yield ElementTree.tostring(root, encoding="unicode") + "\n"


def explain(row: Row, score: float) -> str:
    """Return why a question failed: the question, the right answer, and the answer given."""
    return (
        f"question: {row.question.text}\n"
        f"expected: {row.reference or '-'}\n"
        f"answered: {row.prediction.answer}\n"
        f"answer score: {score:.2f}"
    )


def _test_case(row: Row, score: float, pass_score: float) -> ElementTree.Element:
    case = ElementTree.Element(
        "testcase",
        {
            "classname": row.question.kind,
            "name": xml_text(f"{row.question.id}: {row.question.text}"),
            "time": f"{row.prediction.timings.get('total_s', 0.0):.3f}",
        },
    )
    if score < pass_score:
        outcome = "abstained" if row.prediction.abstained else "wrong answer"
        message = f"{outcome}, answer score {score:.2f}"
        failure = ElementTree.SubElement(case, "failure", {"message": message, "type": outcome})
        failure.text = xml_text(explain(row, score))
    return case
