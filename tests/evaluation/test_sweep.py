"""Sweeps: the variants of a file, their runs, and the Pareto front."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from run_factories import QUICK

from assistant import Assistant
from assistant.errors import InputError
from assistant.evaluation.report import write_sweep
from assistant.evaluation.sweep import load_sweep, pareto_front, run_sweep
from assistant.library import Chunk, Library


def _file(folder: Path, text: str) -> Path:
    path = folder / "sweep.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_grid_expands_to_every_combination(tmp_path: Path) -> None:
    sweep = load_sweep(
        _file(tmp_path, "[grid]\npapers_read = [1, 3]\nevidence_sentences = [4, 6]\n")
    )
    assert list(sweep.variants) == [
        "papers_read 1, evidence_sentences 4",
        "papers_read 1, evidence_sentences 6",
        "papers_read 3, evidence_sentences 4",
        "papers_read 3, evidence_sentences 6",
    ]
    assert sweep.variants["papers_read 1, evidence_sentences 6"].papers_read == 1


def test_listed_runs_override_the_common_settings(tmp_path: Path) -> None:
    sweep = load_sweep(
        _file(
            tmp_path,
            "[settings]\nthreads = 2\n"
            '[[run]]\nname = "few"\npapers_read = 1\n[[run]]\nmodel = "other"\n',
        )
    )
    assert list(sweep.variants) == ["few", "model other"]
    assert sweep.variants["few"].threads == 2
    assert sweep.variants["model other"].model == "other"


def test_setting_of_several_values_is_a_list(tmp_path: Path) -> None:
    several = ("http://a/v1", "http://b/v1")
    common = load_sweep(
        _file(tmp_path, f"[settings]\nendpoints = {[*several]}\n[grid]\nthreads = [1, 2]\n")
    )
    assert {one.endpoints for one in common.variants.values()} == {several}
    grid = load_sweep(_file(tmp_path, f'[grid]\nendpoints = ["http://c/v1", {[*several]}]\n'))
    assert [one.endpoints for one in grid.variants.values()] == [("http://c/v1",), several]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("grid", "cannot be read"),
        ("limit = 3", "either a"),
        ("[grid]\npapers_read=[1]\n[[run]]\npapers_read=2", "either a"),
        ("[[run]]\nname='a'\n[[run]]\nname='a'\nthreads=1", "same name"),
        ("[[run]]\nname=3", "'name' must be a text"),
        ("[[run]]\nno_such=3", "unknown entry no_such"),
        ("[run]\npapers_read=2", r"'run' must be \[\[run\]\] tables"),
        ("[grid]\nno_such = [1]", "No setting is called 'no_such'"),
        ("[[grid]]\npapers_read=[1]", "'grid' must be a table"),
        ("grid = 3", "'grid' must be a table"),
        ("questoins = 'x'\n[grid]\nthreads=[1]", "questoins"),
    ],
)
def test_malformed_sweep_file_is_rejected_with_reason(
    tmp_path: Path, text: str, expected: str
) -> None:
    with pytest.raises(InputError, match=expected):
        load_sweep(_file(tmp_path, text))


def test_pareto_front_has_the_points_that_no_other_dominates() -> None:
    points = {
        "best": (0.9, 3.0),
        "quick": (0.7, 1.0),
        "between": (0.8, 2.0),
        "beaten": (0.7, 2.5),
        "as good but slower": (0.9, 4.0),
    }
    assert pareto_front(points) == {"best", "quick", "between"}


@given(st.dictionaries(st.integers().map(str), st.tuples(st.floats(0, 1), st.floats(0, 9))))
def test_every_point_off_the_pareto_front_is_dominated_by_one_on_it(
    points: dict[str, tuple[float, float]],
) -> None:
    front = pareto_front(points)
    for name in points.keys() - front:
        quality, seconds = points[name]
        assert any(points[best][0] >= quality and points[best][1] <= seconds for best in front)


def test_sweep_asks_under_every_variant_and_writes_its_report(
    small_library: Library, questions_file: Path, tmp_path: Path
) -> None:
    sweep = load_sweep(
        _file(
            tmp_path,
            f'questions = "{questions_file}"\nlibrary = "{small_library.folder}"\nlimit = 2\n'
            f'[settings]\nmodel = "{QUICK.model}"\nabstention_threshold = 0.0\n'
            "max_answer_tokens = 8\npapers_reranked = 0\n[grid]\nevidence_sentences = [2, 4]\n",
        )
    )
    outcomes = run_sweep(sweep, tmp_path / "out")
    page = write_sweep(outcomes, tmp_path / "out")
    assert [outcome.name for outcome in outcomes] == [
        "evidence_sentences 2",
        "evidence_sentences 4",
    ]
    assert any(outcome.pareto_optimal for outcome in outcomes)
    shown = [len(outcome.run.results[0][1].evidence) for outcome in outcomes]
    assert shown == [2, 4]
    assert "evidence_sentences 4" in page.read_text(encoding="utf-8")
    record = json.loads((tmp_path / "out" / "sweep.json").read_text(encoding="utf-8"))
    assert [one["settings"]["evidence_sentences"] for one in record] == [2, 4]
    assert (tmp_path / "out" / "sweep.md").read_text(encoding="utf-8").count("\n") == 4


def test_sweep_of_chunk_size_and_prompts_leaves_the_library_unchanged(
    small_library: Library, questions_file: Path, tmp_path: Path
) -> None:
    prompts = tmp_path / "prompts"
    prompts.mkdir()
    (prompts / "answer.jinja").write_text(
        '{% extends "reading.jinja" %}{% block task %}Answer in one word.{% endblock %}',
        encoding="utf-8",
    )
    sweep = load_sweep(
        _file(
            tmp_path,
            f'questions = "{questions_file}"\nlibrary = "{small_library.folder}"\nlimit = 1\n'
            f'[settings]\nmodel = "{QUICK.model}"\nmax_answer_tokens = 8\npapers_reranked = 0\n'
            '[[run]]\nname = "as it is"\n'
            '[[run]]\nname = "small"\nchunk_word_pieces = 20\n'
            f'[[run]]\nname = "curt"\nprompts = "{prompts}"\n',
        )
    )
    as_it_is, small, curt = run_sweep(sweep, tmp_path / "out")
    assert as_it_is.run.manifest.prompts == small.run.manifest.prompts != curt.run.manifest.prompts
    assert small_library.chunk_word_pieces == 100
    with Assistant.open(tmp_path / "out" / "small" / "library") as assistant:
        assert assistant.papers() == small_library.catalogue.papers()
        assert len(_chunks(assistant.library)) > len(_chunks(small_library))


def _chunks(library: Library) -> list[Chunk]:
    return library.catalogue.chunks_of([p.id for p in library.catalogue.papers()], "chunk")
