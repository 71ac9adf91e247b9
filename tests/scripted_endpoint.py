"""A server that speaks the protocol of OpenAI's chat completions, and misbehaves as it is told."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

KEY = "the-key-of-the-endpoint"


@dataclass
class ScriptedEndpoint:
    """What the server says, how it misbehaves, and what it was asked."""

    url: str = ""
    models: tuple[dict[str, Any], ...] = ({"id": "scripted"},)
    words: tuple[str, ...] = ("Yes", ",", " the", " melt", " speeds", " up", ".")
    log_probabilities: dict[str, float] | None = field(
        default_factory=lambda: {"Yes": -0.2, "No": -2.0, "The": -3.0}
    )
    needs_key: bool = False
    refuses: tuple[str, ...] = ()  # fields, or types of a response format, answered with 400
    names_refused: bool = True  # whether the 400 says which field
    context_bytes: int = 10**9  # longer messages are refused
    failures: list[tuple[int, dict[str, str]]] = field(default_factory=list)  # answered first
    cut_after: list[int] = field(default_factory=list)  # answers that end after so many words
    names_end: bool = True  # whether a cut answer ends like a finished one
    pause_s: float = 0.0  # before each word
    asked: list[dict[str, Any]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    at_once: int = 0  # the most requests that it answered at the same time
    client_left: threading.Event = field(default_factory=threading.Event)
    running: int = 0


@contextmanager
def endpoint(**behaviour: Any) -> Iterator[ScriptedEndpoint]:
    """Serve on a free port."""
    script = ScriptedEndpoint(**behaviour)
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(script))
    script.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield script
    finally:
        server.shutdown()
        server.server_close()


def _handler(script: ScriptedEndpoint) -> type[BaseHTTPRequestHandler]:
    counting = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            script.paths.append(self.path)
            if self.path == "/props":
                self.send({"default_generation_settings": {"n_ctx": 1234}})
            elif self.is_allowed():
                self.send({"data": script.models})

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            with counting:
                script.asked.append(body)
                script.running += 1
                script.at_once = max(script.at_once, script.running)
                failure = script.failures.pop(0) if script.failures else None
            try:
                if failure:
                    self.send({"error": {"message": "not now"}}, *failure)
                elif self.is_allowed() and self.accepts(body):
                    self.answer(body)
            finally:
                with counting:
                    script.running -= 1

        def is_allowed(self) -> bool:
            key = self.headers.get("Authorization", "").removeprefix("Bearer ")
            script.keys.append(key)
            if script.needs_key and key != KEY:
                self.send({"error": {"message": "Invalid API key"}}, 401)
                return False
            return True

        def accepts(self, body: dict[str, Any]) -> bool:
            sent = {*body, body.get("response_format", {}).get("type")}
            refused = [name for name in script.refuses if name in sent]
            size = sum(len(one["content"].encode()) for one in body["messages"])
            if refused:
                message = f"unknown field {refused[0]}" if script.names_refused else "Bad request"
                self.send({"error": {"message": message}}, 400)
            elif size > script.context_bytes:
                message = "This model's maximum context length is 512 tokens."
                self.send({"error": {"message": message}}, 400)
            return not refused and size <= script.context_bytes

        def answer(self, body: dict[str, Any]) -> None:
            words = script.words[: body["max_tokens"]]
            finish = "length" if len(words) < len(script.words) else "stop"
            usage = {"prompt_tokens": 50, "completion_tokens": len(words)}
            if body.get("stream"):
                self.stream(words, finish, usage)
                return
            time.sleep(script.pause_s)
            choice: dict[str, Any] = {
                "message": {"role": "assistant", "content": "".join(words)},
                "finish_reason": finish,
            }
            if body.get("logprobs") and script.log_probabilities is not None:
                top = [
                    {"token": token, "logprob": value}
                    for token, value in script.log_probabilities.items()
                ]
                choice["logprobs"] = {"content": [{**top[0], "top_logprobs": top}]}
            self.send({"choices": [choice], "usage": usage})

        def stream(self, words: tuple[str, ...], finish: str, usage: dict[str, int]) -> None:
            cut = script.cut_after.pop(0) if script.cut_after else None
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.end_headers()
            try:
                for word in words[:cut]:
                    time.sleep(script.pause_s)
                    self.event({"choices": [{"delta": {"content": word}, "finish_reason": None}]})
                if cut is None:
                    self.event({"choices": [{"delta": {}, "finish_reason": finish}]})
                    self.event({"choices": [], "usage": usage})
                if cut is None or script.names_end:
                    self.wfile.write(b"data: [DONE]\n\n")
            except OSError:
                script.client_left.set()

        def event(self, chunk: dict[str, Any]) -> None:
            self.wfile.write(f"data: {json.dumps(chunk, ensure_ascii=False)}\n\n".encode())
            self.wfile.flush()

        def send(
            self, body: object, status: int = 200, headers: dict[str, str] | None = None
        ) -> None:
            text = json.dumps(body).encode()
            self.send_response(status)
            for name, value in (headers or {}).items():
                self.send_header(name, value)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        def log_message(self, *_: object) -> None:
            pass

    return Handler
