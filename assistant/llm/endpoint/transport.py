"""HTTP requests to one endpoint, with errors that say what to do about them."""

import json
import re
from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from assistant.http.transport import describe
from assistant.llm.endpoint.address import Endpoint
from assistant.llm.endpoint.errors import InterruptedStreamError, TooLongError, UnavailableError
from assistant.settings import APP_NAME

if TYPE_CHECKING:
    import httpx  # imported lazily: it takes longer than the rest of `assistant --help`

_CONNECT_S = 5.0
# The read timeout. A server without a GPU may spend minutes on prefill while other requests wait.
_READ_S = 300.0
_TEMPORARY = (408, 425, 429, 500, 502, 503, 504)
_TOO_LONG = re.compile(r"context[ _](?:length|window|size)|exceeds? .*context|too long", re.I)
# Fields that not every server supports. They are left out for a server that refuses them.
OPTIONAL_FIELDS = ("response_format", "top_logprobs", "chat_template_kwargs", "stream_options")


class RefusedFieldError(Exception):
    """A server refuses a request, perhaps because of its optional fields.

    Attributes:
        fields: their names.
        is_certain: whether the server names them. Otherwise the request may be refused for
            another reason, such as its text.
        problem: the error if the fields are not the reason.
    """

    def __init__(
        self, fields: tuple[str, ...], *, is_certain: bool, problem: UnavailableError
    ) -> None:
        super().__init__(", ".join(fields))
        self.fields = fields
        self.is_certain = is_certain
        self.problem = problem


class Transport:
    """Sends requests to one endpoint; used on one event loop.

    It follows no redirect: a prompt goes only to the address that the user named.
    """

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint
        self._opened: httpx.AsyncClient | None = None

    async def close(self) -> None:
        """Close its connections."""
        if self._opened is not None:
            await self._opened.aclose()

    async def get(self, url: str) -> Any:
        """Return the parsed body of a GET request.

        Args:
            url: relative to the base URL, or absolute.

        Raises:
            UnavailableError: the request failed.
        """
        import httpx

        with self._translating_errors():
            response = await self._client().get(url, timeout=httpx.Timeout(_CONNECT_S * 2))
            self._check(response.status_code, response.text, response.headers, {})
            return response.json()

    async def post(self, body: Mapping[str, Any]) -> Any:
        """Return the parsed response to a request for a chat completion.

        Raises:
            UnavailableError: the endpoint cannot answer.
            RefusedFieldError: it refuses the request, perhaps because of its optional fields.
            TooLongError: the prompt does not fit.
        """
        with self._translating_errors():
            response = await self._client().post("chat/completions", json=body)
            self._check(response.status_code, response.text, response.headers, body)
            return response.json()

    async def stream(self, body: Mapping[str, Any]) -> AsyncGenerator[Any, None]:
        """Yield the parsed chunks of a streamed chat completion.

        Raises:
            InterruptedStreamError: the connection broke, or the server reports an error.
            UnavailableError, RefusedFieldError, TooLongError: as for `post`.
        """
        async with self._response(body) as response:
            async for line in _lines(response):
                if not line.startswith(b"data:"):
                    continue
                data = line.removeprefix(b"data:").strip()
                if data == b"[DONE]":
                    return
                chunk = json.loads(data)
                if not isinstance(chunk, dict):
                    raise InterruptedStreamError("it sends something other than an answer")
                if error := chunk.get("error"):
                    raise InterruptedStreamError(f"it broke off an answer ({_message(error)})")
                yield chunk

    @asynccontextmanager
    async def _response(self, body: Mapping[str, Any]) -> "AsyncIterator[httpx.Response]":
        with self._translating_errors(is_stream=True):
            async with self._client().stream("POST", "chat/completions", json=body) as response:
                if not response.is_success:
                    await response.aread()
                    self._check(response.status_code, response.text, response.headers, body)
                yield response

    def _client(self) -> "httpx.AsyncClient":
        import httpx

        if self._opened is None:
            headers = {"User-Agent": APP_NAME}
            if self._endpoint.key:
                headers["Authorization"] = f"Bearer {self._endpoint.key}"
            self._opened = httpx.AsyncClient(
                base_url=f"{self._endpoint.url}/",
                headers=headers,
                timeout=httpx.Timeout(_READ_S, connect=_CONNECT_S),
                # Requests to this machine must not go through a proxy from the environment.
                trust_env=not self._endpoint.is_local,
            )
        return self._opened

    def _check(
        self, status: int, text: str, headers: Mapping[str, str], body: Mapping[str, Any]
    ) -> None:
        if 200 <= status < 300:
            return
        message = _message_of(text)
        if status in (400, 413, 422) and _TOO_LONG.search(message):
            raise TooLongError(message)
        problem = _unavailable(status, message, headers)
        sent = tuple(field for field in OPTIONAL_FIELDS if field in body)
        # llama_cpp.server responds with 500 to a field that it does not accept.
        named = tuple(field for field in sent if field in message) or tuple(
            field for field in sent if field == "top_logprobs" and "logprobs" in message
        )
        if named or (sent and status in (400, 422)):
            raise RefusedFieldError(named or sent, is_certain=bool(named), problem=problem)
        raise problem

    def _translating_errors(self, *, is_stream: bool = False) -> "_TranslatingErrors":
        return _TranslatingErrors(is_stream)


