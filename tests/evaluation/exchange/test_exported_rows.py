"""Rows for ragas, DeepEval and ScholarQABench."""

import json

from assistant.evaluation import Run
from assistant.evaluation.exchange import deepeval, ragas, scholarqabench
from assistant.evaluation.exchange.rows import NO_ANSWER


def test_ragas_gets_a_row_per_question_without_citation_marks(small_run: Run) -> None:
    right, half, silent, _ = [json.loads(line) for line in ragas.write(small_run)]
    assert right == {
        "user_input": "What is asked?",
        "retrieved_contexts": ["We follow 14 glaciers.", "It runs on a toaster."],
        "response": "They follow 14 glaciers.",
        "reference": "14",
    }
    assert half["reference"] == "nut; reward"
    assert silent["reference"] == NO_ANSWER


def test_follow_up_is_written_in_the_words_that_need_no_history(small_run: Run) -> None:
    *_, follow_up = [json.loads(line) for line in ragas.write(small_run)]
    assert follow_up["user_input"] == "Which method follows glaciers?"


def test_deepeval_gets_the_fields_of_its_test_cases(small_run: Run) -> None:
    cases = json.loads("".join(deepeval.write(small_run)))
    assert [case["name"] for case in cases] == ["right", "half", "silent", "follow-up"]
    assert cases[0]["actual_output"] == "They follow 14 glaciers."
    assert (cases[0]["input"], cases[0]["expected_output"]) == ("What is asked?", "14")
    assert cases[0]["retrieval_context"][0] == "We follow 14 glaciers."


def test_scholarqabench_gets_marks_that_count_contexts_from_0_before_the_full_stop(
    small_run: Run,
) -> None:
    right, half, *_ = json.loads("".join(scholarqabench.write(small_run)))
    assert right["output"] == "They follow 14 glaciers [0][1]."
    assert [context["text"] for context in right["ctxs"]] == [
        "We follow 14 glaciers.",
        "Birds get nuts.",
        "It runs on a toaster.",
    ]
    assert half["output"].startswith("A nut [1].")
    assert half["ctxs"][1]["text"] == "Birds get nuts."
