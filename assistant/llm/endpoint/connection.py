"""One endpoint: what it serves, which fields it understands, and completions from it."""

import math
from collections.abc import AsyncGenerator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.llm.endpoint.address import Endpoint
from assistant.llm.endpoint.errors import InterruptedStreamError, TooLongError, UnavailableError
from assistant.llm.endpoint.messages import ContextBudget, bytes_of, chat_messages
from assistant.llm.endpoint.refusals import Refusals, object_fields
from assistant.llm.endpoint.reply import (
    FirstTokenReading,
    FirstWordReading,
    first_token_probabilities,
    first_word,
)
from assistant.llm.endpoint.transport import RefusedFieldError, Transport
from assistant.llm.json_object import JsonObject
from assistant.llm.prompts import Prompt
from assistant.llm.usage import Usage

# The lowest maximum among the servers (OpenAI; vLLM by default).
_TOP_TOKENS = 20
# More than one, since the word may follow markup such as asterisks.
_FIRST_WORD_TOKENS = 8
# A prompt that the server rejects as too long is shortened to this share of its size, repeatedly.
_SHORTENING_FACTOR = 0.9


@dataclass(frozen=True, slots=True)
class ServedModel:
    """The model that an endpoint serves.

    Attributes:
        name: its name.
        context_tokens: length of its context; 0 if the server does not say.
    """

    name: str
    context_tokens: int


@dataclass(frozen=True, slots=True)
class AnswerPart:
    """A part of an answer.

    Attributes:
        text: as received; may be empty.
        usage: token counts; None except with the last part.
    """

    text: str
    usage: Usage | None = None


