"""The stored results of a library: derived from its papers, and always those of the papers."""

from dataclasses import replace
from pathlib import Path

from assistant.library import Embedder, Library
from assistant.library.results.index import FILE_NAME
from assistant.papers import Paper


def measured(library: Library) -> set[str]:
    return {one.measures for one in library.results.of(library.catalogue.papers())}


def test_results_are_stored_when_papers_are_added_and_follow_their_changes(
    small_library: Library, made_up_papers: list[Paper]
) -> None:
    assert (small_library.folder / FILE_NAME).stat().st_mode & 0o077 == 0
    assert {"glaciers", "keepers", "accuracy", "error"} <= measured(small_library)

    tram = made_up_papers[3]
    small_library.add([replace(tram, abstract="Trams lose 3 wheels.", source=tram.source)])
    assert "wheels" in measured(small_library)

    glaciers = made_up_papers[0]
    small_library.remove([glaciers.id])
    assert "glaciers" not in measured(small_library)


def test_library_without_the_file_or_with_a_damaged_one_reads_its_papers_again(
    small_library: Library, embedder: Embedder
) -> None:
    expected = small_library.results.of(small_library.catalogue.papers())
    small_library.close()
    file: Path = small_library.folder / FILE_NAME
    file.unlink()
    opened = Library(small_library.folder, embedder)
    assert opened.results.of(opened.catalogue.papers()) == expected
    opened.close()

    file.write_bytes(b"no database" * 1000)
    opened = Library(small_library.folder, embedder)
    assert opened.results.of(opened.catalogue.papers()) == expected
    opened.close()


def test_papers_that_another_process_added_have_results(
    small_library: Library, embedder: Embedder
) -> None:
    measured(small_library)
    other = Library(small_library.folder, embedder)
    other.add([Paper(title="Snail Mail", abstract="Snails carry 12 letters.")])
    other.close()
    assert "letters" in measured(small_library)
