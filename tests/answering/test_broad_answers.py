"""Broad questions, asked of a real library and a small real model, end to end."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from assistant.answering import Assistant
from assistant.answering.answer import Answer
from assistant.answering.events import PapersChecked, SentenceWritten
from assistant.answering.question.follow_up import Turn
from assistant.library import Library, Scope
from assistant.models import Calibration, Probe
from assistant.settings import Settings

SETTINGS = Settings(model="smollm2-135m-instruct", max_answer_tokens=40)


@pytest.fixture
def assistant(small_library: Library, models_cache: None) -> Iterator[Assistant]:
    assistant = Assistant(small_library, SETTINGS)
    yield assistant
    assistant.unload()


def test_small_talk_gets_a_reply_without_citations(assistant: Assistant) -> None:
    answer = assistant.ask("hello")
    assert (answer.kind, answer.citations, answer.abstained) == ("smalltalk", (), False)
    assert answer.text.startswith("Hello")


def test_an_overview_has_a_group_for_each_theme_with_cited_examples(assistant: Assistant) -> None:
    answer = assistant.ask("Give me an overview of the library.")
    assert answer.kind == "overview"
    lead, *themes = answer.sentences
    assert "5 papers" in lead.text
    assert themes
    assert all(one.group and one.citations for one in themes)


def test_descriptions_of_themes_are_kept_and_not_written_again(assistant: Assistant) -> None:
    first = assistant.ask("Give me an overview of the library.")
    again = assistant.ask("Give me an overview of the library.")
    assert first.timings.completion_tokens > 0
    assert again.timings.completion_tokens == 0
    assert again.text == first.text


def test_themes_are_named_by_their_terms_if_kept_descriptions_are_damaged(
    assistant: Assistant,
) -> None:
    first = assistant.ask("Give me an overview of the library.")
    (assistant.library.folder / "themes.json").write_text("[1]", encoding="utf-8")
    assert assistant.ask("Give me an overview of the library.").text == first.text


def test_a_follow_up_by_position_is_answered_from_that_paper_alone(assistant: Assistant) -> None:
    titles = [paper.title for paper in assistant.library.catalogue.papers_in(Scope())][:3]
    listed = "\n".join(f"{number}. {title}" for number, title in enumerate(titles, 1))
    history = [Turn("Which papers do I have?", listed)]
    answer = assistant.ask("the third: what does it measure?", history=history)
    assert [paper.paper.title for paper in answer.papers] == titles[2:]


def test_a_summary_is_of_the_paper_asked_about_and_cites_no_other(assistant: Assistant) -> None:
    answer = assistant.ask('Summarise "Silent Trams for Old Towns" in two sentences.')
    assert answer.kind == "summary"
    assert {one.title for one in answer.citations} == {"Silent Trams for Old Towns"}
    assert 1 <= len(answer.sentences) <= 2


def test_the_largest_number_is_found_with_its_sentence(assistant: Assistant) -> None:
    answer = assistant.ask("Which paper reports the highest accuracy?")
    assert answer.kind == "superlative"
    assert answer.citations[0].title == "Teaching Parrots to Count"
    assert "93" in answer.sentences[0].text


GLACIERS = "Write a related-work paragraph about glaciers, with citations."


def relevance_by_similarity(bias: float) -> Calibration:
    """A calibration by which papers contribute if BM25 finds the topic in them."""
    return Calibration(relevance_probe=Probe((0, 0, 0, 0, 20, 0, 0, 0), bias))


def test_a_synthesis_streams_sentences_and_groups_them_in_the_answer(
    small_library: Library, models_cache: None
) -> None:
    assistant = Assistant(small_library, SETTINGS, relevance_by_similarity(bias=-10))
    *events, answer = list(assistant.stream(GLACIERS))
    assistant.unload()
    assert isinstance(answer, Answer)
    assert (answer.kind, answer.abstained) == ("synthesis", False)
    assert answer.papers[0].paper.title == "Glacier Melt Seen from Balloons"
    written = [event.sentence for event in events if isinstance(event, SentenceWritten)]
    entries = [one for one in answer.sentences if one.listed]
    *_, count = (one for one in answer.sentences if not one.listed)
    assert "paper" in count.text
    assert written[0].text.startswith(("Frost and Melt (2021)", "“Glacier Melt"))
    assert {one.text for one in written} == {one.text for one in entries if not one.folded}
    assert all(one.citations for one in entries)


def test_the_best_papers_are_written_about_before_all_candidates_are_scored(
    small_library: Library, models_cache: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    # All five papers are candidates, one a batch.
    monkeypatch.setattr("assistant.answering.collection.topic_filter._MIN_COSINE_SHARE", 0)
    monkeypatch.setattr("assistant.answering.synthesis.relevance.BATCH_SIZE", 1)
    assistant = Assistant(small_library, SETTINGS, relevance_by_similarity(bias=40))
    *events, answer = list(assistant.stream(GLACIERS))
    assistant.unload()
    assert isinstance(answer, Answer)
    kinds = [type(event) for event in events]
    last_progress = len(kinds) - 1 - kinds[::-1].index(PapersChecked)
    assert kinds.index(SentenceWritten) < last_progress
    cited = [answer.citations[one.citations[0] - 1].title for one in answer.sentences if one.listed]
    assert len(cited) == len(set(cited)) == kinds.count(SentenceWritten)
    assert set(cited) == {ranked.paper.title for ranked in answer.papers}


def test_a_synthesis_abstains_if_no_paper_contributes(
    small_library: Library, models_cache: None
) -> None:
    assistant = Assistant(small_library, SETTINGS, relevance_by_similarity(bias=-40))
    answer = assistant.ask(GLACIERS)
    assistant.unload()
    assert (answer.kind, answer.abstained, answer.citations) == ("synthesis", True, ())


def test_a_kind_is_part_of_the_json_answer(assistant: Assistant) -> None:
    assert assistant.ask("thanks!").to_dict()["kind"] == "smalltalk"


def test_an_overview_of_a_topic_that_no_paper_has_says_so_and_shows_what_there_is(
    small_library: Library, models_cache: None
) -> None:
    assistant = Assistant(small_library, SETTINGS, relevance_by_similarity(bias=-40))
    answer = assistant.ask("Give me an overview of the papers on quantum gravity.")
    assistant.unload()
    assert answer.kind == "overview"
    assert answer.sentences[0].text.startswith(
        "No abstract is about “quantum gravity”. The library"
    )
    assert len(answer.sentences) > 1


def test_a_typing_error_in_a_name_is_corrected_and_stated(assistant: Assistant) -> None:
    answer = assistant.ask("What does IceTrcak find?")
    assert answer.question == "What does IceTrcak find?"
    assert answer.papers[0].paper.title == "Glacier Melt Seen from Balloons"
    assert [(one.typed, one.searched) for one in answer.corrections] == [("IceTrcak", "IceTrack")]
    assert answer.correction_note == "Searched for IceTrack instead of IceTrcak."


LISTED = [
    Turn(
        "Which papers are about animals or ice?",
        "2 of the 5 papers fit.\n- Glacier Melt Seen from Balloons [1]\n"
        "- Teaching Parrots to Count [2]",
    )
]


def test_which_of_those_lists_the_papers_of_the_previous_answer_that_fit(
    assistant: Assistant,
) -> None:
    answer = assistant.ask("Which of those mention Norway?", history=LISTED)
    assert answer.kind == "list"
    assert answer.sentences[0].text == "1 of the 2 papers mentions Norway."
    assert [one.title for one in answer.citations] == ["Glacier Melt Seen from Balloons"]


def test_which_of_those_says_so_if_none_fits(assistant: Assistant) -> None:
    answer = assistant.ask("Which of them mention Portugal?", history=LISTED)
    assert answer.abstained
    assert answer.text == "None of the 2 papers mention Portugal."


def test_which_of_those_is_the_newest_is_answered_from_their_records(assistant: Assistant) -> None:
    answer = assistant.ask("which of them is the oldest?", history=LISTED)
    assert answer.kind == "metadata"
    years = {paper.year: paper.title for paper in assistant.papers() if paper.year}
    oldest = min(year for year, title in years.items() if title in LISTED[0].answer)
    assert years[oldest] in answer.text


@pytest.mark.parametrize("steps", ["all", "-spelling"])
def test_answer_has_the_follow_up_as_it_was_asked(assistant: Assistant, steps: str) -> None:
    asked = "which of them is the oldest?"
    assistant = assistant.with_settings(replace(SETTINGS, steps=steps))
    assert assistant.ask(asked, history=LISTED).question == asked


def test_it_is_the_paper_of_the_previous_answer(assistant: Assistant) -> None:
    history = [Turn("What do balloons see?", "Glacier Melt Seen from Balloons finds cracks. [1]")]
    answer = assistant.ask("who wrote it?", history=history)
    assert answer.kind == "metadata"
    assert "Ada Frost" in answer.text
