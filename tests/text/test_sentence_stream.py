"""Splitting streamed text into sentences."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.text.sentence_stream import SentenceStream, without_item_marker

PIECES = ["One is", " two.", " Three", " is 4.", "5.", " No", "!", " ", "\n", "- Six", "7. ", "*"]


def test_sentence_is_returned_once_the_next_has_begun() -> None:
    stream = SentenceStream()
    assert stream.feed("It is 3.") == []
    assert stream.feed("5 times") == []
    assert stream.feed(" faster. And") == ["It is 3.5 times faster."]
    assert stream.rest() == ["And"]


def test_items_of_a_list_are_sentences_of_their_own() -> None:
    stream = SentenceStream()
    assert stream.feed("Two parts:\n\n- a camera\n- a") == ["Two parts:", "- a camera"]
    assert stream.rest() == ["- a"]


@pytest.mark.parametrize("marker", ["- ", "* ", "• ", "1. ", "12) ", ""])
def test_marker_is_removed_from_an_item(marker: str) -> None:
    assert without_item_marker(f"{marker}3.5 times faster") == "3.5 times faster"


@given(st.lists(st.sampled_from(PIECES)))
def test_sentences_do_not_depend_on_how_the_text_is_split_into_pieces(pieces: list[str]) -> None:
    def sentences(of: list[str]) -> list[str]:
        stream = SentenceStream()
        found = [sentence for piece in of for sentence in stream.feed(piece)]
        return found + stream.rest()

    text = "".join(pieces)
    assert sentences(pieces) == sentences([text]) == sentences(list(text))
