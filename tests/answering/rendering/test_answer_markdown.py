"""An answer as Markdown: the marks lead to a list of references."""

from assistant.answering import Answer, AnswerSentence, Citation, Timings
from assistant.answering.rendering.markdown import answer_markdown
from assistant.papers import Paper
from assistant.retrieval import Evidence
from assistant.text.sentences import Span

PARROTS = Paper(
    title="*Parrots*",
    abstract="Half of them reach 93 percent.",
    authors=("Ada Frost", "Bo Melt"),
    year=2019,
    arxiv_id="1901.00001",
)
ABSTAINED = AnswerSentence("The abstracts do not answer this.", (), True)


def answer(*sentences: AnswerSentence, cited: bool = True) -> Answer:
    evidence = Evidence(PARROTS, Span(0, len(PARROTS.abstract)), 1.0)
    return Answer(
        question="How well do parrots_1 count?",
        standalone_question="How well do parrots_1 count?",
        sentences=sentences,
        citations=(Citation(1, evidence),) if cited else (),
        evidence=(evidence,),
        papers=(),
        abstained=False,
        confidence=0.9,
        timings=Timings(0, 0, 0, 0, 0, 0),
        model="m",
        library="l",
    )


def test_the_answer_has_its_marks_and_the_references_their_quotes() -> None:
    assert answer_markdown(answer(AnswerSentence("Half reach *93* percent.", (1,), True))) == (
        "## How well do parrots\\_1 count?\n"
        "\n"
        "Half reach \\*93\\* percent. [1]\n"
        "\n"
        "### References\n"
        "\n"
        "1. [\\*Parrots\\*](<https://arxiv.org/abs/1901.00001>), Ada Frost, Bo Melt, 2019\n"
        "\n"
        "   > Half of them reach 93 percent.\n"
    )


def test_what_the_abstracts_lack_is_said() -> None:
    shown = answer_markdown(answer(AnswerSentence("Polly won.", (1,), False, ("Polly",))))
    assert "*Not found in the cited abstracts: Polly.*" in shown


def test_without_citations_there_is_no_list_of_references() -> None:
    assert "References" not in answer_markdown(answer(ABSTAINED, cited=False))
