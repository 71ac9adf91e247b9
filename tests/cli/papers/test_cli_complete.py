"""``assistant papers complete``: missing abstracts are looked up."""

import json
from pathlib import Path

from command_line import Run
from replayed import Replayed, Reply

BARE = """@article{trams, title = {Silent Trams}, author = {Bo Melt}, doi = {10.5555/t.7}}
@article{stones, title = {Stones}, author = {Ann Slow}, year = 2020}
"""
TRAMS = {
    "message": {
        "DOI": "10.5555/t.7",
        "title": ["Silent Trams"],
        "author": [{"given": "Bo", "family": "Melt"}],
        "abstract": "Trams without wheels are quiet.",
        "container-title": ["Journal of Rails"],
    }
}


def test_complete_adds_the_abstracts_that_services_have(
    run: Run, replayed: Replayed, tmp_path: Path
) -> None:
    (tmp_path / "refs.bib").write_text(BARE)
    run("add", tmp_path / "refs.bib")
    replayed.by_path = {"/works": Reply(json.dumps(TRAMS))}
    lines = run("papers", "complete").out.splitlines()
    assert lines[0].split(maxsplit=1) == ["doi:10.5555/t.7", "abstract from Crossref"]
    assert "no id that a service knows" in lines[1]
    assert lines[2] == "1 completed, 1 left without an abstract"
    shown = run("papers", "show", "doi:10.5555/t.7", "--json").data
    assert shown["abstract"] == "Trams without wheels are quiet."
    assert (shown["venue"], shown["citation_key"]) == ("Journal of Rails", "trams")
    again = run("papers", "complete", "--json").data
    assert (again["completed"], again["left"]) == (0, 1)


def test_complete_has_nothing_to_do_if_every_paper_has_an_abstract(
    run: Run, library_folder: Path, replayed: Replayed
) -> None:
    assert run("papers", "complete").out == "Every paper has an abstract.\n"
    assert replayed.requests == []
