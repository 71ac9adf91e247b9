"""Requests in the form in which Open WebUI sends them."""

import json
from typing import Any

import httpx
from server_under_test import QUESTION, Served

HEADERS = {"Content-Type": "application/json", "X-OpenWebUI-User-Name": "Ada"}
TITLE_PROMPT = (
    "### Task:\nGenerate a concise, 3-5 word title with an emoji summarizing the chat history.\n"
    "### Chat History:\n<chat_history>\nUSER: How far do parrots count?\n</chat_history>"
)


def test_connection_is_verified_with_the_list_of_models(served: Served) -> None:
    with served.api_key() as key:
        url = f"{served.url}/v1/models"
        assert httpx.get(url, headers={"Authorization": "Bearer wrong"}).status_code == 401
        models = httpx.get(url, headers={"Authorization": f"Bearer {key}"}).json()["data"]
    assert [model["id"] for model in models] == ["paper-assistant", "paper-assistant-plain"]


def test_chat_streams_text_then_sources(served: Served) -> None:
    body: dict[str, Any] = {
        "model": "paper-assistant",
        "stream": True,
        "stream_options": {"include_usage": True},
        "messages": [
            {"role": "system", "content": "You are helpful."},
            {"role": "user", "content": QUESTION},
        ],
        # Parameters of the user's settings, which do not concern us.
        "temperature": 0.8,
        "tools": [],
        "function_calling": "native",
        "session_id": "x",
        "chat_id": "y",
        "background_tasks": {"title_generation": True},
    }
    url = f"{served.url}/v1/chat/completions"
    with httpx.stream("POST", url, json=body, headers=HEADERS, timeout=300) as response:
        assert response.headers["content-type"].startswith("text/event-stream")
        lines = [line for line in response.iter_lines() if line.startswith("data: ")]
    assert lines[-1] == "data: [DONE]"
    chunks = [json.loads(line.removeprefix("data: ")) for line in lines[:-1]]
    deltas = [chunk["choices"][0]["delta"] for chunk in chunks if chunk["choices"]]
    assert deltas[0]["role"] == "assistant"
    assert "".join(delta.get("content", "") for delta in deltas)
    sources = [source for delta in deltas for source in delta.get("annotations", ())]
    assert {source["type"] for source in sources} == {"url_citation"}
    assert all(source["url_citation"]["url"].startswith("http") for source in sources)
    assert chunks[-1]["usage"]["total_tokens"] > 0


def test_title_is_written_by_the_plain_model(served: Served) -> None:
    body = {
        "model": "paper-assistant-plain",
        "messages": [
            {"role": "developer", "content": "Be brief."},
            {"role": "user", "content": TITLE_PROMPT},
        ],
        "stream": False,
        "max_completion_tokens": 8,
        "metadata": {"task": "title_generation"},
    }
    url = f"{served.url}/v1/chat/completions"
    completion = httpx.post(url, json=body, headers=HEADERS, timeout=300).json()
    message = completion["choices"][0]["message"]
    assert message["content"]
    assert not message["annotations"]
    assert 0 < completion["usage"]["completion_tokens"] <= 8
