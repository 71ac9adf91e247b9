"""The text of answers for chat clients."""

from assistant.answering import AnswerSentence, Citation
from assistant.papers import Paper
from assistant.retrieval import Evidence
from assistant.server.openai.content import Content, as_said
from assistant.text.sentences import Span

LINKED = Paper(title="Parrots", abstract="They count.", url="https://example.org/parrots")
UNLINKED = Paper(title="Trams", abstract="They are quiet.")
CITATIONS = [
    Citation(1, Evidence(LINKED, Span(0, 11), 1.0)),
    Citation(2, Evidence(UNLINKED, Span(0, 15), 1.0)),
]
COUNT = AnswerSentence("They count.", (1, 2), supported=True)
QUIET = AnswerSentence("They are quiet.", (2,), supported=True)


def test_marks_are_links_where_a_paper_has_an_address() -> None:
    content = Content()
    content.finish([COUNT, QUIET], CITATIONS)
    assert content.text == ("They count. [[1]](https://example.org/parrots)[2] They are quiet. [2]")
    [annotation] = content.annotations
    place = annotation["url_citation"]
    marked = content.text[place["start_index"] : place["end_index"]]
    assert marked == "[[1]](https://example.org/parrots)"
    assert place["title"] == "Parrots"


def test_words_of_papers_make_no_links_images_or_html() -> None:
    said = (
        r"![p](http://evil.example/p) [x\](//evil.example) [y]: //evil.example <img src=z> p < 0.1"
    )
    content = Content()
    content.finish([AnswerSentence(said, (), supported=True)], [])
    assert content.text == (
        r"![p]\(http://evil.example/p) [x\]\(//evil.example) [y]\: //evil.example "
        "&lt;img src=z> p < 0.1"
    )
    assert as_said(content.text) == said


def test_heading_makes_no_link() -> None:
    content = Content()
    said = AnswerSentence("Quiet.", (), supported=True, listed=True, group="![x](http://e/p.png)")
    content.finish([said], [])
    assert content.text == "![x]\\(http://e/p.png):\n\n- Quiet."


def test_only_web_addresses_are_linked() -> None:
    paper = Paper(title="Trams", abstract="Quiet.", url="javascript:alert(1)")
    content = Content()
    sentence = AnswerSentence("Quiet.", (1,), supported=True)
    content.finish([sentence], [Citation(1, Evidence(paper, Span(0, 6), 1.0))])
    assert (content.text, content.annotations) == ("Quiet. [1]", [])


def test_address_cannot_end_its_link() -> None:
    paper = Paper(title="Trams", abstract="Quiet.", url='https://example.org/a_(b)"<c>')
    content = Content()
    sentence = AnswerSentence("Quiet.", (1,), supported=True)
    content.finish([sentence], [Citation(1, Evidence(paper, Span(0, 6), 1.0))])
    assert content.text == "Quiet. [[1]](https://example.org/a_%28b%29%22%3Cc%3E)"


def test_streamed_text_is_that_of_the_whole_answer() -> None:
    whole, streamed = Content(), Content()
    whole.finish([COUNT, QUIET], CITATIONS)
    pieces = streamed.add(COUNT, CITATIONS) + streamed.finish([COUNT, QUIET], CITATIONS)
    assert (pieces, streamed.annotations) == (whole.text, whole.annotations)


def test_answer_that_changed_at_its_end_follows_in_a_paragraph_of_its_own() -> None:
    abstention = AnswerSentence("The abstracts do not answer this.", (), supported=True)
    content = Content()
    content.add(COUNT, CITATIONS)
    assert content.finish([abstention], ()) == "\n\nThe abstracts do not answer this."
