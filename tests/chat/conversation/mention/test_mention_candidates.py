"""What ``@`` in the question box may name, and the scope of what was chosen."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.chat.conversation.html.scope_chip import describe_scope
from assistant.chat.conversation.mention.candidates import find_candidates, scope_with
from assistant.library import EVERYTHING, Catalogue, Scope
from assistant.papers import Paper

BEES = Paper(title="Dancing Bees", abstract="Bees dance.", authors=("Ada Frost",), year=2021)
ANTS = Paper(title="Patient Ants", abstract="Ants wait.")


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    catalogue = Catalogue(tmp_path / "catalogue.sqlite")
    catalogue.store([(BEES, ()), (ANTS, ())])
    catalogue.annotations.label("", "tag", "dances", [BEES.id])
    catalogue.annotations.label("", "collection", "Chapter 2", [BEES.id, ANTS.id])
    yield catalogue
    catalogue.close()


def _names(catalogue: Catalogue, query: str, owner: str = "") -> list[str]:
    return [one.name for one in find_candidates(catalogue, query, owner)]


def test_letters_find_collections_tags_and_papers(catalogue: Catalogue) -> None:
    assert _names(catalogue, "") == ["Chapter 2", "dances", "Patient Ants", "Dancing Bees"]
    assert _names(catalogue, "danc") == ["dances", "Dancing Bees"]
    assert _names(catalogue, "chapter") == ["Chapter 2"]
    assert _names(catalogue, "frost") == ["Dancing Bees"]
    assert _names(catalogue, "zebra") == []
    assert _names(catalogue, "danc", "ada") == ["Dancing Bees"]


def test_candidates_say_what_they_are(catalogue: Catalogue) -> None:
    facts = [one.facts for one in find_candidates(catalogue, "danc", "")]
    assert facts == ["tag, 1 paper", "Ada Frost · 2021"]


def test_chosen_papers_and_collections_add_up(catalogue: Catalogue) -> None:
    bees = scope_with(EVERYTHING, "paper", BEES.id, "")
    assert bees == Scope(papers=(BEES.id,))
    assert scope_with(bees, "paper", ANTS.id, "") == Scope(papers=(BEES.id, ANTS.id))
    chapter = scope_with(bees, "collection", "Chapter 2", "ada")
    assert chapter == Scope(collections=("Chapter 2",), owner="ada")
    both = scope_with(chapter, "collection", "Chapter 3", "ada")
    assert both.collections == ("Chapter 2", "Chapter 3")
    assert scope_with(both, "tag", "dances", "ada") == Scope(tags=("dances",), owner="ada")
    assert scope_with(Scope(years=(2021,)), "paper", ANTS.id, "") == Scope(papers=(ANTS.id,))


def test_scope_is_described_by_its_names(catalogue: Catalogue) -> None:
    assert describe_scope(Scope(tags=("dances",)), catalogue) == "#dances (1 paper)"
    assert describe_scope(Scope(collections=("Chapter 2",)), catalogue) == "Chapter 2 (2 papers)"
    unread = Scope(marks=("unread",))
    assert describe_scope(unread, catalogue) == "unread (2 papers)"
    assert describe_scope(Scope(papers=(BEES.id,)), catalogue) == "Dancing Bees"
