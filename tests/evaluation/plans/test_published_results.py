"""``assistant eval results``: execute a plan and write a results page."""

import json
from dataclasses import asdict
from pathlib import Path

import pytest
from run_factories import QUICK, best_prediction, make_prediction, make_question, make_run

from assistant.cli import main
from assistant.errors import InputError
from assistant.evaluation import load_questions
from assistant.evaluation.manifest import Manifest
from assistant.evaluation.plans.plan import PlannedRun, load_plan
from assistant.evaluation.report.results import results_markdown
from assistant.models import Calibration, store_calibration
from assistant.papers import Paper

_ROOT = Path(__file__).parents[3]
CALIBRATION = Calibration(yes_slope=7.5)


def _plan(folder: Path, text: str) -> Path:
    path = folder / "plan.toml"
    path.write_text(text, encoding="utf-8")
    return path


def _planned(folder: Path, entries: str = "") -> PlannedRun:
    (planned,) = load_plan(_plan(folder, f'[[run]]\nname = "mine"\n{entries}'))
    return planned


def test_planned_run_defaults_to_the_sample_set_and_papers(
    tmp_path: Path,
) -> None:
    planned = _planned(tmp_path)
    assert (planned.questions, planned.papers, planned.limit) == ("sample", (), None)
    assert (planned.warm, planned.standalone, planned.missing()) == (False, False, [])


def test_planned_run_settings_override_those_of_the_plan(tmp_path: Path) -> None:
    text = (
        "[settings]\nthreads = 2\npapers_read = 1\n"
        '[[run]]\nname = "a"\nsettings = { papers_read = 4 }\n[[run]]\nname = "b"\n'
    )
    first, second = load_plan(_plan(tmp_path, text))
    assert (first.settings.threads, first.settings.papers_read) == (2, 4)
    assert (second.settings.threads, second.settings.papers_read) == (2, 1)


