"""A client of a server on this machine, so that `assistant ask` need not load the model itself."""

import json
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.errors import Cancelled, InputError, NetworkError
from assistant.server.resident.record import RunningServer, running_server

if TYPE_CHECKING:
    from assistant.answering import Answer, AnswerEvent

# The server is on this machine: it accepts connections at once or is not running.
_CONNECT_S = 1.0


def server_of(library: Path) -> RunningServer | None:
    """Return the server that runs over a library and has loaded its model; None if none does."""
    import httpx

    server = running_server(library)
    if server is None:
        return None
    try:
        ready = httpx.get(
            f"{server.url}/ready", timeout=_CONNECT_S, trust_env=False, verify=_trusted(server)
        )
    except (httpx.HTTPError, OSError):  # OSError: its certificate is gone
        return None
    return server if ready.status_code == httpx.codes.OK else None


def ask_server(
    server: RunningServer, library: Path, question: str, stop: threading.Event | None = None
) -> "Iterator[AnswerEvent]":
    """Yield the events of a server's answer; the `Answer` comes last.

    Args:
        server: the server.
        library: its library, from which the cited papers are read.
        question: in plain words.
        stop: ends the answer when it is set.

    Raises:
        InputError: the server rejects the question.
        NetworkError: the connection breaks.
        Cancelled: ``stop`` was set.
    """
    import httpx

    body = {"question": question, "stream": True}
    headers = {"Authorization": f"Bearer {server.key}"}
    timeout = httpx.Timeout(None, connect=_CONNECT_S)
    try:
        with (
            httpx.Client(timeout=timeout, trust_env=False, verify=_trusted(server)) as client,
            client.stream("POST", f"{server.url}/ask", json=body, headers=headers) as response,
        ):
            if response.is_error:
                response.read()
                raise InputError(response.json()["detail"])
            name = ""
            for line in response.iter_lines():
                if stop is not None and stop.is_set():
                    raise Cancelled("The question was stopped.")
                field, _, value = line.partition(": ")
                if field == "event":
                    name = value
                elif field == "data":
                    yield from _events(name, json.loads(value), library)
    except httpx.HTTPError as error:
        raise NetworkError(
            f"The connection to the running server broke ({error}). Ask again."
        ) from error


def _trusted(server: RunningServer) -> ssl.SSLContext:
    """Return a context that trusts a server's own certificate only, whatever name it is for."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    if server.certificate:
        # Trust the server's certificate itself, even if an authority has signed it.
        context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
        context.load_verify_locations(server.certificate)
    return context


def _events(name: str, data: Any, library: Path) -> "Iterator[AnswerEvent]":
    from assistant.answering import (
        AnswerSentence,
        EvidenceFound,
        PapersChecked,
        SentenceDropped,
        SentenceWritten,
        TokenWritten,
    )

    match name:
        case "evidence":
            yield EvidenceFound((), ())
        case "checked":
            yield PapersChecked(data["done"], data["total"], data["found"])
        case "token":
            yield TokenWritten(data)
        case "sentence":
            marks = tuple(data["citations"])
            sentence = AnswerSentence(data["text"], marks, True, listed=data["listed"])
            yield SentenceWritten(sentence, ())
        case "dropped":
            sentence = AnswerSentence(data["text"], (), False, tuple(data["missing"]))
            yield SentenceDropped(sentence)
        case "answer":
            yield _answer(data, library)
        case "error":
            raise InputError(data["detail"])


def _answer(data: Mapping[str, Any], library: Path) -> "Answer":
    from assistant.answering.rendering.answer_json import answer_from_json
    from assistant.library import Catalogue

    ids = [one["paper_id"] for one in (*data["citations"], *data["papers"])]
    with closing(Catalogue(library / "catalogue.sqlite")) as catalogue:
        papers = {paper.id: paper for paper in catalogue.papers(ids)}
    return answer_from_json(data, papers)
