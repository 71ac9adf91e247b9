"""Completions: answers that stream as they are generated, and the requests for them."""

import queue
import threading
from collections.abc import Iterator
from concurrent.futures import Future

from assistant.llm.cancellation import AnyStop
from assistant.llm.generation import Generation, start_generation
from assistant.llm.kv_cache.prefill import PrefilledPrompt, Prefiller, PrefillRequest
from assistant.llm.prompts import Prompt
from assistant.llm.readouts import Readout
from assistant.llm.usage import Usage
from assistant.llm.worker import Request


class Completion:
    """The pieces of text of one answer as they are generated; iterate once.

    Leaving the iteration early stops the model.

    Attributes:
        usage: token counts; final when the iteration has ended.
    """

    def __init__(self, stop: threading.Event) -> None:
        self.usage = Usage()
        self._stop = stop
        self._dropped = threading.Event()
        self._pieces: queue.SimpleQueue[str | BaseException | None] = queue.SimpleQueue()

    def __iter__(self) -> Iterator[str]:
        try:
            while (piece := self._pieces.get()) is not None:
                if isinstance(piece, BaseException):
                    raise piece
                yield piece
        except BaseException:
            self._stop.set()
            raise

    def drop(self) -> None:
        """Cancel an answer that will not be iterated; its stop event is not set."""
        self._dropped.set()

    def request(
        self,
        prompt: Prompt,
        max_tokens: int,
        *,
        grammar: str | None = None,
        readout: Readout[None] | None = None,
    ) -> Request:
        """Return the request to generate this answer.

        Args:
            prompt: the chat so far.
            max_tokens: maximum length of the answer.
            grammar: in GBNF; constrains the answer.
            readout: called before the answer is started.
        """

        def start(prefiller: Prefiller, prefilled: PrefilledPrompt) -> Generation:
            self.usage = prefilled.usage
            if readout:
                readout(prefiller, prefilled)
            if prompt.answer_prefix:
                self._pieces.put(prompt.answer_prefix)
            return start_generation(
                prefiller.llama.model, prefilled, max_tokens, self._pieces.put, stop, grammar
            )

        def finish(finished: "Future[Usage]") -> None:
            error = finished.exception()
            if error is None:
                self.usage = finished.result()
            self._pieces.put(error)

        stop = AnyStop((self._stop, self._dropped))
        request = Request(PrefillRequest(prompt, max_tokens), stop, start, generates=True)
        request.finished.add_done_callback(finish)
        return request
