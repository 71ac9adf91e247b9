"""The variants of an ablation: the default settings with one check or step switched off."""

from collections.abc import Collection, Mapping
from typing import Literal

from assistant.switches import CHECKS, STEPS

Part = Literal["checks", "steps", "presets"]

DEFAULT = "default"
PLAIN = "plain"


# Steps before and after retrieval: they change what is asked, and how it is answered from what was
# found.
_OUTSIDE_RETRIEVAL = {"spelling", "kinds", "verdicts", "reported"}


def retrieval_variants() -> dict[str, Mapping[str, str]]:
    """Return the variants that change what is found: each step off, and the preset ``plain``."""
    steps = {name: change for name, change in variants(["steps"]).items() if name in STEPS}
    kept = {name: change for name, change in steps.items() if name not in _OUTSIDE_RETRIEVAL}
    return {**kept, PLAIN: {"preset": PLAIN}}


def variants(parts: Collection[Part]) -> dict[str, Mapping[str, str]]:
    """Return the changes of settings of each variant, by the name of what is switched off.

    Args:
        parts: ``checks`` for each check, ``steps`` for each step and reranking, ``presets`` for all
            checks together and the preset ``plain``.
    """
    changes: dict[str, Mapping[str, str]] = {}
    if "checks" in parts:
        changes |= {name: {"checks": f"-{name}"} for name in CHECKS}
    if "presets" in parts:
        changes["all checks"] = {"checks": "none"}
    if "steps" in parts:
        changes |= {name: {"steps": f"-{name}"} for name in STEPS}
        changes["reranking"] = {"papers_reranked": "0"}
    if "presets" in parts:
        changes[PLAIN] = {"preset": PLAIN}
    return changes
