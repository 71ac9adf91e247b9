"""``assistant watch``: saved searches."""

import json
from pathlib import Path

import pytest
from atom import feed, snail_id, snail_title
from command_line import Run
from replayed import Replayed, Reply

ARXIV = ("--arxiv", "cat:cs.CL AND snail mail")


def hub(*numbers: int) -> Reply:
    papers = [{"id": snail_id(n), "title": snail_title(n), "summary": "Slow."} for n in numbers]
    return Reply(json.dumps(papers))


def test_watch_add_sends_no_requests(run: Run, replayed: Replayed) -> None:
    saved = run("watch", "add", *ARXIV, "--name", "snails")
    assert saved.out.startswith("Saved as snails. ")
    assert replayed.requests == []


def test_watch_run_adds_and_lists_new_papers(run: Run, replayed: Replayed) -> None:
    run("watch", "add", *ARXIV, "--name", "snails")
    replayed.replies = [feed([1])]
    assert run("watch", "run").out == (
        "snails: 1 added\n    Snail Mail, Part 1 (arxiv:2401.00001)\n"
    )
    replayed.replies = [feed([2, 1])]
    assert run("watch", "run", "snails").out == (
        "snails: 1 added, 1 unchanged\n    Snail Mail, Part 2 (arxiv:2401.00002)\n"
    )
    assert replayed.requests[-1].parameters["sortBy"] == "submittedDate"
    assert len(run("papers", "list", "--json").data) == 2


def test_watch_run_without_new_papers_says_so(run: Run, replayed: Replayed) -> None:
    run("watch", "add", *ARXIV, "--name", "snails")
    replayed.replies = [feed([1])]
    run("watch", "run")
    assert run("watch", "run").out == "snails: 1 unchanged\n"


def test_watch_run_continues_after_a_failed_search(run: Run, replayed: Replayed) -> None:
    run("watch", "add", *ARXIV, "--name", "snails")
    run("watch", "add", "--hf-papers", "slugs", "--name", "slugs")
    replayed.by_path = {"/query": Reply(status=503), "/api/papers": hub(7)}
    outcome = run("watch", "run")
    assert outcome.code == 2
    assert "snails: The request to arXiv failed" in outcome.err
    assert outcome.out.startswith("slugs: 1 added\n")
    last_run = {one["name"]: one["last_run"] for one in run("watch", "list", "--json").data}
    assert last_run["snails"] is None
    assert last_run["slugs"] is not None


def test_watch_run_as_json_has_every_search(run: Run, replayed: Replayed) -> None:
    run("watch", "add", *ARXIV, "--name", "snails")
    run("watch", "add", "--hf-papers", "slugs", "--name", "slugs")
    replayed.by_path = {"/query": Reply(status=503), "/api/papers": hub(7)}
    failed, ran = run("watch", "run", "--json").data
    assert failed["name"] == "snails"
    assert "HTTP 503" in failed["error"]
    assert (ran["name"], ran["added"]) == ("slugs", 1)
    assert ran["new"] == [{"paper_id": "arxiv:2401.00007", "title": "Snail Mail, Part 7"}]


def test_watch_list_prints_a_line_per_search(run: Run, replayed: Replayed) -> None:
    run("watch", "add", *ARXIV, "--name", "snails", "--max", "20")
    run("watch", "add", "--hf-papers", "slugs")
    assert run("watch", "list").out == (
        'snails  arXiv  "cat:cs.CL AND snail mail", up to 20, never run\n'
        'slugs   Hugging Face Papers  "slugs", up to 100, never run\n'
    )


def test_watch_remove_keeps_the_papers(run: Run, replayed: Replayed) -> None:
    run("watch", "add", *ARXIV, "--name", "snails")
    replayed.replies = [feed([1])]
    run("watch", "run")
    assert run("watch", "remove", "snails").out == "snails removed\n"
    assert run("watch", "list").out == ""
    assert len(run("papers", "list", "--json").data) == 1


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["add"], "Give one search"),
        (["add", *ARXIV, "--hf-papers", "slugs"], "Give one search"),
        (["add", "--arxiv", ""], "The search is empty"),
        (["add", "--arxiv", "(snails"], "a bracket is not closed"),
        (["run"], "assistant watch add"),
        (["remove", "snails"], "assistant watch add"),
    ],
)
def test_watch_rejects_wrong_input_with_a_hint(
    run: Run, replayed: Replayed, arguments: list[str], expected: str
) -> None:
    outcome = run("watch", *arguments)
    assert outcome.code == 2
    assert expected in outcome.err
    assert replayed.requests == []


def test_saved_searches_alone_are_not_a_library(
    run: Run, replayed: Replayed, tmp_path: Path
) -> None:
    run("watch", "add", *ARXIV)
    assert "There is no library" in run("papers", "list").err
