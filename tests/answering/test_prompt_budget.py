"""A paper of any length leaves room in a prompt for its neighbours and the question."""

import pytest

from assistant.answering.prompt_blocks import MAX_BYTES, evidence_blocks, whole_block
from assistant.papers import Paper
from assistant.retrieval import Evidence
from assistant.text.sentences import MAX_CHARACTERS, sentence_spans
from assistant.text.shorten import CUT, MAX_TITLE, shortened

ORDINARY = Paper(title="Stones", abstract="We weigh stones. They are heavy. Nobody lifts them.")
LONG = {
    "words without a full stop": "stone " * 9000,
    "no spaces": "s" * 55_000,
    "many sentences": "We weigh a stone. " * 3000,
    "another script": "我们称量石头。" * 5000,
}


def evidence_of(paper: Paper) -> list[Evidence]:
    return [Evidence(paper, span, 1.0) for span in sentence_spans(paper.abstract)]


def shown_bytes(block: object) -> int:
    pieces = block.pieces()  # type: ignore[attr-defined]
    return sum(len(pieces[place].encode()) for place in block.shown_pieces())  # type: ignore[attr-defined]


@pytest.mark.parametrize("abstract", LONG.values(), ids=LONG.keys())
def test_long_abstract_is_cut_with_a_mark_and_its_neighbour_is_whole(abstract: str) -> None:
    long = Paper(title="A long one", abstract=abstract)
    blocks = evidence_blocks([*evidence_of(long), *evidence_of(ORDINARY)])
    assert sum(map(shown_bytes, blocks)) < 1.25 * MAX_BYTES
    assert blocks[0].sentences[-1].endswith(CUT)
    assert blocks[1] == whole_block(ORDINARY)
    assert shown_bytes(whole_block(long)) < 1.25 * MAX_BYTES


@pytest.mark.parametrize("text", LONG.values(), ids=LONG.keys())
def test_sentences_have_a_maximum_length_and_cover_the_text(text: str) -> None:
    spans = sentence_spans(text)
    assert max(span.end - span.start for span in spans) <= MAX_CHARACTERS
    assert "".join("".join(span.of(text) for span in spans).split()) == "".join(text.split())


def test_long_title_is_cut_between_words() -> None:
    title = shortened("Stones " * 9000)
    assert len(title) <= MAX_TITLE
    assert title.endswith(f"Stones {CUT}")
    assert shortened("Stones") == "Stones"


def test_ordinary_paper_is_shown_as_before() -> None:
    assert whole_block(ORDINARY).sentences == (
        "We weigh stones.",
        "They are heavy.",
        "Nobody lifts them.",
    )
