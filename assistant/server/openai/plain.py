"""Chat completions of the language model alone, without papers and without checks."""

import asyncio
import threading
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from assistant.errors import AssistantError
from assistant.llm import Completion, Message, Usage, plain_prompt
from assistant.server.access.checks import client_of
from assistant.server.openai.completion import CompletionIds, usage_of
from assistant.server.openai.schemas import ChatMessage, ChatRequest
from assistant.server.problems import openai_error
from assistant.server.requests.answers import queue_place, wait_for_turn
from assistant.server.requests.client_leaves import unless_client_leaves
from assistant.server.requests.sse import DONE, event, event_stream
from assistant.server.state import ServerState


async def complete_plainly(state: ServerState, body: ChatRequest, request: Request) -> Response:
    """Return the completion of a conversation by the language model.

    Raises:
        AssistantError: the last message is not the user's, or the conversation is too long.
    """
    ids, pieces = CompletionIds(body.model), _pieces(state, body, client_of(request))
    if body.stream:
        first = await anext(pieces)
        return event_stream(_chunks(ids, first, pieces, with_usage=body.wants_usage))
    text, usage = await unless_client_leaves(request, _whole(pieces))
    return JSONResponse(ids.whole(text, usage_of(usage), ()))


async def _pieces(
    state: ServerState, body: ChatRequest, client: str
) -> AsyncGenerator[str | Usage, None]:
    """Yield an empty piece, then the text as it is generated, and finally the token counts."""
    prompt = plain_prompt([_message(one) for one in body.messages if one.text.strip()])
    stop = threading.Event()
    with queue_place(state, client) as ticket:
        await wait_for_turn(state, ticket)
        assistant = state.assistant
        limit = body.token_limit or assistant.settings.max_answer_tokens
        completion: Completion = assistant.engine().generate(prompt, max_tokens=limit, stop=stop)
        generated = iter(completion)
        try:
            piece = await asyncio.to_thread(next, generated, None)  # raises if it is too long
            yield ""
            while piece is not None:
                yield piece
                piece = await asyncio.to_thread(next, generated, None)
            yield completion.usage
        finally:
            stop.set()


def _message(message: ChatMessage) -> Message:
    match message.role:
        case "user" | "assistant":
            return Message(message.role, message.text)
        case _:  # such as "developer", the newer name of the system's role
            return Message("system", message.text)


async def _whole(pieces: AsyncGenerator[str | Usage, None]) -> tuple[str, Usage]:
    text, usage = "", Usage()
    async with aclosing(pieces):
        async for piece in pieces:
            if isinstance(piece, Usage):
                usage = piece
            else:
                text += piece
    return text, usage


async def _chunks(
    ids: CompletionIds,
    first: str | Usage,
    pieces: AsyncGenerator[str | Usage, None],
    *,
    with_usage: bool,
) -> AsyncIterator[str]:
    yield event(ids.chunk({"role": "assistant", "content": first}))
    try:
        async with aclosing(pieces):
            async for piece in pieces:
                if not isinstance(piece, Usage):
                    yield event(ids.chunk({"content": piece}))
                    continue
                yield event(ids.chunk({}, finish="stop"))
                if with_usage:
                    yield event(ids.chunk(None, usage=usage_of(piece)))
    except AssistantError as error:
        yield event(openai_error(error))
    yield DONE
