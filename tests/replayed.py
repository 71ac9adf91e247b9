"""A server on this machine that stands for arXiv and the others: it replies as it was told."""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit

ADDRESSES = (
    "ASSISTANT_ARXIV_URL",
    "ASSISTANT_CROSSREF_URL",
    "ASSISTANT_EUROPE_PMC_URL",
    "ASSISTANT_OPENALEX_URL",
    "ASSISTANT_SEMANTIC_SCHOLAR_URL",
    "HF_ENDPOINT",
)
"""The environment variables that lead to each source."""


@dataclass(frozen=True)
class Reply:
    """One reply, and what goes wrong with it.

    Attributes:
        body: of the reply.
        status: of HTTP.
        headers: beside its length.
        missing: so many bytes at the end of the body are never sent.
        hangs: nothing is sent before the client goes away.
    """

    body: bytes | str = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    missing: int = 0
    hangs: bool = False


@dataclass(frozen=True)
class Request:
    path: str
    parameters: dict[str, str]
    agent: str


@dataclass
class Replayed:
    """What the server is to say, and what it was asked.

    Attributes:
        url: of the server.
        replies: one is used for each request, in order; the last for all that follow.
        by_path: replies for requests whose path begins so, in place of the others.
        requests: in order.
    """

    url: str = ""
    replies: list[Reply] = field(default_factory=list)
    by_path: dict[str, Reply] = field(default_factory=dict)
    requests: list[Request] = field(default_factory=list)
    gone: threading.Event = field(default_factory=threading.Event)

    def next_reply(self, path: str) -> Reply:
        for start, reply in self.by_path.items():
            if path.startswith(start):
                return reply
        if not self.replies:
            return Reply(status=404)
        return self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]


@contextmanager
def serving() -> Iterator[Replayed]:
    """Serve on a port of its own."""
    replayed = Replayed()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            place = urlsplit(self.path)
            parameters = {name: values[0] for name, values in parse_qs(place.query).items()}
            path = unquote(place.path)
            replayed.requests.append(Request(path, parameters, self.headers["User-Agent"]))
            reply = replayed.next_reply(path)
            if reply.hangs:
                replayed.gone.wait(30)
                return
            body = reply.body.encode() if isinstance(reply.body, str) else reply.body
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body[: len(body) - reply.missing])
            self.close_connection = True

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    replayed.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield replayed
    finally:
        replayed.gone.set()
        server.shutdown()
        thread.join()
        server.server_close()
