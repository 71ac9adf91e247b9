"""The bundle installs into an empty folder and answers a question, without a network.

Whole bundles take minutes: `make check-install` tries one. The bundle here has our own wheel and
the small model; the folder that it is installed into already sees the packages of this
environment.
"""

import json
import os
import runpy
import shutil
import subprocess
import sys
import sysconfig
import venv
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from assistant.papers import Paper

FOLDER = Path(__file__).resolve().parents[2] / "packaging" / "bundle"
SMALL_MODEL = "smollm2-135m-instruct"
EMBEDDER = "all-minilm-l6-v2"
NOWHERE = "http://127.0.0.1:9"
Command = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="module")
def bundle(models_cache: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bundle")
    make_bundle = runpy.run_path(str(FOLDER / "make_bundle.py"))["make_bundle"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PIP_NO_DEPS", "1")
        patch.setenv("PIP_NO_BUILD_ISOLATION", "0")  # hatchling is here; 0 means: no isolation
        make_bundle(folder, [SMALL_MODEL, EMBEDDER], native=True)
    return folder


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home folder of a machine without a network."""
    return tmp_path_factory.mktemp("machine")


@pytest.fixture(scope="module")
def run(machine: Path) -> Command:
    """Run a command on that machine."""
    environment = {
        "HOME": str(machine),
        "PATH": os.environ["PATH"],
        "PYTHON": sys.executable,
        "ASSISTANT_CACHE": str(machine / "cache"),
        "ASSISTANT_LIBRARY": str(machine / "library"),
        "HTTPS_PROXY": NOWHERE,
        "HTTP_PROXY": NOWHERE,
        "PIP_CONFIG_FILE": os.devnull,
    }

    def run_command(*command: str | Path, **variables: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            list(map(str, command)),
            cwd=machine,
            env={**environment, **variables},
            capture_output=True,
            text=True,
            check=False,
        )

    return run_command


@pytest.fixture(scope="module")
def installed(bundle: Path, machine: Path, run: Command) -> Path:
    """The environment that install.sh has made."""
    folder = machine / "paper-assistant"
    packages = machine / "packages"
    packages.mkdir()
    for entry in Path(sysconfig.get_path("purelib")).iterdir():
        if not entry.name.startswith("paper_assistant-"):
            (packages / entry.name).symlink_to(entry)
    venv.create(folder)
    [site_packages] = folder.glob("lib/python*/site-packages")
    (site_packages / "packages.pth").write_text(f"{packages}\n", encoding="utf-8")
    done = run(bundle / "install.sh")
    assert (done.returncode, done.stderr) == (0, "")
    return folder


def test_program_is_the_one_of_the_wheel(installed: Path, run: Command) -> None:
    shown = run(installed / "bin" / "python", "-c", "import assistant; print(assistant.__file__)")
    assert Path(shown.stdout.strip()).is_relative_to(installed)


def test_models_are_on_the_machine(installed: Path, run: Command) -> None:
    shown = run(installed / "bin" / "assistant", "models", "list", "--json")
    models: list[dict[str, Any]] = json.loads(shown.stdout)
    assert {one["name"] for one in models if one["present"]} == {SMALL_MODEL, EMBEDDER}


def test_doctor_finds_nothing_wrong(installed: Path, run: Command) -> None:
    done = run(installed / "bin" / "assistant", "doctor", "--model", SMALL_MODEL)
    assert done.returncode == 0, done.stdout


def test_question_is_answered(
    installed: Path, run: Command, made_up_papers: list[Paper], tmp_path: Path
) -> None:
    papers = tmp_path / "papers.jsonl"
    papers.write_text("".join(json.dumps(asdict(paper)) + "\n" for paper in made_up_papers))
    assistant = installed / "bin" / "assistant"
    added = run(assistant, "add", papers)
    assert added.returncode == 0, added.stderr
    options = ("--json", "--model", SMALL_MODEL, "--set", "abstention_threshold=0")
    done = run(assistant, "ask", *options, "How much does the melt of glaciers speed up a year?")
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert {citation["title"] for citation in answer["citations"]} == {made_up_papers[0].title}


def test_damaged_file_is_noticed(bundle: Path, run: Command, tmp_path: Path) -> None:
    copy = tmp_path / "bundle"
    shutil.copytree(bundle, copy, ignore=shutil.ignore_patterns("models"))
    (copy / "models").symlink_to(bundle / "models")
    (copy / "constraints.txt").write_text("numpy==1.0\n", encoding="utf-8")
    done = run(copy / "install.sh", tmp_path / "new")
    assert done.returncode == 2
    assert "Copy the bundle again" in done.stderr
    assert not (tmp_path / "new").exists()


def test_other_python_is_refused(bundle: Path, run: Command, tmp_path: Path) -> None:
    done = run(bundle / "install.sh", tmp_path / "new", PYTHON="/bin/false")
    assert done.returncode == 2
    assert f"Python {sys.version_info.major}.{sys.version_info.minor}" in done.stderr
