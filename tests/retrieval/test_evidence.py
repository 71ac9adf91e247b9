"""Which sentences of the best papers are shown to the model."""

import pytest

from assistant.library import Library
from assistant.papers import Paper
from assistant.retrieval import choose_evidence
from assistant.retrieval.evidence import only_points

LOOMS = Paper(
    title="Looms That Learn",
    abstract="Our looms weave 40 patterns. Code is available at https://example.org/looms.",
)


def shown(library: Library, question: str, paper: Paper) -> list[str]:
    vector = library.embedder.embed([question])[0]
    chosen = choose_evidence(library, question, vector, [(paper, 1.0)], 6)
    return [one.text for one in chosen]


@pytest.mark.parametrize(
    ("sentence", "points"),
    [
        ("Code is available at https://example.org/looms.", True),
        ("Code and models: https://example.org/looms", True),
        ("The dataset will be made publicly available.", True),
        ("Looms weave 40 patterns (https://example.org/looms) on wool, silk and cotton.", False),
        ("Our looms weave 40 patterns.", False),
    ],
)
def test_a_sentence_that_only_points_somewhere_is_told(sentence: str, points: bool) -> None:
    assert only_points(sentence) == points


def test_where_the_code_lies_is_shown_to_who_asks_for_it(small_library: Library) -> None:
    small_library.add([LOOMS])
    assert len(shown(small_library, "How many patterns do looms weave?", LOOMS)) == 1
    assert len(shown(small_library, "Is there code for looms that learn?", LOOMS)) == 2


def test_a_paper_of_pointers_alone_is_shown_as_it_is(small_library: Library) -> None:
    paper = Paper(title="Shuttles", abstract="Code: https://example.org/shuttles.")
    small_library.add([paper])
    assert shown(small_library, "How fast are shuttles?", paper) == [paper.abstract]
