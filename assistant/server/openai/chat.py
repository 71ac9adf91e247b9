"""Chat completions: answers with citations."""

from collections.abc import AsyncIterator

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from assistant.answering import Answer, PapersChecked, SentenceWritten
from assistant.errors import AssistantError
from assistant.library import EVERYTHING
from assistant.server.access.checks import client_of
from assistant.server.openai.completion import CompletionIds, extensions, usage_of
from assistant.server.openai.content import Content
from assistant.server.openai.conversation import question_and_turns
from assistant.server.openai.schemas import ChatRequest
from assistant.server.problems import openai_error
from assistant.server.requests.answers import (
    AskedQuestion,
    ClientEvent,
    Waiting,
    after_first_event,
    answer_events,
    last_answer,
)
from assistant.server.requests.client_leaves import unless_client_leaves
from assistant.server.requests.sse import DONE, comment, event, event_stream
from assistant.server.state import ServerState


async def complete_answer(state: ServerState, body: ChatRequest, request: Request) -> Response:
    """Return the completion that answers the last question of a conversation.

    Raises:
        AssistantError: see `answer_events`.
    """
    question, turns = question_and_turns(body.messages)
    scope = body.scope.scope() if body.scope else EVERYTHING
    asked = AskedQuestion(question, turns, scope, body.token_limit, client_of(request))
    events = answer_events(state, asked)
    ids = CompletionIds(body.model)
    if body.stream:
        return event_stream(
            _chunks(ids, await after_first_event(events), with_usage=body.wants_usage)
        )
    answer = await unless_client_leaves(request, last_answer(events))
    content = Content()
    content.finish(answer.sentences, answer.citations)
    usage = usage_of(answer.timings)
    return JSONResponse(ids.whole(content.text, usage, content.annotations, **extensions(answer)))


async def _chunks(
    ids: CompletionIds, events: AsyncIterator[ClientEvent], *, with_usage: bool
) -> AsyncIterator[str]:
    """Yield the chunks of an answer. Only checked ones are sent: none can be taken back."""
    content, is_arranged_at_the_end = Content(), False
    yield event(ids.chunk({"role": "assistant", "content": ""}))
    try:
        async for one in events:
            match one:
                case Waiting() if one.ahead:
                    yield comment(f"{one.ahead} questions ahead")
                case PapersChecked():
                    # A list begins with the number of papers, and a synthesis is grouped.
                    is_arranged_at_the_end = True
                    yield comment(f"{one.done} of {one.total} papers checked")
                case SentenceWritten() if not is_arranged_at_the_end:
                    yield event(ids.chunk({"content": content.add(one.sentence, one.citations)}))
                case Answer():
                    for chunk in _last_chunks(ids, content, one, with_usage=with_usage):
                        yield event(chunk)
    except AssistantError as error:
        yield event(openai_error(error))
    yield DONE


def _last_chunks(
    ids: CompletionIds, content: Content, answer: Answer, *, with_usage: bool
) -> list[dict[str, object]]:
    rest = content.finish(answer.sentences, answer.citations)
    return [
        *([ids.chunk({"content": rest})] if rest else []),
        *([ids.chunk({"annotations": content.annotations})] if content.annotations else []),
        ids.chunk({}, finish="stop", **extensions(answer)),
        *([ids.chunk(None, usage=usage_of(answer.timings))] if with_usage else []),
    ]
