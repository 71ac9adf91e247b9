"""Files from Hugging Face, or a server that speaks like it (``HF_ENDPOINT``)."""

import contextlib
import os
import re
import socket
import threading
import urllib.parse
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import ModelError
from assistant.models.partial_file import DamagedError, Partial, SourceError
from assistant.models.registry import HuggingFaceSource, ModelEntry, ModelFile, is_safe_path

if TYPE_CHECKING:
    import httpx  # imported where it is used: it costs more than the rest of `assistant --help`

_REFERENCE = re.compile(
    r"hf:(?P<owner>[\w-][\w.-]*)/(?P<repo>[\w-][\w.-]*)(@(?P<revision>[\w-][\w.-]*))?"
    r"/(?P<file>[^?#@]+\.gguf)"
)
_CONNECT_SECONDS = 4.0
_READ_SECONDS = 20.0
_RESUMES = 5
_REDIRECTS = 5


def is_reference(text: str) -> bool:
    """Return whether a text means a file on Hugging Face (``hf:owner/repo/file.gguf``)."""
    return text.startswith("hf:")


def parse_reference(reference: str) -> tuple[HuggingFaceSource, str]:
    """Split ``hf:owner/repo[@revision]/file.gguf`` into the repository and the file.

    Raises:
        ModelError: it is not of that form, or names one piece of a split model.
    """
    parts = _REFERENCE.fullmatch(reference)
    if parts is None or not is_safe_path(parts["file"]):
        raise ModelError(
            f"{reference!r} is not a reference to a GGUF on Hugging Face. Write "
            "hf:owner/repo/file.gguf or hf:owner/repo@revision/file.gguf."
        )
    if re.search(r"-\d{5}-of-\d{5}\.gguf$", parts["file"]):
        raise ModelError(
            f"{reference!r} is one piece of a split model. Choose a repository or a quantization "
            "that has the model in a single file."
        )
    source = HuggingFaceSource(f"{parts['owner']}/{parts['repo']}", parts["revision"] or "main")
    return source, parts["file"]


def describe(reference: str) -> ModelEntry:
    """Ask Hugging Face for the size and the SHA-256 of a referenced file.

    Raises:
        ModelError: the reference is malformed.
        SourceError: the server is out of reach or has no such file.
    """
    import httpx

    source, file = parse_reference(reference)
    with _client() as client:
        try:
            response = _head(client, _url(source, file))
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise SourceError(_reason(error)) from error
    headers = response.headers
    size = headers.get("x-linked-size") or headers.get("content-length", "")
    if not size.isdecimal():
        raise SourceError(f"the server does not say how large {file} is")
    digest = headers.get("x-linked-etag", "").strip('"').lower()
    return ModelEntry(
        name=reference,
        kind="gguf",
        description=f"{file} from Hugging Face {source.repo}",
        licence="",
        context_tokens=0,
        dimension=0,
        files=(
            ModelFile(file, int(size), digest if re.fullmatch("[0-9a-f]{64}", digest) else None),
        ),
        sources=(source,),
    )


def fetch(
    source: HuggingFaceSource,
    files: Sequence[ModelFile],
    folder: Path,
    advance: Callable[[ModelFile, int], None],
) -> None:
    """Bring files into a folder, each verified; what is already there of one is not fetched again.

    Raises:
        SourceError: the server is out of reach, has no such file, or gives other bytes.
    """
    with _client() as client:
        for file in files:
            with Partial(folder, file) as partial:
                _download(client, _url(source, file.path), partial, advance)
                partial.finish()


def _head(client: "httpx.Client", url: str) -> "httpx.Response":
    """Follow redirects up to the answer that names the file's size and hash.

    The hub gives them with the redirect to where the bytes lie; that place need not know them.
    """
    response = client.head(url, follow_redirects=False)
    for _ in range(_REDIRECTS):
        if response.next_request is None or "x-linked-size" in response.headers:
            break
        response = client.send(response.next_request, follow_redirects=False)
    _check_status(response)
    return response


