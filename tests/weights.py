"""A small Hugging Face on this machine, and a folder of wheels for pip: real parts, no network."""

import hashlib
import random
import zipfile
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from pathlib import Path

from assistant.models import ModelEntry, ModelFile, Registry
from assistant.models.registry import Source

WEIGHTS = b"GGUF" + random.Random(0).randbytes(3_000_000)


@dataclass
class Hub:
    """What the server holds, how it misbehaves, and what it was asked."""

    url: str = ""
    files: dict[str, bytes] = field(default_factory=dict)  # by "owner/repo/resolve/revision/file"
    supports_ranges: bool = True
    names_hashes: bool = True
    redirect_to: str = ""
    cut_after: list[int] = field(default_factory=list)  # one answer each is cut after so many bytes
    gets: list[str] = field(default_factory=list)  # the Range of each GET, "" for none


def make_handler(hub: Hub) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            self.answer(with_body=False)

        def do_GET(self) -> None:
            hub.gets.append(self.headers.get("Range", ""))
            self.answer(with_body=True)

        def answer(self, with_body: bool) -> None:
            body = hub.files.get(self.path.lstrip("/"))
            if body is None:
                self.send_error(404)
                return
            if hub.redirect_to:
                self.send_response(302)
                self.send_header("Location", hub.redirect_to)
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            start = 0
            if hub.supports_ranges and "Range" in self.headers:
                start = int(self.headers["Range"].removeprefix("bytes=").rstrip("-"))
                self.send_response(206)
                self.send_header("Content-Range", f"bytes {start}-{len(body) - 1}/{len(body)}")
            else:
                self.send_response(200)
            if hub.names_hashes:
                self.send_header("X-Linked-ETag", f'"{hashlib.sha256(body).hexdigest()}"')
                self.send_header("X-Linked-Size", str(len(body)))
            self.send_header("Content-Length", str(len(body) - start))
            self.end_headers()
            if with_body:
                cut = hub.cut_after.pop(0) if hub.cut_after else len(body)
                self.wfile.write(body[start : start + cut])
                self.close_connection = True

        def log_message(self, *_: object) -> None:
            pass

    return Handler


def make_wheel(folder: Path, name: str, members: dict[str, bytes]) -> Path:
    """Write a wheel of version 1.0 that carries data, and code that must never run."""
    path = folder / f"{name}-1.0-py3-none-any.whl"
    info = f"{name}-1.0.dist-info"
    with zipfile.ZipFile(path, "w") as wheel:
        wheel.writestr(f"{name}/__init__.py", "raise SystemExit('a stranger\\'s code was run')\n")
        for member, data in members.items():
            wheel.writestr(member, data)
        wheel.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
        wheel.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n")
        wheel.writestr(f"{info}/RECORD", "")
    return path


def model_file(path: str, data: bytes) -> ModelFile:
    return ModelFile(path, len(data), hashlib.sha256(data).hexdigest())


def registry_of(*sources: Source, file: ModelFile | None = None) -> Registry:
    """A registry with one model, ``tiny``."""
    files = (file or model_file("model.gguf", WEIGHTS),)
    return Registry({"tiny": ModelEntry("tiny", "gguf", "A test.", "MIT", 512, 0, files, sources)})
