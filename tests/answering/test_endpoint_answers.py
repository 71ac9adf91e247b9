"""Questions of all kinds, answered by a model behind a server that is really started."""

import threading
from collections.abc import Iterator

import pytest
from scripted_endpoint import endpoint

from assistant.answering import Answer, Assistant, SentenceWritten, TokenWritten
from assistant.errors import Cancelled, ModelError
from assistant.library import Library
from assistant.llm.endpoint import Endpoint
from assistant.models import Calibration, Probe
from assistant.settings import Settings


@pytest.fixture
def assistant(
    small_library: Library, model_server: Endpoint, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Assistant]:
    """An assistant whose model is behind the server; the settings name one that is not here."""
    monkeypatch.setenv("ASSISTANT_ENDPOINT_KEY", model_server.key)
    assistant = Assistant(small_library, over(model_server.url, abstention_threshold=0.0))
    yield assistant
    assistant.unload()


def over(url: str, **changes: float) -> Settings:
    return Settings(
        model="not-on-this-machine",
        endpoints=(url,),
        context_tokens=2048,
        max_answer_tokens=30,
        **changes,  # type: ignore[arg-type]
    )


def test_closed_question_is_streamed_and_cited(assistant: Assistant) -> None:
    *events, answer = assistant.stream("How many walnuts do the parrots count?")
    assert isinstance(answer, Answer)
    assert answer.kind == "fact"
    assert any(isinstance(event, TokenWritten) for event in events)
    assert any(isinstance(event, SentenceWritten) for event in events)
    assert answer.citations  # of which paper is up to the small model, which reranks them
    assert answer.model.startswith("SmolLM2-135M-Instruct.Q4_1@127.0.0.1:")
    assert answer.timings.completion_tokens > 0
    assert answer.confidence is not None


def test_claim_gets_a_verdict(assistant: Assistant) -> None:
    answer = assistant.ask("True or false: DoughNet runs on a toaster.")
    assert answer.sentences[0].text in {"True.", "False."}


def test_the_sentence_about_a_paper_is_written_without_the_question(
    small_library: Library,
) -> None:
    """A model that is asked the question answers it in the paper's name."""
    question = "What do the papers say on how the melting of glaciers is measured?"
    every_paper = Calibration(relevance_probe=Probe((0,) * 8, bias=9))
    with endpoint(words=("They", " fly", " balloons", ".")) as server:
        assistant = Assistant(small_library, over(server.url), every_paper)
        answer = assistant.ask(question)
        assistant.unload()
        prompts = [request["messages"][-1]["content"] for request in server.asked]
    assert answer.kind == "synthesis"
    contributions = [prompt for prompt in prompts if "what the paper did and found" in prompt]
    assert contributions
    assert all("glaciers" in prompt and question not in prompt for prompt in contributions)


def test_what_follows_a_sentence_that_fails_its_checks_does_not_take_its_place(
    small_library: Library,
) -> None:
    every_paper = Calibration(relevance_probe=Probe((0,) * 8, bias=9))
    words = (" see 7,777 floods.", " They", " fly", " balloons", ".")
    with endpoint(words=words) as server:
        assistant = Assistant(small_library, over(server.url), every_paper)
        answer = assistant.ask("What do the papers say on how the melting of glaciers is measured?")
        assistant.unload()
    about_papers = [one.text for one in answer.sentences if one.listed]
    assert about_papers
    assert all(text.startswith("“") for text in about_papers)  # a quotation of each


def test_list_has_a_quote_of_each_paper(assistant: Assistant) -> None:
    answer = assistant.ask("Which papers use cameras on balloons?")
    assert answer.kind == "list"
    assert answer.timings.prompt_tokens > 0  # the model was asked about the candidates
    assert all(citation.quote for citation in answer.citations)


def test_synthesis_asks_about_the_papers(assistant: Assistant, small_library: Library) -> None:
    by_similarity = Calibration(relevance_probe=Probe((0, 0, 0, 0, 20, 0, 0, 0), bias=-10))
    given = Assistant(small_library, assistant.settings, by_similarity)
    answer = given.ask("Write a related-work paragraph about glaciers, with citations.")
    given.unload()
    assert answer.kind == "synthesis"
    assert "Glacier Melt Seen from Balloons" in {one.title for one in answer.citations}


def test_overview_summary_superlative_metadata_and_small_talk(assistant: Assistant) -> None:
    asked = {
        "Give me an overview of the library.": "overview",
        'Summarise "Silent Trams for Old Towns" in two sentences.': "summary",
        "Which paper reports the highest accuracy?": "superlative",
        "Who wrote the paper about glaciers?": "metadata",
        "hello": "smalltalk",
    }
    for question, kind in asked.items():
        answer = assistant.ask(question)
        assert (answer.kind, answer.text != "") == (kind, True)


def test_table_is_filled(assistant: Assistant) -> None:
    rows = list(assistant.table(["method", "animals"], assistant.papers()[:2]))
    assert len(rows) == 2
    assert all(len(row.cells) == 2 for row in rows)


def test_stopping_stops_the_server(assistant: Assistant) -> None:
    stop = threading.Event()
    events = assistant.stream("How many walnuts do the parrots count?", stop=stop)
    while not isinstance(next(events), TokenWritten):
        pass
    stop.set()
    with pytest.raises(Cancelled):
        list(events)
    assert assistant.ask("How many walnuts do the parrots count?").text


def test_missing_features_are_reported(assistant: Assistant) -> None:
    assistant.load()
    missing = "; ".join(assistant.engine().missing_features())
    assert "not calibrated" in missing
    assert "no probabilities" not in missing


def test_metadata_needs_no_endpoint(small_library: Library) -> None:
    with endpoint() as server:
        url = server.url
    away = Assistant(small_library, over(url))
    assert "Ada Frost" in away.ask("Who wrote the paper about glaciers?").text
    for cached in (lambda: away.table(["method"]), lambda: away.ask("Give me an overview.")):
        with pytest.raises(ModelError, match="No endpoint answers"):
            list(cached())
    with pytest.raises(ModelError, match="No endpoint answers"):
        away.ask("How many walnuts do the parrots count?")
    away.unload()


def test_metadata_contacts_no_endpoint(small_library: Library) -> None:
    with endpoint() as server:
        assistant = Assistant(small_library, over(server.url))
        answers = [assistant.ask(one) for one in ("hello", "Who wrote the paper about glaciers?")]
        assistant.unload()
        assert server.paths == server.asked == []
    assert {one.model for one in answers} == {f"unknown@{server.url[7:-3]}"}


def test_reply_without_probabilities_decides_whether_to_abstain(small_library: Library) -> None:
    question = "How many walnuts do the parrots count?"
    answers = {}
    for reply in ("Yes", "No"):
        words = (reply, ", ", "six parrots learn to count walnuts up to eight.")
        with endpoint(log_probabilities=None, words=words) as server:
            assistant = Assistant(small_library, over(server.url))
            answers[reply] = assistant.ask(question).abstained
            assistant.unload()
    assert answers == {"Yes": False, "No": True}


def test_started_server_answers_with_the_model_of_the_settings(
    small_library: Library, models_cache: None
) -> None:
    settings = Settings(
        model="smollm2-135m-instruct",
        endpoints=("llama-server",),
        context_tokens=2048,
        max_answer_tokens=20,
        abstention_threshold=0.0,
    )
    assistant = Assistant(small_library, settings)
    answer = assistant.ask("How many walnuts do the parrots count?")
    assistant.unload()
    assert answer.model.startswith("smollm2-135m-instruct@")
    assert answer.timings.completion_tokens > 0
