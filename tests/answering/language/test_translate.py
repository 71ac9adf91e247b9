"""What a translated sentence has to keep."""

from collections.abc import Iterator

import pytest

from assistant.answering import Assistant
from assistant.answering.language.translate import keeps_names_and_numbers, translate_sentence
from assistant.library import Library
from assistant.settings import Settings


@pytest.mark.parametrize(
    ("text", "translation", "is_kept"),
    [
        ("TideNet reaches 82.5% on WalnutBench.", "TideNet erreicht 82,5 % auf WalnutBench.", True),
        ("TideNet reaches 82.5%.", "TideNet erreicht 85,2 %.", False),
        ("TideNet reaches 82.5%.", "Das Gezeitennetz erreicht 82,5 %.", False),
        ("Walnuts were counted.", "Nüsse wurden gezählt.", True),
    ],
)
def test_names_and_numbers_have_to_stay(text: str, translation: str, is_kept: bool) -> None:
    assert keeps_names_and_numbers(text, translation) is is_kept


@pytest.fixture
def assistant(small_library: Library, models_cache: None) -> Iterator[Assistant]:
    settings = Settings(model="smollm2-135m-instruct", max_answer_tokens=40)
    assistant = Assistant(small_library, settings)
    yield assistant
    assistant.unload()


def test_a_quotation_is_not_translated(assistant: Assistant) -> None:
    text = "Teaching Parrots to Count: “Six parrots learn to count walnuts.”"
    assert translate_sentence(assistant.context().model, text, "German") == text