async def _lines(response: "httpx.Response") -> AsyncGenerator[bytes, None]:
    """Yield the lines of a response as they arrive.

    `httpx.Response.aiter_lines` also splits at separators such as U+2028, which JSON may contain.
    """
    rest = b""
    async for block in response.aiter_bytes():
        *lines, rest = (rest + block).split(b"\n")
        for line in lines:
            yield line
    yield rest


class _TranslatingErrors:
    """Raises HTTP client errors, and errors in malformed responses, as `UnavailableError`."""

    def __init__(self, is_stream: bool) -> None:
        self._is_stream = is_stream

    def __enter__(self) -> None:
        pass

    def __exit__(self, _: object, error: BaseException | None, __: object) -> None:
        import httpx

        match error:
            case httpx.ConnectError() | httpx.ConnectTimeout():
                raise UnavailableError(f"no connection ({describe(error)})") from error
            case httpx.TimeoutException():
                raise UnavailableError(f"no data for {_READ_S:.0f} s") from error
            case httpx.LocalProtocolError():
                # The error's text may quote a header, which contains the key.
                reason = "the request is not valid HTTP; check the endpoint's address and key"
                raise UnavailableError(reason, may_recover=False) from None
            case httpx.InvalidURL():
                raise UnavailableError(describe(error), may_recover=False) from error
            case httpx.HTTPError() if self._is_stream:
                reason = f"the connection broke ({describe(error)})"
                raise InterruptedStreamError(reason) from error
            case httpx.HTTPError():
                raise UnavailableError(f"the connection broke ({describe(error)})") from error
            case json.JSONDecodeError():
                reason = "its response is not JSON; is the address complete, with /v1?"
                raise UnavailableError(reason, may_recover=False) from error


def _unavailable(status: int, message: str, headers: Mapping[str, str]) -> UnavailableError:
    detail = f"HTTP {status}: {message[:200]}" if message else f"HTTP {status}"
    if status in (401, 403):
        reason = (
            f"it refuses the key ({detail}); set ASSISTANT_ENDPOINT_KEY to the endpoint's key, or "
            "ASSISTANT_ENDPOINT_KEY_FILE to a file with it"
        )
        return UnavailableError(reason, may_recover=False)
    if status in _TEMPORARY:
        wait = headers.get("retry-after", "")
        return UnavailableError(detail, float(wait[:9]) if wait.isdecimal() else None)
    if 300 <= status < 400:
        return UnavailableError(f"it redirects elsewhere ({detail})", may_recover=False)
    if status == 404:
        detail += "; is the address complete, with /v1, and the name of the model right?"
    return UnavailableError(detail, may_recover=False)


def _message_of(text: str) -> str:
    """Return the message in the body of an error response; the body if there is none."""
    try:
        body = json.loads(text)
    except ValueError:
        return " ".join(text.split())
    if isinstance(body, dict):
        return _message(body.get("error") or body.get("detail") or body)
    return str(body)


def _message(error: object) -> str:
    return str(error.get("message", error)) if isinstance(error, dict) else str(error)
