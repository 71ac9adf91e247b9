"""The vector of a question is that of its text, made once; an embedder that is damaged is told."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from assistant.errors import ModelError
from assistant.library import Embedder, Library
from assistant.models import locate
from assistant.papers import Paper


def test_a_question_has_the_vector_of_its_text(small_library: Library) -> None:
    question = "Do parrots count walnuts?"
    vector = small_library.embedder.embed_question(question)
    np.testing.assert_allclose(vector, small_library.embedder.embed([question])[0], atol=1e-6)
    assert small_library.embedder.embed_question(question) is vector


def test_who_asked_first_cannot_change_it_for_who_asks_next(small_library: Library) -> None:
    vector = small_library.embedder.embed_question("Do parrots count walnuts?")
    with pytest.raises(ValueError, match="read-only"):
        vector[0] = 1.0


def _cut_short(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


@pytest.mark.parametrize(
    ("name", "harm"),
    [
        ("model.safetensors", Path.unlink),
        ("model.safetensors", _cut_short),
        ("config.json", Path.unlink),
        ("config.json", _cut_short),
        ("tokenizer.json", _cut_short),
    ],
)
def test_an_embedder_that_lacks_a_part_is_named_with_the_way_out(
    models_cache: None, tmp_path: Path, name: str, harm: Callable[[Path], None]
) -> None:
    folder = tmp_path / "embedder"
    shutil.copytree(locate("all-minilm-l6-v2"), folder)
    harm(folder / name)
    library = Library(tmp_path / "library", Embedder("mine", folder))
    with pytest.raises(ModelError, match=rf"{re.escape(str(folder))}.*models remove"):
        library.add([Paper(title="Snail Mail", abstract="Snails carry letters.")])
    library.close()
