"""The HTML of answers, abstentions and lists."""

from made_up_exchanges import listed_exchange, made_up_answer

from assistant.answering import AnswerSentence
from assistant.chat.conversation.exchange import Exchange
from assistant.chat.conversation.html.reply import reply
from assistant.papers import Paper

_VERDICT = AnswerSentence("The abstracts do not answer this.", (), supported=True)
_QUOTE = AnswerSentence("Closest is “DoughNet rises 4 mm.”", (1,), supported=True)


def _reply(*sentences: AnswerSentence, abstained: bool = False, confidence: float = 0.9) -> str:
    answer = made_up_answer("?", sentences, abstained=abstained, confidence=confidence)
    return str(reply(Exchange("?", number=1).with_event(answer)))


def test_abstention_without_a_close_paper_shows_no_papers_and_offers_no_answer() -> None:
    html = _reply(_VERDICT, abstained=True, confidence=0.01)
    assert "No paper in the library comes close to this question." in html
    assert "Closest papers" not in html
    assert "Answer anyway" not in html

    html = _reply(_VERDICT, _QUOTE, abstained=True, confidence=0.4)
    assert "Closest papers" in html
    assert "Answer anyway" in html


def test_abstention_without_a_search_does_not_say_that_nothing_is_near() -> None:
    statement = AnswerSentence("The abstracts report no such number.", (), supported=True)
    answer = made_up_answer("?", [statement], abstained=True, confidence=None)
    html = str(reply(Exchange("?").with_event(answer)))
    assert "The abstracts report no such number." in html
    assert "No paper" not in html


def test_answer_with_low_confidence_has_a_warning() -> None:
    sentence = AnswerSentence("DoughNet rises 4 mm.", (1,), supported=True)
    assert "Low confidence" in _reply(sentence, confidence=0.1)
    assert "Low confidence" not in _reply(sentence, confidence=0.9)


def test_list_entry_has_a_bold_title_that_links_to_its_paper() -> None:
    papers = [
        Paper(title="Rye <b>", abstract="Rye rises.", url="https://example.org/rye"),
        Paper(title="Oats", abstract="Oats fall.", url="javascript:alert(1)"),
    ]
    html = str(reply(listed_exchange("Which papers?", papers)))
    assert "<p>2 papers match.</p><ul><li>" in html
    assert '<strong><a href="https://example.org/rye"' in html
    assert "Rye &lt;b&gt;</a></strong>: “Rye rises.”&nbsp;" in html
    assert "<strong>Oats</strong>: “Oats fall.”" in html


def test_groups_have_headings_and_folded_entries_are_behind_a_button() -> None:
    html = _reply(
        AnswerSentence("It rises.", (), True, listed=True, group="Dough & bread"),
        AnswerSentence("It falls.", (), True, listed=True, group="Dough & bread", folded=True),
        AnswerSentence("It is sold.", (), True, group="Shops"),
    )
    assert '<section class="group"><h4>Dough &amp; bread</h4><ul><li>It rises.</li></ul>' in html
    assert "<details><summary>Show 1 more</summary><ul><li>It falls.</li></ul></details>" in html
    assert "<h4>Shops</h4><p>It is sold.</p>" in html


def test_answer_without_a_confidence_shows_none() -> None:
    answer = made_up_answer("?", [_QUOTE], confidence=None)
    html = str(reply(Exchange("?").with_event(answer)))
    assert "<span>Supported by its source</span>" in html
    assert "confidence" not in html


def test_line_under_an_answer_says_what_was_checked() -> None:
    good = AnswerSentence("DoughNet rises 4 mm.", (1,), supported=True)
    bad = AnswerSentence("So does Rye.", (1,), supported=False, missing=("Rye",))
    lead = AnswerSentence("Two papers say this.", (), supported=True)
    assert "2 of 3 sentences supported by their sources" in _reply(lead, good, bad, good)
    entry = AnswerSentence("Dough: it rises.", (1,), supported=True, listed=True)
    assert "2 of 2 entries supported by their sources" in _reply(lead, entry, entry)
    assert "Not answered<" in _reply(_VERDICT, abstained=True)
