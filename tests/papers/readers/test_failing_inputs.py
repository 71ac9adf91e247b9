"""Inputs rebuilt from public reports, in ``../shared/failing``; skipped without that folder."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from assistant.papers import Paper, Record, Skipped
from assistant.papers.files.discover import display_names, documents
from assistant.papers.files.read import read_document

GLACIERS = (
    "We tie cameras to balloons and follow fourteen glaciers for three summers; the melt begins "
    "nine days sooner than in old maps."
)
PARROTS = (
    "Six parrots learn to count walnuts up to eight within four weeks of daily lessons in a quiet "
    "room."
)
BALLOONS = "Glacier Melt Seen from Balloons"
Fields = dict[str, Any]

# The fields of each paper, by the beginning of the folder's name and the name of the file.
EXPECTED: dict[tuple[str, str], Sequence[Fields]] = {
    ("03", "acl.html"): [{"title": "Parrots Count Walnuts", "abstract": PARROTS}],
    ("03", "sd.html"): [{"title": BALLOONS, "abstract": GLACIERS}],
    ("03", "dc.html"): [
        {"title": "Rain on Roofs", "authors": ("Cy Ice",), "doi": "10.1000/rain.1"}
    ],
    ("05", "crossref.json"): [
        {
            "title": "Melt at T_0",
            "abstract": "We u_i follow n=14 glaciers.",
            "authors": ("Ada Frost", "Bo Melt Jr.", "Cy van der Berg"),
        },
        {"title": "Lists E. coli and DNA", "abstract": "See snow.org: one m s u"},
        {"abstract": "We follow glaciers (p < 0.05) for three summers."},
    ],
    ("09", "note.md"): [
        {
            "title": "Glacier Melt: Seen from Balloons",
            "authors": ("Ada Frost", "Bo van der Berg"),
            "abstract": GLACIERS,
        }
    ],
    ("09", "inline.md"): [{"authors": ("Ada Frost", "Bo Melt"), "abstract": PARROTS}],
    ("09", "callout.md"): [{"authors": ("Ada Frost", "Bo Melt"), "abstract": GLACIERS}],
    ("09", "CITATION.cff"): [{"authors": ("Ada Frost",), "abstract": PARROTS}],
    ("12", "refs.bib"): [
        {"title": "Glacier Snow and Ice from Balloons", "authors": ("Ada Frost", "Bo Melt")},
        {"title": "ACL", "authors": ("Ada Frost",)},
    ],
    ("13", "refs.bib"): [
        {
            "title": "On θ̂ and Õ(√T)",
            "authors": ("Đúc Trân", "Charles Smith", "O. Černotík"),
            "abstract": r"A gain of 1/25 in x̅ on \cite{foo2018}, 'so', with the set {a, b}, link "
            r"and \footnote{a note} at O(1/ε^2).",
        }
    ],
    ("13", "arxiv.json"): [
        {
            "title": "On θ̂ and ψ̄",
            "abstract": "We bound χ̃_1^0 by O(1/ε^2) in three summers of snow.",
        }
    ],
    ("14", "refs.bib"): [{"title": "Part 2 of Snow", "authors": ("D. E. Ice", "B. C. Melt")}],
    ("16", "refs.bib"): [{"authors": ("Bo Frost", "Vasco da Gama")}],
    ("17", "csl.json"): [
        {
            "authors": ("Ada Frost", "Bo van der Berg", "Snow Consortium", "Cy Melt Jr."),
            "published": "2020-05-01",
        }
    ],
    ("18", "zotero.json"): [
        {
            "authors": ("Ada Frost", "Snow Consortium"),
            "editors": ("Editor House",),
            "arxiv_id": "2005.00001",
        }
    ],
    ("20", "scopus.csv"): [{"title": BALLOONS}, {"title": "Parrots Count Walnuts"}, {}],
    ("21", "pandas.csv"): [{"authors": ("Ada Frost", "Bo Melt"), "year": 2020}] * 2,
    ("21", "pandas.json"): [{"authors": ("Ada Frost",), "year": 2020}],
    ("21", "s2orc.json"): [{"authors": ("Ada B. Frost Jr.",), "year": 2020}],
    ("22", "refs.ris"): [
        {
            "abstract": "We follow fourteen glaciers with AI - based models, and the melt of the "
            "ER - positive sort begins nine days sooner."
        },
        {"title": "Lower Case Tags", "abstract": PARROTS},
    ],
    ("23", "refs.ris"): [
        {"authors": ("Pedro J. Sánchez", "Maria Montoya", "Ana Reis")},
        {"authors": ("John Smith Jr.",)},
        {"authors": ("World Health Organization, Department of Snow",)},
        {"authors": ("Ada Frost", "Bo Melt")},
        {"doi": "10.1000/snow.5"},
        {"doi": "10.1000/snow.6"},
    ],
    **{
        ("24", name): [{"title": BALLOONS}]
        for name in (
            *("meta00.pdf", "meta03.pdf", "meta14.pdf"),
            *("samesize.pdf", "springer.pdf", "x1.pdf"),
        )
    },
    ("24", "x2.pdf"): [{"title": "Parrots Count Walnuts"}],
    ("26", "glue115.pdf"): [
        {
            "abstract": "We tie cameras to balloons and follow fourteen glaciers for three "
            "summers, which shows that the melt begins nine days sooner than in the old maps of "
            "the far north. Most of the melt is in the far north, where the nights are short and "
            "the days are long, and where nobody had looked before with a camera."
        }
    ],
    ("29", "feed.xml"): [],
    ("30", "a.nbib"): [{"authors": ("Bo Melt Jr", "Snow Study Group")}],
    ("30", "a.xml"): [
        {"title": "Parrots count walnuts", "abstract": PARROTS},
        {"abstract": "Seis loros aprenden a contar nueces hasta ocho en cuatro semanas."},
        {"title": "A Chapter.", "abstract": GLACIERS, "type": "book"},
    ],
    ("33", "ads.json"): [{"title": "Rain on Roofs", "authors": ("Cy Ice",), "doi": "10.1000/r"}],
    ("33", "biorxiv.json"): [{"title": BALLOONS, "authors": ("A. Frost", "B. C. Melt")}],
    ("33", "datacite.json"): [{"title": "Snow Data", "authors": ("Ada Frost",), "year": 2020}],
    ("33", "europepmc.json"): [
        {"title": "Parrots count walnuts", "authors": ("B Melt", "A Frost")}
    ],
    ("33", "inspire.json"): [{"title": "Hail on Roofs", "arxiv_id": "2005.00001"}],
    ("33", "openreview.json"): [{"title": "Fog on Roofs", "authors": ("Fay Fog",)}],
    ("36", "refs.bib"): [],
}


def records_in(folder: Path, name: str) -> list[Record]:
    path = folder / name
    records: list[Record] = []
    for document in documents(path, *display_names([path])):
        records += [document] if isinstance(document, Skipped) else read_document(document)
    return records


def folder_of(shared_folder: Path, number: str) -> Path:
    found = list((shared_folder / "failing").glob(f"{number}-*"))
    if not found:
        pytest.skip(f"no folder failing/{number}-*")
    return found[0]


@pytest.mark.parametrize(("number", "name"), EXPECTED)
def test_reported_input_is_read(shared_folder: Path, number: str, name: str) -> None:
    expected = EXPECTED[number, name]
    records = records_in(folder_of(shared_folder, number), name)
    papers = [record for record in records if isinstance(record, Paper)]
    assert len(papers) == len(expected)
    for paper, fields in zip(papers, expected, strict=True):
        assert {field: getattr(paper, field) for field in fields} == fields
    assert papers or records  # what holds no papers is reported


def test_folder_of_other_files_holds_no_junk(shared_folder: Path) -> None:
    records = records_in(folder_of(shared_folder, "04"), "folder")
    # The export of Web of Science and the MODS file have readers now.
    papers = {record.source: record.title for record in records if isinstance(record, Paper)}
    assert papers == {"folder/mods.xml": "Glacier Melt", "folder/wos.isi": "Glacier Melt"}
    skipped = {record.source for record in records if isinstance(record, Skipped)}
    assert skipped == {"folder/main.tex", "folder/todo.txt", "folder/train.py"}
