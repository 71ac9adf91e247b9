"""Headings that tell the groups of a synthesis apart."""

import pytest

from assistant.answering.synthesis.headings import is_distinct_heading

QUESTION = "How are bridges inspected for cracks?"


@pytest.mark.parametrize(
    ("heading", "is_distinct"),
    [
        ("Inspecting Bridges by Sound", True),
        ("Bridges Inspected for Cracks", False),  # all in the question
        ("Cameras for Inspected Bridges", False),  # the earlier heading has the rest
        ("", False),
    ],
)
def test_heading_has_a_word_that_question_and_earlier_headings_lack(
    heading: str, is_distinct: bool
) -> None:
    assert is_distinct_heading(heading, QUESTION, ["Drones with Cameras"]) is is_distinct
