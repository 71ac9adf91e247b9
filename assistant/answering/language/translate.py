"""Translates a question into English, and the sentences of the answer into its language.

The abstracts are in English and the checks work on English text, so a sentence is checked before it
is translated. Sentences with quotations are not translated.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from assistant.answering.answer import Answer, AnswerSentence
from assistant.answering.events import AnswerEvent, SentenceDropped, SentenceWritten, TokenWritten
from assistant.answering.language.identify import foreign_language
from assistant.answering.model_client import ModelClient

# Enough for a translated question or sentence of about 80 words in any language.
_MAX_TOKENS = 240
_QUOTATION = re.compile("[“”]")
_WORD = re.compile(r"\w+(?:[.,+-]\w+)*")


def in_english(question: str, model: Callable[[], ModelClient]) -> tuple[str, str | None]:
    """Return a question in English, and its language if that is another one.

    Args:
        question: in any language.
        model: returns the model that translates. Called only for another language.
    """
    language = foreign_language(question)
    return (question if language is None else translate_question(model(), question)), language


def translate_question(model: ModelClient, question: str) -> str:
    """Translate a question into English; return it unchanged if the translation is empty."""
    return _translated(model, question, "English") or question


def translate_events(
    model: ModelClient, question: str, language: str, events: Iterable[AnswerEvent]
) -> Iterator[AnswerEvent]:
    """Yield the events of an answer with its sentences translated.

    Tokens and dropped sentences, which are in English, are left out.

    Args:
        model: the model that translates.
        question: the question as asked.
        language: the English name of its language.
        events: the events of the answer to the English question.
    """
    translations: dict[str, str] = {}

    def translated(sentence: AnswerSentence) -> AnswerSentence:
        text = sentence.text
        if text not in translations:
            translations[text] = translate_sentence(model, text, language)
        return replace(sentence, text=translations[text])

    for event in events:
        match event:
            case TokenWritten() | SentenceDropped():
                continue
            case SentenceWritten():
                yield replace(event, sentence=translated(event.sentence))
            case Answer():
                sentences = tuple(map(translated, event.sentences))
                yield replace(event, question=question, sentences=sentences)
            case _:
                yield event


def translate_sentence(model: ModelClient, text: str, language: str) -> str:
    """Translate a sentence into another language.

    It stays in English if it has a quotation, or if its translation loses a number or name (see
    `keeps_names_and_numbers`).
    """
    if _QUOTATION.search(text):
        return text
    translation = _translated(model, text, language)
    return translation if keeps_names_and_numbers(text, translation) else text


def keeps_names_and_numbers(text: str, translation: str) -> bool:
    """Return whether a translation keeps all numbers and all distinctive names of a text.

    A distinctive name has a digit or a capital after its first character; other names may be
    translated. The decimal comma and the decimal point are treated alike.
    """
    found = translation.casefold().replace(",", ".")
    return all(
        word.casefold().replace(",", ".") in found
        for word in _WORD.findall(text)
        if word[0].isdigit() or any(char.isdigit() or char.isupper() for char in word[1:])
    )


def _translated(model: ModelClient, text: str, language: str) -> str:
    prompt = model.prompt("translate", text, (), language=language)
    completion = model.start(prompt, _MAX_TOKENS)
    translation = " ".join("".join(completion).split())
    model.timer.add_usage(completion.usage)
    return translation
