"""References such as ``zotero:My collection``."""

import pytest

from assistant.sources.zotero.reference import ZoteroReference, parse_zotero_reference


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        ("zotero:", ZoteroReference("users/0")),
        ("Zotero: My papers ", ZoteroReference("users/0", "My papers")),
        ("zotero:groups/12", ZoteroReference("groups/12")),
        ("zotero:groups/12/A/B", ZoteroReference("groups/12", "A/B")),
        ("zotero.bib", None),
    ],
)
def test_references_to_libraries_and_collections(
    text: str, reference: ZoteroReference | None
) -> None:
    assert parse_zotero_reference(text) == reference
