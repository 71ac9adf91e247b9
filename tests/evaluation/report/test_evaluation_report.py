"""The report: a page that needs nothing else, filters its questions and runs no text as code."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from made_up_runs import answered, asked, gold, run_of
from playwright.sync_api import Browser, Page, expect

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
    """The report of 24 right answers, four a kind, and a hostile one."""
    questions = select(load_questions("sample"), limit=24)
    hostile = asked(id="hostile", text=_HOSTILE, answers=("nuts",))
    run = run_of(
        *((question, gold(question)) for question in questions),
        (hostile, answered(_HOSTILE, id="hostile", evidence=[_HOSTILE], cited=[_HOSTILE])),
    )
    return write_report(run, tmp_path / "report")


def test_the_page_asks_for_no_other_file(page: Page, report: Path) -> None:
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.goto(report.as_uri())
    expect(page.get_by_role("img", name="Answer score by kind")).to_be_visible()
    assert requests == [report.as_uri()]


def test_questions_are_filtered_by_kind_outcome_and_words(page: Page, report: Path) -> None:
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


def test_a_question_opens_to_its_answer_and_what_was_wanted(page: Page, report: Path) -> None:
    page.goto(report.as_uri())
    entry = page.locator("details.entry").first
    expect(entry.get_by_text("Wanted")).to_be_hidden()
    entry.locator("summary").click()
    expect(entry.get_by_text("Wanted")).to_be_visible()


def test_what_papers_and_models_write_is_shown_not_run(page: Page, report: Path) -> None:
    page.goto(report.as_uri())
    page.locator("#hostile summary").click()
    expect(page.locator("#hostile .answer")).to_contain_text(_HOSTILE)
    expect(page).to_have_title("Evaluation report")


def test_the_figures_are_the_same_in_all_three_files(report: Path) -> None:
    metrics = json.loads((report.parent / "metrics.json").read_text(encoding="utf-8"))
    value = f"{metrics['headline']['value']:.3f}"
    assert f"| Answer score, mean over kinds | {value} |" in (
        report.parent / "report.md"
    ).read_text(encoding="utf-8")
    assert re.search(rf'card-value">{value}<', report.read_text(encoding="utf-8"))


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="cannot be written"):
        write_report(run_of((asked(answers=("x",)), answered("x"))), tmp_path / "file")