def test_paths_without_a_file_are_missing(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text("text")
    pages = [f"{tmp_path}/*.txt", f"{tmp_path}/*.bib"]
    paths = f'questions = "{tmp_path}/none.jsonl"\ncalibration = "{tmp_path}/none.json"\n'
    planned = _planned(tmp_path, f"{paths}papers = {pages}\n")
    assert planned.missing() == [
        f"{tmp_path}/none.jsonl",
        f"{tmp_path}/*.bib",
        f"{tmp_path}/none.json",
    ]
    assert planned.paper_files() == [str(tmp_path / "page.txt")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[[run]", "cannot be read"),
        ("", "has no \\[\\[run\\]\\]"),
        ("run = 3", "'run' must be"),
        ("run = [3]", "'run' must be"),
        ("[[run]]\nname = 'a'\n[[run]]\nname = 'a'", "two runs named 'a'"),
        ("[[run]]\nquestions = 'sample'", "'name' must be letters"),
        ("[[run]]\nname = '../a'", "'name' must be letters"),
        ("[[run]]\nname = 'a'\nlimits = 3", "run\\]\\] 1 has an unknown entry limits"),
        ("[[run]]\nname = 'a'\nlimit = 'all'", "'limit' must be a whole number"),
        ("[[run]]\nname = 'a'\nlimit = 0", "'limit' must be at least 1"),
        ("[[run]]\nname = 'a'\nwarm = 1", "'warm' must be true or false"),
        ("[[run]]\nname = 'a'\npapers = 'x.txt'", "'papers' must be a list of texts"),
        ("[[run]]\nname = 'a'\npapers = [1]", "'papers' must be a list of texts"),
        ("[[run]]\nname = 'a'\nsetting = 'writing'", "'setting' must be reading or end-to-end"),
        ("[[run]]\nname = 'a'\nsettings = { colour = 1 }", "No setting is called 'colour'"),
        ("settings = 2", "'settings' must be a table"),
    ],
)
def test_malformed_plan_is_rejected_with_reason(tmp_path: Path, text: str, expected: str) -> None:
    with pytest.raises(InputError, match=expected):
        load_plan(_plan(tmp_path, text))


def test_published_plan_loads() -> None:
    planned = load_plan(_ROOT / "eval" / "results.toml")
    assert "sample" in [run.name for run in planned]


def test_results_page_has_a_column_per_run_and_a_separate_verdict_table(tmp_path: Path) -> None:
    questions = load_questions("sample")[:30]
    right = make_run(*((question, best_prediction(question)) for question in questions))
    verdict = make_question("verdict", answers=("yes",))
    settings = asdict(QUICK) | {"papers_read": 5}
    judged = make_run(
        (verdict, make_prediction("Yes.")),
        (verdict, make_prediction("No.")),
        settings=settings,
        questions="/x/v",
    )
    text = '[[run]]\nname = "ours"\nwarm = true\n[[run]]\nname = "v"\n'
    ours, verdicts = load_plan(_plan(tmp_path, text))
    page = results_markdown([(ours, right), (verdicts, judged)], [verdicts], "assistant eval ...")
    about_library, about_verdicts = page.split("## Verdicts")
    assert "$ assistant eval ..." in page
    assert "- Date: 2026-01-01\n- Model: a-model@123\n- Machine: cores 2\n" in page
    assert "Skipped, because their files were missing: v." in page
    assert "| ours | sample | 30 | l1 | papers read ahead |" in about_library
    assert "papers_read 5" in about_library
    assert "/x/" not in page
    assert "| figure | ours |\n| --- | ---: |" in about_library
    assert "| Answer score, mean over kinds | 1.000 [0.884 to 1.000], n = 30 |" in about_library
    assert "| – number | 1.000 [" in about_library
    assert "Verdict accuracy" not in about_library
    assert "| Verdict accuracy | 0.500 [0.000 to 1.000], n = 2 |" in about_verdicts
    assert "Verdict macro-F1" in about_verdicts
    assert "Evidence recall" not in about_verdicts


@pytest.fixture
def plan(tmp_path: Path, questions_file: Path, made_up_papers: list[Paper]) -> Path:
    """A plan of three runs with the small model. The question set of the third is missing."""
    papers = tmp_path / "papers.jsonl"
    papers.write_text("".join(json.dumps(asdict(paper)) + "\n" for paper in made_up_papers))
    claim = {"id": "c", "claim": "Parrots count.", "abstract": "They do count.", "answer": "true"}
    claims = tmp_path / "claims.jsonl"
    claims.write_text(json.dumps(claim) + "\n")
    calibration = store_calibration(QUICK.model, CALIBRATION, tmp_path / "calibration.json")
    return _plan(
        tmp_path,
        f'[settings]\nmodel = "{QUICK.model}"\nmax_answer_tokens = 8\nabstention_threshold = 0\n'
        f'[[run]]\nname = "mine"\nquestions = "{questions_file}"\npapers = ["{papers}"]\n'
        f'limit = 3\nwarm = true\ncalibration = "{calibration}"\n'
        f'[[run]]\nname = "claims"\nquestions = "{claims}"\nsetting = "reading"\nwarm = true\n'
        f'calibration = "{calibration}"\n'
        '[[run]]\nname = "elsewhere"\nquestions = "no/such/set.jsonl"\n',
    )


def test_results_command_reuses_answers_and_writes_the_page(
    plan: Path, tmp_path: Path, models_cache: None, capsys: pytest.CaptureFixture[str]
) -> None:
    out, page = tmp_path / "out", tmp_path / "new" / "RESULTS.md"
    further = tmp_path / "further.md"
    further.write_text("## Made elsewhere\n\nSeven.\n", encoding="utf-8")
    command = ["eval", "results", str(plan), "--out", str(out), "--markdown", str(page)]
    command += ["--append", str(further)]
    assert main(command) == 0
    assert "elsewhere is skipped: there is no no/such/set.jsonl." in capsys.readouterr().err
    written = page.read_text(encoding="utf-8")
    assert f"$ assistant {' '.join(command)}\n" in written
    assert "| figure | mine |" in written
    assert "| figure | claims |" in written
    assert written.endswith("\n\n## Made elsewhere\n\nSeven.\n")
    answers = {file.name: file.read_bytes() for file in out.glob("*.jsonl")}
    assert {name: data.count(b"\n") for name, data in answers.items()} == {
        "mine.jsonl": 3,
        "claims.jsonl": 1,
    }
    for name in ("mine", "claims"):
        settings = Manifest.load(out / f"{name}.manifest.json").settings
        assert settings["yes_slope"] == CALIBRATION.yes_slope
    assert main(command) == 0
    assert {file.name: file.read_bytes() for file in out.glob("*.jsonl")} == answers
    assert page.read_text(encoding="utf-8") == written


def test_results_command_rejects_a_missing_file_to_append(
    plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["eval", "results", str(plan), "--append", str(tmp_path / "none.md")]) == 2
    assert "leave out --append" in capsys.readouterr().err


def test_results_command_rejects_a_plan_without_any_files(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = _plan(tmp_path, '[[run]]\nname = "elsewhere"\nquestions = "no/such/set.jsonl"\n')
    assert main(["eval", "results", str(plan)]) == 2
    assert "has its files here" in capsys.readouterr().err
