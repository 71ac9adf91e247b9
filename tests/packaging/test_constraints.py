"""The pinned versions can be installed together, extras included."""

import importlib.metadata
import re
import tomllib
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]


def pinned_versions() -> dict[str, str]:
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    pins = (line.split("==") for line in lines if re.match(r"[\w.-]+==", line))
    return {str(canonicalize_name(name)): version.split(";")[0].strip() for name, version in pins}


def needed(requirements: list[str], extras: set[str]) -> Iterator[Requirement]:
    """Yield the requirements that hold here for a package with some extras."""
    for requirement in map(Requirement, requirements):
        marker = requirement.marker
        if marker is None or any(marker.evaluate({"extra": extra}) for extra in ("", *extras)):
            yield requirement


def all_needed() -> Iterator[tuple[str, Requirement]]:
    """Yield each requirement of ours, and of what we require, with the name of who requires it."""
    project: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    own = [*project["dependencies"], *chain(*project["optional-dependencies"].values())]
    waiting = [("paper-assistant", one) for one in needed(own, set())]
    seen: set[tuple[str, frozenset[str]]] = set()
    while waiting:
        owner, requirement = waiting.pop()
        yield owner, requirement
        name, extras = str(canonicalize_name(requirement.name)), requirement.extras
        if (name, frozenset(extras)) not in seen:
            seen.add((name, frozenset(extras)))
            theirs = importlib.metadata.requires(name) or []
            waiting += [(requirement.name, one) for one in needed(theirs, extras)]


def test_pinned_versions_satisfy_every_requirement() -> None:
    pins = pinned_versions()
    conflicts = [
        f"{owner} requires {requirement}, pinned is {pins[name]}"
        for owner, requirement in all_needed()
        if (name := str(canonicalize_name(requirement.name))) in pins
        and not requirement.specifier.contains(pins[name], prereleases=True)
    ]
    assert not conflicts


def test_everything_that_is_required_is_pinned() -> None:
    pins = pinned_versions()
    names = {str(canonicalize_name(requirement.name)) for _, requirement in all_needed()}
    assert not names - pins.keys()