class Connection:
    """Completions from one endpoint; used on one event loop.

    It remembers which fields the server refuses, and does not send them again.

    Attributes:
        endpoint: its address.
        running: number of requests in progress.
        at_once: maximum number of concurrent requests.
        failed_at: time of the last failure, in seconds of the event loop's clock.
        gives_probabilities: whether replies include token probabilities; None if unknown. Once
            True, it stays True: single replies may lack them.
    """

    def __init__(self, endpoint: Endpoint, *, context_tokens: int, at_once: int) -> None:
        self.endpoint = endpoint
        self.running = 0
        self.at_once = at_once
        self.failed_at = -math.inf
        self.gives_probabilities: bool | None = None
        self._transport = Transport(endpoint)
        self._context_tokens = context_tokens
        self._refusals = Refusals()
        self._served_model: ServedModel | None = None

    @property
    def model(self) -> str:
        """The name of the served model; empty if the endpoint has not been asked yet."""
        return self._served_model.name if self._served_model is not None else self.endpoint.model

    async def close(self) -> None:
        """Close its connections."""
        await self._transport.close()

    async def served_model(self) -> ServedModel:
        """Return the model that the endpoint serves; it is requested once.

        Raises:
            UnavailableError: it cannot be used.
        """
        if self._served_model is None:
            self._served_model = await self._request_served_model()
        return self._served_model

    async def _request_served_model(self) -> ServedModel:
        name = self.endpoint.model
        try:
            models = _listed(await self._transport.get("models"))
        except UnavailableError as error:
            if error.may_recover or not name:
                raise
            return ServedModel(name, 0)  # a server that does not list its models
        if not name and len(models) != 1:
            names = ", ".join(sorted(map(str, models))[:10]) or "none"
            reason = f"it serves {len(models)} models: add #NAME to its address ({names})"
            raise UnavailableError(reason, may_recover=False)
        name = name or next(iter(models))
        # Ollama lists models with a tag, and accepts names without one.
        about = models.get(name) or models.get(f"{name}:latest") or {}
        context = about.get("max_model_len") or 0  # vLLM
        if not context and about.get("owned_by") == "llamacpp":
            context = await self._context_of_llama_server()
        return ServedModel(name, int(context))

    async def _context_of_llama_server(self) -> int:
        root = self.endpoint.url.removesuffix("/v1")
        try:
            properties = await self._transport.get(f"{root}/props")
            return int(properties["default_generation_settings"]["n_ctx"])
        except (UnavailableError, KeyError, TypeError, ValueError):
            return 0

    # -- completions --------------------------------------------------------------------------

    async def read_first_word(
        self, prompt: Prompt
    ) -> tuple[FirstTokenReading | FirstWordReading, Usage]:
        """Return a reading of the first word of the reply to a prompt.

        Raises:
            UnavailableError: the endpoint cannot answer.
            InputError: the question is too long.
        """
        if self.gives_probabilities is not False:
            fields = {"max_tokens": 1, "logprobs": True, "top_logprobs": _TOP_TOKENS}
            reply = await self._post(prompt, fields)
            found = first_token_probabilities(_choice(reply))
            if found:
                self.gives_probabilities = True
                return FirstTokenReading(found), _usage(reply.get("usage"))
        reply = await self._post(prompt, {"max_tokens": _FIRST_WORD_TOKENS})
        text = str((_choice(reply).get("message") or {}).get("content") or "")
        # An empty reply has no token, so it does not show whether the server gives probabilities.
        if self.gives_probabilities is None and text:
            self.gives_probabilities = False
        return FirstWordReading(first_word(text)), _usage(reply.get("usage"))

    async def stream_answer(
        self, prompt: Prompt, max_tokens: int, shape: JsonObject | None = None
    ) -> AsyncGenerator[AnswerPart, None]:
        """Yield the parts of an answer as they arrive.

        Raises:
            UnavailableError: the endpoint cannot answer.
            InterruptedStreamError: the answer broke off.
            InputError: the question is too long.
        """
        max_bytes, left_out = math.inf, self._refusals.known
        while True:
            fields = {
                "max_tokens": max_tokens,
                "stream": True,
                "stream_options": {"include_usage": True},
                **object_fields(shape, left_out),
            }
            body = await self._body(prompt, fields, max_bytes, left_out)
            try:
                async for part in self._parts(body, max_tokens):
                    yield part
            except RefusedFieldError as error:
                left_out |= self._refusals.refused_fields(error, body)
            except TooLongError:
                max_bytes = _SHORTENING_FACTOR * bytes_of(body["messages"])
            else:
                self._refusals.learn(body, left_out)
                return

    async def _parts(
        self, body: Mapping[str, Any], max_tokens: int
    ) -> AsyncGenerator[AnswerPart, None]:
        finish, usage, pieces = None, Usage(), 0
        async for chunk in self._transport.stream(body):
            if chunk.get("usage"):
                usage = _usage(chunk["usage"])
            for choice in chunk.get("choices") or ():
                finish = choice.get("finish_reason") or finish
                if text := (choice.get("delta") or {}).get("content"):
                    pieces += 1
                    yield AnswerPart(text)
        if finish is None:
            # llama-cpp-python's server ends a stream when the next request arrives.
            self.at_once = 1
            raise InterruptedStreamError("it broke off an answer")
        tokens = max_tokens if finish == "length" else usage.completion_tokens or pieces
        yield AnswerPart("", Usage(usage.prompt_tokens, usage.cached_tokens, tokens))

    async def _post(self, prompt: Prompt, fields: Mapping[str, Any]) -> dict[str, Any]:
        max_bytes, left_out = math.inf, self._refusals.known
        while True:
            body = await self._body(prompt, fields, max_bytes, left_out)
            try:
                reply = await self._transport.post(body)
            except RefusedFieldError as error:
                left_out |= self._refusals.refused_fields(error, body)
            except TooLongError:
                max_bytes = _SHORTENING_FACTOR * bytes_of(body["messages"])
            else:
                self._refusals.learn(body, left_out)
                if isinstance(reply, dict) and reply.get("choices"):
                    return reply
                raise UnavailableError("its response has no answer", may_recover=False)

    async def _body(
        self,
        prompt: Prompt,
        fields: Mapping[str, Any],
        max_bytes: float,
        left_out: frozenset[str],
    ) -> dict[str, Any]:
        """Return a request, with as much evidence as fits into the context.

        Args:
            prompt: the prompt to convert to messages.
            fields: further fields of the request.
            max_bytes: maximum size of the messages.
            left_out: names of fields to leave out.

        Raises:
            InputError: the question is too long.
        """
        served = await self.served_model()
        budget = ContextBudget(served.context_tokens or self._context_tokens, max_bytes)
        body = {
            "model": served.name,
            "messages": chat_messages(prompt, budget, fields["max_tokens"]),
            "temperature": 0,
            # Reasoning is turned off: the answer has few tokens.
            "chat_template_kwargs": {"enable_thinking": False},
            **fields,
        }
        if "top_logprobs" in left_out:
            body.pop("logprobs", None)
        return {name: value for name, value in body.items() if name not in left_out}


def _listed(body: object) -> dict[str, dict[str, Any]]:
    """Return the models in the response to ``GET /models``, by name."""
    models = body.get("data") if isinstance(body, dict) else None
    listed: Sequence[Any] = models if isinstance(models, list) else ()
    return {str(one["id"]): one for one in listed if isinstance(one, dict) and "id" in one}


def _choice(reply: Mapping[str, Any]) -> Mapping[str, Any]:
    [first, *_] = reply["choices"]
    return first if isinstance(first, dict) else {}


def _usage(counts: object) -> Usage:
    if not isinstance(counts, dict):
        return Usage()
    details = counts.get("prompt_tokens_details") or {}
    return Usage(
        int(counts.get("prompt_tokens") or 0),
        int(details.get("cached_tokens") or 0),
        int(counts.get("completion_tokens") or 0),
    )
