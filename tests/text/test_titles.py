"""Short titles."""

import pytest

from assistant.text.titles import short_title


@pytest.mark.parametrize(
    ("title", "short"),
    [
        ("BossNAS: Exploring Hybrid Transformers", "BossNAS"),
        ("Bread Dough as a Neural Network", "Bread Dough as a Neural Network"),
        ("How Do Parrots Learn to Count: A Study", "How Do Parrots Learn to Count: A Study"),
        ("Trams at 1:2 Scale", "Trams at 1:2 Scale"),
    ],
)
def test_short_title_is_the_name_before_the_colon(title: str, short: str) -> None:
    assert short_title(title) == short
