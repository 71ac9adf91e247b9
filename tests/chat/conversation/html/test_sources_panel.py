"""The HTML of the sources panel."""

from dataclasses import replace

from assistant.answering import Citation
from assistant.chat.conversation.exchange import Exchange
from assistant.chat.conversation.html.sources_panel import sources_panel
from assistant.papers import Paper
from assistant.retrieval import Evidence
from assistant.text.sentences import Span

_DOUGH = Paper(
    title="Dough",
    abstract="Dough rises. It falls.",
    authors=("Ada Frost", "Bo Melt"),
    year=2021,
    venue="Journal of Bread",
    url="https://example.org/dough",
)
_BREAD = Paper(title="Bread", abstract="Bread is baked. It is sold.")
_RISES = Evidence(_DOUGH, Span(0, 12), 2.0)
_SOLD = Evidence(_BREAD, Span(16, 27), 1.0)


def test_pending_answer_shows_its_evidence() -> None:
    panel = sources_panel([Exchange("?", number=1, stage="reading", evidence=(_RISES, _SOLD))])
    assert '<blockquote><mark class="evidence">Dough rises.</mark></blockquote>' in panel
    assert 'Bread is baked. <mark class="evidence">It is sold.</mark>' in panel


def test_cited_papers_come_first_and_the_others_are_folded() -> None:
    exchange = Exchange(
        "?", number=1, stage="answered", evidence=(_RISES, _SOLD), citations=(Citation(1, _SOLD),)
    )
    panel = sources_panel([exchange])
    assert (
        panel.index("Bread is baked.") < panel.index("Also read (1)") < panel.index("Dough rises.")
    )
    assert '<mark class="quote" id="source-1-1" tabindex="-1" data-citation="1">' in panel
    assert '<a href="https://example.org/dough"' in panel


def test_cited_sentence_that_the_model_was_not_shown_has_a_card() -> None:
    exchange = Exchange(
        "?", number=1, stage="answered", evidence=(_RISES,), citations=(Citation(1, _SOLD),)
    )
    panel = sources_panel([exchange])
    assert panel.index("Bread is baked.") < panel.index("Also read (1)")
    assert 'data-citation="1"' in panel


def test_sources_of_earlier_exchanges_are_folded() -> None:
    exchanges = [
        Exchange("What rises?", number=1, stage="answered", evidence=(_RISES,)),
        Exchange("What is sold?", number=2, stage="answered", evidence=(_SOLD,)),
    ]
    panel = sources_panel(exchanges)
    assert panel.index("Bread is baked.") < panel.index("<summary>What rises?</summary>")
    assert "<summary>What is sold?</summary>" not in panel


def test_card_names_authors_year_and_venue_and_folds_the_abstract() -> None:
    panel = sources_panel([Exchange("?", number=1, stage="answered", evidence=(_RISES,))])
    assert '<p class="meta">Ada Frost, Bo Melt · 2021 · Journal of Bread</p>' in panel
    assert "<summary>Show abstract</summary>" in panel
    assert f'data-action="open" data-id="{_DOUGH.id}">Open in library' in panel


def test_paper_with_a_pdf_has_a_link_to_the_page_of_its_first_cited_sentence() -> None:
    falls = Evidence(_DOUGH, Span(13, 22), 1.0)
    citations = (Citation(1, falls), Citation(2, _SOLD))
    exchange = Exchange("?", number=1, stage="answered", evidence=(falls, _SOLD))
    panel = sources_panel([replace(exchange, citations=citations)], {_DOUGH.id})
    assert panel.count("Open PDF") == 1
    assert 'start=13" target="_blank" rel="noopener" data-pdf-of="Dough">' in panel
    assert 'data-citation="1" data-pdf="pdf?paper=title%3A' in panel
    assert 'data-citation="2">' in panel


def test_small_talk_folds_the_sources_before_it() -> None:
    answered = Exchange("What rises?", number=1, stage="answered", evidence=(_RISES,))
    thanks = Exchange("Thanks!", number=2, stage="answered")
    panel = sources_panel([answered, thanks])
    assert panel.index("based on no papers") < panel.index("<summary>What rises?</summary>")
    # Until it is known that there are none, the panel does not change.
    waiting = replace(thanks, stage="searching")
    assert sources_panel([answered, waiting]) == sources_panel([answered])
