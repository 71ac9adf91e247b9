"""Building the worker request whose answer a `Completion` streams."""

from concurrent.futures import Future

from assistant.llm.completion import Completion
from assistant.llm.decoding.generation import Generation, start_generation
from assistant.llm.decoding.prefilled_reading import PrefilledReading
from assistant.llm.kv_cache.prefill import PrefilledPrompt, Prefiller, PrefillRequest
from assistant.llm.prompts import Prompt
from assistant.llm.readouts import Readout
from assistant.llm.usage import Usage
from assistant.llm.worker import Request


def answer_request(
    completion: Completion,
    prompt: Prompt,
    max_tokens: int,
    *,
    grammar: str | None = None,
    readout: Readout[None] | None = None,
) -> Request:
    """Return the request that generates the answer for a completion.

    Args:
        completion: receives the pieces of the answer.
        prompt: the chat so far.
        max_tokens: maximum length of the answer.
        grammar: a grammar in GBNF that constrains the answer.
        readout: called before generation starts.
    """

    def start(prefiller: Prefiller, prefilled: PrefilledPrompt) -> Generation:
        completion.usage = prefilled.usage
        if readout:
            readout(PrefilledReading(prefiller, prefilled))
        if prompt.answer_prefix:
            completion.put(prompt.answer_prefix)
        return start_generation(
            prefiller.llama.model, prefilled, max_tokens, completion.put, completion.stop, grammar
        )

    def finish(finished: "Future[Usage]") -> None:
        error = finished.exception()
        if error is None:
            completion.usage = finished.result()
        completion.end(error)

    request = Request(PrefillRequest(prompt, max_tokens), completion.stop, start, generates=True)
    request.finished.add_done_callback(finish)
    return request
