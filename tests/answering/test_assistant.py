"""The Python face on real parts: the sample library, a real embedder and a real small model."""

import asyncio
import json
import shutil
import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from assistant import Answer, Assistant, Scope, Settings, Turn
from assistant.answering import EvidenceFound, SentenceDropped, SentenceWritten, TokenWritten
from assistant.answering.model_client import ModelClient
from assistant.errors import Cancelled, InputError, LibraryError
from assistant.llm import Engine, Prompt, Readout, Usage
from assistant.retrieval import Evidence

# The 135M model shows the mechanics; what it says is of no interest.
ALWAYS_ANSWER = Settings(
    model="smollm2-135m-instruct", abstention_threshold=0.0, max_answer_tokens=40
)
ALWAYS_ABSTAIN = Settings(model="smollm2-135m-instruct", abstention_threshold=1.0)
QUESTION = "How much faster is LightSeq than Megatron-LM?"


@pytest.fixture(scope="module")
def folder(sample_library_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    copy = tmp_path_factory.mktemp("libraries") / "library"
    shutil.copytree(sample_library_folder, copy)
    return copy


@pytest.fixture(scope="module")
def assistant(folder: Path) -> Iterator[Assistant]:
    with Assistant.open(folder, settings=ALWAYS_ANSWER) as assistant:
        yield assistant


def test_a_stream_yields_evidence_then_tokens_and_sentences_then_the_answer(
    assistant: Assistant,
) -> None:
    events = list(assistant.stream(QUESTION))
    assert isinstance(events[0], EvidenceFound)
    assert isinstance(events[-1], Answer)
    between = {type(event) for event in events[1:-1]}
    assert TokenWritten in between
    assert between <= {TokenWritten, SentenceWritten, SentenceDropped}


def test_the_answer_is_made_of_the_sentences_that_were_written(assistant: Assistant) -> None:
    events = list(assistant.stream(QUESTION))
    answer = events[-1]
    assert isinstance(answer, Answer)
    written = [event.sentence for event in events if isinstance(event, SentenceWritten)]
    if written:
        assert list(answer.sentences) == written
        assert not answer.abstained
    else:
        assert answer.abstained


def test_a_question_is_answered_from_the_papers_of_its_scope_alone(assistant: Assistant) -> None:
    best = assistant.ask(QUESTION).papers[0].paper
    other = next(paper for paper in assistant.papers() if paper != best)

    answer = assistant.ask(QUESTION, scope=Scope(papers=(other.id,)))

    assert [ranked.paper for ranked in answer.papers] == [other]
    assert {one.paper for one in answer.evidence} == {other}


def test_a_scope_without_papers_is_told(assistant: Assistant) -> None:
    with pytest.raises(InputError, match="Choose others, or ask all papers"):
        assistant.ask(QUESTION, scope=Scope(papers=("title:gone",)))


def test_the_right_paper_is_found_and_its_evidence_shown(assistant: Assistant) -> None:
    answer = assistant.ask(QUESTION)
    assert answer.papers[0].paper.title.startswith("LightSeq")
    assert any("2.01x" in one.text for one in answer.evidence)


def test_every_citation_quotes_its_abstract_and_every_mark_has_a_citation(
    assistant: Assistant,
) -> None:
    answer = assistant.ask(QUESTION)
    numbers = {citation.number for citation in answer.citations}
    assert numbers
    assert {number for sentence in answer.sentences for number in sentence.citations} == numbers
    for citation in answer.citations:
        abstract = citation.evidence.paper.abstract
        assert abstract[citation.span.start : citation.span.end] == citation.quote


def test_the_json_object_has_the_fields_of_the_contract(assistant: Assistant) -> None:
    printed = json.loads(json.dumps(assistant.ask(QUESTION).to_dict()))
    assert {
        "question",
        "answer",
        "abstained",
        "kind",
        "confidence",
        "certainty",
        "sentences",
        "citations",
        "papers",
        "timings",
        "model",
        "library",
    } <= printed.keys()
    fields = {"text", "citations", "supported", "missing", "listed", "group", "folded"}
    assert fields == printed["sentences"][0].keys()
    assert {"number", "paper_id", "title", "url", "quote"} <= printed["citations"][0].keys()
    assert {"paper_id", "title", "score"} == printed["papers"][0].keys()
    assert {
        "retrieval_s",
        "first_token_s",
        "total_s",
        "prompt_tokens",
        "cached_tokens",
        "completion_tokens",
    } == printed["timings"].keys()


def test_the_timings_are_in_order(assistant: Assistant) -> None:
    timings = assistant.ask(QUESTION).timings
    assert 0 < timings.retrieval_s <= timings.first_token_s <= timings.total_s
    assert timings.cached_tokens < timings.prompt_tokens


def test_an_answer_prints_as_text_and_sources(assistant: Assistant) -> None:
    answer = assistant.ask(QUESTION)
    assert str(answer).startswith(answer.text)
    assert f"[1] {answer.citations[0].title}" in str(answer)


def test_an_abstention_says_so_and_quotes_the_closest_papers(folder: Path) -> None:
    kept = replace(ALWAYS_ABSTAIN, papers_reranked=0)
    with Assistant.open(folder, settings=kept) as assistant:
        answer = assistant.ask("Which languages does LightSeq support?")
    assert answer.abstained
    assert answer.text.startswith("The abstracts do not answer this.")
    assert 1 <= len({citation.paper_id for citation in answer.citations}) <= 2
    assert all(citation.quote in answer.text for citation in answer.citations)


def test_a_follow_up_is_understood_in_the_light_of_the_conversation(assistant: Assistant) -> None:
    history = [Turn("How fast is LightSeq?", "It is up to 2.01x faster than Megatron-LM.")]
    answer = assistant.ask("And how much longer are its sequences?", history)
    assert answer.question == "And how much longer are its sequences?"
    assert answer.standalone_question


def test_papers_are_reranked_by_how_likely_they_make_the_last_question_and_those_before(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Prompt] = []
    score_prompts = Engine.score_prompts

    def remember(
        engine: Engine, prompts: Sequence[Prompt], read: Readout[object], **how: Any
    ) -> list[tuple[object, Usage]]:
        if how.get("with_likelihood"):
            asked.extend(prompts)
        return score_prompts(engine, prompts, read, **how)

    monkeypatch.setattr(Engine, "score_prompts", remember)
    history = [Turn("Which work asks whether it is worth waiting?", "One on worth.")]
    assistant.ask("And what is it that one waits for?", history)
    assert asked
    for prompt in asked:
        # As turns of the chat, only the earlier question would be looked at.
        assert [message.role for message in prompt.messages] == ["system", "user"]
        assert prompt.messages[-1].content.endswith(
            "Question: And what is it that one waits for? Which work asks whether it is worth "
            "waiting?"
        )


def test_a_verdict_stands_first_and_is_cited(assistant: Assistant) -> None:
    answer = assistant.ask("True or false: LightSeq trains Transformers faster than Megatron-LM.")
    assert answer.sentences[0].text in {"True.", "False."}
    assert answer.sentences[0].citations
    assert answer.text.count(answer.sentences[0].text) == 1


def test_a_question_that_the_model_would_answer_by_yes_or_no_gets_a_verdict(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = "LightSeq: faster than Megatron-LM?"
    monkeypatch.setattr("assistant.answering.question.verdict._MIN_YES_NO_PROBABILITY", 1.1)
    assert assistant.ask(asked).sentences[0].text not in {"Yes.", "No.", "Maybe."}
    monkeypatch.setattr("assistant.answering.question.verdict._MIN_YES_NO_PROBABILITY", 0.0)
    assert assistant.ask(asked).sentences[0].text in {"Yes.", "No.", "Maybe."}


def test_of_two_papers_it_is_told_what_each_states_and_no_verdict(assistant: Assistant) -> None:
    answer = assistant.ask("Is 1.5-Pints trained on more tokens than OLMo 2?")
    assert answer.sentences[0].text not in {"Yes.", "No.", "Maybe."}
    # How many sentences of each are cited is the small model's, and the processor's, doing.
    told = {one.evidence.paper.title.split(":")[0] for one in answer.citations}
    assert told == {"1.5-Pints Technical Report", "2 OLMo 2 Furious"}


def test_of_two_papers_each_is_asked_what_is_meant_for_it(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    prompt = ModelClient.prompt

    def remember(
        self: ModelClient,
        purpose: str,
        question: str,
        evidence: Sequence[Evidence],
        **values: object,
    ) -> Prompt:
        papers = {one.paper.title.split(":")[0] for one in evidence}
        asked.append((purpose, question, papers))
        return prompt(self, purpose, question, evidence, **values)

    monkeypatch.setattr(ModelClient, "prompt", remember)
    both = "Where is 1.5-Pints ahead of OpenELM, and what is the data mix of OLMo 2 named?"
    answer = assistant.ask(both)
    pints, olmo = {"1.5-Pints Technical Report"}, {"2 OLMo 2 Furious"}
    assert asked == [
        ("answer", "Where is 1.5-Pints ahead of OpenELM?", pints),
        ("answer", "What is the data mix of OLMo 2 named?", olmo),
        ("look", both, pints | olmo),
    ]
    # What is written of the one paper is never cited to the other.
    cited = [
        {answer.citations[number - 1].evidence.paper.title for number in sentence.citations}
        for sentence in answer.sentences
    ]
    assert all(len(titles) == 1 for titles in cited)


def test_an_unsure_ranking_is_settled_by_the_model(assistant: Assistant) -> None:
    answer = assistant.ask("By how much does waiting shorten the trip?")
    assert {one.paper for one in answer.evidence} == {answer.papers[0].paper}


def test_a_decision_is_made_on_the_papers_of_the_evidence(assistant: Assistant) -> None:
    decision = assistant.answerability_example(QUESTION)
    assert decision is not None
    answer = assistant.ask(QUESTION)
    assert set(decision.papers) == {one.paper for one in answer.evidence}
    assert decision.state.any()


def test_without_its_paper_a_question_is_decided_on_others(assistant: Assistant) -> None:
    [light, *_] = [paper for paper in assistant.papers() if paper.title.startswith("LightSeq")]
    others = Scope(papers=tuple(paper.id for paper in assistant.papers() if paper != light))
    decision = assistant.answerability_example(QUESTION, scope=others)
    assert decision is not None
    assert light not in decision.papers


@pytest.mark.parametrize(
    "question",
    ["Is it true that LightSeq is faster?", "Which papers evaluate on CIFAR-100?"],
)
def test_verdicts_and_lists_are_decided_in_other_ways(assistant: Assistant, question: str) -> None:
    assert assistant.answerability_example(question) is None


def test_stopping_raises_cancelled_and_the_next_question_is_answered(assistant: Assistant) -> None:
    stop = threading.Event()
    with pytest.raises(Cancelled):  # noqa: PT012 - the events before the stop are part of it
        for event in assistant.stream(QUESTION, stop=stop):
            if isinstance(event, EvidenceFound):
                stop.set()
    assert assistant.ask(QUESTION).text


def test_questions_can_be_asked_from_a_coroutine(assistant: Assistant) -> None:
    async def both() -> list[Answer]:
        return [await assistant.aask(QUESTION), await assistant.aask("What is BART?")]

    answers = asyncio.run(both())
    assert [answer.question for answer in answers] == [QUESTION, "What is BART?"]


def test_a_cancelled_coroutine_stops_the_model(assistant: Assistant) -> None:
    async def give_up() -> None:
        task = asyncio.create_task(assistant.aask(QUESTION))
        await asyncio.sleep(0.05)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(give_up())
    assert assistant.ask(QUESTION).text


def test_events_can_be_streamed_in_a_coroutine(assistant: Assistant) -> None:
    async def collect() -> list[object]:
        return [event async for event in assistant.astream(QUESTION)]

    events = asyncio.run(collect())
    assert isinstance(events[0], EvidenceFound)
    assert isinstance(events[-1], Answer)


def test_an_empty_question_is_an_error(assistant: Assistant) -> None:
    with pytest.raises(InputError, match="question is empty"):
        assistant.ask("  \n ")


def test_an_empty_library_is_an_error_that_says_what_to_do(
    models_cache: None, tmp_path: Path
) -> None:
    with (
        Assistant.open(tmp_path / "empty", settings=ALWAYS_ANSWER, samples=False) as assistant,
        pytest.raises(InputError, match="assistant add"),
    ):
        assistant.ask(QUESTION)


def test_a_new_library_gets_the_samples_even_if_its_first_opening_was_cut(
    folder: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "library"
    shutil.copytree(folder, copy)
    with Assistant.open(copy, settings=ALWAYS_ANSWER) as assistant:
        papers = [paper.id for paper in assistant.papers()]
        assistant.library.remove(papers[5:])
        assistant.library.catalogue.set_meta("samples", "wanted")  # as the cut leaves it
    with Assistant.open(copy, settings=ALWAYS_ANSWER) as assistant:
        assert {paper.id for paper in assistant.papers()} == set(papers)
        assistant.library.remove(papers[5:])
    with Assistant.open(copy, settings=ALWAYS_ANSWER) as assistant:
        assert len(assistant.papers()) == 5  # what the user removed stays removed


def test_of_several_files_the_good_are_added_and_the_bad_reported(
    models_cache: None, tmp_path: Path
) -> None:
    good = tmp_path / "good.jsonl"
    good.write_text(json.dumps({"title": "Silent Trams", "abstract": "Trams are quiet now."}))
    bad = tmp_path / "bad.jsonl"
    bad.write_text("{not json")
    with Assistant.open(tmp_path / "new", settings=ALWAYS_ANSWER, samples=False) as assistant:
        report = assistant.add(good, bad)
        assert [paper.title for paper in assistant.papers()] == ["Silent Trams"]
        assert (report.added, [file.name for file in report.files]) == (1, [good.name, bad.name])
        assert "line 1" in str(report.files[1])
        assert assistant.add(good).unchanged == 1
        with pytest.raises(InputError, match=r"bad\.jsonl"):
            assistant.add(bad)


def test_another_embedder_is_an_error_that_says_how_to_reindex(
    folder: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "library"
    shutil.copytree(folder, copy)
    with Assistant.open(copy, settings=ALWAYS_ANSWER) as assistant:
        assistant.library.catalogue.set_meta("embedder", "another-embedder")
        with pytest.raises(LibraryError, match="papers reindex"):
            assistant.search(QUESTION)


def test_without_kinds_every_question_is_answered_as_a_fact(assistant: Assistant) -> None:
    question = "Which papers are about attention?"
    scope = Scope(papers=tuple(paper.id for paper in assistant.papers()[:2]))
    assert assistant.ask(question, scope=scope).kind == "list"
    plain = assistant.with_settings(ALWAYS_ANSWER.updated({"preset": "plain"}))
    assert plain.ask(question, scope=scope).kind == "fact"
