"""Wrong input gets a one-line error with a hint, and exit code 2."""

import json
import sqlite3
from pathlib import Path

import pytest
from command_line import Outcome, Run

SMALL = ("--model", "smollm2-135m-instruct")


def assert_sentence(outcome: Outcome, *parts: str) -> None:
    assert outcome.code == 2
    assert outcome.out == ""
    [line] = outcome.err.splitlines()
    assert line.startswith("Error: ")
    assert all(part in line for part in parts)


def test_missing_file_is_reported(run: Run, tmp_path: Path) -> None:
    assert_sentence(run("add", tmp_path / "papers.txt"), "There is no file", "papers.txt")


def test_empty_file_is_reported(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    assert_sentence(run("add", tmp_path / "empty.txt"), "empty.txt is empty")


def test_image_is_reported(run: Run, tmp_path: Path) -> None:
    (tmp_path / "cat.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
    assert_sentence(run("add", tmp_path / "cat.png"), "cat.png is a PNG image")


def test_page_without_papers_is_reported(run: Run, tmp_path: Path) -> None:
    (tmp_path / "menu.txt").write_text("Home\n\nLog in\n\nSign up\n")
    assert_sentence(run("add", tmp_path / "menu.txt"), "menu.txt holds no papers")


def test_broken_json_line_is_skipped_and_reported(run: Run, tmp_path: Path) -> None:
    good = json.dumps({"title": "A", "abstract": "b"})
    (tmp_path / "papers.jsonl").write_text(f"{good}\n{{broken\n")
    outcome = run("add", tmp_path / "papers.jsonl")
    assert outcome.code == 0
    assert "papers.jsonl: 1 added; 1 skipped: not valid JSON" in outcome.out
    assert "(line 2)" in outcome.out


def test_unknown_model_is_reported_with_a_suggestion(run: Run) -> None:
    assert_sentence(
        run("ask", "Anything?", "--model", "smollm2-135m"), "'smollm2-135m'", "Did you mean"
    )


def test_invalid_gguf_file_is_reported(run: Run, tmp_path: Path) -> None:
    (tmp_path / "model.gguf").write_bytes(b"PK\x03\x04 this is a zip")
    assert_sentence(
        run("ask", "Anything?", "--model", tmp_path / "model.gguf"), "is not a GGUF file"
    )


@pytest.mark.parametrize(
    "command", [("ask", "Anything?"), ("search", "anything"), ("add", "papers.jsonl"), ("chat",)]
)
def test_missing_models_are_reported_with_the_pull_command(
    run: Run,
    papers_file: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    command: tuple[str, ...],
) -> None:
    monkeypatch.chdir(papers_file.parent)
    monkeypatch.setenv("ASSISTANT_CACHE", str(tmp_path / "empty-cache"))
    assert_sentence(run(*command), "assistant models pull")


def test_library_with_another_embedder_is_reported(
    run: Run, library_folder: Path, embedder_copy: Path
) -> None:
    assert_sentence(
        run("search", "anything", "--set", f"embedder={embedder_copy}"),
        "'all-minilm-l6-v2'",
        "assistant papers reindex --embedder",
    )


def test_library_with_a_missing_embedder_is_reported(
    run: Run, library_folder: Path, papers_file: Path, tmp_path: Path
) -> None:
    with sqlite3.connect(library_folder / "catalogue.sqlite") as catalogue:
        catalogue.execute(
            "UPDATE meta SET value = ? WHERE key = 'embedder'", (str(tmp_path / "gone"),)
        )
    catalogue.close()
    assert_sentence(run("add", papers_file), str(tmp_path / "gone"))


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ("temperature=1", "No setting is called 'temperature'"),
        ("papers_read=many", "papers_read takes a value like 3"),
        ("papers_read", "--set takes a name and a value"),
    ],
)
def test_unknown_or_malformed_setting_is_reported(run: Run, change: str, expected: str) -> None:
    assert_sentence(run("ask", "Anything?", "--set", change), expected)


@pytest.mark.parametrize("command", [("ask", "  ", *SMALL), ("search", "  ")])
def test_empty_question_is_reported(
    run: Run, library_folder: Path, command: tuple[str, ...]
) -> None:
    assert_sentence(run(*command), "The question is empty")


def test_question_to_an_empty_library_is_reported(run: Run, papers_file: Path) -> None:
    run("add", papers_file)
    run("papers", "remove", *(paper["paper_id"] for paper in run("papers", "list", "--json").data))
    assert_sentence(run("ask", "Anything?", *SMALL), "no papers yet", "assistant add FILE")


@pytest.mark.parametrize(
    "command", [("ask", "Anything?", *SMALL), ("search", "anything"), ("papers", "list")]
)
def test_library_path_of_a_file_is_reported(
    run: Run, tmp_path: Path, command: tuple[str, ...]
) -> None:
    (tmp_path / "notes.txt").touch()
    assert_sentence(run(*command, "--library", tmp_path / "notes.txt"), "notes.txt")


def test_invalid_catalogue_file_is_reported(run: Run, tmp_path: Path) -> None:
    (tmp_path / "library").mkdir()
    (tmp_path / "library" / "catalogue.sqlite").write_text("not a database " * 100)
    assert_sentence(run("papers", "list"), "is damaged", "assistant restore", "assistant rescue")


def test_missing_library_is_reported_and_not_created(run: Run, tmp_path: Path) -> None:
    assert_sentence(run("papers", "list"), "There is no library", "assistant add FILE")
    assert not (tmp_path / "library").exists()


@pytest.mark.parametrize("command", [("papers", "show", "Nothing"), ("papers", "remove", "x:1")])
def test_unknown_paper_is_reported(
    run: Run, library_folder: Path, command: tuple[str, ...]
) -> None:
    assert_sentence(run(*command), "No paper has the id", "assistant papers list")


@pytest.mark.parametrize(
    "command",
    [("ask",), ("serch", "parrots"), ("search", "parrots", "-k", "0"), ("chat", "--port", "99999")],
)
def test_invalid_arguments_print_usage(run: Run, command: tuple[str, ...]) -> None:
    outcome = run(*command)
    assert outcome.code == 2
    assert "Usage: assistant" in outcome.err
    assert "Traceback" not in outcome.err


def test_process_exits_with_code_2(run_apart: Run, tmp_path: Path) -> None:
    assert_sentence(run_apart("add", tmp_path / "papers.txt"), "There is no file")
