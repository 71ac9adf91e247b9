"""The command line of a llama-server, or of llama-cpp-python's server in its place."""

import shutil
import sys
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

from assistant.cores import cores
from assistant.errors import ModelError

_NAME = "llama-server"
# What llama-cpp-python's server imports beside what the assistant needs.
_PYTHON_SERVER = ("sse_starlette", "starlette_context", "pydantic_settings")


@dataclass(frozen=True, slots=True)
class ServerCommand:
    """How to start a server.

    Attributes:
        arguments: of the process.
        environment: further environment variables; the key is one, because arguments are visible
            to every user of the machine.
    """

    arguments: list[str]
    environment: dict[str, str] = field(repr=False)


def server_command(
    model: Path, *, port: int, key: str, context_tokens: int, threads: int
) -> ServerCommand:
    """Return the command of the llama-server on the path, else of llama-cpp-python's.

    Args:
        model: the GGUF file.
        port: to listen on, on this machine only.
        key: that clients need.
        context_tokens: size of the context.
        threads: CPU threads; 0 for one per core.

    Raises:
        ModelError: neither is installed.
    """
    if executable := shutil.which(_NAME):
        return llama_server(
            executable, model, port=port, key=key, context_tokens=context_tokens, threads=threads
        )
    if all(map(find_spec, _PYTHON_SERVER)):
        return python_server(
            model, port=port, key=key, context_tokens=context_tokens, threads=threads
        )
    raise ModelError(
        f"There is no {_NAME} to start. Put that of llama.cpp on the PATH, or install the one of "
        "Python with: pip install 'paper-assistant[llama-server]'"
    )


def llama_server(
    executable: str, model: Path, *, port: int, key: str, context_tokens: int, threads: int
) -> ServerCommand:
    """Return the command of llama.cpp's own server; see `server_command`."""
    arguments = [
        *(executable, "--model", str(model), "--alias", model.stem),
        *("--host", "127.0.0.1", "--port", str(port)),
        # One request at a time: the context of each further one would take as much memory again.
        *("--ctx-size", str(context_tokens), "--parallel", "1"),
        *("--threads", str(threads or cores()), "--n-gpu-layers", "999"),
    ]
    return ServerCommand(arguments, {"LLAMA_API_KEY": key})


def python_server(
    model: Path, *, port: int, key: str, context_tokens: int, threads: int
) -> ServerCommand:
    """Return the command of llama-cpp-python's server; see `server_command`."""
    arguments = [
        *(sys.executable, "-m", "llama_cpp.server", "--model", str(model)),
        *("--model_alias", model.stem, "--host", "127.0.0.1", "--port", str(port)),
        *("--n_ctx", str(context_tokens), "--n_threads", str(threads or cores())),
        *("--n_gpu_layers", "-1"),
        # Probabilities of tokens, and answers that the next request does not end.
        *("--logits_all", "true", "--interrupt_requests", "false"),
    ]
    return ServerCommand(arguments, {"API_KEY": key})
