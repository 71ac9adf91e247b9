"""The workflow of the hosted runners calls what is in this repository."""

import re
import shlex
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
WORKFLOW: dict[str, Any] = yaml.safe_load((ROOT / ".github/workflows/ci.yml").read_text("utf-8"))
SCRIPTS = [
    step["run"] for job in WORKFLOW["jobs"].values() for step in job["steps"] if "run" in step
]


def test_tests_run_on_linux_and_macos_and_an_installation_on_windows() -> None:
    jobs = WORKFLOW["jobs"]
    systems = {jobs["linux"]["runs-on"], jobs["windows"]["runs-on"]}
    systems |= {one["os"] for one in jobs["tests"]["strategy"]["matrix"]["include"]}
    assert {system.partition("-")[0] for system in systems} == {"ubuntu", "macos", "windows"}
    assert ".ci/run" in SCRIPTS
    assert "make check test" in SCRIPTS


@pytest.mark.parametrize("script", SCRIPTS)
def test_script_is_valid_shell(script: str) -> None:
    done = subprocess.run(["bash", "-n"], input=script, text=True, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_make_targets_exist() -> None:
    lines = "\n".join(SCRIPTS).replace("\\\n", " ").splitlines()
    targets = {
        word
        for line in lines
        if line.strip().startswith("make ")
        for word in shlex.split(line)[1:]
        if "=" not in word
    }
    assert {"check", "test", "install", "check-install"} <= targets
    for target in targets:
        subprocess.run(["make", "--dry-run", target], cwd=ROOT, capture_output=True, check=True)


def test_jobs_may_only_read() -> None:
    assert WORKFLOW["permissions"] == {"contents": "read"}
    assert not re.search(r"secrets\.", "\n".join(SCRIPTS))
