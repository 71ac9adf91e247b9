"""For any file, a reader yields papers or reasons why there are none.

`make fuzz` runs the same checks for longer.
"""

import io
import zipfile
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from malformed import READERS_BY_NAME, check_reading, files_for, mutants
from reading import NAME
from specimens import SPECIMENS

from assistant.library import Embedder, Library
from assistant.papers import Document, Paper, Record, Skipped, read_document
from assistant.papers.files.archive import zipped_documents

ALL = sorted(SPECIMENS.values())


def records_of_zip(data: bytes) -> Iterator[Record]:
    for document in zipped_documents(Document(NAME, io.BytesIO(data))):
        if isinstance(document, Skipped):
            yield document
        else:
            yield from read_document(document)


def zipped(files: dict[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return data.getvalue()


@pytest.fixture(scope="module")
def library(
    embedder: Embedder, made_up_papers: list[Paper], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Library]:
    """A library with the five made-up papers, for the whole module."""
    library = Library(tmp_path_factory.mktemp("library"), embedder)
    library.add(made_up_papers)
    yield library
    library.close()


@pytest.mark.parametrize("name", READERS_BY_NAME)
@given(st.data())
def test_no_file_crashes_a_reader(name: str, data: st.DataObject) -> None:
    check_reading(READERS_BY_NAME[name], data.draw(files_for(name)))


@given(mutants(ALL))
def test_damaged_file_yields_papers_or_reasons(data: bytes) -> None:
    assert list(read_document(Document(NAME, io.BytesIO(data))))


@given(mutants([zipped(SPECIMENS)]))
@settings(max_examples=30)
def test_damaged_zip_yields_papers_or_reasons(data: bytes) -> None:
    assert list(records_of_zip(data))


@given(mutants(ALL))
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_adding_damaged_files_keeps_the_papers_of_a_library(
    library: Library, made_up_papers: list[Paper], data: bytes
) -> None:
    library.add(read_document(Document(NAME, io.BytesIO(data))))
    assert library.catalogue.papers()[: len(made_up_papers)] == made_up_papers
    assert library.catalogue.pending.count_papers() == 0
