"""JUnit XML, Inspect logs and TREC files of a run."""

import json
from xml.etree import ElementTree

import pytest
from run_factories import GLACIER, PARROTS, make_prediction, make_question, make_run

from assistant.errors import InputError
from assistant.evaluation import Run
from assistant.evaluation.exchange import inspect_log, junit, trec_qrels, trec_run
from assistant.papers import paper_id


def test_junit_has_a_test_per_question_and_fails_those_not_wholly_right(small_run: Run) -> None:
    root = ElementTree.fromstring("".join(junit.write(small_run)))
    (suite,) = root
    assert (suite.get("tests"), suite.get("failures")) == ("4", "2")
    failed = [case for case in suite.iter("testcase") if case.find("failure") is not None]
    assert [str(case.get("name")).partition(":")[0] for case in failed] == ["half", "follow-up"]
    assert [case.get("classname") for case in failed] == ["explain", "name"]


def test_junit_failure_tells_what_was_expected_and_answered(small_run: Run) -> None:
    root = ElementTree.fromstring("".join(junit.write(small_run)))
    failure = next(root.iter("failure"))
    assert failure.get("message") == "wrong answer, answer score 0.50"
    assert "expected: nut; reward" in str(failure.text)
    assert "Well <done> \N{REPLACEMENT CHARACTER}" in str(failure.text)  # XML has no vertical tab


def test_lower_pass_score_lets_partly_right_answers_pass(small_run: Run) -> None:
    root = ElementTree.fromstring("".join(junit.write(small_run, pass_score=0.5)))
    assert root.get("failures") == "1"


def test_inspect_log_has_samples_with_scores_and_the_headline(small_run: Run) -> None:
    log = json.loads("".join(inspect_log.write(small_run)))
    assert (log["version"], log["status"]) == (2, "success")
    scores = [sample["scores"]["answer_score"]["value"] for sample in log["samples"]]
    assert scores == [1, 0.5, 1, 0]
    [score] = log["results"]["scores"]
    assert score["metrics"]["mean_over_kinds"]["value"] == pytest.approx(2.5 / 4)
    assert log["samples"][0]["target"] == ["14", "fourteen"]
    assert [one["role"] for one in log["samples"][3]["messages"]] == ["user", "assistant"] * 2


def test_trec_files_name_papers_by_the_ids_of_their_titles(small_run: Run) -> None:
    right = [line.split() for line in trec_run.write(small_run) if line.startswith("right ")]
    assert right == [
        ["right", "Q0", paper_id(GLACIER), "1", "1.000000", "assistant"],
        ["right", "Q0", paper_id(PARROTS), "2", "0.500000", "assistant"],
    ]
    assert next(trec_qrels.write(small_run)).split() == ["right", "0", paper_id(GLACIER), "1"]


def test_id_with_a_space_cannot_be_written_to_a_trec_file() -> None:
    run = make_run((make_question(id="my q"), make_prediction("x", ranked=[PARROTS], id="my q")))
    with pytest.raises(InputError, match="'my q' cannot be written"):
        list(trec_run.write(run))
