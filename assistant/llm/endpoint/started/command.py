"""The command line of llama-server, or of llama-cpp-python's server instead."""

import shutil
import sys
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

from assistant.cores import cores
from assistant.errors import ModelError

_NAME = "llama-server"
# Packages that llama-cpp-python's server imports and the assistant does not need.
_PYTHON_SERVER = ("sse_starlette", "starlette_context", "pydantic_settings")


@dataclass(frozen=True, slots=True)
class ServerCommand:
    """How to start a server.

    Attributes:
        arguments: the command-line arguments.
        environment: additional environment variables. They include the key, because arguments are
            visible to every user of the machine.
    """

    arguments: list[str]
    environment: dict[str, str] = field(repr=False)


def server_command(
    model: Path, *, port: int, key: str, context_tokens: int, threads: int
) -> ServerCommand:
    """Return the command of the llama-server on the path, else of llama-cpp-python's server.

    Args:
        model: the GGUF file.
        port: the port to listen on, on the loopback interface only.
        key: the key that clients must send.
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
        # One request at a time: each additional one would need as much context memory again.
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
        # Return token probabilities, and do not abort an answer when the next request arrives.
        *("--logits_all", "true", "--interrupt_requests", "false"),
    ]
    return ServerCommand(arguments, {"API_KEY": key})
