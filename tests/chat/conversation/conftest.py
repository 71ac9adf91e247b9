"""An empty store of conversations."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.library import Conversations


@pytest.fixture
def conversations(tmp_path: Path) -> Iterator[Conversations]:
    opened = Conversations(tmp_path / "conversations.sqlite")
    yield opened
    opened.close()
