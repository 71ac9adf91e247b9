"""``assistant add`` and ``assistant papers``."""

import json
from dataclasses import asdict, replace
from pathlib import Path

import pytest
from command_line import Run
from hypothesis import given
from hypothesis import strategies as st
from own_csl_style import NUMBERED

from assistant.cli.papers.find import find_paper
from assistant.errors import InputError
from assistant.papers import Paper


def test_adding_papers_again_changes_nothing(run: Run, papers_file: Path) -> None:
    assert run("add", papers_file).out == "5 added\n"
    assert run("add", papers_file).out == "5 unchanged\n"


def test_changed_paper_is_updated(run: Run, papers_file: Path, made_up_papers: list[Paper]) -> None:
    run("add", papers_file)
    changed = replace(made_up_papers[0], abstract="The glaciers have stopped melting after all.")
    papers_file.write_text(json.dumps(asdict(changed)))
    report = run("add", papers_file, "--json").data
    assert (report["added"], report["updated"], report["unchanged"]) == (0, 1, 0)


def test_library_created_by_add_has_no_sample_papers(run: Run, papers_file: Path) -> None:
    run("add", papers_file)
    assert len(run("papers", "list", "--json").data) == 5


def test_add_creates_no_library_if_a_file_is_missing(
    run: Run, papers_file: Path, tmp_path: Path
) -> None:
    assert run("add", papers_file, tmp_path / "missing.txt").code == 2
    assert "There is no library" in run("papers", "list").err


def test_papers_list_prints_a_line_per_paper(run: Run, library_folder: Path) -> None:
    lines = run("papers", "list").out.splitlines()
    assert len(lines) == 5
    assert lines[1].split(maxsplit=1) == ["arxiv:1901.00001", "Teaching Parrots to Count (2019)"]


def test_papers_list_as_json_has_complete_records(run: Run, library_folder: Path) -> None:
    parrots = run("papers", "list", "--json").data[1]
    assert parrots["paper_id"] == "arxiv:1901.00001"
    assert parrots["url"] == "https://arxiv.org/abs/1901.00001"
    assert "WalnutBench" in parrots["abstract"]


def test_papers_read_reads_named_papers_or_all(run: Run, library_folder: Path) -> None:
    small = ("--model", "smollm2-135m-instruct")
    assert run("papers", "read", "teaching", "arxiv:1901.00001", *small).code == 0
    assert (
        run("papers", "read", "teaching", *small).out == "0 papers read, 1 already in the cache\n"
    )
    assert run("papers", "read", "--all", *small).code == 0
    assert run("papers", "read", *small).out == "0 papers read, 5 already in the cache\n"


def test_papers_read_rejects_names_together_with_all(run: Run, library_folder: Path) -> None:
    outcome = run("papers", "read", "teaching", "--all")
    assert outcome.code == 2
    assert "not both" in outcome.err


@pytest.mark.parametrize("name", ["arxiv:1901.00001", "Teaching", "teaching PARROTS"])
def test_papers_show_accepts_an_id_or_a_title_prefix(
    run: Run, library_folder: Path, name: str
) -> None:
    shown = run("papers", "show", name)
    assert shown.out.startswith("Teaching Parrots to Count\n")
    assert "accuracy of 93 percent" in shown.out


def test_papers_show_has_the_extra_fields(run: Run, tmp_path: Path) -> None:
    bibliography = tmp_path / "snails.bib"
    bibliography.write_text("@misc{a, title = {Snail Mail}, year = 2021, note = {In [press]}}")
    assert run("add", bibliography).code == 0
    assert "\nnote: In [press]\n\nNo abstract." in run("papers", "show", "Snail").out
    assert run("papers", "show", "Snail", "--json").data["extra"] == {"note": "In [press]"}
    assert "note = {In [press]}" in run("papers", "export", "--format", "bibtex").out


