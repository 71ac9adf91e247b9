"""The Containerfile and the compose file fit the program that they start.

No container engine is needed: the files are read, and their commands are compared with the program
or run on this machine.
"""

import json
import re
import shlex
import socket
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from server_under_test import Served
from typer.main import get_command

from assistant.cli import app

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "packaging" / "container"


@dataclass(frozen=True)
class Instruction:
    """A line of a Containerfile, such as ``USER 10001``."""

    name: str
    value: str


def read_stages() -> list[list[Instruction]]:
    """Return the instructions of each stage; those before the first ``FROM`` are left out."""
    text = (FOLDER / "Containerfile").read_text("utf-8")
    text = re.sub(r"^\s*#.*\n", "", text, flags=re.MULTILINE).replace("\\\n", " ")
    stages: list[list[Instruction]] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        name, _, value = line.partition(" ")
        if name == "FROM":
            stages.append([])
        if stages:
            stages[-1].append(Instruction(name, value.strip()))
    return stages


BUILD, FINAL = read_stages()


def value_of(stage: list[Instruction], name: str) -> str:
    [instruction] = [one for one in stage if one.name == name]
    return instruction.value


def variables(stage: list[Instruction]) -> dict[str, str]:
    pairs = shlex.split(value_of(stage, "ENV"))
    return dict(pair.split("=", 1) for pair in pairs)


def healthcheck() -> list[str]:
    command: list[str] = json.loads(value_of(FINAL, "HEALTHCHECK").partition("CMD ")[2])
    return command


def serve_parameters() -> dict[str, Any]:
    """Return what `assistant` makes of the image's arguments."""
    command: Any = get_command(app)
    name, *arguments = json.loads(value_of(FINAL, "CMD"))
    context = command.commands[name].make_context(name, arguments)
    return dict(context.params)


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((FOLDER / "compose.yaml").read_text("utf-8"))
    return loaded


def test_everything_that_the_wheel_is_made_of_is_copied() -> None:
    copied = {
        source
        for one in BUILD
        if one.name == "COPY"
        for source in shlex.split(one.value)[:-1]
        if not source.startswith("--")
    }
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    wheel = project["tool"]["hatch"]["build"]["targets"]["wheel"]
    needed = {*wheel["packages"], *wheel["force-include"], "pyproject.toml"}
    needed |= {project["project"]["readme"], *project["project"]["license-files"]}
    assert [path for path in needed if not any(is_under(path, one) for one in copied)] == []
    allowed = [
        line.removeprefix("!")
        for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines()
        if line.startswith("!")
    ]
    assert [path for path in copied if not any(is_under(path, one) for one in allowed)] == []
    assert [path for path in copied if not (ROOT / path).exists()] == []


def is_under(path: str, folder: str) -> bool:
    return Path(path).is_relative_to(folder)


def test_compiler_is_in_the_first_stage_only() -> None:
    def installed(stage: list[Instruction]) -> str:
        return " ".join(one.value for one in stage if one.name == "RUN")

    assert {"build-essential", "cmake"} <= set(installed(BUILD).split())
    assert not {"build-essential", "cmake", "gcc", "g++"} & set(installed(FINAL).split())
    assert variables(BUILD)["CMAKE_ARGS"] == "-DGGML_NATIVE=OFF"


def test_user_is_not_root_and_owns_the_volumes() -> None:
    user, _, group = value_of(FINAL, "USER").partition(":")
    assert (user, group) == ("10001", "10001")
    volumes = json.loads(value_of(FINAL, "VOLUME"))
    [prepare] = [one.value for one in FINAL if one.name == "RUN"]
    assert f"useradd --uid {user} " in prepare
    assert prepare.endswith(f"--owner assistant --group assistant {' '.join(volumes)}")


def test_library_and_models_are_in_volumes() -> None:
    volumes = json.loads(value_of(FINAL, "VOLUME"))
    for variable in ("ASSISTANT_LIBRARY", "ASSISTANT_CACHE", "HOME"):
        assert any(is_under(variables(FINAL)[variable], volume) for volume in volumes)


def test_image_serves_the_exposed_port_to_other_machines() -> None:
    scripts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["scripts"]
    [program] = json.loads(value_of(FINAL, "ENTRYPOINT"))
    assert program in scripts
    served = serve_parameters()
    assert served["host"] == "0.0.0.0"
    assert str(served["port"]) == value_of(FINAL, "EXPOSE")


def test_health_check_asks_the_served_port(served: Served) -> None:
    """The command of the image, with the port of the test's server."""
    assert f":{serve_parameters()['port']}/health" in healthcheck()[-1]
    assert exit_code_of_health_check(served.url) == 0


def test_health_check_fails_without_a_server() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))  # and does not listen
        assert exit_code_of_health_check(f"http://127.0.0.1:{unused.getsockname()[1]}") != 0


def exit_code_of_health_check(url: str) -> int:
    program, *arguments = healthcheck()
    assert program == "python3"
    own = f"http://127.0.0.1:{serve_parameters()['port']}"
    arguments = [argument.replace(own, url) for argument in arguments]
    done = subprocess.run([sys.executable, *arguments], capture_output=True, check=False)
    return done.returncode


def test_compose_builds_this_containerfile(compose: dict[str, Any]) -> None:
    build = compose["services"]["assistant"]["build"]
    context = (FOLDER / build["context"]).resolve()
    assert context == ROOT
    assert context / build["dockerfile"] == FOLDER / "Containerfile"


def test_compose_keeps_the_volumes_of_the_image(compose: dict[str, Any]) -> None:
    mounts = [one.split(":") for one in compose["services"]["assistant"]["volumes"]]
    assert [path for _, path in mounts] == json.loads(value_of(FINAL, "VOLUME"))
    assert {name for name, _ in mounts} == set(compose["volumes"])


def test_compose_publishes_the_port_to_this_machine_only(compose: dict[str, Any]) -> None:
    port = serve_parameters()["port"]
    assert compose["services"]["assistant"]["ports"] == [f"127.0.0.1:{port}:{port}"]


def test_compose_takes_rights_away(compose: dict[str, Any]) -> None:
    service = compose["services"]["assistant"]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["tmpfs"] == ["/tmp"]
