"""One server for all tests that need one: every part, over five papers and the small model."""

import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from assistant import Assistant, Settings
from assistant.chat.import_gradio import import_gradio
from assistant.chat.state import new_state
from assistant.llm import ANSWERS_AT_ONCE
from assistant.server.access.gate import Gate
from assistant.server.access.keys import add_key, remove_key
from assistant.server.app import build_app
from assistant.server.options import ServerOptions
from assistant.server.state import ServerState, queue_of, state_of
from assistant.web.serving.server import serving

QUESTION = "How accurate do the parrots become at counting walnuts?"
_SETTINGS = Settings(
    model="smollm2-135m-instruct",
    abstention_threshold=0.0,
    max_answer_tokens=32,
    papers_reranked=0,
    reading_cache_mb=0,
)


@dataclass(frozen=True)
class Served:
    """A running server.

    Attributes:
        url: without a slash at the end.
        state: of the server.
        gate: in front of its APIs.
    """

    url: str
    state: ServerState
    gate: Gate

    @contextmanager
    def api_key(self) -> Iterator[str]:
        """Let the server need an API key for the duration of the block; yield it."""
        needs_key = self.gate.needs_key
        try:
            yield add_key(self.gate.folder, "test")
        finally:
            remove_key(self.gate.folder, "test")
            self.gate.needs_key = needs_key

    @contextmanager
    def busy_model(self) -> Iterator[None]:
        """Let every new question wait for the duration of the block."""
        with ExitStack() as stack:
            for _ in range(ANSWERS_AT_ONCE):
                self.state.queue.ahead(stack.enter_context(self.state.queue.ticket("others")))
            yield

    @contextmanager
    def full_queue(self) -> Iterator[None]:
        """Let no question in for the duration of the block."""
        with ExitStack() as stack:
            for _ in range(ANSWERS_AT_ONCE + self.state.options.max_waiting):
                stack.enter_context(self.state.queue.ticket("others", is_program=True))
            yield


@contextmanager
def serving_library(folder: Path) -> Iterator[Served]:
    """Serve a library, with the chat page."""
    import_gradio()

    from assistant.chat.serve import page_app

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = ServerOptions(port=port, max_waiting=2)
    with Assistant.open(folder, settings=_SETTINGS) as assistant:
        app = new_state(assistant)
        app.queue = queue_of(options)
        state = state_of(lambda: (app.assistant, app.loading), options, app.queue, app.runs)
        gate = Gate(folder)
        page = page_app(app, options.host, port)
        with serving(build_app(state, gate, page), options.host, port):
            yield Served(f"http://127.0.0.1:{port}", state, gate)
