"""``assistant add`` and ``assistant papers``: what the library holds."""

import json
from dataclasses import asdict, replace
from pathlib import Path

import pytest
from command_line import Run
from hypothesis import given
from hypothesis import strategies as st

from assistant.cli.papers.app import find_paper
from assistant.errors import InputError
from assistant.papers import Paper


def test_adding_papers_again_changes_nothing(run: Run, papers_file: Path) -> None:
    assert run("add", papers_file).out == "5 added\n"
    assert run("add", papers_file).out == "5 unchanged\n"


def test_a_changed_paper_is_updated(
    run: Run, papers_file: Path, made_up_papers: list[Paper]
) -> None:
    run("add", papers_file)
    changed = replace(made_up_papers[0], abstract="The glaciers have stopped melting after all.")
    papers_file.write_text(json.dumps(asdict(changed)))
    report = run("add", papers_file, "--json").data
    assert (report["added"], report["updated"], report["unchanged"]) == (0, 1, 0)


def test_a_library_made_by_add_holds_no_sample_papers(run: Run, papers_file: Path) -> None:
    run("add", papers_file)
    assert len(run("papers", "list", "--json").data) == 5


def test_no_library_is_made_if_one_of_the_files_cannot_be_read(
    run: Run, papers_file: Path, tmp_path: Path
) -> None:
    assert run("add", papers_file, tmp_path / "missing.txt").code == 2
    assert "There is no library" in run("papers", "list").err


def test_list_shows_a_line_a_paper(run: Run, library_folder: Path) -> None:
    lines = run("papers", "list").out.splitlines()
    assert len(lines) == 5
    assert lines[1].split(maxsplit=1) == ["arxiv:1901.00001", "Teaching Parrots to Count (2019)"]


def test_list_as_json_holds_whole_records(run: Run, library_folder: Path) -> None:
    parrots = run("papers", "list", "--json").data[1]
    assert parrots["paper_id"] == "arxiv:1901.00001"
    assert parrots["url"] == "https://arxiv.org/abs/1901.00001"
    assert "WalnutBench" in parrots["abstract"]


def test_named_papers_are_read_ahead_or_all(run: Run, library_folder: Path) -> None:
    small = ("--model", "smollm2-135m-instruct")
    assert run("papers", "read", "teaching", "arxiv:1901.00001", *small).code == 0
    assert run("papers", "read", "teaching", *small).out == "0 papers read, 1 had been\n"
    assert run("papers", "read", "--all", *small).code == 0
    assert run("papers", "read", *small).out == "0 papers read, 5 had been\n"


def test_papers_are_named_or_all_are_read(run: Run, library_folder: Path) -> None:
    outcome = run("papers", "read", "teaching", "--all")
    assert outcome.code == 2
    assert "not both" in outcome.err


@pytest.mark.parametrize("name", ["arxiv:1901.00001", "Teaching", "teaching PARROTS"])
def test_show_takes_an_id_or_how_the_title_begins(
    run: Run, library_folder: Path, name: str
) -> None:
    shown = run("papers", "show", name)
    assert shown.out.startswith("Teaching Parrots to Count\n")
    assert "accuracy of 93 percent" in shown.out


def test_show_asks_for_more_when_several_titles_begin_so(run: Run, papers_file: Path) -> None:
    twins = [Paper(title=f"Bread at {n} degrees", abstract="It rises.") for n in (180, 220)]
    papers_file.write_text("\n".join(json.dumps(asdict(paper)) for paper in twins))
    run("add", papers_file)
    shown = run("papers", "show", "bread at")
    assert shown.code == 2
    assert "Bread at 180 degrees; Bread at 220 degrees" in shown.err


def test_remove_takes_papers_out_of_list_and_search(run: Run, library_folder: Path) -> None:
    assert run("papers", "remove", "arxiv:1901.00001", "doi:10.5555/trams.7").out == "2 removed\n"
    assert len(run("papers", "list", "--json").data) == 3
    found = run("search", "How well do parrots count?", "--json").data
    assert "arxiv:1901.00001" not in [paper["paper_id"] for paper in found["papers"]]


def test_remove_with_an_unknown_id_removes_nothing(run: Run, library_folder: Path) -> None:
    outcome = run("papers", "remove", "arxiv:1901.00001", "arxiv:0000.00000")
    assert outcome.code == 2
    assert "arxiv:0000.00000" in outcome.err
    assert len(run("papers", "list", "--json").data) == 5


def test_reindex_makes_the_library_usable_with_another_embedder(
    run: Run, library_folder: Path, embedder_copy: Path
) -> None:
    other = f"embedder={embedder_copy}"
    assert run("search", "parrots", "--set", other).code == 2
    assert run("papers", "reindex", "--embedder", embedder_copy).out.startswith("5 papers indexed")
    for chosen in (("--set", other), ()):  # the library keeps to it
        found = run("search", "parrots", *chosen, "--json")
        assert found.data["papers"][0]["title"] == "Teaching Parrots to Count"


def test_reindex_keeps_the_embedder_unless_told_otherwise(run: Run, library_folder: Path) -> None:
    assert run("papers", "reindex").out == "5 papers indexed with all-minilm-l6-v2\n"


@given(st.lists(st.text(min_size=1).filter(str.strip), min_size=1, unique=True), st.data())
def test_a_paper_is_found_by_its_whole_id(titles: list[str], data: st.DataObject) -> None:
    papers = {paper.id: paper for paper in (Paper(title=t, abstract="a") for t in titles)}
    wanted = data.draw(st.sampled_from(list(papers)))
    assert find_paper(list(papers.values()), wanted) is papers[wanted]


@given(st.lists(st.text(), max_size=5), st.text(min_size=1))
def test_what_is_found_by_a_title_is_the_only_one_that_begins_so(
    titles: list[str], wanted: str
) -> None:
    papers = [Paper(title=title, abstract="a") for title in titles]
    begun = [paper for paper in papers if paper.title.casefold().startswith(wanted.casefold())]
    if len(begun) == 1:
        assert find_paper(papers, wanted) is begun[0]
    else:
        with pytest.raises(InputError):
            find_paper(papers, wanted)
