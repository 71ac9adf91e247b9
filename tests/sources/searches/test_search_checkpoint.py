"""Checkpoints of interrupted searches in the library's folder."""

import json
from pathlib import Path

import pytest

from assistant.sources import ARXIV, HUGGING_FACE, Search
from assistant.sources.searches.checkpoint import SearchCheckpoint

SNAILS = Search(ARXIV, "cat:cs.CL AND snail mail", 100)
DAY_S = 24 * 60 * 60


def test_checkpoint_is_valid_for_a_day(tmp_path: Path) -> None:
    SearchCheckpoint(tmp_path, SNAILS, now=lambda: 1000.0).save(200)
    assert SearchCheckpoint(tmp_path, SNAILS, now=lambda: 1000.0 + DAY_S - 1).results_added() == 200
    assert SearchCheckpoint(tmp_path, SNAILS, now=lambda: 1000.0 + DAY_S).results_added() == 0


def test_checkpoint_depends_on_the_query_and_the_service_only(
    tmp_path: Path,
) -> None:
    SearchCheckpoint(tmp_path, SNAILS).save(200)
    same = Search(ARXIV, " cat:cs.CL  AND snail mail", 500)
    assert SearchCheckpoint(tmp_path, same).results_added() == 200
    assert SearchCheckpoint(tmp_path, Search(ARXIV, "slugs", 100)).results_added() == 0
    assert SearchCheckpoint(tmp_path, Search(HUGGING_FACE, SNAILS.query, 100)).results_added() == 0


def test_cleared_checkpoint_is_gone(tmp_path: Path) -> None:
    checkpoint = SearchCheckpoint(tmp_path, SNAILS)
    checkpoint.save(200)
    checkpoint.clear()
    assert checkpoint.results_added() == 0


@pytest.mark.parametrize("values", [{}, {"results": "x", "at_s": 1}, {"results": 7, "at_s": None}])
def test_malformed_checkpoint_is_ignored(tmp_path: Path, values: object) -> None:
    checkpoint = SearchCheckpoint(tmp_path, SNAILS)
    checkpoint.save(200)
    path = tmp_path / "unfinished-searches.json"
    path.write_text(json.dumps(dict.fromkeys(json.loads(path.read_text()), values)))
    assert checkpoint.results_added() == 0
