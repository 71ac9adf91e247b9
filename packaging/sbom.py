"""Print a bill of materials in CycloneDX 1.6: the installed packages, and the models' weights.

It lists what `paper-assistant` needs at run time, in the versions that are installed, and the
models of `models/registry.toml`. It needs no network, and is the same for the same installation.
"""

import json
import sys
import tomllib
from collections.abc import Iterable, Iterator
from importlib import metadata
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PACKAGE = "paper-assistant"
ROOT = Path(__file__).resolve().parents[1]
REGISTRY = ROOT / "models" / "registry.toml"
PROJECT = ROOT / "pyproject.toml"


def bill_of_materials() -> dict[str, Any]:
    """Return the bill of materials of this environment."""
    needed = {name: sorted(set(_requirements(name))) for name in _closure(PACKAGE)}
    own = _package(PACKAGE) | {"type": "application"}
    packages = [_package(name) for name in sorted(needed) if name != PACKAGE]
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": own},
        "components": [*packages, *_models()],
        "dependencies": [
            {"ref": _reference(name), "dependsOn": [_reference(one) for one in needed[name]]}
            for name in sorted(needed)
        ],
    }


def _closure(name: str) -> set[str]:
    """Return the installed packages that a package needs, directly or not, and itself."""
    found: set[str] = set()
    new = {name}
    while new:
        found |= new
        new = {needed for one in new for needed in _requirements(one)} - found
    return found


def _requirements(name: str) -> Iterator[str]:
    """Yield the names of the installed packages that a package needs without its extras."""
    for line in _requirement_lines(name):
        requirement = Requirement(line)
        if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
            needed = canonicalize_name(requirement.name)
            if _is_installed(needed):
                yield needed


def _requirement_lines(name: str) -> list[str]:
    if name != PACKAGE:
        return metadata.requires(name) or []
    # Not those of its metadata, which an editable installation may have from an earlier state.
    lines: list[str] = tomllib.loads(PROJECT.read_text("utf-8"))["project"]["dependencies"]
    return lines


def _is_installed(name: str) -> bool:
    try:
        metadata.version(name)
    except metadata.PackageNotFoundError:
        return False
    return True


def _reference(name: str) -> str:
    return f"pkg:pypi/{name}@{metadata.version(name)}"


def _package(name: str) -> dict[str, Any]:
    about = metadata.metadata(name)
    return {
        "type": "library",
        "bom-ref": _reference(name),
        "name": name,
        "version": about["Version"],
        "purl": _reference(name),
        **_licences(about.get("License-Expression"), _named_licences(about)),
    }


def _named_licences(about: metadata.PackageMetadata) -> list[str]:
    """Return the licences that older metadata name; some have the whole text in their place."""
    named = about.get("License") or ""
    if named and len(named) < 80 and "\n" not in named:
        return [named]
    classifiers = about.get_all("Classifier") or ()
    return [one.rpartition(" :: ")[2] for one in classifiers if one.startswith("License :: ")]


def _licences(expression: str | None, names: Iterable[str]) -> dict[str, Any]:
    if expression:
        return {"licenses": [{"expression": expression}]}
    licences = [{"license": {"name": name}} for name in names]
    return {"licenses": licences} if licences else {}


def _models() -> Iterator[dict[str, Any]]:
    """Yield the models of the registry, with the hashes of their files."""
    for model in tomllib.loads(REGISTRY.read_text("utf-8"))["model"]:
        licence = model.get("licence")
        yield {
            "type": "machine-learning-model",
            "bom-ref": f"model:{model['name']}",
            "name": model["name"],
            "description": model["description"],
            **_licences(None, [licence] if licence else []),
            "components": [
                {
                    "type": "file",
                    "bom-ref": f"model:{model['name']}/{file['path']}",
                    "name": file["path"],
                    "hashes": [{"alg": "SHA-256", "content": file["sha256"]}],
                }
                for file in model["file"]
            ],
            "externalReferences": [
                {"type": "distribution", "url": _address(source)}
                for source in model["source"]
                if source["type"] == "hugging-face"
            ],
        }


def _address(source: dict[str, str]) -> str:
    return f"https://huggingface.co/{source['repo']}/tree/{source['revision']}"


if __name__ == "__main__":
    json.dump(bill_of_materials(), sys.stdout, indent=1, ensure_ascii=False)
    print()
