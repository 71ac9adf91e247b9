"""Questions about records, answered from the catalogue."""

import threading
from collections.abc import Iterator
from typing import cast

import pytest

from assistant.answering import Answer
from assistant.answering.context import AnswerContext
from assistant.answering.events import AnswerEvent
from assistant.answering.metadata import answer_with_metadata
from assistant.answering.model_client import ModelClient
from assistant.answering.question.plan import QuestionPlan
from assistant.answering.timer import Timer
from assistant.library import EVERYTHING, Library, Scope
from assistant.settings import Settings

MOSS, LICHEN = "MossNet: Counting Moss Cushions from Drones", "Lichen Clocks on Gravestones"
TEA, OAKS, OWLS = (
    "Tea Plantations Under Shade Trees",
    "Reading the Bark of Old Oaks",
    "Hedgerows and Barn Owls",
)


class AskedError(Exception):
    """The plan and the scope of a question about what abstracts say."""

    def __init__(self, plan: QuestionPlan, scope: Scope) -> None:
        super().__init__(plan.question)
        self.plan = plan
        self.scope = scope


def _raise(plan: QuestionPlan, scope: Scope) -> Iterator[AnswerEvent]:
    raise AskedError(plan, scope)


def ask(
    library: Library, question: str, scope: Scope = EVERYTHING, search_text: str = ""
) -> Answer:
    no_model = cast(ModelClient, None)  # it is not to be called
    context = AnswerContext(library, Settings(), no_model, scope, threading.Event(), Timer())
    plan = QuestionPlan(question, "metadata", search_text or question)
    *_, answer = answer_with_metadata(context, plan, _raise)
    assert isinstance(answer, Answer)
    return answer


def titles(answer: Answer) -> list[str]:
    return [ranked.paper.title for ranked in answer.papers]


@pytest.mark.parametrize(
    ("question", "statement"),
    [
        ("who wrote MossNet?", "was written by Åsa Lindqvist and Wei Zhang."),
        ("who is the paper on gravestones by?", "was written by Jürgen Müller and Åsa Lindqvist."),
        ("who is listed first on MossNet?", "is Åsa Lindqvist."),
        ("last author of the gravestone study", "is Åsa Lindqvist."),
        ("how many people wrote MossNet?", "has 2 authors."),
        ("when was MossNet published?", "was published in 2022 (2022-05-30)."),
        ("which year is the tea paper from", "was published in 2020."),
        ("where did the lichen study appear?", "appeared in Letters of Quiet Botany."),
        ("what is the doi of MossNet", "is 10.5555/moss.1."),
        ("arXiv id of the tea plantation paper", "is 2003.00777."),
        ("which pages is the lichen paper on?", "pages 12-19"),
        ("what is the DOI of the tea paper?", "does not give the DOI."),
        ("in which year did O'Dowd write her thesis?", "does not give the year."),
    ],
)
def test_question_for_a_field_is_answered_with_its_value(
    record_library: Library, question: str, statement: str
) -> None:
    answer = ask(record_library, question)
    assert statement in answer.sentences[0].text
    assert len(answer.papers) == 1
    assert not answer.abstained


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("papers by Lindqvist", [MOSS, LICHEN]),
        ("everything in Letters of Quiet Botany", [TEA, LICHEN, OAKS]),
        ("papers since 2020", [MOSS, TEA]),
        ("papers from the 90s", [OAKS]),
        ("what did van den Berg publish before 2000?", [OAKS]),
        ("joint papers of Lindqvist and Zhang", [MOSS]),
        ("papers by Lindqvist and papers by van den Berg", [MOSS, TEA, LICHEN, OAKS]),
        ("only the conference papers", [MOSS]),
        ("papers not by Lindqvist", [TEA, OAKS, OWLS]),
        ("papers since 2018 except those in CFV", [TEA, LICHEN]),
        ("papers without an abstract", [OAKS]),
        ("which papers lack a year?", [OWLS]),
        ("which papers have no DOI?", [TEA, OAKS, OWLS]),
        ("papers with one author only", [OAKS, OWLS]),
        ("what did Lindqvist publish on lichens?", [LICHEN]),
        ("what did van den Berg write about tea?", [TEA]),
        ("what is the newest paper?", [MOSS]),
        ("van den Berg's oldest paper", [OAKS]),
        ("the two newest papers", [MOSS, TEA]),
        ("cite MossNet as BibTeX", [MOSS]),
        ("papers with exactly two authors", [MOSS, TEA, LICHEN]),
        ("which papers have fewer than two authors?", [OAKS, OWLS]),
        ("which papers give a DOI?", [MOSS, LICHEN]),
        ("other papers in the same venue as Lichen Clocks on Gravestones", [TEA, OAKS]),
    ],
)
def test_listed_papers_are_those_that_meet_the_conditions(
    record_library: Library, question: str, expected: list[str]
) -> None:
    assert titles(ask(record_library, question)) == expected


