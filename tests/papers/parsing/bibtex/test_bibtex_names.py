"""Splitting the authors and editors of BibTeX."""

import pytest

from assistant.papers.parsing.bibtex.names import names_of


@pytest.mark.parametrize(
    ("field", "names"),
    [
        ("Ada Frost and Bo Melt", ["Ada Frost", "Bo Melt"]),
        ("Ada Frost AND\n Bo Melt", ["Ada Frost", "Bo Melt"]),
        ("{Nuts and Sons} and Ada Frost", ["Nuts and Sons", "Ada Frost"]),
        (r"Bj \o and Ada Frost", [r"Bj \o", "Ada Frost"]),
        (r"Plus \& and Ada Frost", [r"Plus \&", "Ada Frost"]),
        (r"Ada \{ and Bo Melt", [r"Ada \{", "Bo Melt"]),
        ("Ada Frost and others", ["Ada Frost"]),
        ("", []),
    ],
)
def test_names_are_split_at_each_and_outside_braces(field: str, names: list[str]) -> None:
    found = names_of(field, lambda text: text.strip("{}"))
    assert list(map(str, found)) == names
