"""The language of a question."""

import pytest

from assistant.answering.language import foreign_language


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Wie viele Probanden nahmen an der Studie teil?", "German"),
        ("Quelle méthode réduit le temps d'apprentissage ?", "French"),
        ("¿Qué artículos tratan de la erosión del suelo?", "Spanish"),
        ("哪些论文研究海洋微生物？", "Chinese"),
        ("Какие статьи посвящены ледникам?", "Russian"),
    ],
)
def test_language_of_a_question_is_identified(question: str, language: str) -> None:
    assert foreign_language(question) == language


@pytest.mark.parametrize(
    "question",
    [
        "How many walnuts do the parrots count?",
        "hi",
        "BERT",
        "diffusion models",
        "sumarize teh qwen tech reprot pls",
        "Did Jan van der Meer write with Katharina von Hagen?",
        "12345",
    ],
)
def test_english_and_unclear_questions_are_not_translated(question: str) -> None:
    assert foreign_language(question) is None
