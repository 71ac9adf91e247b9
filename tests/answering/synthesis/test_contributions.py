"""The subject of the sentence about a paper."""

import pytest

from assistant.answering.synthesis.contributions import with_author_names, without_author_names
from assistant.papers import Paper


@pytest.mark.parametrize(
    ("authors", "written", "shown"),
    [
        (("Ada Frost", "Bo Melt"), "The authors tie cameras to balloons.", "Frost and Melt (2021)"),
        (("Ada Frost",), "The author ties cameras to balloons.", "Frost (2021)"),
        ((), "The authors tie cameras to balloons.", "The authors of “IceTrack”"),
    ],
)
def test_sentence_names_the_authors_and_can_be_had_without(
    authors: tuple[str, ...], written: str, shown: str
) -> None:
    paper = Paper(title="IceTrack: Balloons", abstract="", authors=authors, year=2021)
    text = with_author_names(written, paper)
    assert text == written.replace(written.split(" tie")[0], shown)
    assert without_author_names(text, paper) == written


def test_quotation_keeps_its_beginning() -> None:
    paper = Paper(title="IceTrack", abstract="", authors=("Ada Frost",), year=2021)
    quotation = "“IceTrack” states: The melt speeds up."
    assert with_author_names(quotation, paper) == quotation
    assert without_author_names(quotation, paper) == quotation


def test_longer_subject_is_not_cut() -> None:
    paper = Paper(title="IceTrack", abstract="", authors=("Ada Frost",), year=2021)
    assert with_author_names("The authors' cameras fly.", paper) == "The authors' cameras fly."
