"""A grammar holds the model to a form, whatever it would rather write."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.errors import InputError
from assistant.llm import Block, Engine, json_object_grammar, render_prompt

KEYS = ("method", 'a "quoted" key', "données")
PROMPT = render_prompt(
    "answer",
    [Block("Parrots", ("Six parrots count walnuts.",), shown=(0,))],
    question="What do parrots count?",
)


@pytest.fixture(scope="module")
def engine(small_model: Path) -> Iterator[Engine]:
    engine = Engine(small_model, context_tokens=2048, threads=1)
    yield engine
    engine.close()


def test_an_object_with_the_keys_in_order_is_written(engine: Engine) -> None:
    grammar = json_object_grammar(KEYS, longest_value=30)
    written = "".join(engine.generate(PROMPT, max_tokens=200, grammar=grammar))
    values = json.loads(written)
    assert tuple(values) == KEYS
    assert all(len(value) <= 30 for value in values.values())


def test_answers_side_by_side_each_follow_their_own_grammar(engine: Engine) -> None:
    completions = [
        engine.generate(PROMPT, max_tokens=20, grammar=f'root ::= "{word}"')
        for word in ("walnut", "hazelnut")
    ]
    assert ["".join(one) for one in completions] == ["walnut", "hazelnut"]


def test_without_a_grammar_the_answer_is_as_ever(engine: Engine) -> None:
    free = "".join(engine.generate(PROMPT, max_tokens=12))
    list(engine.generate(PROMPT, max_tokens=12, grammar='root ::= "no"'))
    assert "".join(engine.generate(PROMPT, max_tokens=12)) == free


def test_what_is_no_grammar_is_told(engine: Engine) -> None:
    with pytest.raises(InputError, match="grammar"):
        list(engine.generate(PROMPT, max_tokens=4, grammar="root ::= ("))
    assert list(engine.generate(PROMPT, max_tokens=2))
