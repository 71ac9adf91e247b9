"""The OpenAI-compatible API, used with the `openai` package."""

import openai
import pytest
from openai import OpenAI
from server_under_test import QUESTION, Served


@pytest.fixture
def client(served: Served) -> OpenAI:
    return OpenAI(base_url=f"{served.url}/v1", api_key="none", max_retries=0)


def test_answer_has_numbered_links_annotations_and_quotes(client: OpenAI, served: Served) -> None:
    completion = client.chat.completions.create(
        model="paper-assistant", messages=[{"role": "user", "content": QUESTION}], temperature=0.7
    )
    message = completion.choices[0].message
    text = message.content
    assert text is not None
    assert message.annotations
    for annotation in message.annotations:
        cited = annotation.url_citation
        assert text[cited.start_index : cited.end_index].endswith(f"]({cited.url})")
    [citation, *_] = completion.model_extra["citations"]  # type: ignore[index]
    [paper] = served.state.assistant.library.catalogue.papers([citation["paper_id"]])
    assert paper.abstract[citation["start"] : citation["end"]] == citation["quote"]
    assert completion.usage
    assert completion.usage.total_tokens == (
        completion.usage.prompt_tokens + completion.usage.completion_tokens
    )
    assert completion.choices[0].finish_reason == "stop"


def test_stream_ends_with_annotations_of_its_text_citations_and_usage(client: OpenAI) -> None:
    chunks = list(
        client.chat.completions.create(
            model="paper-assistant",
            messages=[{"role": "user", "content": QUESTION}],
            stream=True,
            stream_options={"include_usage": True},
        )
    )
    deltas = [chunk.choices[0].delta for chunk in chunks if chunk.choices]
    text = "".join(delta.content or "" for delta in deltas)
    [annotations] = [extra["annotations"] for one in deltas if (extra := one.model_extra)]
    for annotation in annotations:
        place = annotation["url_citation"]
        assert text[place["start_index"] : place["end_index"]].endswith(f"]({place['url']})")
    assert chunks[-1].usage
    assert not chunks[-1].choices
    assert chunks[-2].choices[0].finish_reason == "stop"
    assert chunks[-2].model_extra
    assert chunks[-2].model_extra["citations"]


def test_embeddings_are_those_of_the_library(client: OpenAI, served: Served) -> None:
    embedder = served.state.assistant.library.embedder
    found = client.embeddings.create(model=embedder.name, input=["parrots", "trams"])
    assert [one.index for one in found.data] == [0, 1]
    expected = embedder.embed(["parrots", "trams"])
    assert found.data[1].embedding == pytest.approx([float(x) for x in expected[1]], abs=1e-6)
    assert found.usage.prompt_tokens > 0


def test_models_can_be_listed(client: OpenAI) -> None:
    assert [one.id for one in client.models.list()] == ["paper-assistant", "paper-assistant-plain"]
    with pytest.raises(openai.NotFoundError, match="There is no model 'gpt-4'"):
        client.models.retrieve("gpt-4")


def test_key_is_needed_once_there_is_one(client: OpenAI, served: Served) -> None:
    with served.api_key() as key:
        with pytest.raises(openai.AuthenticationError, match="needs an API key"):
            client.models.list()
        assert list(client.with_options(api_key=key).models.list())


def test_conversation_without_a_question_is_a_bad_request(client: OpenAI) -> None:
    with pytest.raises(openai.BadRequestError, match="The last message has to be the user's"):
        client.chat.completions.create(
            model="paper-assistant", messages=[{"role": "assistant", "content": "Hello."}]
        )
    with pytest.raises(openai.BadRequestError, match="messages"):
        client.chat.completions.create(model="paper-assistant", messages=[])


def test_full_queue_answers_when_to_try_again(client: OpenAI, served: Served) -> None:
    with served.full_queue(), pytest.raises(openai.RateLimitError) as refused:
        client.chat.completions.create(
            model="paper-assistant", messages=[{"role": "user", "content": QUESTION}]
        )
    assert int(refused.value.response.headers["retry-after"]) >= 1
