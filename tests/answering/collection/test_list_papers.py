"""Answers to questions about the collection, with real parts."""

import shutil
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from assistant import Answer, Assistant, Scope, Settings
from assistant.answering import AnswerEvent, PapersChecked, SentenceWritten
from assistant.answering.collection.list_papers import CollectionAnswer, list_papers
from assistant.answering.collection.topic_filter import MembershipCheck
from assistant.answering.question.collection_question import parse_collection_question
from assistant.errors import Cancelled
from assistant.evaluation import load_questions
from assistant.library import Library
from assistant.papers import Paper
from assistant.retrieval import Evidence

# The 135M model is fast enough for tests. Its judgement of papers is not tested.
SMALL = Settings(model="smollm2-135m-instruct")

YesProbabilities = Callable[[Sequence[Sequence[Evidence]]], list[float]]


@pytest.fixture(scope="module")
def assistant(
    sample_library_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Assistant]:
    copy = tmp_path_factory.mktemp("libraries") / "library"
    shutil.copytree(sample_library_folder, copy)
    with Assistant.open(copy, settings=SMALL) as assistant:
        yield assistant


def listed(
    library: Library,
    question: str,
    yes_probabilities: YesProbabilities,
    stop: threading.Event | None = None,
    *,
    cached: bool = True,
) -> tuple[CollectionAnswer, list[AnswerEvent]]:
    """Answer with replies from a function; return the answer and the events before it."""
    asked = parse_collection_question(question)
    assert asked is not None
    check = MembershipCheck(lambda _: cached, yes_probabilities)
    *events, last = list_papers(library, question, asked, check, stop or threading.Event())
    assert isinstance(last, CollectionAnswer)
    return last, [event for event in events if not isinstance(event, CollectionAnswer)]


def by_title(**yes: float) -> YesProbabilities:
    """Reply by a word of the title."""
    return lambda papers: [
        next(
            (probability for word, probability in yes.items() if word in shown[0].paper.title),
            0.001,
        )
        for shown in papers
    ]


def not_asked(papers: Sequence[Sequence[Evidence]]) -> list[float]:
    raise AssertionError("the model is not needed")


def titles(listed: CollectionAnswer) -> list[str]:
    return [citation.title for citation in listed.citations]


def test_name_question_lists_exactly_the_papers_with_the_name(assistant: Assistant) -> None:
    for question in load_questions("collection"):
        if question.subject == "name" and question.id.startswith("development"):
            answer = assistant.ask(question.text)
            cited = {citation.title for citation in answer.citations}
            assert cited - set(question.borderline) == set(question.papers), question.text


def test_answer_starts_with_the_count_and_each_entry_quotes_its_paper(
    assistant: Assistant,
) -> None:
    answer = assistant.ask("Which papers use both GSM8K and MATH?")
    first, *entries = answer.sentences
    assert first.text.startswith(f"{len(entries)} of the 109 papers mention GSM8K and MATH")
    assert answer.text.count("\n- ") == len(entries) == len(answer.citations)
    for entry, citation in zip(entries, answer.citations, strict=True):
        assert entry.listed
        assert entry.citations == (citation.number,)
        assert citation.quote in entry.text
        assert citation.quote in citation.evidence.paper.abstract
    assert not answer.abstained


def test_quote_has_the_name_if_the_abstract_has_it(assistant: Assistant) -> None:
    answer = assistant.ask("Which papers evaluate on CIFAR-100?")
    assert all("CIFAR" in citation.quote for citation in answer.citations)


def test_entries_have_short_titles(assistant: Assistant) -> None:
    answer = assistant.ask("Which papers mention BossNAS?")
    assert answer.sentences[1].text.startswith("BossNAS: ")


def test_name_that_no_paper_has_leads_to_an_abstention(assistant: Assistant) -> None:
    answer = assistant.ask("Which papers evaluate on WalnutBench-7?")
    assert answer.abstained
    assert answer.text == "None of the 109 papers mention WalnutBench-7."
    assert answer.papers


def test_all_papers_are_listed_without_a_criterion(small_library: Library) -> None:
    found, _ = listed(small_library, "List all papers.", not_asked)
    assert found.sentences[0].text == "The library holds 5 papers."
    assert len(found.citations) == 5


def test_count_question_with_a_scope_returns_number_of_chosen_papers(assistant: Assistant) -> None:
    chosen = Scope(papers=tuple(paper.id for paper in assistant.papers()[:3]))
    answer = assistant.ask("How many papers are there?", scope=chosen)
    assert answer.sentences[0].text == "3 papers are chosen."


def test_topic_question_lists_the_papers_that_the_model_affirms(
    small_library: Library,
) -> None:
    replies = by_title(Parrots=0.999, Glacier=0.999)
    found, _ = listed(small_library, "Which papers are about animals?", replies)
    assert set(titles(found)) <= {"Teaching Parrots to Count", "Glacier Melt Seen from Balloons"}
    assert "Teaching Parrots to Count" in titles(found)


