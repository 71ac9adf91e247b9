"""``assistant add`` with papers and searches on the network."""

import json
from pathlib import Path

import pytest
from atom import feed, snail_id
from command_line import Run
from replayed import Replayed, Reply

DOWN = Reply(status=503)
TRAMS = {"message": {"DOI": "10.5555/t.7", "title": ["Silent Trams"], "abstract": "Quiet."}}


def ids(run: Run) -> list[str]:
    return [paper["paper_id"] for paper in run("papers", "list", "--json").data]


def test_add_fetches_papers_by_arxiv_id_and_doi(run: Run, replayed: Replayed) -> None:
    replayed.by_path = {"/query": feed([1]), "/works": Reply(json.dumps(TRAMS))}
    added = run("add", "arxiv:2401.00001", "https://doi.org/10.5555/t.7")
    assert added.out.endswith("2 added\n")
    assert ids(run) == ["arxiv:2401.00001", "doi:10.5555/t.7"]


def test_add_combines_files_and_network_papers(
    run: Run, replayed: Replayed, papers_file: Path
) -> None:
    replayed.replies = [feed([1])]
    added = run("add", papers_file, "arxiv:2401.00001", "--json").data
    assert added["added"] == 6
    assert {file["name"]: file["added"] for file in added["files"]} == {
        "arXiv": 1,
        "papers.jsonl": 5,
    }


def test_add_adds_search_results(run: Run, replayed: Replayed) -> None:
    hub = [{"id": snail_id(7), "title": "Slugs", "summary": "They are slow."}]
    replayed.by_path = {"/query": feed([1, 2]), "/api/papers": Reply(json.dumps(hub))}
    added = run("add", "--arxiv", "snail mail", "--hf-papers", "slugs", "--max", "5")
    assert added.out == "arXiv: 2 added\nHugging Face Papers: 1 added\n3 added\n"
    assert [request.parameters.get("max_results") for request in replayed.requests] == ["5", None]


def test_failed_search_keeps_its_results_and_resumes(
    run: Run, replayed: Replayed, papers_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.sources.arxiv.PAGE_RESULTS", 2)
    replayed.replies = [feed([1, 2], 4), DOWN]
    cut = run("add", papers_file, "--arxiv", "snails")
    assert cut.code == 2
    assert cut.out == "papers.jsonl: 5 added\narXiv: 2 added\n7 added\n"
    assert "The first 2 results were added. Run the command again" in cut.err
    assert len(ids(run)) == 7

    replayed.replies = [feed([3, 4], 4)]
    assert run("add", "--arxiv", "snails").out == "2 added\n"
    assert replayed.requests[-1].parameters["start"] == "2"


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([], "Name a file"),
        (["arxiv:snails"], "Write arxiv:2412.15115"),
        (["arxiv:2401.00001", "missing.txt"], "There is no file missing.txt"),
        (["--arxiv", "(snails"], "a bracket is not closed"),
        (["--hf-papers", " "], "The search is empty"),
    ],
)
def test_add_rejects_wrong_input_before_any_request(
    run: Run, replayed: Replayed, arguments: list[str], expected: str
) -> None:
    outcome = run("add", *arguments)
    assert outcome.code == 2
    assert expected in outcome.err
    assert replayed.requests == []


def test_add_creates_no_library_if_the_network_fails(run: Run, replayed: Replayed) -> None:
    replayed.replies = [DOWN]
    outcome = run("add", "arxiv:2401.00001")
    assert outcome.code == 2
    assert "files can be added without a network" in outcome.err
    assert "There is no library" in run("papers", "list").err


def test_other_commands_send_no_requests(
    run: Run, replayed: Replayed, papers_file: Path, tmp_path: Path
) -> None:
    run("add", papers_file)
    run("search", "parrots")
    run("papers", "export", "--out", tmp_path / "papers.bib")
    run("watch", "add", "--arxiv", "snails")
    run("doctor")
    assert replayed.requests == []
