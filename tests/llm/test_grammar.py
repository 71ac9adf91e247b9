"""Grammars constrain answers."""

import json

import pytest

from assistant.errors import InputError
from assistant.llm import Block, Engine, JsonObject, render_prompt

KEYS = ("method", 'a "quoted" key', "données")
PROMPT = render_prompt(
    "answer",
    [Block("Parrots", ("Six parrots count walnuts.",), shown=(0,))],
    question="What do parrots count?",
)


def test_json_object_has_the_keys_in_order_and_short_values(engine: Engine) -> None:
    grammar = JsonObject(KEYS, max_value_length=30).grammar()
    written = "".join(engine.generate(PROMPT, max_tokens=200, grammar=grammar))
    values = json.loads(written)
    assert tuple(values) == KEYS
    assert all(len(value) <= 30 for value in values.values())


def test_concurrent_answers_follow_their_own_grammars(engine: Engine) -> None:
    completions = [
        engine.generate(PROMPT, max_tokens=20, grammar=f'root ::= "{word}"')
        for word in ("walnut", "hazelnut")
    ]
    assert ["".join(one) for one in completions] == ["walnut", "hazelnut"]


def test_grammar_does_not_affect_later_answers(engine: Engine) -> None:
    free = "".join(engine.generate(PROMPT, max_tokens=12))
    list(engine.generate(PROMPT, max_tokens=12, grammar='root ::= "no"'))
    assert "".join(engine.generate(PROMPT, max_tokens=12)) == free


def test_invalid_grammar_raises_and_the_engine_continues(engine: Engine) -> None:
    with pytest.raises(InputError, match="grammar"):
        list(engine.generate(PROMPT, max_tokens=4, grammar="root ::= ("))
    assert list(engine.generate(PROMPT, max_tokens=2))
