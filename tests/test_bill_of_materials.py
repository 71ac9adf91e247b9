"""`make sbom`: what the program consists of."""

import json
import runpy
import tomllib
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def bill() -> dict[str, Any]:
    made = runpy.run_path(str(ROOT / "packaging" / "sbom.py"))["bill_of_materials"]()
    loaded: dict[str, Any] = json.loads(json.dumps(made))
    return loaded


def test_bill_lists_each_package_that_we_need_in_its_installed_version(
    bill: dict[str, Any],
) -> None:
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.6")
    assert bill["metadata"]["component"]["name"] == "paper-assistant"
    listed = {one["name"]: one for one in bill["components"] if one["type"] == "library"}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    for line in project["dependencies"]:
        name = canonicalize_name(Requirement(line).name)
        assert listed[name]["version"] == metadata.version(name)
        assert listed[name]["purl"] == f"pkg:pypi/{name}@{metadata.version(name)}"
    assert listed["httpx"]["licenses"] == [{"license": {"name": "BSD-3-Clause"}}]
    assert "pytest" not in listed


def test_bill_refers_only_to_what_it_lists(bill: dict[str, Any]) -> None:
    references = [one["bom-ref"] for one in (bill["metadata"]["component"], *bill["components"])]
    assert len(references) == len(set(references))
    for one in bill["dependencies"]:
        assert {one["ref"], *one["dependsOn"]} <= set(references)


def test_bill_has_the_hash_of_each_file_of_a_model(bill: dict[str, Any]) -> None:
    models = [one for one in bill["components"] if one["type"] == "machine-learning-model"]
    registry = tomllib.loads((ROOT / "models" / "registry.toml").read_text("utf-8"))["model"]
    assert [[file["hashes"][0]["content"] for file in model["components"]] for model in models] == [
        [file["sha256"] for file in model["file"]] for model in registry
    ]
