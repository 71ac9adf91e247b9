"""A server of llama-cpp-python that is really started, with the small model."""

import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from engine_prompts import GLACIER, prompt, yes

from assistant.errors import Cancelled, ModelError
from assistant.llm import Engine, JsonObject, read_yes, render_prompt
from assistant.llm.endpoint import EndpointEngine, StartedServer
from assistant.llm.endpoint.started.command import llama_server, server_command


def engine_of(server: StartedServer) -> EndpointEngine:
    return EndpointEngine([server.endpoint], context_tokens=2048, requests_at_once=1, server=server)


@pytest.fixture(scope="module")
def served(small_model: Path) -> Iterator[EndpointEngine]:
    engine = engine_of(StartedServer(small_model, context_tokens=2048, threads=1))
    yield engine
    engine.close()


def test_server_answers_once_the_model_is_loaded(served: EndpointEngine) -> None:
    completion = served.generate(prompt(), max_tokens=12)
    pieces = list(completion)
    assert len(pieces) > 1
    assert "".join(pieces).strip()
    assert completion.usage.completion_tokens == 12


def test_probabilities_are_those_of_the_model_in_process(
    served: EndpointEngine, small_model: Path
) -> None:
    decide = render_prompt("decide", [GLACIER], question="How fast is the melt?")
    here = Engine(small_model, context_tokens=2048, threads=1)
    expected, _ = yes(here, decide)
    here.close()
    [(probability, usage)] = served.score_prompts([decide], read_yes)
    assert probability == pytest.approx(expected, abs=0.1)
    assert usage.prompt_tokens > 50
    [report] = served.examine()
    assert report.gives_probabilities


def test_json_object_has_its_keys(served: EndpointEngine) -> None:
    row = render_prompt("row", [GLACIER], columns=("method", "place"))
    shape = JsonObject(("method", "place"), max_value_length=40)
    written = "".join(served.generate_object(row, shape, max_tokens=80))
    assert '"method"' in written


def test_several_answers_at_once_are_all_complete(served: EndpointEngine) -> None:
    completions = [served.generate(prompt(), max_tokens=8) for _ in range(3)]
    first, *others = ["".join(one) for one in completions]
    assert first
    assert others == [first, first]


def test_key_is_not_among_the_arguments(small_model: Path) -> None:
    command = server_command(small_model, port=1, key="secret", context_tokens=512, threads=1)
    assert not any("secret" in argument for argument in command.arguments)
    command = llama_server(
        "llama-server", small_model, port=1, key="secret", context_tokens=512, threads=1
    )
    assert not any("secret" in argument for argument in command.arguments)
    assert command.environment == {"LLAMA_API_KEY": "secret"}


def test_server_that_cannot_load_its_model_is_an_error(tmp_path: Path) -> None:
    broken = tmp_path / "broken.gguf"
    broken.write_bytes(b"GGUF, but no model")
    engine = engine_of(StartedServer(broken, context_tokens=512))
    with pytest.raises(ModelError, match="The server of the model ended"):
        list(engine.generate(prompt(), max_tokens=5))
    assert engine.has_failed
    engine.close()


_SERVER = """#!{python}
import os, sys
from http.server import BaseHTTPRequestHandler, HTTPServer

class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        with open({asked!r}, "a") as asked:
            print(self.path, file=asked)
        if self.path == "/v1/end":
            os._exit(3)
        self.send_response(200)
        self.end_headers()

port = int(sys.argv[sys.argv.index("--port") + 1])
HTTPServer(("127.0.0.1", port), Handler).serve_forever()
"""


def test_server_that_was_ready_is_not_asked_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    executable, asked = tmp_path / "llama-server", tmp_path / "asked"
    executable.write_text(_SERVER.format(python=sys.executable, asked=str(asked)), "utf-8")
    executable.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    server = StartedServer(tmp_path / "model.gguf", context_tokens=512)
    for _ in range(3):
        server.wait_until_ready()
    assert asked.read_text("utf-8").split() == ["/v1/models"]
    with suppress(OSError):  # it ends without a response
        urllib.request.urlopen(f"{server.endpoint.url}/end")
    while not server.has_failed:
        time.sleep(0.01)
    with pytest.raises(ModelError, match="ended with code 3"):
        server.wait_until_ready()
    server.close()
    with pytest.raises(Cancelled):
        server.wait_until_ready()


def test_server_ends_with_a_process_that_is_killed(tmp_path: Path) -> None:
    marker = tmp_path / "pid"
    server = f"import os, time; open({str(marker)!r}, 'w').write(str(os.getpid())); time.sleep(99)"
    starter = (
        "import sys, time\n"
        "from assistant.llm.endpoint.started.command import ServerCommand\n"
        "from assistant.llm.endpoint.started.process import ServerProcess\n"
        f"kept = ServerProcess(ServerCommand([sys.executable, '-c', {server!r}], {{}}))\n"
        "time.sleep(99)\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", starter])
    while not (marker.exists() and marker.read_text()):
        time.sleep(0.05)
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    deadline = time.monotonic() + 30
    while _runs(int(marker.read_text())):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
        if sys.platform == "linux":
            # Where nobody waits for it, an ended process stays as a zombie, until
            # it is gone: then its files in /proc cannot be opened or read.
            state = Path(f"/proc/{process}/stat").read_text("utf-8")
            return state.rpartition(")")[2].split()[0] != "Z"
    except (ProcessLookupError, FileNotFoundError):
        return False
    return True
