"""Headings that the model writes for the groups of a synthesis."""

import pytest

from assistant.answering.grounding.headings import is_grounded_heading

TEXT = "Six parrots learn to count walnuts up to eight. PolyCount rewards each right answer."


@pytest.mark.parametrize(
    ("heading", "fits"),
    [
        ("Rewards for counting parrots", True),
        ("Learning by reward", True),
        ("Quantum chromodynamics of gluons", False),
        ("Counting up to 12", False),
        ("", False),
        ("Parrots that learn to count walnuts up to eight with PolyCount", False),
    ],
)
def test_a_heading_is_short_and_of_the_papers_words(heading: str, fits: bool) -> None:
    assert is_grounded_heading(heading, TEXT) is fits
