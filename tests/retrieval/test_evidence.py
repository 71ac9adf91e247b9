"""Evidence selection: which sentences of the best papers are shown to the model."""

import pytest

from assistant.library import Library
from assistant.papers import Paper
from assistant.retrieval import select_evidence
from assistant.retrieval.evidence import is_availability_statement

LOOMS = Paper(
    title="Looms That Learn",
    abstract="Our looms weave 40 patterns. Code is available at https://example.org/looms.",
)


def selected(library: Library, question: str, paper: Paper) -> list[str]:
    vector = library.embedder.embed([question])[0]
    evidence = select_evidence(library, question, vector, [(paper, 1.0)], 6)
    return [one.text for one in evidence]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Code is available at https://example.org/looms.", True),
        ("Code and models: https://example.org/looms", True),
        ("The dataset will be made publicly available.", True),
        ("Looms weave 40 patterns (https://example.org/looms) on wool, silk and cotton.", False),
        ("Our looms weave 40 patterns.", False),
    ],
)
def test_availability_statement_is_recognised(sentence: str, expected: bool) -> None:
    assert is_availability_statement(sentence) == expected


def test_availability_statement_is_evidence_only_if_asked_for(small_library: Library) -> None:
    small_library.add([LOOMS])
    patterns, code = (sentence.strip() for sentence in LOOMS.abstract.split(". ", 1))
    assert selected(small_library, "How many patterns do looms weave?", LOOMS) == [f"{patterns}."]
    assert selected(small_library, "Is there code for looms that learn?", LOOMS) == [
        f"{patterns}.",
        code,
    ]


def test_paper_with_availability_statements_only_keeps_them(small_library: Library) -> None:
    paper = Paper(title="Shuttles", abstract="Code: https://example.org/shuttles.")
    small_library.add([paper])
    assert selected(small_library, "How fast are shuttles?", paper) == [paper.abstract]


def test_equal_sentences_are_taken_from_better_paper(small_library: Library) -> None:
    twins = [Paper(title="Twins", abstract="Snails slide.", doi=f"10.5555/{n}") for n in (1, 2)]
    small_library.add(twins)
    vector = small_library.embedder.embed(["snails"])[0]
    for better, worse in (twins, reversed(twins)):
        [evidence] = select_evidence(
            small_library, "snails", vector, [(better, 2.0), (worse, 1.0)], 1
        )
        assert evidence.paper == better


def test_no_papers_give_no_evidence(small_library: Library) -> None:
    vector = small_library.embedder.embed(["snails"])[0]
    assert select_evidence(small_library, "snails", vector, [], 5) == ()
