"""The report of a run: a self-contained page with filters, and its other files."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from run_factories import best_prediction, make_prediction, make_question, make_run

from assistant.errors import InputError
from assistant.evaluation import load_questions, select
from assistant.evaluation.report import write_report

_HOSTILE = '<img src=x onerror="document.title=1"><script>document.title=2</script>'


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    yield page
    page.close()


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """The report of 24 correct answers, four of each kind, and one with hostile text."""
    questions = select(load_questions("sample"), limit=24)
    hostile = make_question(id="hostile", text=_HOSTILE, answers=("nuts",))
    run = make_run(
        *((question, best_prediction(question)) for question in questions),
        (hostile, make_prediction(_HOSTILE, id="hostile", evidence=[_HOSTILE], cited=[_HOSTILE])),
    )
    return write_report(run, tmp_path / "report")


def test_report_page_requests_no_other_file(page: Page, report: Path) -> None:
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.goto(report.as_uri())
    expect(page.get_by_role("img", name="Answer score by kind")).to_be_visible()
    assert requests == [report.as_uri()]


def test_report_filters_questions_by_kind_outcome_and_words(page: Page, report: Path) -> None:
    page.goto(report.as_uri())
    count = page.get_by_role("status")
    expect(count).to_have_text("25 of 25 questions")
    page.get_by_label("multi").check(force=True)
    expect(count).to_have_text("4 of 25 questions")
    page.get_by_label("wrong").check(force=True)
    expect(count).to_have_text("0 of 25 questions")
    page.get_by_label("multi").uncheck(force=True)
    expect(count).to_have_text("1 of 25 questions")
    page.get_by_role("searchbox").fill("no such words")
    expect(count).to_have_text("0 of 25 questions")


def test_report_entry_opens_to_answer_and_expected_answer(page: Page, report: Path) -> None:
    page.goto(report.as_uri())
    entry = page.locator("details.entry").first
    expect(entry.get_by_role("heading", name="Expected")).to_be_hidden()
    entry.locator("summary").click()
    expect(entry.get_by_role("heading", name="Expected")).to_be_visible()


def test_report_escapes_text_of_papers_and_models(page: Page, report: Path) -> None:
    page.goto(report.as_uri())
    page.locator("#hostile summary").click()
    expect(page.locator("#hostile .answer")).to_contain_text(_HOSTILE)
    expect(page).to_have_title("Evaluation report")


def test_report_files_agree_on_the_metrics(report: Path) -> None:
    metrics = json.loads((report.parent / "metrics.json").read_text(encoding="utf-8"))
    value = f"{metrics['headline']['value']:.3f}"
    assert f"| Answer score, mean over kinds | {value} |" in (
        report.parent / "report.md"
    ).read_text(encoding="utf-8")
    assert re.search(rf'card-value">{value}<', report.read_text(encoding="utf-8"))


def test_unwritable_report_folder_is_rejected(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="cannot be written"):
        write_report(
            make_run((make_question(answers=("x",)), make_prediction("x"))), tmp_path / "file"
        )
