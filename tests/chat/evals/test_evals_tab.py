"""The evals tab in the browser."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

_QUESTIONS = [
    {
        "id": f"q{number}",
        "kind": "number",
        "question": question,
        "papers": [title],
        "answers": ["9"],
        "evidence": [],
    }
    for number, (question, title) in enumerate(
        [
            ("By how many decibels are trams quieter?", "Silent Trams for Old Towns"),
            ("How many glaciers are followed?", "Glacier Melt Seen from Balloons"),
        ]
    )
]


@pytest.fixture(scope="module")
def evals_chat(
    serve_chat: Callable[..., str],
    make_library: Callable[[Path], Path],
    tmp_path_factory: pytest.TempPathFactory,
) -> str:
    folder = make_library(tmp_path_factory.mktemp("evals-tab") / "library")
    return serve_chat(folder, max_answer_tokens=8)


def test_run_is_started_watched_reported_and_compared(
    page: Page, evals_chat: str, tmp_path: Path
) -> None:
    page.goto(evals_chat)
    page.get_by_role("tab", name="Evals").click()
    evals = page.locator("#evals")
    expect(evals).to_contain_text("There are no runs yet")
    start = evals.get_by_role("button", name="Start")

    # The shipped set is about the sample papers, which this library lacks.
    start.click()
    expect(evals.get_by_role("alert")).to_contain_text("None of the papers")

    file = tmp_path / "mine.jsonl"
    file.write_text("".join(json.dumps(one) + "\n" for one in _QUESTIONS), encoding="utf-8")
    evals.locator("input[type=file]").set_input_files(file)
    expect(evals.get_by_label("Questions", exact=True)).to_have_value("mine")

    start.click()
    expect(evals.locator("progress")).to_be_visible()
    # The result in plain words; its report is behind a fold.
    expect(evals.locator("#evals-result table")).to_contain_text("Answers that are right")
    expect(evals.locator("#evals-result table")).to_contain_text(
        "Seconds for an answer, on average"
    )
    expect(evals.locator("#evals-estimate")).to_contain_text("less than a minute")
    page.set_viewport_size({"width": 390, "height": 844})
    table = evals.locator("#evals-result .comparison")
    assert table.evaluate("node => node.scrollWidth <= node.clientWidth")
    page.set_viewport_size({"width": 1400, "height": 900})
    evals.get_by_text("Full report").click()
    report = page.frame_locator("iframe.report-page")
    expect(report.get_by_role("heading").first).to_be_visible()
    expect(report.locator("body")).to_contain_text("How many glaciers are followed?")
    expect(start).to_be_visible()

    evals.get_by_label("How many").fill("1")
    start.click()
    expect(evals.get_by_label("Result", exact=True)).to_have_value(re.compile("mine, 1 answered"))
    evals.get_by_label("Compare with an earlier result").click()
    page.get_by_role("option", name="2 answered").click()
    expect(evals.locator(".comparison")).to_contain_text("1 questions: 0 answered worse, 0 better")
    expect(evals.locator(".comparison")).to_contain_text("Nothing was changed between them.")
    expect(evals.locator("#evals-estimate")).to_contain_text("less than a minute")
