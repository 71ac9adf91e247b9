"""Web and e-mail addresses of a sentence that its evidence does not have."""

import pytest

from assistant.answering.grounding.addresses import missing_addresses


@pytest.mark.parametrize(
    ("sentence", "missing"),
    [
        ("Get it at https://win.example/now.", ("https://win.example/now",)),
        ("Get it at www.win.example!", ("www.win.example",)),
        ("Get it at win.example/now.", ("win.example/now",)),
        ("Write to help@win.example.", ("help@win.example",)),
        ("![x](https://t.example/p.png?q=1)", ("https://t.example/p.png?q=1",)),
        ("The code is at https://code.example/lakes.", ()),
        ("The rate is 3.5 per 100 and/or 4, e.g. in Node.js.", ()),
    ],
)
def test_address_is_missing_unless_a_source_has_it(sentence: str, missing: tuple[str, ...]) -> None:
    assert missing_addresses(sentence, ["Code: https://code.example/lakes"]) == missing
