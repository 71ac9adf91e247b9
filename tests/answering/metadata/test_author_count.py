"""Conditions on the number of authors."""

import math

import pytest

from assistant.answering.metadata.author_count import AuthorCount, author_count_in


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Which papers have exactly three authors?", AuthorCount(3, 3)),
        ("two-author papers", AuthorCount(2, 2)),
        ("papers by more than three people", AuthorCount(4, math.inf)),
        ("at least 3 authors", AuthorCount(3, math.inf)),
        ("papers with 2 or more authors", AuthorCount(2, math.inf)),
        ("papers with fewer than 4 authors", AuthorCount(1, 3)),
        ("no more than 2 authors", AuthorCount(1, 2)),
        ("between 2 and 4 authors", AuthorCount(2, 4)),
        ("papers with many authors", None),
    ],
)
def test_number_of_authors_is_read_from_the_question(
    text: str, expected: AuthorCount | None
) -> None:
    assert author_count_in(text) == expected
