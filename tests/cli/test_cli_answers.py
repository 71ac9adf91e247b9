"""The output of ``assistant ask`` and ``assistant search``."""

import re
import signal
from pathlib import Path

from command_line import Run, in_terminal

QUESTION = "What do lighthouse keepers read at night?"
WRITES = ("--model", "smollm2-135m-instruct", "--set", "abstention_threshold=0")
# Escape sequences that move the cursor or change colours.
ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
ABSTAINS = ("--model", "smollm2-135m-instruct", "--set", "abstention_threshold=1")


def test_ask_as_json_has_the_documented_fields(run: Run, library_folder: Path) -> None:
    answer = run("ask", QUESTION, "--json", *WRITES).data
    assert answer["question"] == QUESTION
    assert 0 <= answer["confidence"] <= 1
    assert answer["abstained"] is False
    numbers = [citation["number"] for citation in answer["citations"]]
    assert numbers == list(range(1, len(numbers) + 1))
    for sentence in answer["sentences"]:
        assert set(sentence) >= {"text", "citations", "supported"}
        assert set(sentence["citations"]) <= set(numbers)
        assert sentence["text"] in answer["answer"]
    for citation in answer["citations"]:
        assert set(citation) >= {"number", "paper_id", "title", "url", "quote"}
    abstracts = {p["paper_id"]: p["abstract"] for p in run("papers", "list", "--json").data}
    assert all(cited["quote"] in abstracts[cited["paper_id"]] for cited in answer["citations"])
    assert all(set(paper) == {"paper_id", "title", "score"} for paper in answer["papers"])
    assert set(answer["timings"]) == {
        "retrieval_s",
        "first_token_s",
        "total_s",
        "prompt_tokens",
        "cached_tokens",
        "completion_tokens",
    }
    assert answer["timings"]["completion_tokens"] > 0
    assert answer["model"].startswith("smollm2-135m-instruct")
    assert answer["library"]


def test_ask_in_a_pipe_prints_answer_and_sources(run: Run, library_folder: Path) -> None:
    answer = run("ask", QUESTION, "--json", *WRITES).data
    printed = run("ask", QUESTION, *WRITES).out
    assert printed.startswith(answer["answer"])
    for cited in answer["citations"]:
        assert f"[{cited['number']}] {cited['title']}" in printed
        assert cited["quote"] in printed


def test_abstention_shows_the_closest_paper(run: Run, library_folder: Path) -> None:
    # Without reranking, since the small model cannot rank.
    kept = ("--set", "papers_reranked=0")
    outcome = run("ask", "What is the weather in Graz?", *ABSTAINS, *kept)
    assert outcome.code == 0
    assert outcome.out.startswith("The abstracts do not answer this.")
    assert "[1] Silent Trams for Old Towns" in outcome.out


def test_ask_in_a_terminal_ends_with_the_same_answer_as_in_a_pipe(
    run: Run, library_folder: Path
) -> None:
    piped = run("ask", QUESTION, *WRITES).out
    with in_terminal("ask", QUESTION, "--library", library_folder, *WRITES) as (process, read):
        shown = "".join(iter(read, ""))
        assert process.wait() == 0
    words = piped.split()
    assert ESCAPES.sub("", shown).split()[-len(words) :] == words
    assert "Reading 6 sentences" in shown


def test_ctrl_c_stops_with_a_short_message(models_cache: None, library_folder: Path) -> None:
    # Long enough that the answer is not complete when the signal arrives.
    long = (*WRITES, "--set", "max_answer_tokens=1500")
    with in_terminal("ask", QUESTION, "--library", library_folder, *long) as (process, read):
        shown = ""
        while "Searching the papers" not in shown:
            piece = read()
            assert piece, shown
            shown += piece
        process.send_signal(signal.SIGINT)
        shown += "".join(iter(read, ""))
        assert process.wait() == 130
    assert "Stopped." in shown
    assert "Traceback" not in shown


def test_search_ranks_papers_with_a_sentence_each(run: Run, library_folder: Path) -> None:
    lines = run("search", "How well do parrots count?", "-k", "3").out.splitlines()
    assert lines[0] == "1. Teaching Parrots to Count (arxiv:1901.00001)"
    assert lines[1].startswith('   "')
    assert len(lines) == 6


def test_search_as_json_returns_k_papers_in_order(run: Run, library_folder: Path) -> None:
    found = run("search", "parrots", "-k", "4", "--json").data
    assert found["question"] == "parrots"
    assert len(found["papers"]) == 4
    scores = [paper["score"] for paper in found["papers"]]
    assert scores == sorted(scores, reverse=True)
    abstracts = {p["paper_id"]: p["abstract"] for p in run("papers", "list", "--json").data}
    assert all(paper["quote"] in abstracts[paper["paper_id"]] for paper in found["papers"])