def test_papers_show_rejects_an_ambiguous_title_prefix(run: Run, papers_file: Path) -> None:
    twins = [Paper(title=f"Bread at {n} degrees", abstract="It rises.") for n in (180, 220)]
    papers_file.write_text("\n".join(json.dumps(asdict(paper)) for paper in twins))
    run("add", papers_file)
    shown = run("papers", "show", "bread at")
    assert shown.code == 2
    assert "Bread at 180 degrees; Bread at 220 degrees" in shown.err


def test_papers_remove_removes_papers_from_list_and_search(run: Run, library_folder: Path) -> None:
    assert run("papers", "remove", "arxiv:1901.00001", "doi:10.5555/trams.7").out == "2 removed\n"
    assert len(run("papers", "list", "--json").data) == 3
    found = run("search", "How well do parrots count?", "--json").data
    assert "arxiv:1901.00001" not in [paper["paper_id"] for paper in found["papers"]]


def test_papers_remove_with_an_unknown_id_removes_nothing(run: Run, library_folder: Path) -> None:
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
    for chosen in (("--set", other), ()):  # also the default from now on
        found = run("search", "parrots", *chosen, "--json")
        assert found.data["papers"][0]["title"] == "Teaching Parrots to Count"


def test_reindex_keeps_the_embedder_by_default(run: Run, library_folder: Path) -> None:
    assert run("papers", "reindex").out == "5 papers indexed with all-minilm-l6-v2\n"


@given(st.lists(st.text(min_size=1).filter(str.strip), min_size=1, unique=True), st.data())
def test_find_paper_matches_a_complete_id(titles: list[str], data: st.DataObject) -> None:
    papers = {paper.id: paper for paper in (Paper(title=t, abstract="a") for t in titles)}
    wanted = data.draw(st.sampled_from(list(papers)))
    assert find_paper(list(papers.values()), wanted) is papers[wanted]


@given(st.lists(st.text(), max_size=5), st.text(min_size=1))
def test_find_paper_matches_a_unique_title_prefix(titles: list[str], wanted: str) -> None:
    papers = [Paper(title=title, abstract="a") for title in titles]
    matches = [paper for paper in papers if paper.title.casefold().startswith(wanted.casefold())]
    if len(matches) == 1:
        assert find_paper(papers, wanted) is matches[0]
    else:
        with pytest.raises(InputError):
            find_paper(papers, wanted)


def test_papers_cite_prints_a_reference(run: Run, library_folder: Path) -> None:
    cited = run("papers", "cite", "glacier", "--style", "ieee").out
    assert cited.startswith("A. Frost and B. Melt, “Glacier Melt Seen from Balloons,” 2021.")
    assert run("papers", "cite", "glacier", "--style", "bibtex").out.startswith("@misc{frost2021")


def test_papers_cite_takes_a_csl_style(run: Run, library_folder: Path, tmp_path: Path) -> None:
    style = tmp_path / "numbers.csl"
    style.write_text(NUMBERED)
    expected = "[1] A. Frost, B. Melt, “Glacier Melt Seen from Balloons”, 2021.\n"
    assert run("papers", "cite", "glacier", "--style", style).out == expected
    refused = run("papers", "cite", "glacier", "--style", "numbers")
    assert (refused.code, "is not a style of references" in refused.err) == (2, True)
    (library_folder / "styles").mkdir()
    style.rename(library_folder / "styles" / "numbers.csl")
    for name in ("numbers", "numbers.csl"):
        assert run("papers", "cite", "glacier", "--style", name).out == expected


def test_merge_is_undone_by_split(run: Run, library_folder: Path) -> None:
    glacier, parrots = (line.split()[0] for line in run("papers", "list").out.splitlines()[:2])
    assert run("papers", "merge", parrots, glacier).out.startswith(parrots)
    assert len(run("papers", "list").out.splitlines()) == 4
    assert len(run("papers", "split", parrots).out.splitlines()) == 2
    assert len(run("papers", "list").out.splitlines()) == 5
    refused = run("papers", "split", parrots)
    assert (refused.code, "Nothing was merged" in refused.err) == (2, True)