@pytest.mark.parametrize(
    ("question", "lead"),
    [
        ("how many papers did Lindqvist write?", "The library has 2 papers by Åsa Lindqvist."),
        ("how many papers are there?", "The library has 5 papers."),
        ("how many are from 2020?", "The library has 1 paper from 2020."),
        ("is there a thesis?", "Yes. The library has 1 thesis."),
        ("do you have any books?", "No. The library has no books."),
        ("did Lindqvist write MossNet?", "Yes, according to the record:"),
        ("did O'Dowd write MossNet?", "No, according to the record:"),
        ("how many different authors are there?", "The 5 papers have 6 different authors"),
        ("which journal has the most papers?", "Letters of Quiet Botany has the most papers: 3."),
        ("what years do the papers cover?", "The 5 papers are from 1996 to 2022."),
        ("who has more papers, Lindqvist or O'Dowd?", "Åsa Lindqvist has more papers: "),
        ("which paper has the most authors?", "3 papers have the most authors: 2 authors each."),
        ("who has van den Berg published with?", "Pieter van den Berg wrote papers with Xiu Zhang"),
    ],
)
def test_answer_begins_with_the_fact(record_library: Library, question: str, lead: str) -> None:
    assert ask(record_library, question).sentences[0].text.startswith(lead)


def test_entry_names_authors_venue_and_year_and_cites_the_abstract(
    record_library: Library,
) -> None:
    answer = ask(record_library, "papers from 2018")
    [entry] = [one for one in answer.sentences if one.listed]
    assert entry.text == (
        f"{LICHEN}. Jürgen Müller and Åsa Lindqvist. Letters of Quiet Botany, 2018."
    )
    [citation] = answer.citations
    assert entry.citations == (citation.number,)
    assert citation.quote == "Lichens grow on 88 dated gravestones at 0.4 mm a year."


def test_paper_without_an_abstract_is_named_without_citation(record_library: Library) -> None:
    answer = ask(record_library, "papers from 1996")
    assert titles(answer) == [OAKS]
    assert answer.citations == ()


def test_papers_of_unknown_year_are_counted_in_a_note(record_library: Library) -> None:
    answer = ask(record_library, "papers from 2018")
    assert answer.sentences[1].text == "1 further paper gives no date."


@pytest.mark.parametrize(
    "question",
    [
        "papers by Johanna Brinkmann",
        "anything by brinkmann?",
        "what does Brinkmann's 2019 paper find?",
        "have I got something by Johanna Lindqvist?",
    ],
)
def test_unknown_author_is_named_in_an_abstention(record_library: Library, question: str) -> None:
    answer = ask(record_library, question)
    assert answer.abstained
    assert answer.text.startswith("No paper of the library is by ")
    assert answer.papers == ()


def test_description_that_fits_no_paper_is_abstained_from(record_library: Library) -> None:
    answer = ask(record_library, "who wrote the paper about quantum gravity?")
    assert answer.abstained
    assert answer.papers == ()


def test_question_that_no_record_answers_is_abstained_from(record_library: Library) -> None:
    assert ask(record_library, "how often has MossNet been cited?").abstained


def test_scope_limits_the_papers(record_library: Library) -> None:
    answer = ask(record_library, "papers by Lindqvist", Scope(years=(2018,)))
    assert titles(answer) == [LICHEN]
    assert answer.text.startswith("The chosen papers include 1 paper")


def test_bibtex_has_the_fields_of_the_record(record_library: Library) -> None:
    text = ask(record_library, "BibTeX entry for MossNet, please").text
    for part in ("@inproceedings", "Lindqvist", "2022", "Field Vision", "10.5555/moss.1"):
        assert part in text


def test_style_that_is_not_available_is_replaced_by_apa(record_library: Library) -> None:
    answer = ask(record_library, "cite MossNet in AMA style")
    assert "AMA is not available" in answer.sentences[0].text
    assert "APA, Chicago" in answer.sentences[0].text


@pytest.mark.parametrize(
    ("question", "kind", "asked", "expected"),
    [
        ("what does Lindqvist's 2022 paper find?", "summary", f"what does “{MOSS}” find?", [MOSS]),
        ("what did Lindqvist (2018) find?", "summary", f"what did “{LICHEN}” find?", [LICHEN]),
        (
            "what does the newest paper by Lindqvist conclude?",
            "summary",
            None,
            [MOSS],
        ),
        (
            "what does Lindqvist say about gravestones?",
            "fact",
            "what does the paper say about gravestones?",
            [MOSS, LICHEN],
        ),
        (
            "what do the papers by Lindqvist say about moss?",
            "fact",
            "what do the papers say about moss?",
            [MOSS, LICHEN],
        ),
        (
            "by how much did the harvest fall in van den Berg's 2020 paper?",
            "fact",
            f"by how much did the harvest fall in “{TEA}”?",
            [TEA],
        ),
    ],
)
def test_question_about_content_is_asked_of_the_papers_of_the_author(
    record_library: Library, question: str, kind: str, asked: str | None, expected: list[str]
) -> None:
    with pytest.raises(AskedError) as caught:
        ask(record_library, question)
    plan, scope = caught.value.plan, caught.value.scope
    assert plan.kind == kind
    if asked:
        assert plan.question == plan.search_text == asked
    assert {one.title for one in record_library.catalogue.papers_in(scope)} == set(expected)


def test_long_list_is_folded_after_twelve_entries(frost_library: Library) -> None:
    entries = [one for one in ask(frost_library, "papers by Ada Frost").sentences if one.listed]
    assert len(entries) == 15
    assert [one.folded for one in entries] == [False] * 12 + [True] * 3


def test_paper_of_an_earlier_turn_is_not_listed_for_a_topic_that_no_paper_has(
    record_library: Library,
) -> None:
    question = "What is the capital of Mongolia?"
    answer = ask(record_library, question, search_text=f"{question} Who wrote MossNet?")
    assert answer.abstained
    assert titles(answer) == []
