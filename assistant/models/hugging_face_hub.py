"""Downloading files from Hugging Face, or a server with the same API (``HF_ENDPOINT``)."""

import contextlib
import os
import re
import socket
import threading
import urllib.parse
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import ModelError
from assistant.http.service import hugging_face_is_offline
from assistant.http.transport import MAX_REDIRECTS, InsecureRedirectError, describe, open_client
from assistant.models.partial_file import DamagedError, PartialFile, SourceError
from assistant.models.registry import HuggingFaceSource, ModelEntry, ModelFile, is_safe_path

if TYPE_CHECKING:
    import httpx  # imported lazily: it takes longer than the rest of `assistant --help`

_REFERENCE = re.compile(
    r"hf:(?P<owner>[\w-][\w.-]*)/(?P<repo>[\w-][\w.-]*)(@(?P<revision>[\w-][\w.-]*))?"
    r"/(?P<file>[^?#@]+\.gguf)"
)
_CONNECT_S = 4.0
_TIMEOUT_S = 20.0
_RESUMES = 5


def is_reference(text: str) -> bool:
    """Return whether a text refers to a file on Hugging Face (``hf:owner/repo/file.gguf``)."""
    return text.startswith("hf:")


def parse_reference(reference: str) -> tuple[HuggingFaceSource, str]:
    """Split ``hf:owner/repo[@revision]/file.gguf`` into the repository and the file.

    Raises:
        ModelError: the reference is malformed, or names one part of a split model.
    """
    parts = _REFERENCE.fullmatch(reference)
    if parts is None or not is_safe_path(parts["file"]):
        raise ModelError(
            f"{reference!r} is not a reference to a GGUF file on Hugging Face. Write "
            "hf:owner/repo/file.gguf or hf:owner/repo@revision/file.gguf."
        )
    if re.search(r"-\d{5}-of-\d{5}\.gguf$", parts["file"]):
        raise ModelError(
            f"{reference!r} is one part of a split model. Choose a repository or a quantization "
            "that has the model in a single file."
        )
    source = HuggingFaceSource(f"{parts['owner']}/{parts['repo']}", parts["revision"] or "main")
    return source, parts["file"]


def look_up(reference: str) -> ModelEntry:
    """Request the size and the SHA-256 of a referenced file.

    Raises:
        ModelError: the reference is malformed.
        SourceError: the server is unreachable or has no such file.
    """
    source, file = parse_reference(reference)
    with _client() as client, _source_errors():
        headers = _head(client, _url(source, file)).headers
    size = headers.get("x-linked-size") or headers.get("content-length", "")
    if not size.isdecimal():
        raise SourceError(f"the server does not report the size of {file}")
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
    """Download files into a folder and verify them; partial downloads are resumed.

    Args:
        source: the repository.
        files: the files to download.
        folder: the model's folder.
        advance: called with a file and the number of bytes downloaded so far.

    Raises:
        SourceError: the server is unreachable, has no such file, or sends the wrong content.
    """
    with _client() as client, _source_errors():
        for file in files:
            with PartialFile(folder, file) as partial:
                _download(client, _url(source, file.path), partial, advance)
                partial.finish()


def _head(client: "httpx.Client", url: str) -> "httpx.Response":
    """Follow redirects to the response with the file's size and hash.

    The hub sends these with the redirect to its storage, which may not send them itself.
    """
    response = client.head(url, follow_redirects=False)
    for _ in range(MAX_REDIRECTS):
        if response.next_request is None or "x-linked-size" in response.headers:
            break
        response = client.send(response.next_request, follow_redirects=False)
    _check_status(response)
    return response


def _download(
    client: "httpx.Client",
    url: str,
    partial: PartialFile,
    advance: Callable[[ModelFile, int], None],
) -> None:
    import httpx

    for _ in range(_RESUMES):
        before = partial.size
        try:
            _receive(client, url, partial, advance)
        except (httpx.HTTPError, httpx.InvalidURL):
            # Retry only if the connection delivered something before it broke.
            if partial.size <= before:
                raise
        else:
            return
    raise SourceError(f"the connection broke {_RESUMES} times; pull again to resume the download")


def _receive(
    client: "httpx.Client",
    url: str,
    partial: PartialFile,
    advance: Callable[[ModelFile, int], None],
) -> None:
    headers = {"Range": f"bytes={partial.size}-"} if partial.size else {}
    with client.stream("GET", url, headers=headers) as response:
        if response.status_code == 416 and partial.size:
            partial.discard()
            raise DamagedError(f"{partial.file.path} is shorter there than the partial download")
        _check_status(response)
        resumed = response.headers.get("content-range", "").startswith(f"bytes {partial.size}-")
        if not (response.status_code == 206 and resumed):
            offered = response.headers.get("content-length", str(partial.file.bytes))
            if offered != str(partial.file.bytes):  # such as a login page; keep the partial file
                raise SourceError(f"it offers {offered} bytes as {partial.file.path}")
            partial.truncate(0)  # the server ignores the range and sends the whole file
        for block in response.iter_raw():  # unbuffered: nothing received is lost if it breaks
            partial.append(block)
            advance(partial.file, partial.size)


def _client() -> "httpx.Client":
    """Return a client with short timeouts.

    Raises:
        SourceError: ``HF_HUB_OFFLINE`` is set, or no name server responds.
    """
    if hugging_face_is_offline():
        raise SourceError("skipped, because HF_HUB_OFFLINE is set")
    _check_name_resolves()
    return open_client(
        _endpoint(),
        timeout_s=_TIMEOUT_S,
        connect_s=_CONNECT_S,
        headers={"Accept-Encoding": "identity"},  # a compressed response could not be resumed
    )


@contextmanager
def _source_errors() -> Iterator[None]:
    """Raise errors of the client as `SourceError`."""
    import httpx

    try:
        yield
    except InsecureRedirectError as error:
        raise SourceError(str(error)) from error
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise SourceError(f"unreachable: {describe(error)}") from error


def _check_name_resolves() -> None:
    """Resolve the host name: connection timeouts do not cover an unresponsive name server.

    Raises:
        SourceError: no response within the connection timeout.
    """
    from urllib.request import getproxies  # slow to import

    if getproxies():
        return  # the proxy resolves names; this machine may be unable to

    def resolve() -> None:
        with contextlib.suppress(OSError):  # connecting raises a better error
            socket.getaddrinfo(urllib.parse.urlsplit(_endpoint()).hostname, None)

    thread = threading.Thread(target=resolve, daemon=True)
    thread.start()
    thread.join(_CONNECT_S)
    if thread.is_alive():
        raise SourceError(f"unreachable: no name server responded within {_CONNECT_S:.0f} s")


def _endpoint() -> str:
    return os.environ.get("HF_ENDPOINT", "").rstrip("/") or "https://huggingface.co"


def _url(source: HuggingFaceSource, file: str) -> str:
    return f"{_endpoint()}/{source.repo}/resolve/{source.revision}/{urllib.parse.quote(file)}"


def _check_status(response: "httpx.Response") -> None:
    match response.status_code:
        case code if code < 400:
            return
        case 401 | 403:
            reason = "there is no such public repository, or it requires a login"
        case 404:
            reason = "there is no such file or revision"
        case _:
            reason = "the server cannot provide the file now"
    raise SourceError(f"{reason} (HTTP {response.status_code})")
