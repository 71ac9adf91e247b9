"""Judge models: a local one, or one behind an OpenAI-compatible server."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from urllib.parse import urldefrag

from assistant.errors import InputError, ModelError
from assistant.llm import Engine, Prompt
from assistant.models import locate

_REPLY_TOKENS = 32
_TIMEOUT_S = 300.0

Complete = Callable[[Prompt], str]
"""Sends a prompt to a model and returns the reply."""


@contextmanager
def open_judge(reference: str) -> Iterator[Complete]:
    """Load a judge; yield a function that completes prompts.

    Args:
        reference: a model reference as for ``--model``, or the base URL of an OpenAI-compatible
            server with the name of the model: ``http://localhost:8000/v1#name``. The API key is
            read from ``OPENAI_API_KEY``.

    Raises:
        ModelError: the model is not on this machine, or the server does not respond.
        InputError: the URL does not name a model.
    """
    if reference.startswith(("http://", "https://")):
        url, model = urldefrag(reference)
        if not model:
            raise InputError(
                f"The judge {reference} does not name a model. Write {reference}#NAME."
            )
        yield lambda prompt: _ask_server(url, model, prompt)
        return
    engine = Engine(locate(reference))
    try:
        yield lambda prompt: "".join(engine.generate(prompt, max_tokens=_REPLY_TOKENS))
    finally:
        engine.close()


def _ask_server(url: str, model: str, prompt: Prompt) -> str:
    import httpx

    key = os.environ.get("OPENAI_API_KEY")
    request = {
        "model": model,
        "messages": [asdict(message) for message in prompt.messages],
        "temperature": 0,
        "max_tokens": _REPLY_TOKENS,
    }
    try:
        response = httpx.post(
            f"{url.rstrip('/')}/chat/completions",
            json=request,
            headers={"Authorization": f"Bearer {key}"} if key else {},
            timeout=_TIMEOUT_S,
        )
        response.raise_for_status()
        return str(response.json()["choices"][0]["message"]["content"])
    except (httpx.HTTPError, ValueError, LookupError, TypeError) as error:
        raise ModelError(
            f"The judge at {url} does not answer: {error}. Check the address, the model's name "
            "and OPENAI_API_KEY, and run the command again: its grades so far are kept."
        ) from error
