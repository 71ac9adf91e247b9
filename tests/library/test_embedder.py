"""The vector of a question is that of its text, made once."""

import numpy as np
import pytest

from assistant.library import Library


def test_a_question_has_the_vector_of_its_text(small_library: Library) -> None:
    question = "Do parrots count walnuts?"
    vector = small_library.embedder.embed_question(question)
    np.testing.assert_allclose(vector, small_library.embedder.embed([question])[0], atol=1e-6)
    assert small_library.embedder.embed_question(question) is vector


def test_who_asked_first_cannot_change_it_for_who_asks_next(small_library: Library) -> None:
    vector = small_library.embedder.embed_question("Do parrots count walnuts?")
    with pytest.raises(ValueError, match="read-only"):
        vector[0] = 1.0
