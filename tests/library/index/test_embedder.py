"""The embedder: cached question vectors, and damaged model folders."""

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
from assistant.text.sentences import Span


def test_question_vector_is_that_of_its_text_and_cached(small_library: Library) -> None:
    question = "Do parrots count walnuts?"
    vector = small_library.embedder.embed_question(question)
    np.testing.assert_allclose(vector, small_library.embedder.embed([question])[0], atol=1e-6)
    assert small_library.embedder.embed_question(question) is vector


def test_cached_question_vector_is_read_only(small_library: Library) -> None:
    vector = small_library.embedder.embed_question("Do parrots count walnuts?")
    with pytest.raises(ValueError, match="read-only"):
        vector[0] = 1.0


def _truncate(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


@pytest.mark.parametrize(
    ("name", "damage"),
    [
        ("model.safetensors", Path.unlink),
        ("model.safetensors", _truncate),
        ("config.json", Path.unlink),
        ("config.json", _truncate),
        ("tokenizer.json", _truncate),
    ],
)
def test_damaged_embedder_is_named_with_advice(
    models_cache: None, tmp_path: Path, name: str, damage: Callable[[Path], None]
) -> None:
    folder = tmp_path / "embedder"
    shutil.copytree(locate("all-minilm-l6-v2"), folder)
    damage(folder / name)
    library = Library(tmp_path / "library", Embedder("mine", folder))
    with pytest.raises(ModelError, match=rf"{re.escape(str(folder))}.*models remove"):
        library.add([Paper(title="Snail Mail", abstract="Snails carry letters.")])
    library.close()


def test_middle_layer_tells_the_form_of_questions_from_their_subject(embedder: Embedder) -> None:
    texts = [
        "What approaches are there against drought?",
        "What approaches are there against rust?",
        "In which year did the drought end?",
        "Which?",
    ]
    same_form, other_subject, same_subject, _ = embedder.middle_layer(texts)
    assert same_form @ other_subject > same_form @ same_subject
    np.testing.assert_allclose(np.linalg.norm(embedder.middle_layer(texts), axis=1), 1, atol=1e-5)


def test_middle_layer_of_a_text_does_not_depend_on_its_batch(embedder: Embedder) -> None:
    texts = ["Why?", "Which of the papers train a model on more than a trillion tokens?"] * 40
    together = embedder.middle_layer(texts)
    np.testing.assert_allclose(together[1], embedder.middle_layer(texts[1:2])[0], atol=1e-5)
    np.testing.assert_allclose(together[0], together[78], atol=1e-5)


def test_words_have_the_states_of_their_pieces(embedder: Embedder) -> None:
    text = "glaciers melt " + "slowly " * 600
    words = [Span(0, 8), Span(9, 13), Span(len(text) - 7, len(text) - 1)]
    states = embedder.word_states(text, words)
    assert states.shape == (3, embedder.dimension)
    assert states[:2].any(axis=1).all()
    assert not states[2].any()  # beyond the window
