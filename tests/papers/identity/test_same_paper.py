"""Deciding whether two records are the same paper."""

from dataclasses import replace

import pytest

from assistant.papers import Paper
from assistant.papers.identity.same_paper import compare

FROST = Paper(
    title="Glacier Melt Seen from Balloons",
    abstract="We tie cameras to balloons and follow fourteen glaciers for three summers.",
    authors=("Ada Frost", "Bo Melt"),
    year=2020,
)
OTHER_ABSTRACT = "Six parrots learn to count walnuts up to eight within four weeks."


def with_doi(paper: Paper, **changes: object) -> Paper:
    return replace(paper, doi="10.5555/1", **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "found",
    [
        FROST,
        replace(FROST, abstract=""),
        replace(FROST, authors=()),
        replace(FROST, authors=("A. Frost",), year=2019),
        replace(FROST, authors=("Frost Ada",)),
        replace(FROST, title="Glacier melt seen from balloons."),
        replace(FROST, abstract="", authors=(), year=None),
        replace(FROST, authors=("Cy Ice",)),  # the same abstract, a mangled name
        replace(FROST, abstract=OTHER_ABSTRACT),
    ],
)
def test_same_title_and_authors_or_abstract_is_the_same_paper(found: Paper) -> None:
    assert compare(FROST, found) == compare(found, FROST) == "same"


@pytest.mark.parametrize(
    "found",
    [
        replace(FROST, title="Glacier Melt"),
        replace(FROST, authors=("Cy Ice",), abstract=""),
        replace(FROST, authors=(), abstract=OTHER_ABSTRACT),
        replace(FROST, abstract=OTHER_ABSTRACT, year=2018),
        replace(FROST, abstract="", year=2010),
    ],
)
def test_same_title_alone_is_another_paper(found: Paper) -> None:
    assert compare(FROST, found) == compare(found, FROST) == "different"


@pytest.mark.parametrize(
    "found",
    [
        FROST,
        replace(FROST, title="Glacier Melt Seen from Balloons: Three Summers in Norway"),
        replace(FROST, title="Melting Ice"),  # the abstract is the same
        replace(FROST, title="Invited Talk: Glacier Melt Seen from Balloons"),
        replace(FROST, title="The Glacier Melt Seen from Balloons", abstract=""),
        replace(FROST, title="MELTo: Glacier Melt Seen from Balloons", abstract=""),
        replace(FROST, title="Glacier Melt Seen from Balloons: Maps and Correction", abstract=""),
        replace(FROST, abstract="", authors=(), year=None),
        replace(FROST, abstract=OTHER_ABSTRACT),
    ],
)
def test_shared_doi_without_contradiction_is_the_same_paper(found: Paper) -> None:
    assert compare(with_doi(FROST), with_doi(found)) == "same"


@pytest.mark.parametrize(
    "found",
    [
        replace(FROST, title="Parrots Count Walnuts", abstract=OTHER_ABSTRACT),
        replace(FROST, title="Parrots Count Walnuts", abstract=""),
        replace(FROST, title="Glacier Melt Seen from Balloons, Part 2", abstract=""),
        replace(FROST, authors=("Cy Ice",), abstract=OTHER_ABSTRACT),
        replace(FROST, year=1990, abstract=""),
        # About the paper: a deposit with a wrong DOI, which must not become its title.
        replace(FROST, title="Erratum to: Glacier Melt Seen from Balloons", abstract=""),
        replace(FROST, title="Comment on “Glacier Melt Seen from Balloons”", abstract=""),
        replace(FROST, title="Retraction: Glacier melt seen from balloons", abstract=""),
        replace(FROST, title="RETRACTED: Glacier Melt Seen from Balloons", abstract=""),
        replace(FROST, title="Publisher Correction: Glacier Melt Seen from Balloons", abstract=""),
        replace(FROST, title="Glacier Melt Seen from Balloons: erratum", abstract=""),
        replace(FROST, title="Glacier Melt Seen from Balloons (Correction)", abstract=""),
        replace(FROST, title="Glacier Melt Seen from Balloons: A Reply to Melt", abstract=""),
    ],
)
def test_shared_doi_with_contradiction_is_a_conflict(found: Paper) -> None:
    stored = replace(FROST, title=f"{FROST.title}, Part 1") if "Part" in found.title else FROST
    assert compare(with_doi(stored), with_doi(found)) == "conflict"


def test_new_title_of_a_preprint_is_the_same_paper() -> None:
    found = replace(FROST, title="Melting Ice", abstract="")
    preprint = replace(FROST, arxiv_id="2001.00001")
    assert compare(preprint, replace(found, arxiv_id="2001.00001")) == "same"


def test_other_doi_is_another_paper() -> None:
    assert compare(with_doi(FROST), replace(FROST, doi="10.5555/2")) == "different"


def test_editorials_of_one_author_in_two_issues_are_different() -> None:
    one = Paper(title="Editorial", abstract="", authors=("Ada Frost",), year=2020, issue="1")
    assert compare(one, replace(one, issue="2")) == "different"
    assert compare(one, replace(one, year=2021)) == "different"
    assert compare(one, replace(one, abstract="We welcome you.")) == "same"


def test_shared_pmid_is_a_shared_id_and_shared_isbn_is_none() -> None:
    one = replace(FROST, ids=(("pmid", "1"),))
    other = replace(FROST, title="Melt", ids=(("pmid", "1"),))
    assert compare(one, other) == "same"
    assert set(one.keys) & set(other.keys)
    chapter = Paper(title="Ice", abstract="", ids=(("isbn", "978"),))
    assert compare(chapter, replace(chapter, title="Snow")) == "different"