def test_cached_paper_is_shown_whole_and_another_in_part(
    small_library: Library,
) -> None:
    long = Paper(
        title="Parrots That Sing",
        abstract=" ".join(f"Parrots sing song number {n} well." for n in range(9)),
    )
    small_library.add([long])
    shown: list[int] = []

    def count(papers: Sequence[Sequence[Evidence]]) -> list[float]:
        shown.extend(len(evidence) for evidence in papers)
        return [0.5] * len(papers)

    listed(small_library, "Which papers are about parrots?", count)
    assert max(shown) == 9
    shown.clear()
    listed(small_library, "Which papers are about parrots?", count, cached=False)
    assert max(shown) == 4


def test_number_condition_restricts_the_papers_and_the_number_is_quoted(
    small_library: Library,
) -> None:
    found, _ = listed(
        small_library, "Which papers report an accuracy above 90%?", by_title(Parrots=0.999)
    )
    assert titles(found) == ["Teaching Parrots to Count"]
    assert "93 percent" in found.citations[0].quote


def test_progress_is_reported_before_and_with_the_entries(small_library: Library) -> None:
    _, events = listed(small_library, "Which papers are about parrots?", by_title(Parrots=0.999))
    progress = [event for event in events if isinstance(event, PapersChecked)]
    assert (progress[0].done, progress[0].found) == (0, 0)
    assert progress[-1].done == progress[-1].total
    assert progress[-1].found == sum(isinstance(event, SentenceWritten) for event in events)


def test_entries_found_before_a_stop_are_kept(
    small_library: Library, made_up_papers: list[Paper]
) -> None:
    small_library.add(
        Paper(title=f"Parrots of Island {n}", abstract=f"We count the parrots of island {n}.")
        for n in range(20)
    )
    stop = threading.Event()

    def stop_after_first(papers: Sequence[Sequence[Evidence]]) -> list[float]:
        if stop.is_set():
            raise Cancelled("The model was stopped.")
        stop.set()
        return [0.999] * len(papers)

    found, _ = listed(small_library, "Which papers are about parrots?", stop_after_first, stop)
    assert found.sentences[0].text.startswith("Stopped after 8 of ")
    assert len(found.citations) > 0


def test_stop_during_the_first_batch_raises_cancelled(
    small_library: Library,
) -> None:
    stop = threading.Event()

    def stopped(papers: Sequence[Sequence[Evidence]]) -> list[float]:
        stop.set()
        raise Cancelled("The model was stopped.")

    with pytest.raises(Cancelled):
        listed(small_library, "Which papers are about parrots?", stopped, stop)


def test_stop_between_batches_without_an_entry_raises_cancelled(
    small_library: Library,
) -> None:
    small_library.add(
        Paper(title=f"Parrots of Island {n}", abstract=f"We count the parrots of island {n}.")
        for n in range(20)
    )
    stop = threading.Event()

    def stop_after_first(papers: Sequence[Sequence[Evidence]]) -> list[float]:
        stop.set()
        return [0.001] * len(papers)

    with pytest.raises(Cancelled):
        listed(small_library, "Which papers are about parrots?", stop_after_first, stop)


def test_question_whether_papers_disagree_adds_a_note(
    small_library: Library,
) -> None:
    small_library.add([Paper(title="Parrots Cannot Count", abstract="Parrots never count.")])
    found, _ = listed(
        small_library, "Do the papers disagree on whether parrots count?", by_title(Parrots=0.999)
    )
    assert len(found.citations) == 2
    assert found.sentences[1].text.startswith("Whether they agree is yours to judge")


def test_topic_question_is_answered_with_a_real_model(assistant: Assistant) -> None:
    *events, answer = assistant.stream("Which papers are about chip design?")
    assert isinstance(answer, Answer)
    assert any(isinstance(event, PapersChecked) for event in events)
    assert answer.timings.prompt_tokens > 0


def test_comparison_takes_evidence_from_the_papers_that_present_the_two_things(
    assistant: Assistant,
) -> None:
    two = assistant.ask("Compare Qwen2.5 and OLMo 2.")
    assert {"Qwen2.5 Technical Report", "2 OLMo 2 Furious"} == {
        one.paper.title for one in two.evidence
    }
    olmo = next(paper for paper in assistant.papers() if paper.title == "2 OLMo 2 Furious")
    limited = assistant.ask("Compare Qwen2.5 and OLMo 2.", scope=Scope(papers=(olmo.id,)))
    assert {one.paper for one in limited.evidence} == {olmo}
    one = assistant.ask("Compare LightSeq and Megatron-LM.")
    assert {evidence.paper.title.partition(":")[0] for evidence in one.evidence} == {"LightSeq"}