def _download(
    client: "httpx.Client",
    url: str,
    partial: Partial,
    advance: Callable[[ModelFile, int], None],
) -> None:
    import httpx

    for _ in range(_RESUMES):
        before = partial.size
        try:
            _receive(client, url, partial, advance)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            # A connection that broke after it gave something is worth another; a dead one is not.
            if partial.size <= before:
                raise SourceError(_reason(error)) from error
        else:
            return
    raise SourceError(f"the connection broke {_RESUMES} times; pull again to go on from there")


def _receive(
    client: "httpx.Client",
    url: str,
    partial: Partial,
    advance: Callable[[ModelFile, int], None],
) -> None:
    headers = {"Range": f"bytes={partial.size}-"} if partial.size else {}
    with client.stream("GET", url, headers=headers) as response:
        if response.status_code == 416 and partial.size:
            partial.discard()
            raise DamagedError(f"{partial.file.path} is shorter there than what is here")
        _check_status(response)
        start = response.headers.get("content-range", "").startswith(f"bytes {partial.size}-")
        if not (response.status_code == 206 and start):
            offered = response.headers.get("content-length", str(partial.file.bytes))
            if offered != str(partial.file.bytes):  # a login page, say: keep what is here
                raise SourceError(f"it offers {offered} bytes as {partial.file.path}")
            partial.cut(0)  # the server sends the whole file, whatever was asked for
        for block in response.iter_raw():  # unbuffered: what came before a break is kept
            partial.append(block)
            advance(partial.file, partial.size)


def _client() -> "httpx.Client":
    """Return a client that gives up soon and never goes from https to http.

    Raises:
        SourceError: the environment says that Hugging Face must not be asked.
    """
    import httpx

    if os.environ.get("HF_HUB_OFFLINE", "").lower() in ("1", "true", "yes", "on"):
        raise SourceError("skipped, because HF_HUB_OFFLINE is set")
    _check_name_resolves()
    plain = _endpoint().startswith("http://")

    def refuse_plain_http(request: httpx.Request) -> None:
        if request.url.scheme != "https" and not plain:
            raise SourceError(f"it redirects to an unencrypted address on {request.url.host}")

    return httpx.Client(
        follow_redirects=True,
        max_redirects=_REDIRECTS,
        timeout=httpx.Timeout(_READ_SECONDS, connect=_CONNECT_SECONDS),
        headers={"Accept-Encoding": "identity"},  # a packed answer could not be resumed
        event_hooks={"request": [refuse_plain_http]},
    )


def _check_name_resolves() -> None:
    """Look the host's name up, since no timeout of a connection covers a silent name server.

    Raises:
        SourceError: no answer within the time for a connection.
    """
    from urllib.request import getproxies  # slow to import

    if getproxies():
        return  # then the proxy knows the names, and this machine may not

    def look_up() -> None:
        with contextlib.suppress(OSError):  # the connection will say it better
            socket.getaddrinfo(urllib.parse.urlsplit(_endpoint()).hostname, None)

    thread = threading.Thread(target=look_up, daemon=True)
    thread.start()
    thread.join(_CONNECT_SECONDS)
    if thread.is_alive():
        raise SourceError(f"out of reach: no name server answered in {_CONNECT_SECONDS:.0f} s")


def _endpoint() -> str:
    return os.environ.get("HF_ENDPOINT", "").rstrip("/") or "https://huggingface.co"


def _url(source: HuggingFaceSource, file: str) -> str:
    return f"{_endpoint()}/{source.repo}/resolve/{source.revision}/{urllib.parse.quote(file)}"


def _check_status(response: "httpx.Response") -> None:
    match response.status_code:
        case code if code < 400:
            return
        case 401 | 403:
            reason = "there is no such public repository, or it asks for a login"
        case 404:
            reason = "there is no such file or revision"
        case _:
            reason = "the server cannot give the file now"
    raise SourceError(f"{reason} (HTTP {response.status_code})")


def _reason(error: Exception) -> str:
    return f"out of reach: {error or type(error).__name__}"
