"""Choosing checks and steps by name, and presets."""

import pytest

from assistant.errors import InputError
from assistant.settings import Settings
from assistant.switches import ALL_CHECKS, ALL_STEPS, CHECKS, PRESETS, STEPS


def test_everything_is_on_by_default() -> None:
    assert Settings().enabled_checks == ALL_CHECKS
    assert Settings().enabled_steps == ALL_STEPS


@pytest.mark.parametrize(
    ("choice", "on"),
    [
        ("all", ALL_CHECKS),
        ("none", frozenset()),
        ("numbers", {"numbers"}),
        ("numbers, names", {"numbers", "names"}),
        ("-numbers", ALL_CHECKS - {"numbers"}),
        ("-numbers,-names", ALL_CHECKS - {"numbers", "names"}),
    ],
)
def test_choice_lists_names_or_leaves_some_out(choice: str, on: frozenset[str]) -> None:
    assert Settings().updated({"checks": choice}).enabled_checks == on


@pytest.mark.parametrize("choice", ["", "numbers,-names", "all,numbers", "spelling", "-spelling"])
def test_choice_that_makes_no_sense_is_refused_with_the_names(choice: str) -> None:
    with pytest.raises(InputError, match=r"The setting checks takes .* Names: addresses, "):
        Settings().updated({"checks": choice})


def test_retrieval_needs_a_ranking() -> None:
    with pytest.raises(InputError, match="at least one ranking: abstracts, bm25, chunks"):
        Settings().updated({"steps": "kinds,verdicts"})


def test_preset_stands_for_its_settings_and_others_take_precedence() -> None:
    plain = Settings().updated({"preset": "plain"})
    assert (plain.enabled_checks, plain.enabled_steps) == (frozenset(), {"chunks"})
    assert plain.papers_reranked == 0
    changed = Settings().updated({"papers_reranked": "4", "preset": "plain"})
    assert (changed.enabled_steps, changed.papers_reranked) == ({"chunks"}, 4)
    assert Settings().updated({"preset": "default"}) == Settings()


def test_unknown_preset_is_refused_with_those_there_are() -> None:
    with pytest.raises(InputError, match=r"'fancy'\. Presets: default, plain"):
        Settings().updated({"preset": "fancy"})


def test_every_preset_is_valid_and_no_name_is_both_a_check_and_a_step() -> None:
    for name in PRESETS:
        Settings().updated({"preset": name})
    assert not CHECKS.keys() & STEPS.keys()
