"""An answer shown in the terminal while it is generated."""

from assistant.answering import (
    AnswerSentence,
    PapersChecked,
    SentenceDropped,
    SentenceWritten,
    TokenWritten,
)
from assistant.cli.terminal.live_answer import Draft


def test_draft_replaces_tokens_with_checked_sentences() -> None:
    draft = Draft()
    for piece in ("Parrots ", "count. ", "They are 40. ", "Nu"):
        draft.update(TokenWritten(piece))
    assert draft.__rich__().plain == "Parrots count. They are 40. Nu"
    supported = AnswerSentence("Parrots count.", (1,), supported=True)
    draft.update(SentenceWritten(supported, ()))
    assert draft.__rich__().plain == "Parrots count. [1] They are 40. Nu"
    draft.update(SentenceDropped(AnswerSentence("They are 40.", (), supported=False)))
    draft.update(TokenWritten("ts."))
    assert draft.__rich__().plain == "Parrots count. [1] Nuts."


def test_draft_shows_how_many_papers_are_checked() -> None:
    draft = Draft()
    draft.update(PapersChecked(3, 10, 2))
    assert draft.__rich__().plain == "Checked 3 of 10 papers, 2 match ..."


def test_draft_shows_the_sentences_of_a_synthesis_above_its_progress() -> None:
    draft = Draft()
    draft.update(PapersChecked(8, 16, 5))
    draft.update(TokenWritten("Parrots count."))
    assert draft.__rich__().plain == "Parrots count.\nChecked 8 of 16 papers, 5 match ..."
    draft.update(SentenceWritten(AnswerSentence("Parrots count.", (1,), supported=True), ()))
    draft.update(PapersChecked(16, 16, 6))
    assert draft.__rich__().plain == "Parrots count. [1]\nChecked 16 of 16 papers, 6 match ..."
